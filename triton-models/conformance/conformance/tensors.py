"""Tensors of recorded requests: from what a case says to what goes over the wire, and back."""

from __future__ import annotations

import json
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "embedded/src/test/resources/golden"

KINDS = {
    "BOOL": "?", "UINT8": "u1", "UINT16": "<u2", "UINT32": "<u4", "UINT64": "<u8", "INT8": "i1", "INT16": "<i2",
    "INT32": "<i4", "INT64": "<i8", "FP16": "<f2", "FP32": "<f4", "FP64": "<f8",
}  # fmt: skip

GOLDEN_KINDS = {"U8": "u1", "F32": "<f4"}


def wire_bytes(tensor: dict) -> bytes:
    """A case's tensor has one of: `data` (values), `fill` (one value for all), `golden` (rows of a golden tensor), `hex`."""
    if "hex" in tensor:
        return bytes.fromhex(tensor["hex"])
    if "golden" in tensor:
        return golden_rows(tensor["golden"]["file"], tensor["golden"]["tensor"])[tensor["golden"]["rows"]].tobytes()
    values = [tensor["fill"]] * int(np.prod(tensor["shape"])) if "fill" in tensor else tensor["data"]
    if tensor["datatype"] == "BYTES":
        return b"".join(struct.pack("<I", len(text.encode())) + text.encode() for text in values)
    return np.array(values, KINDS[tensor["datatype"]]).tobytes()


@lru_cache
def golden_rows(file: str, tensor: str) -> np.ndarray:
    """[N, ...] of the golden values that all implementations share: images (uint8) or latents (float32)."""
    content = (GOLDEN / f"{file}.safetensors").read_bytes()
    size = int.from_bytes(content[:8], "little")
    entry = json.loads(content[8 : 8 + size])[tensor]
    begin, end = entry["data_offsets"]
    return np.frombuffer(content[8 + size + begin : 8 + size + end], GOLDEN_KINDS[entry["dtype"]]).reshape(entry["shape"])


def values(datatype: str, shape: list[int], content: bytes) -> np.ndarray:
    """The elements of an answer's tensor; BYTES as Python bytes."""
    if datatype != "BYTES":
        return np.frombuffer(content, KINDS[datatype]).reshape(shape)
    elements, at = [], 0
    while at < len(content):
        (length,) = struct.unpack_from("<I", content, at)
        elements.append(content[at + 4 : at + 4 + length])
        at += 4 + length
    array = np.empty(len(elements), np.object_)
    array[:] = elements
    return array.reshape(shape)
