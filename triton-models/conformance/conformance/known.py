"""Differences that are meant, each with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .compare import Difference


@dataclass(frozen=True)
class Known:
    """`at` is a step, or a step and a place in its answer as "step: place"; `begins`: our text is the other's and more."""

    at: str
    begins: bool

    def is_of(self, steps: set[str]) -> bool:
        return self.at in steps or any(self.at.startswith(f"{step}: ") for step in steps)

    def covers(self, difference: Difference) -> bool:
        if self.at not in (difference.step, f"{difference.step}: {difference.where}"):
            return False
        return not self.begins or difference.ours.startswith(difference.theirs)


def read_known(file: Path | None) -> list[Known]:
    """A JSON list of {"reason": text, "at": [places], "begins": bool}."""
    entries = json.loads(file.read_text(encoding="utf-8")) if file else []
    return [Known(at, entry.get("begins", False)) for entry in entries for at in entry["at"]]
