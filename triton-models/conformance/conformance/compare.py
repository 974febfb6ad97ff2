"""What differs between two servers' answers to one step."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .ask import Outcome

# Absolute tolerances by output, the same for all clients; what is not named must be equal.
TOLERANCES = json.loads((Path(__file__).resolve().parents[1] / "tolerances.json").read_text(encoding="utf-8"))
ANSWER_LOG_PROBS = {"yes_log_prob", "no_log_prob"}


@dataclass(frozen=True)
class Difference:
    """`where` is a field or tensor; the two values as text."""

    step: str
    where: str
    ours: str
    theirs: str


def compare(step: dict, ours: list[Outcome], theirs: list[Outcome]) -> list[Difference]:
    """`ours` against `theirs`, the reference; the step's `ignore` names fields, at any depth, that may differ."""
    if len(ours) != len(theirs):
        return [_difference(step, "number of answers", len(ours), len(theirs))]
    differences = []
    for one, other in zip(ours, theirs):
        differences += _outcomes(step, one, other)
    return differences


def _outcomes(step: dict, ours: Outcome, theirs: Outcome) -> list[Difference]:
    if ours.code != theirs.code:
        mine, other = (f"{outcome.code} {outcome.message}".strip() for outcome in (ours, theirs))
        return [_difference(step, "status", mine, other)]
    found = []
    if ours.message != theirs.message and "message" not in step.get("ignore", []):
        found.append(_difference(step, "message", ours.message, theirs.message))
    found += _fields(step, "", ours.fields, theirs.fields, set(step.get("ignore", [])))
    if not found:
        found += _tensors(step, ours.tensors, theirs.tensors)
    return found


def _fields(step: dict, path: str, ours, theirs, ignore: set[str]) -> list[Difference]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        names = [name for name in sorted({*ours, *theirs}) if name not in ignore]
        return [
            difference
            for name in names
            for difference in _fields(step, f"{path}.{name}".strip("."), ours.get(name), theirs.get(name), ignore)
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs))
        return [d for i, (one, other) in pairs for d in _fields(step, f"{path}[{i}]", one, other, ignore)]
    return [] if ours == theirs else [_difference(step, path, ours, theirs)]


def _tensors(step: dict, ours: dict, theirs: dict) -> list[Difference]:
    found = []
    for name, mine in ours.items():
        other = theirs[name]
        if mine.size == 0:
            continue
        if mine.dtype == np.object_:
            if mine.tolist() != other.tolist():
                found.append(_difference(step, name, mine.tolist()[:2], other.tolist()[:2]))
            continue
        distance = np.abs(mine.astype(np.float64) - other.astype(np.float64)).max()
        if not distance <= TOLERANCES.get(name, 0):
            found.append(_difference(step, name, f"up to {distance:.3g} apart", f"at most {TOLERANCES.get(name, 0)}"))
    if ours.keys() >= ANSWER_LOG_PROBS:
        distance = np.abs(_p_yes(ours) - _p_yes(theirs)).max()
        if not distance <= TOLERANCES["P(yes)"]:
            found.append(_difference(step, "P(yes)", f"up to {distance:.3g} apart", f"at most {TOLERANCES['P(yes)']}"))
    return found


def _p_yes(tensors: dict) -> np.ndarray:
    yes, no = (np.exp(tensors[name].astype(np.float64)) for name in ("yes_log_prob", "no_log_prob"))
    return yes / (yes + no)


def _difference(step: dict, where: str, ours, theirs) -> Difference:
    return Difference(step["name"], where, _text(ours), _text(theirs))


def _text(value) -> str:
    text = "(absent)" if value is None else str(value)
    return text if len(text) <= 400 else text[:400] + "..."
