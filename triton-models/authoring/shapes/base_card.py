"""Measures a base judge, what it sees and the facts that it answers, and writes its card."""

from __future__ import annotations

from functools import cache as once
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .base import ANSWER_TOKENS, REASON_WORDS, BaseJudge
from .cards import TEMPLATES, digest, parameter_count, table
from .generator import load_generator
from .judge import log_odds
from .judge_data import patch_colours
from .measure import Mean, generated_groups, rendered_groups
from .oracle import Found, detect

from .train_base import QUESTIONS, draw_fact, fact_tokens, holds, naming

GROUPS, GROUP, STEPS = 96, 8, 10
_SEED = 2001


@once
def image_sets(cache: Path) -> dict[str, np.ndarray]:
    """Images of held-out prompts that no training has seen."""
    shipped, clean = (load_generator(cache / f"{name}.pt") for name in ("shipped", "clean"))
    return {
        "shipped generator": generated_groups(shipped, GROUPS, GROUP, STEPS, _SEED)[0],
        "clean generator": generated_groups(clean, GROUPS, GROUP, STEPS, _SEED + 1)[0],
        "corrupted renders": rendered_groups(GROUPS, GROUP, _SEED + 2, strong=False)[0],
    }


@torch.no_grad()
def report(model: BaseJudge, images: np.ndarray) -> dict[str, Mean]:
    items = detect(images)
    image, memory = model.see(torch.from_numpy(images))
    return _seen(model, image, images) | _answered(model, memory, items) | _named(model, memory, items)


def _seen(model: BaseJudge, image: Tensor, images: np.ndarray) -> dict[str, Mean]:
    """By image, so that the interval counts images and not patches."""
    colours = patch_colours(images)
    right = model.perception(image)[..., :5].argmax(-1).numpy() == colours
    coloured = [r[c > 0].mean() for r, c in zip(right, colours) if (c > 0).any()]
    return {"patches seen: background or colour": Mean.of(right.mean(1)), "patches seen: colour of objects": Mean.of(coloured)}


def _answered(model: BaseJudge, memory, items: list[tuple[Found, ...]]) -> dict[str, Mean]:
    rng, right, said_no = np.random.default_rng(_SEED), [], []
    for _ in range(QUESTIONS):
        facts = [draw_fact(found, rng) for found in items]
        true = np.array([holds(fact, found) for fact, found in zip(facts, items)])
        tokens = torch.from_numpy(np.stack([fact_tokens(fact) for fact in facts]))
        odds = log_odds(model.pointwise_logits(memory, tokens, torch.zeros(len(items), 1, dtype=torch.int64))[:, 0]).numpy()
        right.append((odds > 0) == true)
        said_no.append(~true)
    return {"facts answered": Mean.of(np.concatenate(right)), "facts answered by always saying no": Mean.of(np.concatenate(said_no))}


def _named(model: BaseJudge, memory, items: list[tuple[Found, ...]]) -> dict[str, Mean]:
    """The likeliest words after the right decision on "a circle"; both, where an object is found."""
    fact = (0, None)
    said = [naming(holds(fact, found), found) for found in items]
    tokens = torch.from_numpy(np.stack([fact_tokens(fact)] * len(items)))
    answer = torch.tensor([words[:1] + [0] * (ANSWER_TOKENS - 1) for words, _ in said])
    for place in (1, 2):
        answer[:, place] = model.pointwise_logits(memory, tokens, answer)[:, place].argmax(-1)
    there = [k for k, found in enumerate(items) if found]
    right = np.array([[answer[k, place] == said[k][0][place] for place in (1, 2)] for k in there])
    return {"largest object's colour named": Mean.of(right[:, 0]), "its shape named": Mean.of(right[:, 1])}


def write_card(folder: Path, trained: BaseJudge, cache: Path) -> None:
    columns = {name: report(trained, images) for name, images in image_sets(cache).items()}
    config = trained.config
    values = {
        "name": folder.name,
        "table": table(columns),
        "digest": digest(folder / "1"),
        "parameters": f"{parameter_count(folder / '1'):,}",
        "width": config.width,
        "depth": config.depth,
        "words": len(trained.vocabulary),
        "reason_words": ", ".join(f"`{word}`" for word in REASON_WORDS),
        "images": f"{GROUPS * GROUP:,}",
    }
    text = (TEMPLATES / "base.md").read_text()
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    (folder / "card.md").write_text(text)
