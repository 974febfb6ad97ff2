"""The oracle's numbers and names, from oracle.json."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

from ..errors import LoadError


@dataclass(frozen=True)
class Limits:
    """Named as in oracle.json and in the oracle's card."""

    chroma_above: int
    hue_ends: list
    hue_colours: list
    min_pixels: int
    cover_offset: float
    cover_scale: float
    iou: float
    shape_softness: float
    shape_floor: float
    shape_span: float
    relation_min: float
    relation_full: float
    relation_slack: float
    relation_base: float
    area_factors: dict
    triangle_centre: float
    grain_window: int
    grain_min_pixels: int
    colours: list
    shapes: list
    size: int

    @classmethod
    def read(cls, file: Path) -> Limits:
        return cls(**read_fields(file, cls))


def read_fields(file: Path, kind: type) -> dict:
    """The fields of a dataclass from JSON that has all of them and no others."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"{file}: {error.strerror} (expected: the oracle's numbers)") from error
    except ValueError as error:
        raise LoadError(f"{file}: {error} (expected: JSON)") from error
    return checked_fields(file, values, kind)


def checked_fields(file: Path, values: dict, kind: type) -> dict:
    """Those values, if they are a dataclass's fields, all and no others."""
    names = {field.name for field in fields(kind)}
    if set(values) != names:
        raise LoadError(f"{file}: fields {sorted(values)} (expected: {sorted(names)})")
    return values
