"""The measure of style, from the package that serves it: how alike two images are in what the prompt leaves open."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

_MODELS = Path(__file__).resolve().parents[2]
sys.path.append(str(_MODELS / "python"))

from rewarddance_triton.oracle.grammar import Grammar  # noqa: E402
from rewarddance_triton.oracle.limits import Limits  # noqa: E402
from rewarddance_triton.oracle.style import Likeness, Style, StyleLimits  # noqa: E402

MODEL = _MODELS / "repository/shapes_style/1"


class StyleMeasure:
    """With the numbers that the repository ships."""

    def __init__(self, folder: Path = MODEL):
        limits = Limits.read(folder / "oracle.json")
        self._grammar = Grammar(limits.shapes, limits.colours)
        self._style = Style(limits, StyleLimits.read(folder / "style.json"))

    def likeness(self, prompt: str, image: np.ndarray, reference: np.ndarray) -> Likeness:
        """Images uint8 [32,32,3]."""
        return self._style.likeness(self._grammar.parse(prompt), image, reference)
