"""A version's weights as bytes, with the digest that names the policy."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .errors import LoadError

NAME = "weights.safetensors"


@dataclass(frozen=True)
class PolicyFile:
    """The bytes of weights.safetensors; `digest` is their SHA-256 in lower-case hex."""

    content: bytes
    digest: str

    @classmethod
    def read(cls, version_directory: Path) -> PolicyFile:
        """Refuses a file that is not safetensors or holds a weight that is not finite."""
        file = version_directory / NAME
        try:
            content = file.read_bytes()
        except OSError as error:
            raise LoadError(f"can't read {file}: {error.strerror}") from error
        try:
            broken = first_non_finite(content)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LoadError(f"can't read {file}: {error} (expected: safetensors with FP32 tensors)") from error
        if broken is not None:
            raise LoadError(f"{file}: weight '{broken}' holds a NaN or an infinity (expected: finite)")
        return cls(content, hashlib.sha256(content).hexdigest())


def first_non_finite(content: bytes) -> str | None:
    """Name of the first tensor, by name, that holds a NaN or an infinity."""
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    for name in sorted(header):
        if name == "__metadata__":
            continue
        if header[name]["dtype"] != "F32":
            raise ValueError(f"weight '{name}' is {header[name]['dtype']}")
        begin, end = header[name]["data_offsets"]
        values = np.frombuffer(content, "<f4", (end - begin) // 4, 8 + size + begin)
        if not np.isfinite(values).all():
            return name
    return None
