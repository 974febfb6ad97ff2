"""Opens models of the repository as Triton would, without Triton."""

from __future__ import annotations

import re
from pathlib import Path

from rewarddance_triton.parameters import Parameters

_PARAMETER = re.compile(r'parameters \{ key: "([^"]*)" value \{ string_value: "([^"]*)" \} \}')


def parameters(model: Path) -> Parameters:
    """The parameters of the model's config.pbtxt, which has one a line."""
    return Parameters(dict(_PARAMETER.findall((model / "config.pbtxt").read_text())))


def open_model(kind, model: Path, version: int = 1):
    return kind.open(parameters(model), model / str(version), version)
