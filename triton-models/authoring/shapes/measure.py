"""Measures: the generator's strict score by category."""

from __future__ import annotations

import numpy as np
import torch

from .generator import sample, to_images
from .oracle import gold
from .prompts import CATEGORIES, balanced_prompts, tokenize_all

EVALUATION_SEED = 123


def generate(model, prompts: list[str], steps: int, seed: int) -> np.ndarray:
    """Images uint8 [N,32,32,3] of the prompts, noise from the seed."""
    noise = torch.randn(len(prompts), 3, 32, 32, generator=torch.Generator().manual_seed(seed))
    return to_images(sample(model, torch.from_numpy(tokenize_all(prompts)), noise, steps))


def strict_by_category(model, count: int, steps: int = 10, split: str = "heldout") -> dict[str, float]:
    """Mean strict score over `count` prompts of each category, and over all."""
    prompts = balanced_prompts(count, split, EVALUATION_SEED)
    strict, graded = gold(generate(model, prompts, steps, EVALUATION_SEED), prompts)
    scores = dict(zip(CATEGORIES, strict.reshape(len(CATEGORIES), -1).mean(1).round(3).tolist()))
    return {**scores, "all": round(float(strict.mean()), 3), "graded": round(float(graded.mean()), 3)}
