"""One request as a model sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .errors import BadRequest, Cancelled


@dataclass(frozen=True, eq=False)
class Call:
    """Inputs by name, each [rows, ...]; optional ones may lack. `cancelled` says whether nobody waits any more.

    `outputs` are the names that are asked for; a model may give the others too, but need not compute what is dear.
    Settings that shape the answer must be the same in every row, because one tensor holds the answers of all rows.
    """

    inputs: dict[str, np.ndarray]
    cancelled: Callable[[], bool] = field(default=lambda: False)
    outputs: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        return len(next(iter(self.inputs.values())))

    def stop_if_cancelled(self, when: str = "") -> None:
        if self.cancelled():
            raise Cancelled(f"request cancelled {when}".strip())

    def texts(self, name: str) -> list[str]:
        """Of a BYTES [rows, 1] input."""
        return [element.decode("utf-8", errors="replace") for element in self.inputs[name].reshape(-1)]

    def numbers(self, name: str) -> list:
        """Of a [rows, 1] input."""
        return self.inputs[name].reshape(-1).tolist()

    def same_text(self, name: str) -> str:
        return _same(name, self.texts(name))

    def same_int(self, name: str) -> int:
        return _same(name, self.numbers(name))

    def same_optional_int(self, name: str) -> int | None:
        """None when the call has no such input."""
        return self.same_int(name) if name in self.inputs else None

    def same_float(self, name: str) -> np.float32:
        return _same(name, list(self.inputs[name].reshape(-1)))


def number_text(value) -> str:
    """As messages print numbers, alike in every language of the project."""
    return "NaN" if value != value else str(value).replace("inf", "Infinity")


def _same(name: str, values: list):
    """The value of every row; NaN equals NaN."""
    first = values[0]
    for row, value in enumerate(values):
        if value != first and not (value != value and first != first):
            raise BadRequest(
                f"{name}: {_text(value)} in row {row} (expected: {_text(first)} as in row 0,"
                " one request has one setting)"
            )
    return first


def _text(value) -> str:
    return value if isinstance(value, str) else number_text(value)
