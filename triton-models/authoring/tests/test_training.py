import numpy as np
import pytest
import torch

from shapes.check_rl import advantages, nft_loss
from shapes.generator import Generator, load_generator
from shapes.judge import NO, VOCABULARY, YES, PerceivingJudge, log_odds
from shapes.judge_data import IGNORED, Pool, write_corrupted
from shapes.measure import Mean, rank_correlations, ranks, strict_ranking
from shapes.muon import orthogonalise, split_parameters
from shapes.pretrain import Recipe, Trainer, flow_loss, rate_at, redraw_captions, render_dataset, train
from shapes.prompts import parse
from shapes.train_judge import PERCEPTION, JudgeRecipe, answer_loss, perception_step, ranking_loss, train_judge

TINY = Recipe(steps=3, batch=4, warmup=1)


@pytest.fixture(scope="module")
def renders(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "renders.npz"
    render_dataset(path, 24, seed=1)
    return path


def test_a_stopped_stage_goes_on_where_it_was(renders, tmp_path):
    out = tmp_path / "clean.pt"
    stopped = Trainer(TINY, None)
    stopped.update(flow_loss(stopped.model, torch.zeros(4, 3, 32, 32), torch.zeros(4, 8, dtype=torch.int64)))
    stopped.save(out.with_suffix(".running"))
    resumed = Trainer(TINY, None)
    resumed.resume(out.with_suffix(".running"))
    assert resumed.step == 1
    assert all(torch.equal(a, b) for a, b in zip(stopped.model.parameters(), resumed.model.parameters()))
    train(TINY, renders, out)
    assert not out.with_suffix(".running").exists()
    assert sum(w.numel() for w in load_generator(out).parameters()) == sum(w.numel() for w in Generator().parameters())


def test_redrawn_captions_stay_in_their_category():
    prompts = ["two red squares", "a circle", "a red circle above a blue square"] * 20
    redrawn = redraw_captions(prompts, 1.0, np.random.default_rng(0))
    assert [parse(p).category for p in redrawn] == [parse(p).category for p in prompts]
    assert redraw_captions(prompts, 0.0, np.random.default_rng(0)) == prompts


def test_rates_rise_hold_and_fall():
    recipe = Recipe(steps=1000)
    assert rate_at(recipe, 0) == pytest.approx(0.01)
    assert rate_at(recipe, 250) == 1.0
    assert rate_at(recipe, 1000) == pytest.approx(recipe.end_rate)


def test_muon_updates_are_nearly_orthogonal():
    singular = torch.linalg.svdvals(orthogonalise(torch.randn(48, 32, generator=torch.Generator().manual_seed(0))))
    assert singular.min() > 0.5 and singular.max() < 1.5
    matrices, others = split_parameters(Generator())
    assert all(w.ndim == 2 for w in matrices) and len(matrices) == 16
    assert len(matrices) + len(others) == len(list(Generator().parameters()))


def test_judge_data_keeps_detections(tmp_path):
    path = tmp_path / "judge-renders.npz"
    write_corrupted(path, 4, seed=2)
    pool = Pool([path])
    assert len(pool.images) == 32 and len(pool.items) == 32
    pixels, colours, shapes, centres = pool.batch(np.arange(32), np.arange(32) % 2 == 0, np.random.default_rng(0))
    assert pixels.shape == (32, 3, 32, 32)
    assert ((shapes[..., 0] == IGNORED) | (colours > 0)).all()
    assert (centres.sum(1) > 0).all()


def test_a_stopped_judge_stage_counts_as_unfinished_and_goes_on(tmp_path):
    data, out = tmp_path / "judge-renders.npz", tmp_path / "judge-perception.pt"
    write_corrupted(data, 4, seed=2)
    recipe, calls = JudgeRecipe(PERCEPTION, steps=3, generated_share=0.0, seed=1), []

    def stopped_at_the_third(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return perception_step(*arguments)

    with pytest.raises(KeyboardInterrupt):
        train_judge(recipe, [data], out, PerceivingJudge, stopped_at_the_third, every=1)
    assert not out.exists() and out.with_suffix(".running").exists()
    train_judge(recipe, [data], out, PerceivingJudge, stopped_at_the_third, every=1)
    assert len(calls) == 4  # two before the stop, the one that stopped, and the last one again
    assert out.exists() and not out.with_suffix(".running").exists()


def test_losses_prefer_the_right_answers():
    graded = torch.tensor([[0.0, 0.5, 1.0]])
    assert ranking_loss(torch.tensor([[-2.0, 0.0, 2.0]]), graded) < ranking_loss(torch.tensor([[2.0, 0.0, -2.0]]), graded)
    logits = torch.zeros(1, len(VOCABULARY))
    logits[0, YES] = 5.0
    assert answer_loss(logits, torch.tensor([1.0])) < answer_loss(logits, torch.tensor([0.0]))
    assert log_odds(logits)[0] == 5.0 and YES != NO


def test_nft_pulls_to_liked_images_and_away_from_others():
    clean, x, sigma = torch.zeros(1, 3, 4, 4), torch.ones(1, 3, 4, 4), torch.ones(1)
    old = torch.full((1, 3, 4, 4), 0.5)
    for preference, sign in ((1.0, -1), (0.0, 1)):
        velocity = old.clone().requires_grad_()
        nft_loss(velocity, old, x, sigma, clean, torch.tensor([preference])).backward()
        assert torch.sign(velocity.grad).unique().tolist() == [sign]


def test_advantages_do_not_blow_up_noise():
    assert advantages(torch.tensor([[0.999, 0.9991, 0.9989]]), floor=0.05).abs().max() < 0.01


def test_ranks_and_intervals():
    assert ranks(np.array([3.0, 1.0, 3.0])).tolist() == [2.5, 1.0, 2.5]
    groups = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    assert rank_correlations(groups, groups[:, ::-1].copy()).tolist() == pytest.approx([-1.0, -1.0])
    strict = np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    assert strict_ranking(groups, strict).tolist() == [1.0]  # a group that is all right has no order
    assert strict_ranking(-groups, strict).tolist() == [0.0]
    assert strict_ranking(np.zeros((2, 3)), strict).tolist() == [0.5]
    assert Mean.of([0, 1, 0, 1]).value == 0.5 and Mean.of([0, 1, 0, 1]).count == 4
