"""Renderer of the video world: 4 frames of 16x16 RGB in which one object moves at a steady speed, or stands still."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shapes.prompts import COLOURS
from shapes.render import paint, pixel_centres, signed_distance

from .prompts import DIRECTIONS, Scene

SIZE, FRAMES = 16, 4
RADIUS_RANGE = (3.2, 4.0)  # pixels
# Pixels a frame. A prompt without a speed may have either one.
SPEED_RANGE = {"slowly": (0.65, 1.05), "quickly": (1.55, 1.95)}
DRIFT = 0.08  # pixels a frame off the straight line and off the steady speed
MARGIN = 0.5  # pixels between an object's outline and the edge
_CENTRES = pixel_centres(SIZE)


@dataclass(frozen=True)
class Path:
    """One object in time: shape, colour, radius, centres float64 [FRAMES,2] as (x, y) in pixels."""

    shape: str
    colour: str
    radius: float
    centres: np.ndarray


def velocity(scene: Scene, rng: np.random.Generator) -> np.ndarray:
    """Pixels a frame, (x, y)."""
    if scene.direction is None:
        return np.zeros(2)
    ranges = [SPEED_RANGE[scene.speed]] if scene.speed else list(SPEED_RANGE.values())
    return rng.uniform(*ranges[rng.integers(len(ranges))]) * np.array(DIRECTIONS[scene.direction], np.float64)


def place(steps: np.ndarray, radius: float, rng: np.random.Generator) -> np.ndarray:
    """Centres [FRAMES,2] after `steps` [FRAMES-1,2], with the whole path inside of the picture."""
    path = np.concatenate([np.zeros((1, 2)), np.cumsum(steps, 0)])
    edge = 1.2 * radius + MARGIN
    low, high = edge - path.min(0), SIZE - edge - path.max(0)
    middle = (low + high) / 2
    return path + rng.uniform(np.minimum(low, middle), np.maximum(high, middle))


def trace(scene: Scene, rng: np.random.Generator, radii=RADIUS_RANGE) -> Path:
    """An object on its way; a colour left open is drawn."""
    radius = rng.uniform(*radii)
    drift = rng.uniform(-DRIFT, DRIFT, (FRAMES - 1, 2)) if scene.direction else np.zeros((FRAMES - 1, 2))
    colour = scene.slot[1] or COLOURS[rng.integers(len(COLOURS))]
    return Path(scene.slot[0], colour, radius, place(velocity(scene, rng) + drift, radius, rng))


def background(rng: np.random.Generator) -> np.ndarray:
    """A grey with a slight slope and tint, [16,16,3] in 0..1; the same in every frame."""
    grey = rng.uniform(0.62, 0.95)
    slope_x, slope_y = rng.uniform(-0.05, 0.05, 2)
    x, y = _CENTRES
    return (grey + slope_x * (x / SIZE - 0.5) + slope_y * (y / SIZE - 0.5))[..., None] + rng.uniform(-0.015, 0.015, 3)


def draw(frames: np.ndarray, path: Path, rng: np.random.Generator, shapes=None, colours=None) -> np.ndarray:
    """The object over frames [FRAMES,16,16,3]; shapes and colours may differ from frame to frame."""
    paints = {colour: paint(colour, rng) for colour in dict.fromkeys(colours or (path.colour,))}
    drawn = []
    for index, (x, y) in enumerate(path.centres):
        shape = shapes[index] if shapes else path.shape
        colour = paints[colours[index] if colours else path.colour]
        cover = np.clip(0.5 - signed_distance(shape, x, y, path.radius, _CENTRES), 0, 1)[..., None]
        drawn.append(frames[index] * (1 - cover) + colour * cover)
    return np.stack(drawn)


def to_bytes(frames: np.ndarray) -> np.ndarray:
    return (np.clip(frames, 0, 1) * 255 + 0.5).astype(np.uint8)


def render(scene: Scene, rng: np.random.Generator, radii=RADIUS_RANGE) -> np.ndarray:
    """A video of what the scene asks for, uint8 [4,16,16,3]."""
    path = trace(scene, rng, radii)
    return to_bytes(draw(np.repeat(background(rng)[None], FRAMES, 0), path, rng))
