"""Trains the judge in three stages: perception (what is where), match (does it fit), pairs (which fits better).

The oracle labels every question. The judge is never told that an oracle exists; a driver never sees this file.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .judge import BETTER, FIRST, FITS, NO, SECOND, YES, PerceivingJudge, log_odds, save_judge
from .judge_data import GENERATED, GROUP, IGNORED, RENDER, Pool
from .muon import Muon, split_parameters
from .prompts import CATEGORIES, near_prompt, tokenize_all

PERCEPTION, MATCH, PAIRS = "perception", "match", "pairs"
CATEGORY_MIX = (0.06, 0.14, 0.19, 0.08, 0.34, 0.19)
GAP = 0.02  # graded scores nearer than this are a tie


@dataclass(frozen=True)
class JudgeRecipe:
    """One stage; rates follow a cosine from hold to the end, down to end_rate."""

    stage: str
    steps: int
    muon_rate: float = 0.02
    adam_rate: float = 2e-3
    groups: int = 12
    perception_weight: float = 1.0
    answer_weight: float = 0.5
    generated_share: float = 0.6
    hold: float = 0.3
    end_rate: float = 0.05
    average: float = 0.995
    seed: int = 0


Step = Callable[[PerceivingJudge, Pool, JudgeRecipe, np.random.Generator], Tensor]


@dataclass(frozen=True)
class Questions:
    """A batch of groups: images, two prompts a group (its own and a near one), and the oracle's answers [groups,2,8]."""

    index: np.ndarray
    flip: np.ndarray
    tokens: Tensor  # [groups*8, 2, 8]
    strict: Tensor
    graded: Tensor


def draw_questions(pool: Pool, recipe: JudgeRecipe, rng: np.random.Generator) -> Questions:
    rows = [_draw_group(pool, recipe, rng) for _ in range(recipe.groups)]
    labels = torch.from_numpy(np.stack([row[3] for row in rows]))  # groups, 2, 8, (strict, graded)
    tokens = torch.from_numpy(np.stack([tokenize_all(list(row[2])) for row in rows]))
    return Questions(
        np.concatenate([row[0] for row in rows]),
        np.repeat([row[1] for row in rows], GROUP),
        tokens.repeat_interleave(GROUP, 0),
        labels[..., 0],
        labels[..., 1],
    )


def _draw_group(pool: Pool, recipe: JudgeRecipe, rng: np.random.Generator):
    source = GENERATED if rng.random() < recipe.generated_share else RENDER
    asked = pool.asked[source, CATEGORIES[rng.choice(len(CATEGORIES), p=CATEGORY_MIX)]]
    prompt = asked[rng.integers(len(asked))]
    index = rng.choice(pool.members[source, prompt], GROUP, replace=False)
    flip, prompts = bool(rng.random() < 0.5), (prompt, near_prompt(prompt, rng))
    return index, flip, prompts, np.stack([pool.labels(index, flip, p) for p in prompts])


def perception_loss(output: Tensor, colours: Tensor, shapes: Tensor, centres: Tensor) -> Tensor:
    """What each patch shows: its colour, how good a circle, square and triangle its object is, where centres are."""
    colour = F.cross_entropy(output[..., :5].reshape(-1, 5), colours.reshape(-1))
    known = (shapes[..., 0] != IGNORED).float()
    shape = F.binary_cross_entropy_with_logits(output[..., 5:8], shapes.clamp(0, 1), reduction="none").mean(-1)
    shape = (shape * known).sum() / known.sum().clamp_min(1)
    centre = F.binary_cross_entropy_with_logits(output[..., 8], centres, pos_weight=torch.tensor(4.0))
    return colour + 2 * shape + 0.5 * centre


def ranking_loss(odds: Tensor, graded: Tensor) -> Tensor:
    """Bradley-Terry over all pairs of a group that the oracle tells apart; [..., 8] each."""
    margin = odds[..., None, :] - odds[..., :, None]
    better = (graded[..., None, :] - graded[..., :, None] > GAP).float()
    return (F.softplus(-margin) * better).sum() / better.sum().clamp_min(1)


def answer_loss(logits: Tensor, yes: Tensor) -> Tensor:
    """Next-token cross-entropy over the full vocabulary; it also teaches that only yes and no are answers."""
    target = torch.where(yes > 0.5, YES, NO)
    return F.cross_entropy(logits.flatten(0, -2), target.flatten())


def perception_step(model: PerceivingJudge, pool: Pool, recipe: JudgeRecipe, rng: np.random.Generator) -> Tensor:
    count, generated = 64, int(64 * recipe.generated_share)
    index = np.concatenate([
        rng.choice(np.flatnonzero(pool.source == GENERATED), generated),
        rng.choice(np.flatnonzero(pool.source == RENDER), count - generated),
    ])  # fmt: skip
    pixels, *labels = pool.batch(index, rng.random(count) < 0.5, rng)
    tokens, _ = model.see_pixels(pixels)
    return perception_loss(model.perception(tokens), *labels)


def _ask(model: PerceivingJudge, memory, tokens: Tensor, question: int):
    return model.ask(memory, tokens, torch.full_like(tokens[:, :1], question))


def match_step(model: PerceivingJudge, pool: Pool, recipe: JudgeRecipe, rng: np.random.Generator) -> Tensor:
    """Both prompts of each group are asked about each of its images."""
    asked = draw_questions(pool, recipe, rng)
    pixels, *labels = pool.batch(asked.index, asked.flip, rng)
    image, memory = model.see_pixels(pixels)
    logits = torch.stack([model.logits(_ask(model, memory, asked.tokens[:, k], FITS)[0]) for k in (0, 1)], 1)
    logits = logits.view(recipe.groups, GROUP, 2, -1).transpose(1, 2)
    loss = ranking_loss(log_odds(logits), asked.graded) + recipe.answer_weight * answer_loss(logits, asked.strict)
    return loss + recipe.perception_weight * 0.3 * perception_loss(model.perception(image), *labels)


