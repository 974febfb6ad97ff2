"""Prompt grammar of the shapes world: six categories in the manner of GenEval, 21 words, at most 8 words a prompt."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .words import PAD, Words

SHAPES = ("circle", "square", "triangle")
COLOURS = ("red", "green", "blue", "yellow")
RELATIONS = ("left of", "right of", "above", "below")
CATEGORIES = ("single_object", "two_object", "counting", "colors", "position", "color_attr")
NUMBERS = {"two": 2, "three": 3, "four": 4}
NUMBER_WORDS = {count: word for word, count in NUMBERS.items()}

WORDS = (
    PAD, "a", "and", "of", "left", "right", "above", "below", "two", "three", "four",
    "circle", "square", "triangle", "circles", "squares", "triangles", "red", "green", "blue", "yellow",
)  # fmt: skip
PROMPT_TOKENS = 8
_VOCABULARY = Words(WORDS, PROMPT_TOKENS)
WORD_IDS = _VOCABULARY.ids
tokenize, tokenize_all = _VOCABULARY.tokenize, _VOCABULARY.tokenize_all

# Too few prompts to hold any out: these two categories have the same prompts in both splits.
SMALL_CATEGORIES = ("single_object", "two_object")
# Relations and counts need more practice than single objects; a share for each category, in the order above.
HARD_MIX = (0.07, 0.14, 0.19, 0.08, 0.29, 0.23)

Slot = tuple[str, str | None]


@dataclass(frozen=True)
class Spec:
    """What a prompt asks for: its category, one (shape, colour or None) a wanted object, and a relation or None."""

    category: str
    slots: tuple[Slot, ...]
    relation: str | None = None

    @property
    def colourless(self) -> bool:
        return all(colour is None for _, colour in self.slots)


def phrase(slot: Slot) -> str:
    shape, colour = slot
    return f"a {colour} {shape}" if colour else f"a {shape}"


def text_of(spec: Spec) -> str:
    """The prompt's words."""
    shape, colour = spec.slots[0]
    if spec.category == "counting":
        return " ".join(filter(None, (NUMBER_WORDS[len(spec.slots)], colour, shape + "s")))
    if len(spec.slots) == 1:
        return phrase(spec.slots[0])
    return f"{phrase(spec.slots[0])} {spec.relation or 'and'} {phrase(spec.slots[1])}"


@lru_cache(maxsize=1)
def grammar() -> dict[str, Spec]:
    """Every prompt of the world by its text, in a fixed order."""
    specs: list[Spec] = []
    coloured = list(itertools.product(SHAPES, COLOURS))
    plain: list[Slot] = [(shape, None) for shape in SHAPES]
    specs += [Spec("single_object", (slot,)) for slot in plain]
    specs += [Spec("two_object", pair) for pair in itertools.permutations(plain, 2)]
    specs += [Spec("counting", (slot,) * n) for slot in plain + coloured for n in NUMBER_WORDS]
    specs += [Spec("colors", (slot,)) for slot in coloured]
    for relation in RELATIONS:
        specs += [Spec("position", pair, relation) for pair in itertools.permutations(plain, 2)]
        specs += [Spec("position", pair, relation) for pair in itertools.permutations(coloured, 2)]
    specs += [Spec("color_attr", pair) for pair in itertools.permutations(coloured, 2) if pair[0][1] != pair[1][1]]
    return {text_of(spec): spec for spec in specs}


def parse(text: str) -> Spec:
    """The spec of a prompt; an unknown word or sentence is an error that names it."""
    text = " ".join(text.lower().split())
    tokenize(text)
    spec = grammar().get(text)
    if spec is None:
        raise ValueError(f"prompt '{text}' is not a sentence of the shapes world, such as 'a red circle above a square'")
    return spec


def mirrored(text: str) -> str:
    """The prompt of the mirrored image: left and right exchanged."""
    exchange = {"left": "right", "right": "left"}
    return " ".join(exchange.get(word, word) for word in text.split())


def _hashed(text: str) -> bool:
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % 5 == 0


def is_held_out(text: str) -> bool:
    """Prompts of the four large categories, chosen by hash, that are seen in no training.

    The generator trains on mirrored images too, so that a prompt is held out only together with its mirrored form.
    """
    if parse(text).category in SMALL_CATEGORIES:
        return False
    return _hashed(text) and _hashed(mirrored(text))


@lru_cache(maxsize=None)
def split_prompts(split: str) -> dict[str, tuple[str, ...]]:
    """The prompts of the split 'train' or 'heldout' by category."""
    if split not in ("train", "heldout"):
        raise ValueError(f"split '{split}' is unknown; expected 'train' or 'heldout'")
    held = {text: is_held_out(text) for text in grammar()}
    return {
        category: tuple(
            text
            for text, spec in grammar().items()
            if spec.category == category and (category in SMALL_CATEGORIES or held[text] == (split == "heldout"))
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


def _differences(one: Spec, other: Spec) -> int:
    """How many details (shapes, colours, count, relation) two specs of one category differ in."""
    words = sum(a != b for first, second in zip(one.slots, other.slots) for a, b in zip(first, second))
    if one.category == "counting":  # its slots are equal, so that the first speaks for all
        words = sum(a != b for a, b in zip(one.slots[0], other.slots[0]))
    return words + (one.relation != other.relation) + (len(one.slots) != len(other.slots))


@lru_cache(maxsize=None)
def near_prompts(text: str) -> tuple[str, ...]:
    """The training prompts that differ from this one in one detail, or have its two objects the other way round."""
    spec = parse(text)
    near = []
    for other in split_prompts("train")[spec.category]:
        wanted = parse(other)
        turned = wanted.relation == spec.relation and wanted.slots == spec.slots[::-1]
        if other != text and (_differences(spec, wanted) == 1 or turned):
            near.append(other)
    return tuple(near)


def near_prompt(text: str, rng: np.random.Generator) -> str:
    """A prompt that asks for nearly the same: the hard negative of a question."""
    choices = near_prompts(text) or tuple(t for t in split_prompts("train")[parse(text).category] if t != text)
    return choices[rng.integers(len(choices))]
