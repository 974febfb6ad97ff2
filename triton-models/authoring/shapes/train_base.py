"""Trains a base judge: perception, then facts (is there a red circle?) with a word about what there is."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .base import ANSWER_TOKENS, END, BaseJudge
from .judge import NO, YES
from .judge_data import GENERATED, RENDER, Pool
from .oracle import Found
from .prompts import COLOURS, SHAPES, WORD_IDS, tokenize
from .train_judge import JudgeRecipe, perception_loss

FACTS = "facts"
IMAGES, QUESTIONS = 64, 2
NAMING_WEIGHT = 0.3
UNSAID = -100  # target that cross_entropy leaves out

Fact = tuple[int, int | None]  # shape, colour or any


def fact_tokens(fact: Fact) -> np.ndarray:
    shape, colour = fact
    return tokenize(f"a {COLOURS[colour]} {SHAPES[shape]}" if colour is not None else f"a {SHAPES[shape]}")


def holds(fact: Fact, items: tuple[Found, ...]) -> bool:
    return any(o.fits and o.shape == fact[0] and fact[1] in (None, o.colour) for o in items)


def draw_fact(items: tuple[Found, ...], rng: np.random.Generator) -> Fact:
    """Half of the time about an object that is there, perhaps with a detail changed."""
    shape, colour = int(rng.integers(len(SHAPES))), int(rng.integers(len(COLOURS)))
    if items and rng.random() < 0.75:
        seen = items[rng.integers(len(items))]
        changed = rng.integers(3)  # 0: nothing, 1: the shape, 2: the colour
        shape = shape if changed == 1 else seen.shape
        colour = colour if changed == 2 else seen.colour
    return shape, colour if rng.random() < 0.8 else None


def naming(yes: bool, items: tuple[Found, ...]) -> tuple[list[int], list[int]]:
    """(answer tokens, what is to be said after each of them): the decision, then the largest object's name."""
    words = [YES if yes else NO]
    if items:
        largest = max(items, key=lambda o: o.area)
        words += [WORD_IDS[COLOURS[largest.colour]], WORD_IDS[SHAPES[largest.shape]]]
    targets = [*words, END]
    return words + [0] * (ANSWER_TOKENS - len(words)), targets + [UNSAID] * (ANSWER_TOKENS + 1 - len(targets))


def fact_step(model: BaseJudge, pool: Pool, recipe: JudgeRecipe, rng: np.random.Generator) -> Tensor:
    generated = int(IMAGES * recipe.generated_share)
    index = np.concatenate([
        rng.choice(np.flatnonzero(pool.source == source), count)
        for source, count in ((GENERATED, generated), (RENDER, IMAGES - generated))
    ])  # fmt: skip
    pixels, *labels = pool.batch(index, rng.random(IMAGES) < 0.5, rng)
    image, memory = model.see_pixels(pixels)
    loss = recipe.perception_weight * 0.3 * perception_loss(model.perception(image), *labels)
    for _ in range(QUESTIONS):
        facts = [draw_fact(pool.items[i], rng) for i in index]
        said = [naming(holds(fact, pool.items[i]), pool.items[i]) for fact, i in zip(facts, index)]
        tokens = torch.from_numpy(np.stack([fact_tokens(fact) for fact in facts]))
        logits = model.pointwise_logits(memory, tokens, torch.tensor([answer for answer, _ in said]))
        targets = torch.tensor([target for _, target in said])
        loss = loss + F.cross_entropy(logits[:, 0], targets[:, 0])
        loss = loss + NAMING_WEIGHT * F.cross_entropy(logits[:, 1:].flatten(0, 1), targets[:, 1:].flatten())
    return loss

