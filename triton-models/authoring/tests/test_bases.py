import itertools
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file

from shapes.base import ANSWER_TOKENS, END, SIZES, TALKING_VOCABULARY, BaseJudge, TalkingJudge, reasons_first
from shapes.bases import QUESTIONS, model_name, write_reason_gradients
from shapes.cards import digest, parameter_count
from shapes.judge import NO, YES, log_odds
from shapes.judge_data import GENERATED, Pool, write_corrupted
from shapes.network_files import WEIGHTS, safetensors_header
from shapes.oracle import Found
from shapes.prompts import WORD_IDS, tokenize
from shapes.train_base import UNSAID, draw_fact, fact_step, fact_tokens, holds, naming
from shapes.train_judge import JudgeRecipe

MODELS = Path(__file__).resolve().parents[2]
BASES = MODELS / "bases"
RED_CIRCLE = Found(0, 0, (0.95, 0.8, 0.6), 10.0, 10.0, 80.0, 80)
BLUE_SQUARE = Found(2, 1, (0.8, 0.95, 0.6), 22.0, 22.0, 60.0, 60)


def values(names, count: int) -> dict[str, torch.Tensor]:
    draw = {
        "image": lambda: torch.randint(0, 256, (count, 32, 32, 3), dtype=torch.uint8),
        "tokens": lambda: torch.randint(0, 20, (count, 8)),
        "answer": lambda: torch.randint(0, len(TALKING_VOCABULARY), (count, ANSWER_TOKENS)),
    }
    return {name: draw["image" if name == "reference" else name]() for name in names}


def shipped(size: str, question: str) -> tuple[TalkingJudge, dict[str, torch.Tensor]]:
    """The network of a question with the shipped weights."""
    weights = load_file(BASES / model_name(size) / "1" / WEIGHTS)
    model = QUESTIONS[question][0](SIZES[size]).eval()
    model.load_state_dict(weights)
    return model, weights


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("question", QUESTIONS)
@torch.no_grad()
def test_graph_and_trace_answer_as_the_network_does(size, question):
    torch.manual_seed(1)
    folder, inputs = BASES / model_name(size) / "1", values(QUESTIONS[question][1], 5)
    model, weights = shipped(size, question)
    expected = model(*inputs.values())
    assert expected.shape[1:] in ((len(TALKING_VOCABULARY),), (ANSWER_TOKENS + 1, len(TALKING_VOCABULARY)))
    session = onnxruntime.InferenceSession(folder / f"{question}.onnx")
    (served,) = session.run(None, {key: value.numpy() for key, value in inputs.items()})
    assert np.abs(served - expected.numpy()).max() <= 2e-5
    traced = torch.jit.load(folder / f"{question}.pt")
    assert (traced(*inputs.values(), *(weights[key] for key in sorted(weights))) - expected).abs().max() <= 1e-5


@pytest.mark.parametrize("question", [name for name in QUESTIONS if "reasons" not in name])
def test_gradient_graph_is_the_backward_pass(question):
    torch.manual_seed(2)
    folder, inputs = BASES / model_name("s") / "1", values(QUESTIONS[question][1], 3)
    model, _ = shipped("s", question)
    upstream = torch.randn(3, len(TALKING_VOCABULARY))
    levels = inputs["image"].float().requires_grad_()
    (expected,) = torch.autograd.grad(model(*{**inputs, "image": levels}.values()), levels, upstream)
    session = onnxruntime.InferenceSession(folder / f"{question}_gradient.onnx")
    feed = {key: value.numpy() for key, value in {**inputs, "log_probs_gradient": upstream}.items()}
    (served,) = session.run(None, feed)
    assert np.abs(served - expected.numpy()).max() <= 1e-4 * max(expected.abs().max(), 1e-6)


def test_gradient_graphs_of_reasons_are_the_backward_pass_at_any_place(tmp_path):
    torch.manual_seed(6)
    for file in ("pointwise_reasons.onnx", "pairwise_reasons.onnx", WEIGHTS):
        shutil.copy(BASES / model_name("s") / "1" / file, tmp_path)
    assert len(write_reason_gradients(tmp_path)) == 2
    for question in ("pointwise_reasons", "pairwise_reasons"):
        inputs = values(QUESTIONS[question][1], 5)
        model, _ = shipped("s", question)
        upstream = torch.zeros(5, ANSWER_TOKENS + 1, len(TALKING_VOCABULARY))
        upstream[torch.arange(5), torch.arange(5)] = torch.randn(5, len(TALKING_VOCABULARY))
        levels = inputs["image"].float().requires_grad_()
        (expected,) = torch.autograd.grad(model(*{**inputs, "image": levels}.values()), levels, upstream)
        session = onnxruntime.InferenceSession(tmp_path / f"{question}_gradient.onnx")
        feed = {key: value.numpy() for key, value in {**inputs, "log_probs_gradient": upstream}.items()}
        (served,) = session.run(None, feed)
        assert expected.abs().amax((1, 2, 3)).min() > 0
        assert np.abs(served - expected.numpy()).max() <= 1e-4 * expected.abs().max()


