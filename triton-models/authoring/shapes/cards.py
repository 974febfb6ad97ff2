"""Measures the shipped models and writes their cards: `python -m shapes.cards`."""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file

from .generator import Generator, load_generator
from .golden import load_weights
from .judge import VOCABULARY, PairwiseJudge, PointwiseJudge
from .measure import Mean, generated_groups, generator_report, judge_report, rendered_groups
from .network_files import WEIGHTS
from .prompts import CATEGORIES

TEMPLATES = Path(__file__).resolve().parent / "card_templates"
STEPS = 10
GROUP = 16


def measure_generator(shipped: Generator, clean: Generator, count: int) -> dict[str, dict[str, Mean]]:
    return {name: generator_report(model, count, STEPS) for name, model in (("clean", clean), ("shipped", shipped))}


def measure_judge(repository: Path, shipped: Generator, clean: Generator, groups: int) -> dict[str, dict[str, Mean]]:
    """Agreement with the oracle on generated images of both weight sets and on corrupted renders; new prompts only."""
    folder = repository / "shapes_judge/1"
    pointwise, pairwise = load_weights(PointwiseJudge(), folder), load_weights(PairwiseJudge(), folder)
    images = {
        "shipped generator": generated_groups(shipped, groups, GROUP, STEPS, 1001),
        "clean generator": generated_groups(clean, groups, GROUP, STEPS, 1002),
        "corrupted renders": rendered_groups(groups, GROUP, 1003, strong=False),
        "strongly degraded renders": rendered_groups(groups, GROUP, 1004, strong=True),
    }
    return {name: judge_report(pointwise, pairwise, *pair, GROUP) for name, pair in images.items()}


def table(columns: dict[str, dict[str, Mean]]) -> str:
    """A Markdown table: one row a measure, one column a set of images or weights."""
    names = list(columns)
    rows = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for measure in columns[names[0]]:
        rows.append(f"| {measure} | {' | '.join(str(columns[name][measure]) for name in names)} |")
    return "\n".join(rows)


def parameter_count(folder: Path) -> int:
    return sum(weight.numel() for weight in load_file(folder / WEIGHTS).values())


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()


def write_cards(repository: Path, clean: Generator, training: dict, count: int, groups: int) -> None:
    shipped = load_weights(Generator(), repository / "shapes_generator/1")
    generator = measure_generator(shipped, clean, count)
    judge = measure_judge(repository, shipped, clean, groups)
    for name, measures in (("generator", generator), ("judge", judge)):
        folder = repository / f"shapes_{name}"
        text = (TEMPLATES / f"{name}.md").read_text()
        values = {
            **training,
            "table": table(measures),
            "digest": digest(folder / "1"),
            "parameters": f"{parameter_count(folder / '1'):,}",
            "words": str(len(VOCABULARY)),
            "per_category": str(count),
            "groups": str(groups // len(CATEGORIES) * len(CATEGORIES)),
        }
        for key, value in values.items():
            text = text.replace("{" + key + "}", str(value))
        (folder / "card.md").write_text(text)
    plain = {kind: {k: asdict(m) for k, m in rows.items()} for kind, rows in {**generator, **judge}.items()}
    print(json.dumps(plain))


def main() -> None:
    models = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repository", type=Path, default=models / "repository")
    parser.add_argument("--cache", type=Path, required=True, help="folder with clean.pt and training.json of a build")
    parser.add_argument("--count", type=int, default=300, help="images of each category for the generator")
    parser.add_argument("--groups", type=int, default=96, help="groups of 16 images for the judge")
    options = parser.parse_args()
    torch.set_num_threads(1)
    training = json.loads((options.cache / "training.json").read_text())
    write_cards(options.repository, load_generator(options.cache / "clean.pt"), training, options.count, options.groups)


if __name__ == "__main__":
    main()