def pairs_step(model: PerceivingJudge, pool: Pool, recipe: JudgeRecipe, rng: np.random.Generator) -> Tensor:
    """The match questions of one prompt, and every image compared with the next ones of its group."""
    asked, which = draw_questions(pool, recipe, rng), int(rng.random() < 0.35)
    pixels, *labels = pool.batch(asked.index, asked.flip, rng)
    image, memory = model.see_pixels(pixels)
    tokens, graded = asked.tokens[:, which], asked.graded[:, which]
    logits = model.logits(_ask(model, memory, tokens, FITS)[0]).view(recipe.groups, GROUP, -1)
    loss = 0.7 * ranking_loss(log_odds(logits), graded)
    loss = loss + recipe.answer_weight * answer_loss(logits, asked.strict[:, which])
    loss = loss + recipe.perception_weight * 0.3 * perception_loss(model.perception(image), *labels)
    return loss + _comparison_loss(model, memory, tokens, graded, rng)


def _comparison_loss(model: PerceivingJudge, memory, tokens: Tensor, graded: Tensor, rng) -> Tensor:
    first, first_text = _ask(model, memory, tokens, FIRST)
    second, second_text = _ask(model, memory, tokens, SECOND)
    a = np.arange(graded.numel())
    total = 0.0
    for shift in rng.choice(np.arange(1, GROUP), 3, replace=False):
        b = torch.from_numpy(a // GROUP * GROUP + (a + shift) % GROUP)
        moved = [(keys[b], values[b]) for keys, values in second_text]
        logits = model.contrast_logits(first, second[b], first_text, moved)
        gap = graded.flatten()[b] - graded.flatten()
        told = (gap.abs() > GAP).float()
        target = torch.where(gap > 0, YES, NO)
        total = total + (F.cross_entropy(logits, target, reduction="none") * told).sum() / told.sum().clamp_min(1)
    return total / 3


def open_pair_questions(model: PerceivingJudge) -> PerceivingJudge:
    """The roles of a pair start as the pointwise question, so that the first comparison is already a fair one."""
    with torch.no_grad():
        fits = model.word.weight[FITS].clone()
        model.word.weight[FIRST] = fits
        model.word.weight[SECOND] = fits
        model.word.weight[BETTER] = fits + 0.1 * torch.randn_like(fits)
    return model


class JudgeTrainer:
    """Model, average and optimizers of one stage."""

    def __init__(self, recipe: JudgeRecipe, first: Callable[[], PerceivingJudge]):
        torch.manual_seed(recipe.seed)
        self.recipe, self.step = recipe, 0
        self.model = first()
        self.average = copy.deepcopy(self.model).requires_grad_(False)
        matrices, others = split_parameters(self.model)
        self.muon = Muon(matrices, recipe.muon_rate)
        self.adam = torch.optim.AdamW(others, recipe.adam_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)

    def update(self, loss: Tensor) -> None:
        recipe = self.recipe
        progress = max(0.0, (self.step / recipe.steps - recipe.hold) / (1 - recipe.hold))
        factor = recipe.end_rate + (1 - recipe.end_rate) * 0.5 * (1 + math.cos(math.pi * progress))
        factor *= min(1.0, (self.step + 1) / 100)
        self.muon.param_groups[0]["lr"] = recipe.muon_rate * factor
        self.adam.param_groups[0]["lr"] = recipe.adam_rate * factor
        self.model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.muon.step()
        self.adam.step()
        with torch.no_grad():
            decay = min(recipe.average, (1 + self.step) / (10 + self.step))
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        self.step += 1

    def save(self, path: Path) -> None:
        parts = {name: getattr(self, name).state_dict() for name in ("model", "average", "muon", "adam")}
        torch.save({"step": self.step, **parts}, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def resume(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.step = state.pop("step")
        for name, part in state.items():
            getattr(self, name).load_state_dict(part)


def train_judge(
    recipe: JudgeRecipe, data: list[Path], out: Path, first: Callable[[], PerceivingJudge], step: Step, every: int = 300,
    kind: type[Pool] = Pool,
) -> None:
    """Runs a stage to its end (or from where it was stopped) and leaves the averaged weights in `out`.

    `first` makes the model that the stage starts from, `step` the loss of one step, `kind` the pool of all data.
    """
    trainer, running = JudgeTrainer(recipe, first), out.with_suffix(".running")
    if running.exists():
        trainer.resume(running)
    pool, rng = kind(data), np.random.default_rng([recipe.seed, trainer.step])
    print(f"{recipe.stage}: {len(pool.prompts)} samples, {np.mean(pool.source == GENERATED):.2f} of them generated", flush=True)
    losses, began = [], time.monotonic()
    while trainer.step < recipe.steps:
        loss = step(trainer.model, pool, recipe, rng)
        trainer.update(loss)
        losses.append(loss.item())
        if trainer.step % 50 == 0:
            rate = (time.monotonic() - began) / len(losses)
            print(f"step {trainer.step}/{recipe.steps} loss {np.mean(losses[-50:]):.4f} {rate:.3f} s/step", flush=True)
        if trainer.step % every == 0 and trainer.step < recipe.steps:
            trainer.save(running)
    save_judge(out, trainer.average)
    running.unlink(missing_ok=True)
