"""Renderer of the shapes world: 32x32 RGB images with jitter in position, size, hue, saturation, value and background."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import numpy as np

from .prompts import COLOURS, Spec

SIZE = 32
HUE_DEGREES = {"red": 0.0, "green": 125.0, "blue": 222.0, "yellow": 52.0}
SATURATION_VALUE = {"red": (0.85, 0.88), "green": (0.80, 0.68), "blue": (0.80, 0.88), "yellow": (0.88, 0.93)}
RADIUS_RANGE = {1: (5.0, 9.0), 2: (4.4, 6.4), 3: (3.8, 5.0), 4: (3.7, 4.6)}  # pixels, by number of objects


def pixel_centres(size: int) -> tuple[np.ndarray, np.ndarray]:
    """(x, y) of the centre of each pixel, [size,size] each."""
    y, x = np.mgrid[0:size, 0:size].astype(np.float64) + 0.5
    return x, y


_X, _Y = pixel_centres(SIZE)


@dataclass(frozen=True)
class Placed:
    """One object of a picture: centre and radius in pixels."""

    shape: str
    colour: str | None
    x: float
    y: float
    radius: float


def signed_distance(shape: str, x, y, radius, centres=(_X, _Y)) -> np.ndarray:
    """Distance of each pixel centre to the outline in pixels, negative inside; parameters broadcast to [...,32,32]."""
    dx, dy = centres[0] - x, centres[1] - y
    if shape == "circle":
        return np.sqrt(dx * dx + dy * dy) - radius
    if shape == "square":
        return np.maximum(np.abs(dx), np.abs(dy)) - 0.9 * radius
    # Triangle: apex at -1.1 r, base at +0.9 r, half the base 1.2 r.
    slanted = (np.abs(dx) * 2.0 - (dy + 1.1 * radius) * 1.2) / np.hypot(2.0, 1.2)
    return np.maximum(dy - 0.9 * radius, slanted)


def _free(x: float, y: float, radius: float, placed: list[Placed]) -> bool:
    for other in placed:
        reach = radius + other.radius
        apart = max(abs(x - other.x), abs(y - other.y)) > 1.2 * reach + 1.0
        if not apart and np.hypot(x - other.x, y - other.y) <= 1.35 * reach + 1.5:
            return False
    return True


def _place(slots, rng: np.random.Generator) -> list[Placed] | None:
    placed: list[Placed] = []
    for shape, colour in slots:
        radius = rng.uniform(*RADIUS_RANGE[len(slots)])
        margin = 1.2 * radius + 0.8
        for _ in range(30):
            x, y = rng.uniform(margin, SIZE - margin, 2)
            if _free(x, y, radius, placed):
                placed.append(Placed(shape, colour, x, y, radius))
                break
        else:
            return None
    return placed


def _holds(relation: str, first: Placed, second: Placed) -> bool:
    dx, dy = second.x - first.x, second.y - first.y
    if relation in ("right of", "below"):
        dx, dy = -dx, -dy
    along, across = (dx, dy) if relation in ("left of", "right of") else (dy, dx)
    return along > 7 and along > 1.4 * abs(across)


def layout(spec: Spec, rng: np.random.Generator) -> list[Placed]:
    """Objects that do not touch and stand in the prompt's relation."""
    while True:
        placed = _place(spec.slots, rng)
        if placed and (spec.relation is None or _holds(spec.relation, *placed)):
            return placed


def paint(colour: str, rng: np.random.Generator) -> np.ndarray:
    hue = (HUE_DEGREES[colour] + rng.uniform(-9, 9)) % 360 / 360
    saturation, value = SATURATION_VALUE[colour]
    saturation = min(max(saturation + rng.uniform(-0.1, 0.1), 0.0), 1.0)
    value = min(max(value + rng.uniform(-0.1, 0.07), 0.0), 1.0)
    return np.array(colorsys.hsv_to_rgb(hue, saturation, value))


def render(spec: Spec, rng: np.random.Generator) -> np.ndarray:
    """A picture of what the spec asks for, uint8 [32,32,3]; colours left open are drawn at random."""
    grey = rng.uniform(0.62, 0.95)
    slope_x, slope_y = rng.uniform(-0.05, 0.05, 2)
    image = (grey + slope_x * (_X / SIZE - 0.5) + slope_y * (_Y / SIZE - 0.5))[..., None] + rng.uniform(-0.015, 0.015, 3)
    alike = spec.category == "counting" and rng.random() < 0.5
    shared = COLOURS[rng.integers(len(COLOURS))] if alike else None
    for item in layout(spec, rng):
        colour = item.colour or shared or COLOURS[rng.integers(len(COLOURS))]
        cover = np.clip(0.5 - signed_distance(item.shape, item.x, item.y, item.radius), 0, 1)[..., None]
        image = image * (1 - cover) + paint(colour, rng) * cover
    return (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)
