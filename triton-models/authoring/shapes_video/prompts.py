"""Prompt grammar of the video world: one object that moves one way or stands still; 18 words, at most 6 a prompt."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from shapes.prompts import COLOURS, SHAPES, Slot, phrase
from shapes.words import PAD, Words

DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
SPEEDS = ("slowly", "quickly")
CATEGORIES = ("moving", "color_moving", "speed", "still")
# Three shapes in four directions: too few to hold any out, so that both splits have the same prompts.
SMALL_CATEGORIES = ("moving",)
MIX = (0.12, 0.38, 0.36, 0.14)  # a share for each category, in the order above
HELD_OUT_ONE_IN = 4

WORDS = (PAD, "a", *SHAPES, *COLOURS, "moving", "standing", "still", *DIRECTIONS, *SPEEDS)
PROMPT_TOKENS = 6
_VOCABULARY = Words(WORDS, PROMPT_TOKENS)
WORD_IDS = _VOCABULARY.ids
tokenize, tokenize_all = _VOCABULARY.tokenize, _VOCABULARY.tokenize_all


@dataclass(frozen=True)
class Scene:
    """What a prompt asks for: an object, the direction it moves in (None: it stands still) and a speed or None for any."""

    category: str
    slot: Slot
    direction: str | None = None
    speed: str | None = None


def text_of(scene: Scene) -> str:
    """The prompt's words."""
    motion = f"moving {scene.direction}" if scene.direction else "standing still"
    return " ".join(filter(None, (phrase(scene.slot), motion, scene.speed)))


@lru_cache(maxsize=1)
def grammar() -> dict[str, Scene]:
    """Every prompt of the world by its text, in a fixed order."""
    plain: list[Slot] = [(shape, None) for shape in SHAPES]
    coloured: list[Slot] = list(itertools.product(SHAPES, COLOURS))
    scenes = [Scene("moving", slot, way) for slot in plain for way in DIRECTIONS]
    scenes += [Scene("color_moving", slot, way) for slot in coloured for way in DIRECTIONS]
    scenes += [Scene("speed", slot, way, speed) for slot in coloured for way in DIRECTIONS for speed in SPEEDS]
    scenes += [Scene("still", slot) for slot in plain + coloured]
    return {text_of(scene): scene for scene in scenes}


def parse(text: str) -> Scene:
    """The scene of a prompt; an unknown word or sentence is an error that names it."""
    text = " ".join(text.lower().split())
    tokenize(text)
    scene = grammar().get(text)
    if scene is None:
        raise ValueError(f"prompt '{text}' is not a sentence of the video world, such as 'a red circle moving left'")
    return scene


def is_held_out(text: str) -> bool:
    """Prompts of the three larger categories, chosen by hash, that are seen in no training."""
    if parse(text).category in SMALL_CATEGORIES:
        return False
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % HELD_OUT_ONE_IN == 0


@lru_cache(maxsize=None)
def split_prompts(split: str) -> dict[str, tuple[str, ...]]:
    """The prompts of the split 'train' or 'heldout' by category."""
    if split not in ("train", "heldout"):
        raise ValueError(f"split '{split}' is unknown; expected 'train' or 'heldout'")
    return {
        category: tuple(
            text
            for text, scene in grammar().items()
            if scene.category == category
            and (category in SMALL_CATEGORIES or is_held_out(text) == (split == "heldout"))
        )
        for category in CATEGORIES
    }


def random_prompt(rng: np.random.Generator, split: str, category: str | None = None, mix=None) -> str:
    """A prompt drawn evenly from its category; the category evenly too, or by the shares in mix."""
    category = category or CATEGORIES[rng.choice(len(CATEGORIES), p=mix)]
    choices = split_prompts(split)[category]
    return choices[rng.integers(len(choices))]


def balanced_prompts(count: int, split: str, seed: int) -> list[str]:
    """count prompts of each category, category by category: the set on which strict scores are reported."""
    rng = np.random.default_rng(seed)
    return [random_prompt(rng, split, category) for category in CATEGORIES for _ in range(count)]


def _differences(one: Scene, other: Scene) -> int:
    pairs = zip((*one.slot, one.direction, one.speed), (*other.slot, other.direction, other.speed))
    return sum(a != b for a, b in pairs)


@lru_cache(maxsize=None)
def near_prompts(text: str) -> tuple[str, ...]:
    """The training prompts that differ from this one in one detail and leave open what it leaves open."""
    scene = parse(text)
    return tuple(
        other
        for prompts in split_prompts("train").values()
        for other in prompts
        if _differences(scene, parse(other)) == 1 and (parse(other).slot[1] is None) == (scene.slot[1] is None)
    )


def near_prompt(text: str, rng: np.random.Generator) -> str:
    """A prompt that asks for nearly the same: the hard negative of a question."""
    choices = near_prompts(text)
    return choices[rng.integers(len(choices))]
