"""The gold oracle of the video world: does each frame show the object, and does it move as the prompt says.

Frames are looked at with the detector of the image oracle; the way is that of the largest object's centre. It knows no
judge. Everything is float64 or integer; `repository/shapes_video_oracle/card.md` states it step by step.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from shapes.oracle import LIMITS as IMAGE_LIMITS
from shapes.oracle import Found, detect, grain, shape_score
from shapes.prompts import COLOURS, SHAPES

from .prompts import DIRECTIONS, Scene, parse
from .render import FRAMES, SIZE


@dataclass(frozen=True)
class Limits:
    """The numbers that the image oracle lacks; pixels and pixels a frame. Written to 1/oracle.json."""

    moved_min: float = 0.4  # mean speed along the direction that counts as moving
    step_min: float = 0.15  # each single step must go at least this far along the direction
    across_max: float = 0.35  # speed off the direction over speed along it
    quick_above: float = 1.3  # mean speed: quickly above, slowly up to here
    still_max: float = 0.4  # farthest that a still object's centre may be from where it began
    speed_softness: float = 0.25
    still_softness: float = 0.6
    motion_base: float = 0.4  # share of the graded score that objects alone can earn

    def to_json(self) -> dict:
        directions = {name: list(step) for name, step in DIRECTIONS.items()}
        frame = {**IMAGE_LIMITS.to_json(), "size": SIZE}
        return {**asdict(self), "directions": directions, "frames": FRAMES, "frame": frame}


LIMITS = Limits()


@dataclass(frozen=True)
class Verdict:
    """The oracle's answers for one video."""

    strict: int
    graded: float
    objects: float
    motion: int
    template_fit: float
    grain: float
    diversity_label: int


def _clip01(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + float(np.exp(-value)))


def largest(items: tuple[Found, ...]) -> Found:
    """The object with most pixels, the first of equals."""
    return max(items, key=lambda item: item.pixels)


def frame_score(items: tuple[Found, ...], scene: Scene) -> tuple[bool, float]:
    """(does the frame show exactly the object, how nearly 0..1)."""
    if not items:
        return False, 0.0
    shape, colour = SHAPES.index(scene.slot[0]), scene.slot[1]
    scores = []
    for item in items:
        value = shape_score(item, shape)
        if colour is not None:
            value = 0.5 * value + (0.5 if COLOURS[item.colour] == colour else 0.0)
        scores.append(value)
    one = items[0]
    right = len(items) == 1 and one.shape == shape and one.fits and colour in (None, COLOURS[one.colour])
    return right, max(scores) / len(items)


def same_colour(frames: list[tuple[Found, ...]]) -> bool:
    """A colour left open by the prompt still has to stay what it is."""
    return len({largest(items).colour for items in frames if items}) <= 1


def motion_score(frames: list[tuple[Found, ...]], scene: Scene) -> tuple[bool, float]:
    """(does the largest object move as asked, how nearly 0..1); nothing to see in some frame: it does not."""
    if not all(frames):
        return False, 0.0
    way = np.array([(largest(items).x, largest(items).y) for items in frames])
    if scene.direction is None:
        farthest = float(np.sqrt(((way - way[0]) ** 2).sum(1)).max())
        return farthest <= LIMITS.still_max, _clip01(1.0 - (farthest - LIMITS.still_max) / LIMITS.still_softness)
    steps = np.diff(way, axis=0)
    dx, dy = DIRECTIONS[scene.direction]
    along, across = steps[:, 0] * dx + steps[:, 1] * dy, steps[:, 0] * dy + steps[:, 1] * dx
    speed, aside = float(along.mean()), abs(float(across.mean()))
    good = speed >= LIMITS.moved_min and float(along.min()) >= LIMITS.step_min and aside <= LIMITS.across_max * speed
    nearly = _clip01(speed / LIMITS.moved_min) * _clip01(1.5 - aside / max(speed, 1e-3))
    if scene.speed is not None:
        over = speed - LIMITS.quick_above
        quick = scene.speed == "quickly"
        good = good and (over > 0) == quick
        nearly *= _logistic((over if quick else -over) / LIMITS.speed_softness)
    return good, nearly


def score(frames: list[tuple[Found, ...]], scene: Scene) -> tuple[int, float]:
    """(strict 0 or 1, graded 0..1) of the objects found in each frame for what the prompt asks."""
    shown = [frame_score(items, scene) for items in frames]
    moves, nearly = motion_score(frames, scene)
    strict = all(right for right, _ in shown) and same_colour(frames) and moves
    graded = sum(value for _, value in shown) / len(shown)
    return int(strict), graded * (LIMITS.motion_base + (1.0 - LIMITS.motion_base) * nearly)


def verdict(video: np.ndarray, frames: list[tuple[Found, ...]], scene: Scene) -> Verdict:
    """From the video uint8 [4,16,16,3] and the objects found in each frame."""
    strict, graded = score(frames, scene)
    items = [item for found in frames for item in found]
    label = largest(frames[0]).colour if scene.slot[1] is None and frames[0] else -1
    return Verdict(
        strict=strict,
        graded=graded,
        objects=sum(frame_score(found, scene)[0] for found in frames) / len(frames),
        motion=int(motion_score(frames, scene)[0]),
        template_fit=sum(item.fits for item in items) / len(items) if items else 0.0,
        grain=sum(grain(frame) for frame in video) / len(video),
        diversity_label=label,
    )


def detect_all(videos: np.ndarray) -> list[list[tuple[Found, ...]]]:
    """The objects of each frame of each video uint8 [N,4,16,16,3]."""
    flat = videos.reshape(-1, *videos.shape[2:])
    found = [items for start in range(0, len(flat), 4000) for items in detect(flat[start : start + 4000])]
    return [found[start : start + FRAMES] for start in range(0, len(found), FRAMES)]


def judge_videos(videos: np.ndarray, prompts: list[str]) -> list[Verdict]:
    """The oracle's verdict on each video uint8 [N,4,16,16,3] with its prompt."""
    found = detect_all(videos)
    return [verdict(video, frames, parse(prompt)) for video, frames, prompt in zip(videos, found, prompts)]