@torch.no_grad()
def test_a_reason_before_the_decision_ends_where_the_likeliest_word_decides():
    def ask(answer):
        """Each says the word after its last one; the first row decides at once, the second after a word, the third never."""
        log_probs = torch.full((3, ANSWER_TOKENS + 1, len(TALKING_VOCABULARY)), -9.0)
        for row, k in itertools.product(range(3), range(ANSWER_TOKENS + 1)):
            word = int(answer[row, k - 1]) + 1 if k else 1
            log_probs[row, k, {(0, 0): YES, (1, 1): NO}.get((row, k), word)] = -1.0
        return log_probs

    answer, place = reasons_first(ask, 3)
    assert place.tolist() == [0, 1, ANSWER_TOKENS]
    assert answer.tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [1, 2, 3, 4]]


@pytest.mark.parametrize("size", SIZES)
def test_files_of_a_base_are_about_one_weight_file(size):
    folder = BASES / model_name(size)
    data, weights = (folder / "1" / WEIGHTS).read_bytes(), load_file(folder / "1" / WEIGHTS)
    assert data.startswith(safetensors_header(weights)[0])
    assert not [name for name in weights if name.startswith("perceive.")]
    card = (folder / "card.md").read_text()
    assert digest(folder / "1") in card and f"{parameter_count(folder / '1'):,} parameters" in card and "{" not in card
    assert tuple((folder / "1/vocabulary.txt").read_text().splitlines()) == TALKING_VOCABULARY
    config = (folder / "config.pbtxt").read_text()
    shared = (MODELS / "repository/shapes_judge/config.pbtxt").read_text().replace("shapes_judge", folder.name)
    assert config.startswith(shared) and f'"{ANSWER_TOKENS}"' in config.removeprefix(shared)
    code = MODELS / "repository/shapes_judge/1/model.py"
    assert (folder / "1/model.py").read_bytes() == code.read_bytes()


def test_sizes_rise():
    counts = [parameter_count(BASES / model_name(size) / "1") for size in SIZES]
    assert all(2 * small < large for small, large in zip(counts, counts[1:]))


@torch.no_grad()
def test_a_word_sees_what_was_said_before_it_and_nothing_after():
    torch.manual_seed(3)
    for question in ("pointwise_reasons", "pairwise_reasons"):
        model, _ = shipped("s", question)
        inputs = values(QUESTIONS[question][1], 2)
        before = model(*inputs.values())
        plain = getattr(model, question.removesuffix("_reasons"))(*list(inputs.values())[:-1])
        assert (before[:, 0] - plain).abs().max() <= 1e-5  # the decision is the plain question's
        inputs["answer"] = inputs["answer"].clone()
        inputs["answer"][:, 2] = (inputs["answer"][:, 2] + 1) % len(TALKING_VOCABULARY)
        change = (model(*inputs.values()) - before).abs().amax((0, 2))
        assert change[:3].max() == 0 and change[3:].min() > 1e-3


@torch.no_grad()
def test_the_scalar_head_answers_as_a_sigmoid_does():
    torch.manual_seed(4)
    model, _ = shipped("xs", "regressive")
    answer = model(*values(QUESTIONS["regressive"][1], 4).values())
    assert torch.allclose(answer[:, [YES, NO]].exp().sum(1), torch.ones(4), atol=1e-6)
    assert log_odds(answer).std() > 1e-4


@torch.no_grad()
def test_a_pair_is_first_judged_by_the_two_answers_alone():
    torch.manual_seed(5)
    model, _ = shipped("s", "pairwise")
    inputs = values(QUESTIONS["pairwise"][1], 4)
    single = [log_odds(model.pointwise(inputs[name], inputs["tokens"])) for name in ("reference", "image")]
    assert torch.allclose(log_odds(model(*inputs.values())), single[1] - single[0], atol=1e-4)


def test_facts_hold_for_what_is_there():
    there = (RED_CIRCLE, BLUE_SQUARE)
    assert holds((0, 0), there) and holds((0, None), there) and holds((1, 2), there)
    assert not holds((0, 2), there) and not holds((2, None), there) and not holds((0, 0), ())
    blob = Found(0, 0, (0.7, 0.6, 0.5), 10.0, 10.0, 80.0, 80)
    assert not holds((0, 0), (blob,))
    assert fact_tokens((1, 2)).tolist() == tokenize("a blue square").tolist()


def test_facts_are_about_as_often_true_as_not():
    rng = np.random.default_rng(0)
    true = np.mean([holds(draw_fact((RED_CIRCLE,), rng), (RED_CIRCLE,)) for _ in range(2000)])
    assert 0.35 < true < 0.65
    assert not any(holds(draw_fact((), rng), ()) for _ in range(50))


def test_what_is_said_is_the_decision_and_the_largest_object():
    said, targets = naming(True, (BLUE_SQUARE, RED_CIRCLE))
    assert said == [YES, WORD_IDS["red"], WORD_IDS["circle"], 0]
    assert targets == [YES, WORD_IDS["red"], WORD_IDS["circle"], END, UNSAID]
    assert naming(False, ()) == ([NO, 0, 0, 0], [NO, END, UNSAID, UNSAID, UNSAID])


def test_a_step_teaches_facts_and_not_preferences(tmp_path):
    data = tmp_path / "judge-renders.npz"
    write_corrupted(data, 4, seed=2)
    pool = Pool([data])
    pool.source[::2] = GENERATED
    model = BaseJudge(SIZES["xs"])
    fact_step(model, pool, JudgeRecipe("facts", steps=1), np.random.default_rng(0)).backward()
    reached = {name.split(".")[0] for name, weight in model.named_parameters() if weight.grad is not None}
    assert {"answer", "answer_place", "perceive", "blocks"} <= reached
    assert not reached & {"compare", "contrast", "score"}


