"""Opens models of the repository as Triton would, without Triton."""

from __future__ import annotations

import re
from pathlib import Path

from rewarddance_triton.parameters import Parameters

_PARAMETER = re.compile(r'parameters \{ key: "([^"]*)" value \{ string_value: "([^"]*)" \} \}')

_INPUT = re.compile(r'name: "([^"]*)" data_type: \w+ dims: \[([^\]]*)\]')


def parameters(model: Path) -> Parameters:
    """What the model's config.pbtxt says; it has one parameter or tensor a line."""
    text = (model / "config.pbtxt").read_text()
    inputs = text[: text.index("output [")]
    shapes = {name: tuple(map(int, dims.split(","))) for name, dims in _INPUT.findall(inputs)}
    return Parameters(dict(_PARAMETER.findall(text)), shapes)


def open_model(kind, model: Path, version: int = 1):
    return kind.open(parameters(model), model / str(version), version)
