"""How alike an image and a reference are in what their prompt leaves open."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import LoadError
from .background import grey
from .detect import Detector, Found
from .grammar import Spec
from .limits import Limits, read_fields

NOT_OPEN = -1.0


@dataclass(frozen=True)
class StyleLimits:
    """Named as in style.json and in the model's card."""

    size_span: float
    shade_span: float

    @classmethod
    def read(cls, file: Path) -> StyleLimits:
        limits = cls(**read_fields(file, cls))
        for name, most in (("size_span", 1.0), ("shade_span", math.inf)):
            value = getattr(limits, name)
            if not (0 < value <= most and value < math.inf):
                raise LoadError(f"{file}: {name}: {value} (expected: above 0, at most {most})")
        return limits


@dataclass(frozen=True)
class Likeness:
    """Each 0..1; colour is NOT_OPEN when the prompt names it."""

    colour: float
    size: float
    shade: float

    @property
    def score(self) -> float:
        """The mean of those that count."""
        if self.colour == NOT_OPEN:
            return (self.size + self.shade) / 2
        return (self.colour + self.size + self.shade) / 3


class Style:
    def __init__(self, limits: Limits, style: StyleLimits):
        self._limits = limits
        self._style = style
        self._detector = Detector(limits)

    def likeness(self, spec: Spec, image: np.ndarray, reference: np.ndarray) -> Likeness:
        """Images uint8 [size,size,3]; the same either way round."""
        objects, others = self._detector.detect(image), self._detector.detect(reference)
        colour = self._colour(spec, objects, others) if spec.is_colourless else NOT_OPEN
        return Likeness(colour, self._size(objects, others), self._shade(image, reference))

    def _colour(self, spec: Spec, objects: list[Found], others: list[Found]) -> float:
        """The mean over the shapes that are asked for of what the colours of their objects have in common."""
        shapes = dict.fromkeys(self._limits.shapes.index(shape) for shape, _ in spec.slots)
        shared = [self._shared(shape, objects, others) for shape in shapes]
        return sum(shared) / len(shared)

    def _shared(self, shape: int, objects: list[Found], others: list[Found]) -> float:
        return sum(map(min, self._shares(shape, objects), self._shares(shape, others)))

    def _shares(self, shape: int, objects: list[Found]) -> list[float]:
        """By colour; all 0 when there is no object of the shape."""
        meant = [item.colour for item in objects if item.shape == shape]
        return [meant.count(colour) / max(len(meant), 1) for colour in range(len(self._limits.colours))]

    def _size(self, objects: list[Found], others: list[Found]) -> float:
        if not objects or not others:
            return 0.0
        mean, other = (sum(item.pixels for item in items) / len(items) for items in (objects, others))
        return _clip01(1.0 - (1.0 - min(mean, other) / max(mean, other)) / self._style.size_span)

    def _shade(self, image: np.ndarray, reference: np.ndarray) -> float:
        level, other = (grey(pixels, self._detector, self._limits) for pixels in (image, reference))
        if level is None or other is None:
            return 0.0
        return _clip01(1.0 - abs(level - other) / self._style.shade_span)


def _clip01(value: float) -> float:
    return min(max(value, 0.0), 1.0)
