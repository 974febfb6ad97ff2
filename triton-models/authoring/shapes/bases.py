"""Writes the base judges as Triton models: `python -m shapes.bases`.

A base is laid out as the shipped judge is, with a file more for each thing that a judge can be trained to do.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file

from .base import ANSWER_TOKENS, SIZES, BaseJudge, asking, load_base
from .base_card import write_card
from .network_files import WEIGHTS
from .repository import Questions, examples, write_image_gradient, write_questions
from .train_judge import open_pair_questions

MODEL = "repository/shapes_judge"  # whose tensors and instructions a base has
_ONE, _TWO = ("image", "tokens"), ("reference", "image", "tokens")
QUESTIONS: Questions = {
    name: (asking(name), inputs)
    for name, inputs in {
        "pointwise": _ONE,
        "pairwise": _TWO,
        "regressive": _ONE,
        "pointwise_reasons": (*_ONE, "answer"),
        "pairwise_reasons": (*_TWO, "answer"),
    }.items()
}


def model_name(size: str) -> str:
    return f"shapes_vlm_{size}"


def write_base(folder: Path, trained: BaseJudge, judge: Path) -> str:
    """A base's model directory, made after that of a judge; returns the digest of its weights."""
    torch.manual_seed(0)  # of the pair questions' first words and the traces' examples
    version = folder / "1"
    digest = write_questions(version, open_pair_questions(trained), QUESTIONS)
    shutil.copy(judge / "1/model.py", version)
    config = (judge / "config.pbtxt").read_text().replace(f'"{judge.name}"', f'"{folder.name}"')
    reasons = f'parameters {{ key: "reason_tokens" value {{ string_value: "{ANSWER_TOKENS}" }} }}\n'
    (folder / "config.pbtxt").write_text(config + reasons)
    return digest


def write_reason_gradients(version: Path) -> list[Path]:
    """Image gradients of the answers that a judge gives after its reason, for the questions that its version has."""
    weights, written = load_file(version / WEIGHTS), []
    config = next(config for config in SIZES.values() if config.width == weights["answer.weight"].shape[1])
    for name, (kind, inputs) in QUESTIONS.items():
        if "answer" in inputs and (version / f"{name}.onnx").exists():
            model = kind(config).eval()
            model.load_state_dict(weights)
            written.append(write_image_gradient(version, name, model, examples(inputs)))
    return written


def write_bases(cache: Path, models: Path, sizes=tuple(SIZES)) -> None:
    """The bases of these sizes and their cards, from the cached weights."""
    for size in sizes:
        folder, trained = models / "bases" / model_name(size), load_base(cache / f"base-{size}.pt")
        write_base(folder, trained, models / MODEL)
        write_card(folder, trained, cache)
        print(folder, flush=True)


def main() -> None:
    models = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/shapes"), help="checkpoints and data of a build")
    parser.add_argument("--out", type=Path, default=models)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument(
        "--reason-gradients", type=Path, nargs="+", metavar="VERSION", default=[],
        help="only *_reasons_gradient.onnx, for these version directories of bases or of judges made from them",
    )  # fmt: skip
    options = parser.parse_args()
    torch.set_num_threads(1)
    if not options.reason_gradients:
        write_bases(options.cache, options.out, options.sizes)
    for version in options.reason_gradients:
        print(*write_reason_gradients(version), sep="\n", flush=True)


if __name__ == "__main__":
    main()
