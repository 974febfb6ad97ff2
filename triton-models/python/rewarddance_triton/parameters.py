"""What a model's config.pbtxt says, read with checks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from .errors import LoadError


@dataclass(frozen=True)
class Parameters:
    """The `string_value` of each parameter by key, and the shape of one row of each input by name."""

    values: dict[str, str]
    input_shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, config: dict) -> Parameters:
        """From Triton's model configuration as JSON."""
        values = {key: value.get("string_value", "") for key, value in config.get("parameters", {}).items()}
        return cls(values, {tensor["name"]: tuple(map(int, tensor["dims"])) for tensor in config["input"]})

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if not value.strip():
            raise LoadError(f"parameter '{name}': missing (expected: a string_value in config.pbtxt)")
        return value

    def has(self, name: str) -> bool:
        return name in self.values

    def has_input(self, name: str) -> bool:
        return name in self.input_shapes

    def words(self, name: str) -> list[str]:
        return self.text(name).split()

    def count(self, name: str) -> int:
        text = self.text(name).strip()
        if not text.isdecimal() or int(text) < 1:
            raise LoadError(f"parameter '{name}': {text} (expected: a whole number >= 1)")
        return int(text)

    def positive(self, name: str) -> float:
        text = self.text(name)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 < value < math.inf:
            raise LoadError(f"parameter '{name}': {text} (expected: a number > 0)")
        return value

    def input_shape(self, name: str) -> tuple[int, ...]:
        if name not in self.input_shapes:
            raise LoadError(f"input '{name}': missing (expected: in config.pbtxt)")
        return self.input_shapes[name]
