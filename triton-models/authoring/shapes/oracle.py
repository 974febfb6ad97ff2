"""The gold oracle: which shapes of which colours are where in an image, and does that fit the prompt.

It is written against the renderer and knows no judge. Everything is float64 or integer, so that another language can
repeat it bit for bit up to the last place; `repository/shapes_oracle/card.md` states the algorithm step by step.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import numpy as np

from .prompts import COLOURS, SHAPES, Spec, parse
from .render import SIZE, pixel_centres, signed_distance


@dataclass(frozen=True)
class Limits:
    """Every number of the oracle; written to 1/oracle.json."""

    chroma_above: int = 61  # a pixel belongs to an object when max(r,g,b) - min(r,g,b) > this, in 0..255
    # Upper ends in degrees of the hue intervals; the last interval wraps round to the first colour.
    hue_ends: tuple[float, ...] = (26.0, 88.5, 173.5, 291.0)
    hue_colours: tuple[str, ...] = ("red", "yellow", "green", "blue", "red")
    min_pixels: int = 10
    cover_offset: float = 0.12
    cover_scale: float = 0.8
    iou: float = 0.80
    shape_softness: float = 0.04
    shape_floor: float = 0.4
    shape_span: float = 0.4
    relation_min: float = 4.0
    relation_full: float = 8.0
    relation_slack: float = 1.5
    relation_base: float = 0.4
    area_factors: dict = field(
        default_factory=lambda: {"circle": float(np.pi), "square": 4 * 0.9**2, "triangle": 0.5 * 2.4 * 2.0}
    )
    triangle_centre: float = -1.1 + 2.0 * 2 / 3  # y of the centroid over the anchor, in radii
    grain_window: int = 5
    grain_min_pixels: int = 16

    def to_json(self) -> dict:
        return {**asdict(self), "colours": list(COLOURS), "shapes": list(SHAPES), "size": SIZE}


LIMITS = Limits()
_HUE_CODES = np.array([COLOURS.index(name) for name in LIMITS.hue_colours])


@dataclass(frozen=True)
class Found:
    """One object found: codes into COLOURS and SHAPES, IoU with each template, centre and soft area in pixels."""

    colour: int
    shape: int
    ious: tuple[float, float, float]
    x: float
    y: float
    area: float
    pixels: int

    @property
    def fits(self) -> bool:
        return self.ious[self.shape] >= LIMITS.iou


@dataclass(frozen=True)
class Verdict:
    """The oracle's five answers for one image."""

    strict: int
    graded: float
    template_fit: float
    grain: float
    diversity_label: int


def hue_colours(rgb: np.ndarray) -> np.ndarray:
    """Colour code of each RGB triple [...,3] (any common scale); grey counts as red and is masked by the callers."""
    rgb = rgb.astype(np.float64)
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    high = rgb.max(-1)
    span = np.maximum(high - rgb.min(-1), 1e-6)
    of_red = np.where(g >= b, (g - b) / span, (g - b) / span + 6.0)
    hue = np.where(high == r, of_red, np.where(high == g, (b - r) / span + 2.0, (r - g) / span + 4.0)) * 60.0
    return _HUE_CODES[np.searchsorted(LIMITS.hue_ends, hue, side="right")]


