"""Writes the files of the Triton model repository: networks, vocabularies, the oracle's numbers and the prompt lists."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import load_file

from . import judge as judging
from .base import ANSWER_TOKENS
from .generator import Generator
from .gradients import PulledBack
from .judge import PairwiseJudge, PointwiseJudge, shipped_weights
from .network_files import WEIGHTS, write_onnx, write_torchscript, write_weights
from .oracle import LIMITS
from .prompts import CATEGORIES, PROMPT_TOKENS, WORDS, split_prompts

EXAMPLE_BATCH = 3  # any size above 1 keeps the exporters from fixing the batch
STYLE = {"size_span": 0.5, "shade_span": 48.0}  # spreads of the renderer's sizes and shades, about
Questions = dict[str, tuple[type[judging.Judge], tuple[str, ...]]]  # network and inputs of each, by file name
QUESTIONS: Questions = {
    "pointwise": (PointwiseJudge, ("image", "tokens")),
    "pairwise": (PairwiseJudge, ("reference", "image", "tokens")),
}


def write_vocabulary(folder: Path, words) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.txt").write_text("".join(word + "\n" for word in words))


def write_oracle(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "oracle.json").write_text(json.dumps(LIMITS.to_json(), indent=2) + "\n")


def write_style(folder: Path) -> None:
    """The oracle's numbers and its own two."""
    write_oracle(folder)
    (folder / "style.json").write_text(json.dumps(STYLE, indent=2) + "\n")


def write_prompts(folder: Path) -> None:
    """One JSON object a line: every prompt of a split once, category by category."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in ("train", "heldout"):
        lines = [
            json.dumps({"prompt": text, "category": category}) + "\n"
            for category in CATEGORIES
            for text in split_prompts(split)[category]
        ]
        (folder / f"shapes-{split}.jsonl").write_text("".join(lines))


def _tokens() -> torch.Tensor:
    return torch.arange(EXAMPLE_BATCH * PROMPT_TOKENS).view(EXAMPLE_BATCH, PROMPT_TOKENS) % len(WORDS)


def write_generator(folder: Path, model: Generator) -> str:
    """The generator's version directory; returns the digest of its weights."""
    write_vocabulary(folder, WORDS)
    weights = dict(model.named_parameters())
    inputs = {
        "x": torch.randn(EXAMPLE_BATCH, 3, 32, 32),
        "sigma": torch.tensor([1.0, 0.6, 0.2]),
        "tokens": _tokens(),
    }
    write_onnx(folder / "velocity.onnx", model, weights, inputs, "v")
    write_torchscript(folder / "velocity.pt", model, inputs)
    return write_weights(folder / WEIGHTS, weights)


def write_judge(folder: Path, trained: judging.Judge) -> str:
    """The judge's version directory: both questions over one weight file; returns its digest."""
    return write_questions(folder, trained, QUESTIONS)


def write_questions(folder: Path, trained: judging.Judge, questions: Questions) -> str:
    """Every question over one weight file, each with its image gradient; returns the file's digest."""
    write_vocabulary(folder, trained.vocabulary)
    weights = shipped_weights(trained)
    for name, (kind, names) in questions.items():
        model, inputs = kind(trained.config).eval(), examples(names)
        model.load_state_dict(weights)
        write_onnx(folder / f"{name}.onnx", model, dict(model.named_parameters()), inputs, "log_probs")
        write_torchscript(folder / f"{name}.pt", model, inputs)
        write_image_gradient(folder, name, model, inputs)
    return write_weights(folder / WEIGHTS, weights)


def write_image_gradient(folder: Path, question: str, model: judging.Judge, inputs: dict[str, torch.Tensor]) -> Path:
    """The graph that pulls a gradient of a question's log-probabilities back to the image, words said before held fixed."""
    places = (ANSWER_TOKENS + 1,) if "answer" in inputs else ()
    upstream = torch.randn(EXAMPLE_BATCH, *places, len(model.vocabulary))
    pulled = PulledBack(model, inputs, "image", upstream)
    graph = folder / f"{question}_gradient.onnx"
    weights = dict(pulled.named_parameters())
    write_onnx(graph, pulled, weights, {**inputs, "log_probs_gradient": upstream}, "image_gradient")
    return graph


def examples(names: Iterable[str]) -> dict[str, torch.Tensor]:
    """Example values of a judge's inputs."""
    picture = torch.randint(0, 256, (EXAMPLE_BATCH, 32, 32, 3), dtype=torch.uint8)
    values = {"reference": picture.flip(0), "image": picture, "tokens": _tokens(), "answer": _tokens()[:, :ANSWER_TOKENS]}
    return {name: values[name] for name in names}


def main() -> None:
    """Writes the gradient graphs of a judge whose weights are there already; they hold no weights of their own."""
    shipped = Path(__file__).resolve().parents[2] / "repository/shapes_judge/1"
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--judge", type=Path, default=shipped, help="version directory")
    folder = parser.parse_args().judge
    for question, (kind, inputs) in QUESTIONS.items():
        model = kind()
        model.load_state_dict(load_file(folder / WEIGHTS))
        print(write_image_gradient(folder, question, model.eval(), examples(inputs)))


if __name__ == "__main__":
    main()
