"""Videos that miss their prompt in known ways: training and test material for judges."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shapes.prompts import COLOURS, SHAPES

from .prompts import DIRECTIONS, SPEEDS, Scene
from .render import FRAMES, RADIUS_RANGE, Path, background, draw, place, to_bytes, trace

# What is asked wrongly, and what goes wrong while it moves.
SCENE_FAULTS = ("colour", "shape", "direction", "direction", "speed", "still")
FILM_FAULTS = ("morph", "repaint", "extra", "vanish", "bend", "stop")


@dataclass(frozen=True)
class Film:
    """An object's way with what it looks like in each frame; vanished frames show none."""

    path: Path
    shapes: tuple[str, ...]
    colours: tuple[str, ...]
    shown: tuple[bool, ...]
    extra: Path | None = None


def _other(value, among, rng: np.random.Generator):
    return among[(among.index(value) + rng.integers(1, len(among))) % len(among)]


def _wrong_scene(scene: Scene, kind: str, rng: np.random.Generator) -> Scene:
    shape, colour = scene.slot
    if kind == "colour":
        return replace(scene, slot=(shape, _other(colour, COLOURS, rng)))
    if kind == "shape":
        return replace(scene, slot=(_other(shape, SHAPES, rng), colour))
    if kind == "still" and scene.direction:
        return replace(scene, direction=None, speed=None)
    directions = tuple(DIRECTIONS)
    if scene.direction is None:
        return replace(scene, direction=directions[rng.integers(4)])
    if kind == "speed" and scene.speed:
        return replace(scene, speed=_other(scene.speed, SPEEDS, rng))
    return replace(scene, direction=_other(scene.direction, directions, rng))


def _faulty(film: Film, kind: str, rng: np.random.Generator) -> Film:
    since = int(rng.integers(1, FRAMES))
    if kind == "morph":
        other = _other(film.path.shape, SHAPES, rng)
        return replace(film, shapes=film.shapes[:since] + (other,) * (FRAMES - since))
    if kind == "repaint":
        other = _other(film.path.colour, COLOURS, rng)
        return replace(film, colours=film.colours[:since] + (other,) * (FRAMES - since))
    if kind == "vanish":
        return replace(film, shown=tuple(k != since for k in range(FRAMES)))
    if kind == "extra":
        scene = Scene("moving", (SHAPES[rng.integers(3)], COLOURS[rng.integers(4)]), tuple(DIRECTIONS)[rng.integers(4)])
        return replace(film, extra=trace(scene, rng))
    steps = np.diff(film.path.centres, axis=0)
    if kind == "bend":
        steps[since - 1 :] = steps[since - 1 :, ::-1] * rng.choice((-1, 1))
    else:
        steps[since - 1 :] *= rng.uniform(-0.6, 0.3)
    return replace(film, path=replace(film.path, centres=place(steps, film.path.radius, rng)))


def _degraded(frames: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Slight blur and pixel noise of one level for all frames."""
    x = frames.astype(np.float64)
    if rng.random() < 0.25:
        p = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
        x = 0.5 * x + 0.125 * (p[:, :-2, 1:-1] + p[:, 2:, 1:-1] + p[:, 1:-1, :-2] + p[:, 1:-1, 2:])
    return np.clip(x + rng.normal(0, rng.uniform(0, 6), x.shape), 0, 255).astype(np.uint8)


def _shoot(film: Film, rng: np.random.Generator) -> np.ndarray:
    empty = np.repeat(background(rng)[None], FRAMES, 0)
    frames = draw(empty, film.path, rng, film.shapes, film.colours)
    frames[~np.array(film.shown)] = empty[0]
    if film.extra is not None:
        frames = draw(frames, film.extra, rng)
    return _degraded(to_bytes(frames), rng)


def corrupted(asked: Scene, rng: np.random.Generator, faults: int) -> np.ndarray:
    """A video uint8 [4,16,16,3] of the scene after some faults."""
    scene = replace(asked, slot=(asked.slot[0], asked.slot[1] or COLOURS[rng.integers(4)]))
    kinds = [(SCENE_FAULTS + FILM_FAULTS)[rng.integers(len(SCENE_FAULTS + FILM_FAULTS))] for _ in range(faults)]
    for kind in kinds:
        if kind in SCENE_FAULTS:
            scene = _wrong_scene(scene, kind, rng)
    path = trace(scene, rng, RADIUS_RANGE)
    film = Film(path, (path.shape,) * FRAMES, (path.colour,) * FRAMES, (True,) * FRAMES)
    for kind in kinds:
        if kind in FILM_FAULTS:
            film = _faulty(film, kind, rng)
    return _shoot(film, rng)


def corrupted_group(asked: Scene, size: int, rng: np.random.Generator) -> np.ndarray:
    """Videos uint8 [size,4,16,16,3] for one prompt with none, one or two faults each; the first has none."""
    counts = [0, *(int(rng.choice(3, p=(0.25, 0.5, 0.25))) for _ in range(size - 1))]
    return np.stack([corrupted(asked, rng, faults) for faults in counts])
