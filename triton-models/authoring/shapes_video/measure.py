"""Measures of the video models on held-out prompts, by category."""

from __future__ import annotations

import numpy as np
import torch

from shapes.generator import to_images
from shapes.measure import EVALUATION_SEED, Mean

from .generator import LATENT, VideoGenerator, sample, to_latents
from .oracle import judge_videos
from .prompts import CATEGORIES, balanced_prompts, parse, tokenize_all
from .render import render

MEASURES = ("motion", "objects", "graded", "template_fit", "grain")


def first_frames(prompts: list[str], seed: int) -> np.ndarray:
    """A first frame uint8 [N,16,16,3] for each prompt, from a render of it."""
    rng = np.random.default_rng(seed)
    return np.stack([render(parse(prompt), rng)[0] for prompt in prompts])


def generate(model: VideoGenerator, prompts: list[str], steps: int, seed: int, first: np.ndarray | None = None) -> np.ndarray:
    """Videos uint8 [N,4,16,16,3] of the prompts, noise from the seed."""
    noise = torch.randn(len(prompts), *LATENT, generator=torch.Generator().manual_seed(seed))
    given = None if first is None else to_latents(first)
    return to_images(sample(model, torch.from_numpy(tokenize_all(prompts)), noise, steps, given))


def strict_by_category(model: VideoGenerator, count: int, steps: int = 8) -> dict[str, float]:
    """The quick look while training: strict for text-to-video by category, and over all; also with the first frame given."""
    prompts = balanced_prompts(count, "heldout", EVALUATION_SEED)
    verdicts = judge_videos(generate(model, prompts, steps, EVALUATION_SEED), prompts)
    given = judge_videos(generate(model, prompts, steps, 9, first_frames(prompts, 9)), prompts)
    strict = np.array([v.strict for v in verdicts])
    scores = dict(zip(CATEGORIES, strict.reshape(len(CATEGORIES), -1).mean(1).round(3).tolist()))
    scores |= {name: round(float(np.mean([getattr(v, name) for v in verdicts])), 3) for name in MEASURES}
    return {**scores, "all": round(float(strict.mean()), 3), "given": round(float(np.mean([v.strict for v in given])), 3)}


def generator_report(model: VideoGenerator, count: int, steps: int, given: bool) -> dict[str, Mean]:
    """Strict by category and over all, motion, objects, graded, template fit and grain, on held-out prompts."""
    prompts = balanced_prompts(count, "heldout", EVALUATION_SEED)
    first = first_frames(prompts, EVALUATION_SEED) if given else None
    verdicts = judge_videos(generate(model, prompts, steps, EVALUATION_SEED, first), prompts)
    strict = np.array([v.strict for v in verdicts])
    report = {c: Mean.of(strict[k * count : (k + 1) * count]) for k, c in enumerate(CATEGORIES)}
    report["all"] = Mean.of(strict)
    for name in MEASURES:
        report[name] = Mean.of([getattr(v, name) for v in verdicts])
    return report
