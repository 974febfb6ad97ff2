"""What no object is near."""

from __future__ import annotations

import math

import numpy as np

from .detect import Detector
from .limits import Limits


def pixels(image: np.ndarray, detector: Detector, limits: Limits) -> np.ndarray:
    """bool [size,size]: off the edge and away from objects; nowhere when that is too little to measure."""
    size, reach = limits.size, limits.grain_window // 2
    padded = np.pad(detector.foreground(image), reach)
    window = range(limits.grain_window)
    near = np.any([padded[dy : dy + size, dx : dx + size] for dy in window for dx in window], axis=0)
    near[[0, -1]] = near[:, [0, -1]] = True
    return ~near if (~near).sum() >= limits.grain_min_pixels else np.zeros_like(near)


def grey(image: np.ndarray, detector: Detector, limits: Limits) -> float | None:
    """The background's mean grey level; None when there is too little of it."""
    chosen = image[pixels(image, detector, limits)].astype(np.int64)
    return float(chosen.sum() / (3.0 * len(chosen))) if len(chosen) else None


def grain(image: np.ndarray, detector: Detector, limits: Limits) -> float:
    """Standard deviation, in grey levels, of grey minus its 3x3 mean, over the background."""
    size = limits.size
    total = image.astype(np.int64).sum(-1)
    around = sum(total[dy : dy + size - 2, dx : dx + size - 2] for dy in range(3) for dx in range(3))
    background = pixels(image, detector, limits)[1:-1, 1:-1]
    residual = (9 * total[1:-1, 1:-1] - around)[background] / 27.0
    if len(residual) == 0:
        return 0.0
    return math.sqrt(max(float((residual**2).mean() - residual.mean() ** 2), 0.0))
