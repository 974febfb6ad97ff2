"""The oracle of videos: does each frame show the object, and does it move as the prompt says.

`repository/shapes_video_oracle/card.md` states the algorithm step by step.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .background import grain
from .detect import Detector, Found
from .grammar import Sentences, Slot
from .limits import Limits, checked_fields, read_fields
from .score import Scorer, clip01

MAX_WORDS = 6
SPEEDS = "slowly", "quickly"


@dataclass(frozen=True)
class VideoLimits:
    """Named as in oracle.json; `frame` says how a single frame is looked at."""

    moved_min: float
    step_min: float
    across_max: float
    quick_above: float
    still_max: float
    speed_softness: float
    still_softness: float
    motion_base: float
    directions: dict
    frames: int
    frame: Limits

    @classmethod
    def read(cls, file: Path) -> VideoLimits:
        values = read_fields(file, cls)
        return cls(**{**values, "frame": Limits(**checked_fields(file, values["frame"], Limits))})


@dataclass(frozen=True)
class Scene:
    """An object, the direction (x, y) it moves in or None, and a speed or None for any."""

    slot: Slot
    direction: tuple[int, int] | None = None
    speed: str | None = None


class VideoGrammar(Sentences[Scene]):
    """Every sentence over the given shapes, colours and directions."""

    def __init__(self, limits: VideoLimits):
        super().__init__(dict(_sentences(limits)), MAX_WORDS, "a red circle moving left")


def _sentences(limits: VideoLimits):
    """(text, scene) of each sentence."""
    for shape, colour in itertools.product(limits.frame.shapes, (None, *limits.frame.colours)):
        noun = f"a {colour} {shape}" if colour else f"a {shape}"
        yield f"{noun} standing still", Scene((shape, colour))
        for name, step in limits.directions.items():
            yield f"{noun} moving {name}", Scene((shape, colour), tuple(step))
            for speed in SPEEDS if colour else ():
                yield f"{noun} moving {name} {speed}", Scene((shape, colour), tuple(step), speed)


@dataclass(frozen=True)
class VideoVerdict:
    strict: int
    graded: float
    objects: float
    motion: int
    template_fit: float
    grain: float
    diversity_label: int


class VideoOracle:
    """Measures videos uint8 [frames,size,size,3]."""

    def __init__(self, limits: VideoLimits):
        self._limits = limits
        self._detector = Detector(limits.frame)
        self._scorer = Scorer(limits.frame)

    def judge(self, video: np.ndarray, scene: Scene) -> VideoVerdict:
        frames = [self._detector.detect(frame) for frame in video]
        shown = [self._scorer.only(items, scene.slot) for items in frames]
        moves, nearly = self._motion(frames, scene)
        items = [item for found in frames for item in found]
        base, count = self._limits.motion_base, self._limits.frames
        return VideoVerdict(
            strict=int(all(right for right, _ in shown) and _one_colour(frames) and moves),
            graded=sum(score for _, score in shown) / count * (base + (1.0 - base) * nearly),
            objects=sum(right for right, _ in shown) / count,
            motion=int(moves),
            template_fit=sum(self._scorer.fits(item) for item in items) / len(items) if items else 0.0,
            grain=sum(grain(frame, self._detector, self._limits.frame) for frame in video) / count,
            diversity_label=_largest(frames[0]).colour if scene.slot[1] is None and frames[0] else -1,
        )

    def _motion(self, frames: list[list[Found]], scene: Scene) -> tuple[bool, float]:
        """(the largest object moves as asked, how nearly); nothing to see in some frame: it does not."""
        if not all(frames):
            return False, 0.0
        limits, way = self._limits, [_largest(items) for items in frames]
        if scene.direction is None:
            farthest = max(math.sqrt((item.x - way[0].x) ** 2 + (item.y - way[0].y) ** 2) for item in way)
            nearly = clip01(1.0 - (farthest - limits.still_max) / limits.still_softness)
            return farthest <= limits.still_max, nearly
        dx, dy = scene.direction
        steps = [(then.x - now.x, then.y - now.y) for now, then in itertools.pairwise(way)]
        along = [x * dx + y * dy for x, y in steps]
        speed, aside = sum(along) / len(steps), abs(sum(x * dy + y * dx for x, y in steps) / len(steps))
        good = speed >= limits.moved_min and min(along) >= limits.step_min and aside <= limits.across_max * speed
        nearly = clip01(speed / limits.moved_min) * clip01(1.5 - aside / max(speed, 1e-3))
        if scene.speed is None:
            return good, nearly
        over, quick = speed - limits.quick_above, scene.speed == "quickly"
        nearly *= 1.0 / (1.0 + math.exp(-(over if quick else -over) / limits.speed_softness))
        return good and (over > 0) == quick, nearly


def _largest(items: list[Found]) -> Found:
    """The object with most pixels, the first of equals."""
    return max(items, key=lambda item: item.pixels)


def _one_colour(frames: list[list[Found]]) -> bool:
    """A colour that the prompt leaves open still has to stay what it is."""
    return len({_largest(items).colour for items in frames if items}) <= 1
