"""Measures of the shipped models: the generator's strict score by category, the judge's agreement with the oracle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .corrupt import corrupted_group
from .generator import sample, to_images
from .judge import NO, YES, log_odds
from .oracle import gold, judge_images
from .prompts import CATEGORIES, balanced_prompts, parse, tokenize_all

EVALUATION_SEED = 123
CONFIDENCE = 1.96  # normal quantile of a two-sided 95 % interval


@dataclass(frozen=True)
class Mean:
    """A mean with the half width of its 95 % interval and the number of values."""

    value: float
    half_width: float
    count: int

    @classmethod
    def of(cls, values) -> Mean:
        values = np.asarray(values, np.float64)
        width = CONFIDENCE * values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
        return cls(float(values.mean()), float(width), len(values))

    def __str__(self) -> str:
        return f"{self.value:.3f} +- {self.half_width:.3f} (n = {self.count:,})"


def generate(model, prompts: list[str], steps: int, seed: int) -> np.ndarray:
    """Images uint8 [N,32,32,3] of the prompts, noise from the seed."""
    noise = torch.randn(len(prompts), 3, 32, 32, generator=torch.Generator().manual_seed(seed))
    return to_images(sample(model, torch.from_numpy(tokenize_all(prompts)), noise, steps))


def strict_by_category(model, count: int, steps: int = 10, split: str = "heldout") -> dict[str, float]:
    """Mean strict score over `count` prompts of each category, and over all: the quick look while training."""
    prompts = balanced_prompts(count, split, EVALUATION_SEED)
    strict, graded = gold(generate(model, prompts, steps, EVALUATION_SEED), prompts)
    scores = dict(zip(CATEGORIES, strict.reshape(len(CATEGORIES), -1).mean(1).round(3).tolist()))
    return {**scores, "all": round(float(strict.mean()), 3), "graded": round(float(graded.mean()), 3)}


def generator_report(model, count: int, steps: int) -> dict[str, Mean]:
    """Strict by category, strict, graded, template fit and grain over all, on held-out prompts."""
    prompts = balanced_prompts(count, "heldout", EVALUATION_SEED)
    verdicts = judge_images(generate(model, prompts, steps, EVALUATION_SEED), prompts)
    strict = np.array([v.strict for v in verdicts])
    report = {c: Mean.of(strict[k * count : (k + 1) * count]) for k, c in enumerate(CATEGORIES)}
    report["all"] = Mean.of(strict)
    for name in ("graded", "template_fit", "grain"):
        report[name] = Mean.of([getattr(v, name) for v in verdicts])
    return report


@torch.no_grad()
def pointwise_log_probs(model, images: np.ndarray, prompts: list[str]) -> torch.Tensor:
    """[N,vocabulary] of a PointwiseJudge."""
    tokens = torch.from_numpy(tokenize_all(prompts))
    parts = [model(i, t) for i, t in zip(torch.from_numpy(images).split(128), tokens.split(128))]
    return torch.cat(parts)


@torch.no_grad()
def pairwise_odds(model, references: np.ndarray, images: np.ndarray, prompts: list[str]) -> np.ndarray:
    """Log-odds [N] that each image is better than its reference, of a PairwiseJudge."""
    tokens = torch.from_numpy(tokenize_all(prompts))
    batches = zip(torch.from_numpy(references).split(128), torch.from_numpy(images).split(128), tokens.split(128))
    return torch.cat([log_odds(model(r, i, t)) for r, i, t in batches]).numpy()


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks with ties averaged."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[inverse]


def rank_correlations(scores: np.ndarray, graded: np.ndarray) -> np.ndarray:
    """Spearman correlation of each group [G,K] whose graded scores differ."""
    spread = [(s, g) for s, g in zip(scores, graded) if g.std() > 1e-6 and s.std() > 0]
    return np.array([np.corrcoef(ranks(s), ranks(g))[0, 1] for s, g in spread])


def strict_ranking(scores: np.ndarray, strict: np.ndarray) -> np.ndarray:
    """Of each group [G,K] with right and wrong images: how often a right one scores above a wrong one; ties count half."""
    values = []
    for s, right in zip(scores, strict > 0):
        if right.any() and not right.all():
            gaps = s[right][:, None] - s[~right][None]
            values.append(((gaps > 0) + 0.5 * (gaps == 0)).mean())
    return np.array(values)


def pair_accuracy(odds: np.ndarray, graded: np.ndarray, gap: float = 0.04) -> Mean:
    """Share of the pairs of a group [G,K] that the oracle tells apart and the judge puts in the same order; by group."""
    margin = odds[:, None, :] - odds[:, :, None]
    better = graded[:, None, :] - graded[:, :, None] > gap
    told = better.sum((1, 2))
    right = ((margin > 0) & better).sum((1, 2))
    return Mean.of((right / np.maximum(told, 1))[told > 0])


def _grouped_prompts(groups: int, size: int, seed: int) -> list[str]:
    prompts = balanced_prompts(-(-groups // len(CATEGORIES)), "heldout", seed)
    return [p for p in prompts for _ in range(size)]


def generated_groups(generator, groups: int, size: int, steps: int, seed: int) -> tuple[np.ndarray, list[str]]:
    """Groups of images of held-out prompts, every category equally often."""
    prompts = _grouped_prompts(groups, size, seed)
    return generate(generator, prompts, steps, seed), prompts


def rendered_groups(groups: int, size: int, seed: int, strong: bool) -> tuple[np.ndarray, list[str]]:
    """Groups of corrupted renders of held-out prompts, lightly or strongly degraded."""
    prompts, rng = _grouped_prompts(groups, size, seed), np.random.default_rng(seed)
    images = [corrupted_group(parse(prompt), size, rng, strong) for prompt in prompts[::size]]
    return np.concatenate(images), prompts


def judge_report(pointwise, pairwise, images: np.ndarray, prompts: list[str], size: int) -> dict[str, Mean]:
    """How both questions agree with the oracle on groups of `size` images that share a prompt."""
    strict, graded = (values.reshape(-1, size) for values in gold(images, prompts))
    log_probs = pointwise_log_probs(pointwise, images, prompts)
    odds = log_odds(log_probs).numpy().reshape(-1, size)
    grid = images.reshape(-1, size, *images.shape[1:])
    best = odds.argmax(1)
    reference = grid[np.arange(len(grid)), best].repeat(size, 0)
    pair_odds = pairwise_odds(pairwise, reference, images, prompts).reshape(-1, size)
    shifted = np.roll(grid, 1, 1).reshape(images.shape)
    neighbour = pairwise_odds(pairwise, shifted, images, prompts).reshape(-1, size)
    gap = graded - np.roll(graded, 1, 1)
    told = np.abs(gap) > 0.04
    report = {
        "strict": Mean.of(strict.ravel()),
        "pointwise accuracy on strict": Mean.of((odds > 0).ravel() == strict.ravel()),
        "pointwise pair accuracy": pair_accuracy(odds, graded),
        "pairwise accuracy": Mean.of(((neighbour > 0) == (gap > 0))[told]),
        "pointwise rank correlation": Mean.of(rank_correlations(odds, graded)),
        "pairwise rank correlation, best as reference": Mean.of(rank_correlations(pair_odds, graded)),
        "right above wrong": Mean.of(strict_ranking(odds, strict)),
        f"strict of best of {size}": Mean.of(strict[np.arange(len(strict)), best]),
        "yes+no mass": Mean.of(log_probs[:, [YES, NO]].exp().sum(1).numpy()),
        "P(yes)": Mean.of(torch.sigmoid(torch.from_numpy(odds)).numpy().ravel()),
    }
    for k, category in enumerate(CATEGORIES):
        rows = np.arange(len(odds)) * len(CATEGORIES) // len(odds) == k
        report[f"rank correlation, {category}"] = Mean.of(rank_correlations(odds[rows], graded[rows]))
        report[f"right above wrong, {category}"] = Mean.of(strict_ranking(odds[rows], strict[rows]))
    return report
