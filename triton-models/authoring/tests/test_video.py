"""The video world: renderer against oracle, the first frame, and the shipped networks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from shapes.golden import load_weights
from shapes.pretrain import Recipe
from shapes_video import pretrain
from shapes_video.corrupt import SCENE_FAULTS, corrupted_group
from shapes_video.generator import LATENT, VideoGenerator, sample, to_latents
from shapes_video.judge import VideoJudge
from shapes_video.judge_data import VideoPool, write_corrupted
from shapes_video.oracle import detect_all, judge_videos, motion_score
from shapes_video.prompts import CATEGORIES, PROMPT_TOKENS, WORDS, balanced_prompts, grammar, near_prompts, parse, split_prompts
from shapes_video.render import draw, render, to_bytes, trace
from shapes_video.train_judge import match_step, video_perception_loss

REPOSITORY = Path(__file__).resolve().parents[2] / "repository"


@pytest.fixture(scope="module")
def renders():
    rng = np.random.default_rng(3)
    prompts = balanced_prompts(30, "heldout", 3)
    return np.stack([render(parse(p), rng) for p in prompts]), prompts


def test_prompts_are_split_by_hash():
    train, held = split_prompts("train"), split_prompts("heldout")
    assert sum(map(len, train.values())) + sum(map(len, held.values())) - len(train["moving"]) == len(grammar()) == 171
    for category in CATEGORIES[1:]:
        assert held[category] and not set(train[category]) & set(held[category])
    assert all(set(near_prompts(text)) <= {p for prompts in train.values() for p in prompts} for text in grammar())
    with pytest.raises(ValueError, match="unknown word 'sideways'"):
        parse("a red circle moving sideways")
    with pytest.raises(ValueError, match="not a sentence of the video world"):
        parse("a circle moving left slowly")


def test_renders_are_what_they_say(renders):
    videos, prompts = renders
    verdicts = judge_videos(videos, prompts)
    assert all(v.strict == 1 and v.motion == 1 and v.objects == 1.0 for v in verdicts)
    assert min(v.graded for v in verdicts) > 0.7


def test_other_directions_speeds_and_objects_are_refused(renders):
    videos, prompts = renders
    turned = videos[:, ::-1]  # backwards in time
    for prompt, backwards in zip(prompts, judge_videos(turned, prompts)):
        assert backwards.strict == (parse(prompt).direction is None)
    for video, prompt in zip(videos, prompts):
        for other in near_prompts(prompt):
            loose = None in (parse(other).speed, parse(prompt).speed) and parse(other).direction == parse(prompt).direction
            if not loose or parse(other).slot != parse(prompt).slot:
                assert judge_videos(video[None], [other])[0].strict == 0, (prompt, other)


def test_what_changes_on_the_way_is_refused():
    rng, scene = np.random.default_rng(1), parse("a circle standing still")
    path = trace(scene, rng)
    empty = np.full((4, 16, 16, 3), 0.8)
    for shapes, colours in (
        (("circle", "circle", "square", "square"), ("red",) * 4),
        (("circle",) * 4, ("red", "red", "blue", "blue")),
    ):
        video = to_bytes(draw(empty, path, rng, shapes, colours))
        assert judge_videos(video[None], ["a circle standing still"])[0].strict == 0
    gone = to_bytes(draw(empty, replace(path, colour="red"), rng))
    gone[2] = gone.max()
    assert motion_score(detect_all(gone[None])[0], scene) == (False, 0.0)


def test_the_first_of_a_corrupted_group_is_right():
    rng, prompts = np.random.default_rng(2), balanced_prompts(3, "train", 2)
    groups = [corrupted_group(parse(p), 6, rng) for p in prompts]
    strict = np.array([[v.strict for v in judge_videos(g, [p] * 6)] for g, p in zip(groups, prompts)])
    assert strict[:, 0].all() and 0.1 < strict[:, 1:].mean() < 0.7 and len(SCENE_FAULTS) == 6


def test_patches_are_put_together_again():
    model, x = VideoGenerator(), torch.randn(2, *LATENT)
    assert torch.equal(model.picture(model.patches(x)), x)


def test_a_given_frame_is_kept_and_costs_nothing():
    torch.manual_seed(0)
    model = VideoGenerator()
    tokens, noise = torch.ones(2, PROMPT_TOKENS, dtype=torch.int64), torch.randn(2, *LATENT)
    frame = to_latents(np.full((2, 16, 16, 3), 77, np.uint8))
    drawn = sample(model, tokens, noise, 2, frame)
    assert torch.equal(drawn[:, :, 0], frame)

    class Wrong(torch.nn.Module):  # right but for the first frame
        def forward(self, x, sigma, tokens):
            s = sigma.view(-1, 1, 1, 1, 1)
            velocity = (x - videos) / s
            velocity[:, :, 0] = 99.0
            return velocity

    videos = torch.rand(2, *LATENT) * 2 - 1
    given = torch.tensor([True, True])
    assert pretrain.flow_loss(Wrong(), videos, tokens, given) < 1e-6
    assert pretrain.flow_loss(Wrong(), videos, tokens, ~given) > 100


def test_a_stage_trains_and_leaves_its_weights(tmp_path):
    pretrain.render_dataset(tmp_path / "renders.npz", 24, 1)
    pretrain.train(Recipe(steps=2, batch=4, warmup=1), tmp_path / "renders.npz", tmp_path / "clean.pt")
    assert (tmp_path / "clean.pt").exists() and not (tmp_path / "clean.running").exists()


def test_judge_data_says_where_objects_go(tmp_path):
    from shapes.train_judge import MATCH, JudgeRecipe
    from shapes_video.judge import PerceivingVideoJudge

    write_corrupted(tmp_path / "judge.npz", 4, seed=2)
    pool, rng = VideoPool([tmp_path / "judge.npz"]), np.random.default_rng(0)
    pixels, colours, shapes, centres, flows = pool.batch(np.arange(32), rng)
    assert pixels.shape == (32, *LATENT) and flows.shape == (32, 64, 2)
    known = ~flows[..., 0].isnan()
    assert known.any() and (colours[known] > 0).all()
    model = PerceivingVideoJudge()
    output = model.perception(model.see_pixels(pixels)[0])
    perfect = output.detach().clone()
    perfect[..., 9:][known] = flows[known]
    losses = [video_perception_loss(o, colours, shapes, centres, flows) for o in (perfect, output)]
    assert losses[0] < losses[1]
    assert match_step(model, pool, JudgeRecipe(MATCH, steps=1, groups=2, generated_share=0.0), rng).isfinite()


@pytest.mark.parametrize("batch", [1, 5])
def test_graphs_agree_with_the_networks(batch):
    torch.manual_seed(batch)
    tokens = torch.randint(0, len(WORDS), (batch, PROMPT_TOKENS))
    inputs = {"x": torch.randn(batch, *LATENT), "sigma": torch.rand(batch), "tokens": tokens}
    videos = {"image": torch.randint(0, 256, (batch, 4, 16, 16, 3), dtype=torch.uint8), "tokens": tokens}
    for name, graph, kind, given in (
        ("shapes_video_generator", "velocity", VideoGenerator, inputs),
        ("shapes_video_judge", "pointwise", VideoJudge, videos),
    ):
        folder = REPOSITORY / name / "1"
        expected = load_weights(kind(), folder)(*given.values()).numpy()
        session = onnxruntime.InferenceSession(folder / f"{graph}.onnx", providers=["CPUExecutionProvider"])
        (output,) = session.run(None, {key: value.numpy() for key, value in given.items()})
        assert np.abs(output - expected).max() < 1e-4
