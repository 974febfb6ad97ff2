"""Trains the video judge in two stages: perception (what is where, and where does it go) and match (does it fit)."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from shapes.judge_data import GENERATED, GROUP, RENDER
from shapes.train_judge import JudgeRecipe, perception_loss, ranking_loss

from .judge import NO, YES, PerceivingVideoJudge, log_odds
from .judge_data import VideoPool
from .prompts import near_prompt, tokenize_all

FLOW_WEIGHT = 0.5
_STILL_LIFE = 9  # outputs of the perception head before the motion


def video_perception_loss(output: Tensor, colours: Tensor, shapes: Tensor, centres: Tensor, flows: Tensor) -> Tensor:
    """What each patch shows, and how many pixels a frame its object goes."""
    known = ~flows[..., 0].isnan()
    gap = F.smooth_l1_loss(output[..., _STILL_LIFE:][known], flows[known]) if known.any() else output.sum() * 0
    return perception_loss(output[..., :_STILL_LIFE], colours, shapes, centres) + FLOW_WEIGHT * gap


def perception_step(model: PerceivingVideoJudge, pool: VideoPool, recipe: JudgeRecipe, rng: np.random.Generator) -> Tensor:
    count, generated = 64, int(64 * recipe.generated_share)
    parts = ((GENERATED, generated), (RENDER, count - generated))
    index = np.concatenate([rng.choice(np.flatnonzero(pool.source == source), n) for source, n in parts])
    pixels, *labels = pool.batch(index, rng)
    tokens, _ = model.see_pixels(pixels)
    return video_perception_loss(model.perception(tokens), *labels)


def _draw_group(pool: VideoPool, recipe: JudgeRecipe, rng: np.random.Generator):
    """Indices of a group, its prompt and one that asks for nearly the same, and the oracle's answers [2,8,2]."""
    source = GENERATED if rng.random() < recipe.generated_share else RENDER
    prompt = pool.asked[source][rng.integers(len(pool.asked[source]))]
    index = rng.choice(pool.members[source, prompt], GROUP, replace=False)
    prompts = (prompt, near_prompt(prompt, rng))
    return index, prompts, np.stack([pool.labels(index, p) for p in prompts])


def match_step(model: PerceivingVideoJudge, pool: VideoPool, recipe: JudgeRecipe, rng: np.random.Generator) -> Tensor:
    """Both prompts of each group are asked about each of its videos."""
    rows = [_draw_group(pool, recipe, rng) for _ in range(recipe.groups)]
    labels = torch.from_numpy(np.stack([row[2] for row in rows]))  # groups, 2, 8, (strict, graded)
    tokens = torch.from_numpy(np.stack([tokenize_all(list(row[1])) for row in rows])).repeat_interleave(GROUP, 0)
    pixels, *seen = pool.batch(np.concatenate([row[0] for row in rows]), rng)
    video, memory = model.see_pixels(pixels)
    logits = torch.stack([model.ask(memory, tokens[:, k]) for k in (0, 1)], 1)
    logits = logits.view(recipe.groups, GROUP, 2, -1).transpose(1, 2)
    answers = torch.where(labels[..., 0] > 0.5, YES, NO)
    loss = ranking_loss(log_odds(logits), labels[..., 1])
    loss = loss + recipe.answer_weight * F.cross_entropy(logits.flatten(0, -2), answers.flatten())
    return loss + recipe.perception_weight * 0.3 * video_perception_loss(model.perception(video), *seen)