def foreground(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(chroma int64 [N,32,32], foreground mask)."""
    values = images.astype(np.int64)
    chroma = values.max(-1) - values.min(-1)
    return chroma, chroma > LIMITS.chroma_above


def _components(mask: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """4-connected areas of one colour: each pixel's label is the smallest row-major index of its area; -1 outside."""
    none = mask.shape[1] * mask.shape[2]
    labels = np.where(mask, np.arange(none).reshape(mask.shape[1:]), none)
    across = mask[:, :, 1:] & mask[:, :, :-1] & (colour[:, :, 1:] == colour[:, :, :-1])
    down = mask[:, 1:] & mask[:, :-1] & (colour[:, 1:] == colour[:, :-1])
    views = (
        (labels[:, :, 1:], labels[:, :, :-1], across),
        (labels[:, 1:], labels[:, :-1], down),
    )
    while True:
        before = labels.copy()
        for _ in range(4):
            for one, other, joined in views:
                low = np.where(joined, np.minimum(one, other), none)
                np.minimum(one, low, out=one)
                np.minimum(other, low, out=other)
        if (before == labels).all():
            return np.where(mask, labels, -1)


def _soft_cover(area: np.ndarray, mask: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """How much of each pixel [K,32,32] the object covers: its chroma over the object's own full chroma, 0..1."""
    grown = area.copy()
    grown[:, 1:] |= area[:, :-1]
    grown[:, :-1] |= area[:, 1:]
    grown[:, :, 1:] |= area[:, :, :-1]
    grown[:, :, :-1] |= area[:, :, 1:]
    own = area | (grown & ~mask)
    pixels = area.sum((1, 2), keepdims=True)
    inside = chroma * area
    strong = area & (inside * pixels >= inside.sum((1, 2), keepdims=True))  # at least the mean chroma
    full = (inside * strong).sum((1, 2), keepdims=True) / strong.sum((1, 2), keepdims=True)
    cover = np.minimum(chroma / full, 1.0)
    return np.clip((cover - LIMITS.cover_offset) / LIMITS.cover_scale, 0.0, 1.0) * own


def _template_ious(cover: np.ndarray, area: np.ndarray, x: np.ndarray, y: np.ndarray, centres) -> np.ndarray:
    """Soft IoU [K,3] with the template of each shape that has the object's area and centroid."""
    ious = np.empty((len(cover), len(SHAPES)))
    for code, shape in enumerate(SHAPES):
        radius = np.sqrt(area / LIMITS.area_factors[shape])
        anchor = y - LIMITS.triangle_centre * radius if shape == "triangle" else y
        distance = signed_distance(shape, x[:, None, None], anchor[:, None, None], radius[:, None, None], centres)
        template = np.clip(0.5 - distance, 0.0, 1.0)
        ious[:, code] = np.minimum(cover, template).sum((1, 2)) / np.maximum(cover, template).sum((1, 2))
    return ious


def detect(images: np.ndarray) -> list[tuple[Found, ...]]:
    """The objects of each square image uint8 [N,S,S,3], in the row-major order of their first pixels."""
    size = images.shape[1]
    centres = columns, rows = pixel_centres(size)
    chroma, mask = foreground(images)
    labels = _components(mask, hue_colours(images))
    keys = np.where(labels >= 0, labels + np.arange(len(images))[:, None, None] * size * size, -1)
    ids, counts = np.unique(keys, return_counts=True)
    keep = (ids >= 0) & (counts >= LIMITS.min_pixels)
    ids, counts = ids[keep], counts[keep]
    found: list[list[Found]] = [[] for _ in images]
    if len(ids) == 0:
        return [()] * len(images)
    owner = ids // (size * size)
    areas = keys[owner] == ids[:, None, None]
    cover = _soft_cover(areas, mask[owner], chroma[owner])
    weight = cover.sum((1, 2))
    x, y = (cover * columns).sum((1, 2)) / weight, (cover * rows).sum((1, 2)) / weight
    ious = _template_ious(cover, weight, x, y, centres)
    paint = ((chroma[owner] * areas)[..., None] * images[owner].astype(np.int64)).sum((1, 2))
    colours = hue_colours(paint)
    for k, image in enumerate(owner):
        best = int(ious[k].argmax())
        item = Found(int(colours[k]), best, tuple(map(float, ious[k])), float(x[k]), float(y[k]), float(weight[k]), int(counts[k]))
        found[image].append(item)
    return [tuple(items) for items in found]


def _clip01(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def shape_score(item: Found, shape: int) -> float:
    """0..1: how clearly the object is this shape and no other."""
    other = max(iou for code, iou in enumerate(item.ious) if code != shape)
    margin = 1.0 / (1.0 + float(np.exp(-(item.ious[shape] - other) / LIMITS.shape_softness)))
    return margin * _clip01((item.ious[shape] - LIMITS.shape_floor) / LIMITS.shape_span)


def _match(slot, item: Found) -> tuple[bool, float]:
    """(does the object fill the slot, how nearly 0..1)."""
    shape, colour = SHAPES.index(slot[0]), slot[1]
    right_colour = colour is None or COLOURS[item.colour] == colour
    score = shape_score(item, shape)
    if colour is not None:
        score = 0.5 * score + (0.5 if right_colour else 0.0)
    return item.shape == shape and item.fits and right_colour, score


def _relation(relation: str, first: Found, second: Found) -> tuple[bool, float]:
    """(does it hold, how nearly 0..1)."""
    dx, dy = second.x - first.x, second.y - first.y
    if relation in ("right of", "below"):
        dx, dy = -dx, -dy
    along, across = (dx, dy) if relation in ("left of", "right of") else (dy, dx)
    nearly = _clip01(along / LIMITS.relation_full) * _clip01(LIMITS.relation_slack - abs(across) / max(along, 1e-3))
    return along > LIMITS.relation_min and along > abs(across), nearly


def _score_alike(spec: Spec, items: tuple[Found, ...]) -> tuple[int, float]:
    """One slot, or several equal ones."""
    wanted = len(spec.slots)
    matches = [_match(spec.slots[0], item) for item in items]
    best = sorted((score for _, score in matches), reverse=True)[:wanted]
    strict = len(items) == wanted and all(good for good, _ in matches)
    return int(strict), sum(best) / max(wanted, len(items))


def _score_pair(spec: Spec, items: tuple[Found, ...]) -> tuple[int, float]:
    """Two different slots, with or without a relation: the best ordered pair of objects."""
    first = [_match(spec.slots[0], item) for item in items]
    second = [_match(spec.slots[1], item) for item in items]
    if len(items) == 1:
        return 0, max(first[0][1], second[0][1]) / 2 * (LIMITS.relation_base if spec.relation else 1.0)
    strict, graded = False, 0.0
    for i in range(len(items)):
        for j in range(len(items)):
            if i == j:
                continue
            good = first[i][0] and second[j][0] and len(items) == 2
            score = (first[i][1] + second[j][1]) / len(items)
            if spec.relation:
                holds, nearly = _relation(spec.relation, items[i], items[j])
                good = good and holds
                score *= LIMITS.relation_base + (1.0 - LIMITS.relation_base) * nearly
            strict, graded = strict or good, max(graded, score)
    return int(strict), graded


def score(items: tuple[Found, ...], spec: Spec) -> tuple[int, float]:
    """(strict 0 or 1, graded 0..1) of the objects found for what the prompt asks."""
    if not items:
        return 0, 0.0
    return _score_alike(spec, items) if len(set(spec.slots)) == 1 else _score_pair(spec, items)


def grain(image: np.ndarray) -> float:
    """Background grain of one uint8 [S,S,3]: standard deviation, in grey levels, of grey minus its 3x3 mean."""
    size = len(image)
    _, mask = foreground(image[None])
    reach = LIMITS.grain_window // 2
    padded = np.pad(mask[0], reach)
    near = np.zeros((size, size), bool)
    for dy in range(LIMITS.grain_window):
        for dx in range(LIMITS.grain_window):
            near |= padded[dy : dy + size, dx : dx + size]
    total = image.astype(np.int64).sum(-1)
    ring = sum(total[dy : dy + size - 2, dx : dx + size - 2] for dy in range(3) for dx in range(3))
    residual = (9 * total[1:-1, 1:-1] - ring)[~near[1:-1, 1:-1]] / 27.0
    if len(residual) < LIMITS.grain_min_pixels:
        return 0.0
    return float(np.sqrt(max((residual**2).mean() - residual.mean() ** 2, 0.0)))


def diversity_label(items: tuple[Found, ...], spec: Spec) -> int:
    """Colour code of the object with most pixels (the first of equals) when the prompt names no colour, else -1."""
    if not spec.colourless or not items:
        return -1
    return max(items, key=lambda item: item.pixels).colour


def judge_images(images: np.ndarray, prompts: list[str]) -> list[Verdict]:
    """The oracle's verdict on each image uint8 [N,32,32,3] with its prompt."""
    verdicts = []
    for start in range(0, len(images), 1000):
        part = images[start : start + 1000]
        for image, items, prompt in zip(part, detect(part), prompts[start : start + 1000]):
            spec = parse(prompt)
            strict, graded = score(items, spec)
            fit = sum(item.fits for item in items) / len(items) if items else 0.0
            verdicts.append(Verdict(strict, graded, fit, grain(image), diversity_label(items, spec)))
    return verdicts


def gold(images: np.ndarray, prompts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(strict [N], graded [N]) without the extras."""
    found = [items for start in range(0, len(images), 1000) for items in detect(images[start : start + 1000])]
    scores = np.array([score(items, parse(prompt)) for items, prompt in zip(found, prompts)])
    return scores[:, 0], scores[:, 1]
