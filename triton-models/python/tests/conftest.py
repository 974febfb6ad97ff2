"""Where the repository's models and the golden values shared with Java lie."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]
REPOSITORY = ROOT / "triton-models/repository"
BASES = ROOT / "triton-models/bases"
GOLDEN = ROOT / "embedded/src/test/resources/golden"


def read_arrays(file: Path) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file."""
    content = file.read_bytes()
    size = int.from_bytes(content[:8], "little")
    kinds = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "I32": "<i4", "U8": "u1"}
    arrays = {}
    for name, tensor in json.loads(content[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = tensor["data_offsets"]
            values = np.frombuffer(content[8 + size + begin : 8 + size + end], kinds[tensor["dtype"]])
            arrays[name] = values.reshape(tensor["shape"])
    return arrays


class Golden:
    def arrays(self, name: str) -> dict[str, np.ndarray]:
        return read_arrays(GOLDEN / f"{name}.safetensors")

    def json(self, name: str):
        return json.loads((GOLDEN / f"{name}.json").read_text())


@pytest.fixture(scope="session")
def golden() -> Golden:
    return Golden()


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def reasons_first() -> Path:
    """The conformance suite's judge that gives its reason before it decides."""
    return ROOT / "triton-models/conformance/models/shapes_judge_reasons_first"


@pytest.fixture(scope="session")
def bases() -> Path:
    return BASES
