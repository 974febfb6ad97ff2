"""Renders that miss their prompt in known ways, and degraded pixels: training and test material for judges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .prompts import COLOURS, RELATIONS, SHAPES, Spec
from .render import render

OPPOSITE = {"left of": "right of", "right of": "left of", "above": "below", "below": "above"}
MAX_OBJECTS = 4
FAULTS = ("colour", "colour", "colour", "shape", "extra", "missing", "swap", "swap")
COLOURLESS_FAULTS = ("shape", "extra", "missing", "swap")


def with_colours(spec: Spec, rng: np.random.Generator) -> Spec:
    """The spec with every open colour drawn."""
    alike = spec.category == "counting" and rng.random() < 0.5
    shared = COLOURS[rng.integers(len(COLOURS))] if alike else None
    slots = tuple((s, c or shared or COLOURS[rng.integers(len(COLOURS))]) for s, c in spec.slots)
    return replace(spec, slots=slots)


def _other(value: str, among, rng: np.random.Generator) -> str:
    return among[(among.index(value) + rng.integers(1, len(among))) % len(among)]


def _recolour(spec: Spec, index: int, rng) -> Spec:
    slots = list(spec.slots)
    slots[index] = (slots[index][0], _other(slots[index][1], COLOURS, rng))
    return replace(spec, slots=tuple(slots))


def _reshape(spec: Spec, index: int, rng) -> Spec:
    slots = list(spec.slots)
    slots[index] = (_other(slots[index][0], SHAPES, rng), slots[index][1])
    return replace(spec, slots=tuple(slots))


def _add(spec: Spec, index: int, rng) -> Spec:
    if len(spec.slots) == MAX_OBJECTS:
        return spec
    fresh = (SHAPES[rng.integers(len(SHAPES))], COLOURS[rng.integers(len(COLOURS))])
    extra = spec.slots[index] if rng.random() < 0.5 else fresh
    return replace(spec, slots=(*spec.slots, extra), relation=None)


def _drop(spec: Spec, index: int, rng) -> Spec:
    if len(spec.slots) == 1:
        return spec
    slots = spec.slots[:index] + spec.slots[index + 1 :]
    return replace(spec, slots=slots, relation=spec.relation if len(slots) == 2 else None)


def _swap(spec: Spec, index: int, rng) -> Spec:
    """Another relation, or the colours exchanged, or a shape changed where neither is asked for."""
    if spec.relation:
        opposite = rng.random() < 0.6
        return replace(spec, relation=OPPOSITE[spec.relation] if opposite else RELATIONS[rng.integers(4)])
    if len(spec.slots) == 2:
        (first, one), (second, two) = spec.slots
        return replace(spec, slots=((first, two), (second, one)))
    return _reshape(spec, index, rng)


_APPLY = {"colour": _recolour, "shape": _reshape, "extra": _add, "missing": _drop, "swap": _swap}


def corrupted(asked: Spec, base: Spec, rng: np.random.Generator, faults: int) -> Spec:
    """The coloured spec `base` after some faults of kinds that matter to what was asked."""
    kinds = COLOURLESS_FAULTS if asked.colourless else FAULTS
    for _ in range(faults):
        kind = kinds[rng.integers(len(kinds))]
        base = _APPLY[kind](base, int(rng.integers(len(base.slots))), rng)
    return base


def degraded(image: np.ndarray, rng: np.random.Generator, strong: bool = False) -> np.ndarray:
    """Blur and pixel noise; `strong` is far outside of what a generator does."""
    blurs = int(rng.integers(1, 4)) if strong else int(rng.random() < 0.25)
    spread = rng.uniform(12, 30) if strong else rng.uniform(0, 6)
    x = image.astype(np.float64)
    for _ in range(blurs):
        p = np.pad(x, ((1, 1), (1, 1), (0, 0)), mode="edge")
        x = 0.5 * x + 0.125 * (p[:-2, 1:-1] + p[2:, 1:-1] + p[1:-1, :-2] + p[1:-1, 2:])
    return np.clip(x + rng.normal(0, spread, x.shape), 0, 255).astype(np.uint8)


def corrupted_group(asked: Spec, size: int, rng: np.random.Generator, strong: bool = False) -> np.ndarray:
    """Images uint8 [size,32,32,3] for one prompt with none, one or two faults each; the first has none."""
    base, images = with_colours(asked, rng), []
    for index in range(size):
        faults = int(rng.choice(3, p=(0.2, 0.5, 0.3))) if index else 0
        scene = corrupted(asked, base, rng, faults)
        images.append(degraded(render(replace(scene, category="scene"), rng), rng, strong))
    return np.stack(images)
