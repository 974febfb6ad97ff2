"""The shipped networks: PyTorch, ONNX Runtime and TorchScript agree, for any batch and any weights."""

import json
import shutil
import struct
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file

from shapes.cards import digest, parameter_count
from shapes.generator import Generator
from shapes.golden import load_weights
from shapes.judge import NO, VOCABULARY, YES, PairwiseJudge, PointwiseJudge
from shapes.network_files import WEIGHTS, safetensors_header, write_weights
from shapes.prompts import WORDS, split_prompts

REPOSITORY = Path(__file__).resolve().parents[2] / "repository"
PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def picture(batch):
    return torch.randint(0, 256, (batch, 32, 32, 3), dtype=torch.uint8)


def tokens(batch):
    return torch.randint(0, len(WORDS), (batch, 8))


NETWORKS = {
    "velocity": ("shapes_generator", Generator, ("x", "sigma", "tokens")),
    "pointwise": ("shapes_judge", PointwiseJudge, ("image", "tokens")),
    "pairwise": ("shapes_judge", PairwiseJudge, ("reference", "image", "tokens")),
}
DRAW = {
    "x": lambda n: torch.randn(n, 3, 32, 32),
    "sigma": torch.rand,
    "tokens": tokens,
    "image": picture,
    "reference": picture,
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("batch", [1, 3, 16])
def test_three_engines_agree(name, batch):
    model_name, kind, inputs = NETWORKS[name]
    folder = REPOSITORY / model_name / "1"
    torch.manual_seed(batch)
    values = {key: DRAW[key](batch) for key in inputs}
    model = load_weights(kind(), folder)
    expected = model(*values.values())
    session = onnxruntime.InferenceSession(folder / f"{name}.onnx")
    served = session.run(None, {key: value.numpy() for key, value in values.items()})[0]
    assert np.abs(served - expected.numpy()).max() <= 1e-5
    weights = load_file(folder / WEIGHTS)
    traced = torch.jit.load(folder / f"{name}.pt")
    again = traced(*values.values(), *(weights[key] for key in sorted(weights)))
    assert (again - expected).abs().max() <= 1e-5


@pytest.mark.parametrize("name", NETWORKS)
def test_another_policy_is_another_weight_file(name, tmp_path):
    model_name, kind, inputs = NETWORKS[name]
    folder = REPOSITORY / model_name / "1"
    shutil.copytree(folder, tmp_path / "2")
    weights = {key: value * 1.05 for key, value in load_file(folder / WEIGHTS).items()}
    write_weights(tmp_path / "2" / WEIGHTS, weights)
    values = {key: DRAW[key](2) for key in inputs}
    changed = load_weights(kind(), tmp_path / "2")(*values.values())
    session = onnxruntime.InferenceSession(tmp_path / "2" / f"{name}.onnx")
    served = session.run(None, {key: value.numpy() for key, value in values.items()})[0]
    assert np.abs(served - changed.numpy()).max() <= 2e-5
    traced = torch.jit.load(tmp_path / "2" / f"{name}.pt")
    assert (traced(*values.values(), *(weights[key] for key in sorted(weights))) - changed).abs().max() <= 1e-5
    assert np.abs(changed.numpy() - load_weights(kind(), folder)(*values.values()).numpy()).max() > 1e-3


@pytest.mark.parametrize("question", ["pointwise", "pairwise"])
@pytest.mark.parametrize("scale", [1.0, 1.05])
def test_gradient_graph_is_the_backward_pass_for_any_batch_and_any_weights(question, scale, tmp_path):
    _, kind, inputs = NETWORKS[question]
    folder = REPOSITORY / "shapes_judge/1"
    shutil.copy(folder / f"{question}_gradient.onnx", tmp_path)
    weights = {key: value * scale for key, value in load_file(folder / WEIGHTS).items()}
    write_weights(tmp_path / WEIGHTS, weights)
    model = load_weights(kind(), tmp_path)
    session = onnxruntime.InferenceSession(tmp_path / f"{question}_gradient.onnx")
    for batch in (1, 5):
        torch.manual_seed(batch)
        values = {key: DRAW[key](batch) for key in inputs}
        upstream = torch.randn(batch, len(VOCABULARY))
        levels = values["image"].float().requires_grad_()
        (expected,) = torch.autograd.grad(model(*{**values, "image": levels}.values()), levels, upstream)
        feed = {key: value.numpy() for key, value in {**values, "log_probs_gradient": upstream}.items()}
        (served,) = session.run(None, feed)
        assert served.shape == (batch, 32, 32, 3)
        assert np.abs(served - expected.numpy()).max() <= 1e-4 * expected.abs().max()


@pytest.mark.parametrize("model_name", ["shapes_generator", "shapes_judge"])
def test_weight_file_is_canonical(model_name, tmp_path):
    path = REPOSITORY / model_name / "1" / WEIGHTS
    data, weights = path.read_bytes(), load_file(path)
    length = struct.unpack("<Q", data[:8])[0]
    entries = json.loads(data[8 : 8 + length])
    names = [name for name in entries if name != "__metadata__"]
    assert names == sorted(names) and length % 8 == 0
    assert all(entries[name]["dtype"] == "F32" for name in names)
    assert data.startswith(safetensors_header(weights)[0])
    write_weights(tmp_path / WEIGHTS, weights)
    assert (tmp_path / WEIGHTS).read_bytes() == data


@pytest.mark.parametrize("model_name", ["shapes_generator", "shapes_judge"])
def test_card_is_about_the_shipped_weights(model_name):
    card = (REPOSITORY / model_name / "card.md").read_text()
    assert digest(REPOSITORY / model_name / "1") in card
    assert f"{parameter_count(REPOSITORY / model_name / '1'):,} parameters" in card
    assert "{" not in card


def test_trace_has_gradients_for_its_weights():
    folder = REPOSITORY / "shapes_generator/1"
    weights = {key: value.requires_grad_() for key, value in load_file(folder / WEIGHTS).items()}
    traced = torch.jit.load(folder / "velocity.pt")
    v = traced(torch.randn(2, 3, 32, 32), torch.rand(2), tokens(2), *(weights[key] for key in sorted(weights)))
    v.square().mean().backward()
    assert all(w.grad is not None and torch.isfinite(w.grad).all() for w in weights.values())


def test_a_weight_that_is_not_finite_is_refused(tmp_path):
    with pytest.raises(ValueError, match="'w'"):
        write_weights(tmp_path / WEIGHTS, {"w": torch.tensor([float("nan")])})


def test_vocabularies_and_prompts_are_those_of_the_code():
    read = lambda name: (REPOSITORY / name / "1/vocabulary.txt").read_text().splitlines()  # noqa: E731
    assert tuple(read("shapes_generator")) == WORDS
    assert tuple(read("shapes_judge")) == VOCABULARY
    for split in ("train", "heldout"):
        lines = [json.loads(line) for line in (PROMPTS / f"shapes-{split}.jsonl").read_text().splitlines()]
        assert [line["prompt"] for line in lines] == [t for texts in split_prompts(split).values() for t in texts]


def test_judge_answers_yes_or_no():
    model = load_weights(PointwiseJudge(), REPOSITORY / "shapes_judge/1")
    assert model(picture(8), tokens(8))[:, [YES, NO]].exp().sum(1).min() > 0.9


def test_no_file_names_the_machine_it_was_made_on():
    for path in REPOSITORY.rglob("*"):
        if path.suffix == ".pt":
            with zipfile.ZipFile(path) as archive:
                assert not [n for n in archive.namelist() if n.endswith((".debug_pkl", "/serialization_id"))]
        elif path.suffix == ".onnx":
            assert b".py" not in path.read_bytes()
