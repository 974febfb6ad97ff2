"""How well the objects found fit what a prompt asks for: strict 0 or 1, graded 0..1."""

from __future__ import annotations

import itertools
import math

from .detect import Found
from .grammar import Slot, Spec
from .limits import Limits


class Scorer:
    def __init__(self, limits: Limits):
        self._limits = limits

    def score(self, items: list[Found], spec: Spec) -> tuple[bool, float]:
        """(exactly what was asked, how nearly)."""
        if not items:
            return False, 0.0
        return self._alike(spec, items) if spec.is_alike else self._pair(spec, items)

    def fits(self, item: Found) -> bool:
        return item.ious[item.shape] >= self._limits.iou

    def only(self, items: list[Found], slot: Slot) -> tuple[bool, float]:
        """(nothing is shown but one object that fills the slot, how nearly)."""
        if not items:
            return False, 0.0
        matches = [self._match(slot, item) for item in items]
        return len(items) == 1 and matches[0][0], max(score for _, score in matches) / len(items)

    def _alike(self, spec: Spec, items: list[Found]) -> tuple[bool, float]:
        """One slot, or several equal ones."""
        wanted = len(spec.slots)
        matches = [self._match(spec.slots[0], item) for item in items]
        best = sorted((score for _, score in matches), reverse=True)[:wanted]
        return len(items) == wanted and all(good for good, _ in matches), sum(best) / max(wanted, len(items))

    def _pair(self, spec: Spec, items: list[Found]) -> tuple[bool, float]:
        """Two different slots, with or without a relation: the best ordered pair of objects."""
        first, second = ([self._match(slot, item) for item in items] for slot in spec.slots)
        if len(items) == 1:
            half = max(first[0][1], second[0][1]) / 2
            return False, half * self._limits.relation_base if spec.relation else half
        strict, graded = False, 0.0
        for i, j in itertools.permutations(range(len(items)), 2):
            holds, weight = self._relation(spec.relation, items[i], items[j])
            strict |= len(items) == 2 and first[i][0] and second[j][0] and holds
            graded = max(graded, (first[i][1] + second[j][1]) / len(items) * weight)
        return strict, graded

    def _match(self, slot: Slot, item: Found) -> tuple[bool, float]:
        """(the object is what the slot asks for, how nearly)."""
        shape, colour = self._limits.shapes.index(slot[0]), slot[1]
        good = item.shape == shape and self.fits(item)
        score = self._shape_score(item, shape)
        if colour is None:
            return good, score
        agrees = item.colour == self._limits.colours.index(colour)
        return good and agrees, 0.5 * score + (0.5 if agrees else 0.0)

    def _shape_score(self, item: Found, shape: int) -> float:
        margin = item.ious[shape] - max(iou for code, iou in enumerate(item.ious) if code != shape)
        floor, span = self._limits.shape_floor, self._limits.shape_span
        return (
            1.0 / (1.0 + math.exp(-margin / self._limits.shape_softness)) * clip01((item.ious[shape] - floor) / span)
        )

    def holds(self, relation: str | None, first: Found, second: Found) -> bool:
        return self._relation(relation, first, second)[0]

    def _relation(self, relation: str | None, first: Found, second: Found) -> tuple[bool, float]:
        """(does it hold, what is left of the score); no relation always holds."""
        if relation is None:
            return True, 1.0
        dx, dy = second.x - first.x, second.y - first.y
        if relation in ("right of", "below"):
            dx, dy = -dx, -dy
        along, across = (dx, dy) if relation in ("left of", "right of") else (dy, dx)
        limits = self._limits
        nearness = clip01(along / limits.relation_full)
        nearness *= clip01(limits.relation_slack - abs(across) / max(along, 1e-3))
        holds = along > limits.relation_min and along > abs(across)
        return holds, limits.relation_base + (1.0 - limits.relation_base) * nearness


def clip01(value: float) -> float:
    return min(max(value, 0.0), 1.0)
