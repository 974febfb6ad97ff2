"""Which objects an image shows. Everything is float64 or integer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .limits import Limits


@dataclass(frozen=True)
class Found:
    """One object: codes of its colour and shape, IoU with each shape's template, soft centre and area in pixels."""

    colour: int
    shape: int
    ious: tuple[float, ...]
    x: float
    y: float
    area: float
    pixels: int


class Detector:
    def __init__(self, limits: Limits):
        self._limits = limits
        self._hue_codes = np.array([limits.colours.index(name) for name in limits.hue_colours])
        self._rows, self._columns = np.mgrid[0 : limits.size, 0 : limits.size].astype(np.float64) + 0.5

    def detect(self, image: np.ndarray) -> list[Found]:
        """The objects of a uint8 [size,size,3] image, in the row-major order of their first pixels."""
        pixels = image.astype(np.int64)
        chroma = pixels.max(-1) - pixels.min(-1)
        mask = chroma > self._limits.chroma_above
        areas = _areas(mask, self._colours(pixels))
        return [self._found(pixels, chroma, mask, area) for area in areas if area.sum() >= self._limits.min_pixels]

    def foreground(self, image: np.ndarray) -> np.ndarray:
        """bool [size,size]"""
        pixels = image.astype(np.int64)
        return pixels.max(-1) - pixels.min(-1) > self._limits.chroma_above

    def _colours(self, rgb: np.ndarray) -> np.ndarray:
        """Colour code of each triple [...,3] by its hue; grey has none and is masked by the callers."""
        r, g, b = np.moveaxis(rgb.astype(np.float64), -1, 0)
        high = np.maximum(np.maximum(r, g), b)
        span = np.maximum(high - np.minimum(np.minimum(r, g), b), 1e-6)
        from_red = np.where(g >= b, (g - b) / span, (g - b) / span + 6.0)
        hue = np.where(high == r, from_red, np.where(high == g, (b - r) / span + 2.0, (r - g) / span + 4.0)) * 60.0
        return self._hue_codes[np.searchsorted(self._limits.hue_ends, hue, side="right")]

    def _found(self, pixels: np.ndarray, chroma: np.ndarray, mask: np.ndarray, area: np.ndarray) -> Found:
        cover = self._cover(chroma, mask, area)
        soft_area = cover.sum()
        x, y = (cover * self._columns).sum() / soft_area, (cover * self._rows).sum() / soft_area
        ious = [self._iou(shape, cover, soft_area, x, y) for shape in self._limits.shapes]
        paint = ((chroma * area)[..., None] * pixels).sum((0, 1))
        return Found(
            colour=int(self._colours(paint)),
            shape=int(np.argmax(ious)),
            ious=tuple(map(float, ious)),
            x=float(x),
            y=float(y),
            area=float(soft_area),
            pixels=int(area.sum()),
        )

    def _cover(self, chroma: np.ndarray, mask: np.ndarray, area: np.ndarray) -> np.ndarray:
        """How much of each pixel the object covers, 0..1: its chroma over the object's own full chroma."""
        inside = chroma * area
        strong = area & (inside * area.sum() >= inside.sum())  # at least the area's mean
        full = (inside * strong).sum() / strong.sum()
        own = area | (_neighbours(area) & ~mask)
        cover = (np.minimum(chroma / full, 1.0) - self._limits.cover_offset) / self._limits.cover_scale
        return np.clip(cover, 0.0, 1.0) * own

    def _iou(self, shape: str, cover: np.ndarray, area: float, x: float, y: float) -> float:
        """Soft IoU with the shape's template of the same area and centroid."""
        radius = np.sqrt(area / self._limits.area_factors[shape])
        anchor = y - self._limits.triangle_centre * radius if shape == "triangle" else y
        distance = _signed_distance(shape, self._columns - x, self._rows - anchor, radius)
        template = np.clip(0.5 - distance, 0.0, 1.0)
        return np.minimum(cover, template).sum() / np.maximum(cover, template).sum()


def _signed_distance(shape: str, dx: np.ndarray, dy: np.ndarray, radius: float) -> np.ndarray:
    """Of pixel centres to the outline, in pixels; negative inside."""
    if shape == "circle":
        return np.sqrt(dx * dx + dy * dy) - radius
    if shape == "square":
        return np.maximum(np.abs(dx), np.abs(dy)) - 0.9 * radius
    slanted = (np.abs(dx) * 2.0 - (dy + 1.1 * radius) * 1.2) / np.hypot(2.0, 1.2)
    return np.maximum(dy - 0.9 * radius, slanted)


def _neighbours(area: np.ndarray) -> np.ndarray:
    """The area's pixels moved by one in each of the four directions."""
    near = np.zeros_like(area)
    near[1:] |= area[:-1]
    near[:-1] |= area[1:]
    near[:, 1:] |= area[:, :-1]
    near[:, :-1] |= area[:, 1:]
    return near


def _areas(mask: np.ndarray, colours: np.ndarray) -> list[np.ndarray]:
    """4-connected areas of one colour, as masks, in the order of their first pixels."""
    todo = {(int(i), int(j)) for i, j in np.argwhere(mask)}
    areas = []
    for start in sorted(todo):
        if start not in todo:
            continue
        area, front = np.zeros_like(mask), [start]
        todo.remove(start)
        while front:
            i, j = front.pop()
            area[i, j] = True
            for near in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
                if near in todo and colours[near] == colours[i, j]:
                    todo.remove(near)
                    front.append(near)
        areas.append(area)
    return areas
