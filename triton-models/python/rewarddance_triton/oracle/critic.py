"""What is wrong with a picture, in a few words. Only comparisons of whole numbers decide."""

from __future__ import annotations

import itertools

from .detect import Found
from .grammar import Slot, Spec
from .limits import Limits
from .score import Scorer


class Critic:
    def __init__(self, limits: Limits):
        self._limits = limits
        self._scorer = Scorer(limits)

    def finding(self, items: list[Found], spec: Spec) -> str:
        """The first fault: something missing, of another shape or colour, too much, or out of place; "" when there is none."""
        fill = self._alike(items, spec) if spec.is_alike else self._pair(items, spec)
        for taken, (shape, colour) in zip(fill, spec.slots):
            if taken is None:
                return " ".join(filter(None, ("missing", colour, shape)))
        for taken, slot in zip(fill, spec.slots):
            if not self._shape_agrees(items[taken], slot):
                return f"wrong {slot[0]}"
            if not self._colour_agrees(items[taken], slot):
                return f"wrong {slot[1]}"
        if len(items) > len(fill):
            left = next(i for i in range(len(items)) if i not in fill)
            return f"extra {self._limits.shapes[items[left].shape]}"
        return "" if self._holds(items, spec, *fill) else f"wrong {spec.relation.split()[0]}"

    def _alike(self, items: list[Found], spec: Spec) -> list[int | None]:
        """Which object fills each of several equal slots: those that agree best, the first of equals."""
        best = sorted(range(len(items)), key=lambda i: -self._points(items[i], spec.slots[0]))
        return [best[i] if i < len(best) else None for i in range(len(spec.slots))]

    def _pair(self, items: list[Found], spec: Spec) -> list[int | None]:
        """The same of two different slots; the relation counts as much as a colour."""
        most, best, best_points = min(2, len(items)), [None, None], -1
        for fill in itertools.product([None, *range(len(items))], repeat=2):
            taken = [i for i in fill if i is not None]
            if len(taken) < most or len(set(taken)) < len(taken):
                continue
            points = sum(self._points(items[i], slot) for i, slot in zip(fill, spec.slots) if i is not None)
            points += len(taken) == 2 and self._holds(items, spec, *taken)
            if points > best_points:
                best, best_points = list(fill), points
        return best

    def _points(self, item: Found, slot: Slot) -> int:
        return 2 * self._shape_agrees(item, slot) + self._colour_agrees(item, slot)

    def _shape_agrees(self, item: Found, slot: Slot) -> bool:
        return self._limits.shapes[item.shape] == slot[0] and self._scorer.fits(item)

    def _colour_agrees(self, item: Found, slot: Slot) -> bool:
        return slot[1] is None or self._limits.colours[item.colour] == slot[1]

    def _holds(self, items: list[Found], spec: Spec, first: int, second: int | None = None, *_others: int) -> bool:
        return spec.relation is None or self._scorer.holds(spec.relation, items[first], items[second])
