"""Measures the shipped video models and writes their cards: `python -m shapes_video.cards`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from shapes.cards import digest, parameter_count, table
from shapes.generator import load_generator
from shapes.golden import load_weights
from shapes.measure import Mean, rank_correlations, strict_ranking

from .corrupt import corrupted_group
from .generator import VideoGenerator
from .judge import NO, VOCABULARY, YES, VideoJudge, log_odds
from .measure import generate, generator_report
from .oracle import judge_videos
from .prompts import CATEGORIES, balanced_prompts, near_prompt, parse, tokenize_all
from .render import render

TEMPLATES = Path(__file__).resolve().parent / "card_templates"
STEPS, GROUP = 8, 16


def measure_generator(shipped: VideoGenerator, clean: VideoGenerator, count: int) -> dict[str, dict[str, Mean]]:
    kinds = (("text", False), ("first frame", True))
    models = (("clean", clean), ("shipped", shipped))
    return {f"{name}, {kind}": generator_report(m, count, STEPS, given) for kind, given in kinds for name, m in models}


@torch.no_grad()
def log_probs_of(judge: VideoJudge, videos: np.ndarray, prompts: list[str]) -> torch.Tensor:
    tokens = torch.from_numpy(tokenize_all(prompts))
    return torch.cat([judge(v, t) for v, t in zip(torch.from_numpy(videos).split(128), tokens.split(128))])


def judge_report(judge: VideoJudge, videos: np.ndarray, prompts: list[str]) -> dict[str, Mean]:
    """Agreement with the oracle on groups of 16 videos that share a prompt."""
    verdicts = judge_videos(videos, prompts)
    strict, graded = (np.array([getattr(v, n) for v in verdicts]).reshape(-1, GROUP) for n in ("strict", "graded"))
    answers = log_probs_of(judge, videos, prompts)
    odds = log_odds(answers).numpy().reshape(-1, GROUP)
    report = {
        "strict": Mean.of(strict.ravel()),
        "accuracy on strict": Mean.of((odds > 0).ravel() == strict.ravel()),
        "right above wrong": Mean.of(strict_ranking(odds, strict)),
        "rank correlation": Mean.of(rank_correlations(odds, graded)),
        f"strict of best of {GROUP}": Mean.of(strict[np.arange(len(strict)), odds.argmax(1)]),
        "yes+no mass": Mean.of(answers[:, [YES, NO]].exp().sum(1).numpy()),
    }
    for k, category in enumerate(CATEGORIES):
        rows = np.arange(len(odds)) * len(CATEGORIES) // len(odds) == k
        report[f"right above wrong, {category}"] = Mean.of(strict_ranking(odds[rows], strict[rows]))
    return report


def measure_judge(judge: VideoJudge, shipped: VideoGenerator, clean: VideoGenerator, groups: int):
    prompts = [p for p in balanced_prompts(groups // len(CATEGORIES), "heldout", 1001) for _ in range(GROUP)]
    rng = np.random.default_rng(1003)
    renders = np.concatenate([corrupted_group(parse(prompt), GROUP, rng) for prompt in prompts[::GROUP]])
    videos = {
        "shipped generator": generate(shipped, prompts, STEPS, 1001),
        "clean generator": generate(clean, prompts, STEPS, 1002),
        "corrupted renders": renders,
    }
    return {name: judge_report(judge, drawn, prompts) for name, drawn in videos.items()}


def oracle_errors(count: int) -> dict[str, str]:
    """Renders that aren't accepted, and renders accepted under a prompt that asks for something else in one detail."""
    rng = np.random.default_rng(77)
    prompts = balanced_prompts(count // len(CATEGORIES), "train", 77)
    videos = np.stack([render(parse(prompt), rng) for prompt in prompts])
    missed = sum(v.strict == 0 for v in judge_videos(videos, prompts))
    near = [near_prompt(prompt, rng) for prompt in prompts]
    # A prompt that leaves the speed open allows both: only what really contradicts counts.
    other = [k for k, (p, n) in enumerate(zip(prompts, near)) if not _allows(n, p)]
    accepted = sum(v.strict for v in judge_videos(videos[other], [near[k] for k in other]))
    errors = {"renders": f"{len(prompts):,}", "missed": missed, "others": f"{len(other):,}", "accepted": accepted}
    for spread in (8, 15, 25):
        noisy = np.clip(videos + rng.normal(0, spread, videos.shape), 0, 255).astype(np.uint8)
        errors[f"noise_{spread}"] = f"{np.mean([v.strict for v in judge_videos(noisy, prompts)]):.3f}"
    return errors


def _allows(asked: str, shown: str) -> bool:
    """Whether a render of `shown` may fit `asked` as well."""
    one, other = parse(asked), parse(shown)
    return (one.slot, one.direction) == (other.slot, other.direction) and None in (one.speed, other.speed)


def _write(folder: Path, template: str, values: dict) -> None:
    text = (TEMPLATES / f"{template}.md").read_text()
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    (folder / "card.md").write_text(text)


def write_cards(repository: Path, clean: VideoGenerator, training: dict, count: int, groups: int) -> None:
    folders = {name: repository / f"shapes_video_{name}" for name in ("generator", "judge", "oracle")}
    shipped = load_weights(VideoGenerator(), folders["generator"] / "1")
    judge = load_weights(VideoJudge(), folders["judge"] / "1")
    tables = {"generator": measure_generator(shipped, clean, count), "judge": measure_judge(judge, shipped, clean, groups)}
    for name, columns in tables.items():
        facts = {"digest": digest(folders[name] / "1"), "parameters": f"{parameter_count(folders[name] / '1'):,}"}
        sizes = {"per_category": count, "groups": groups, "words": len(VOCABULARY)}
        _write(folders[name], name, {**training, **facts, **sizes, "table": table(columns)})
    _write(folders["oracle"], "oracle", oracle_errors(8000))


def main() -> None:
    models = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repository", type=Path, default=models / "repository")
    parser.add_argument("--cache", type=Path, default=Path(".cache/shapes-video"), help="folder with clean.pt of a build")
    parser.add_argument("--count", type=int, default=200, help="videos of each category for the generator")
    parser.add_argument("--groups", type=int, default=64, help="groups of 16 videos for the judge")
    options = parser.parse_args()
    torch.set_num_threads(1)
    from .build import training_facts  # which exports with this module

    clean = load_generator(options.cache / "clean.pt", VideoGenerator)
    write_cards(options.repository, clean, training_facts(), options.count, options.groups)


if __name__ == "__main__":
    main()
