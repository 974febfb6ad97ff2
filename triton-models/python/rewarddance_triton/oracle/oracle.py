"""The oracle's five answers for an image and a prompt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .background import grain
from .detect import Detector, Found
from .grammar import Spec
from .limits import Limits
from .score import Scorer


@dataclass(frozen=True)
class Verdict:
    """strict 0/1; graded 0..1; share of fitting objects; background grain in grey levels; colour code or -1."""

    strict: float
    graded: float
    template_fit: float
    grain: float
    diversity_label: int


class Oracle:
    def __init__(self, limits: Limits):
        self._limits = limits
        self._detector = Detector(limits)
        self._scorer = Scorer(limits)

    def judge(self, image: np.ndarray, spec: Spec) -> Verdict:
        """image uint8 [size,size,3]"""
        items = self._detector.detect(image)
        strict, graded = self._scorer.score(items, spec)
        fit = sum(self._scorer.fits(item) for item in items) / len(items) if items else 0.0
        return Verdict(float(strict), graded, fit, grain(image, self._detector, self._limits), _diversity_label(items, spec))


def _diversity_label(items: list[Found], spec: Spec) -> int:
    """Colour of the object with most pixels (the first of equals) when the prompt names none, else -1."""
    if not spec.is_colourless or not items:
        return -1
    return max(items, key=lambda item: item.pixels).colour
