"""Parts of recorded requests, for the modules that write the case files."""

from __future__ import annotations

import json
import math

from .tensors import GOLDEN

JUDGE_PROMPTS = json.loads((GOLDEN / "judge.json").read_text())["prompts"]
ORACLE_PROMPTS = json.loads((GOLDEN / "oracle.json").read_text())["prompts"]
VIDEO_PROMPTS = {name: json.loads((GOLDEN / f"video_{name}.json").read_text())["prompts"] for name in ("judge", "oracle")}

FAILED = ["reason"]  # of a load that failed: each server has its own words for what its files lack
SETTLE = {"name": "settle", "settle": True}


def tensor(name: str, datatype: str, shape: list[int], data=None, **other) -> dict:
    return {"name": name, "datatype": datatype, "shape": shape, **({} if data is None else {"data": data}), **other}


def column(name: str, datatype: str, values: list) -> dict:
    """A [rows, 1] input; JSON has no numbers that are not finite, so these are text."""
    data = [str(value) if isinstance(value, float) and not math.isfinite(value) else value for value in values]
    return tensor(name, datatype, [len(values), 1], data)


def images(name: str, file: str, which: str, rows: list[int], shape=(32, 32, 3)) -> dict:
    golden = {"file": file, "tensor": which, "rows": rows}
    return tensor(name, "UINT8", [len(rows), *shape], golden=golden)


def videos(file: str, rows: list[int]) -> dict:
    return images("video", file, "videos", rows, (4, 16, 16, 3))


def replaced(inputs: list[dict], name: str, /, **changes) -> list[dict]:
    """The inputs with fields of one changed; a value of None takes the field out."""
    changed = []
    for entry in inputs:
        merged = {**entry, **changes} if entry["name"] == name else entry
        changed.append({key: value for key, value in merged.items() if value is not None})
    return changed


def without(inputs: list[dict], name: str) -> list[dict]:
    return [entry for entry in inputs if entry["name"] != name]


GENERATOR_SETTINGS = {
    "steps": ("INT32", 3),
    "sde_start": ("INT32", 0),
    "sde_steps": ("INT32", 0),
    "noise_level": ("FP32", 0.7),
    "guidance": ("FP32", 1.0),
    "sampler": ("BYTES", "ode"),
    "policy_version": ("INT64", -1),
}


def generator_inputs(prompts: list[str], seeds: list[int], **settings) -> list[dict]:
    """A setting is one value for all rows, or a list with one a row."""
    inputs = [column("prompt", "BYTES", prompts), column("seed", "INT64", seeds)]
    for name, (datatype, default) in GENERATOR_SETTINGS.items():
        value = settings.get(name, default)
        inputs.append(column(name, datatype, value if isinstance(value, list) else [value] * len(prompts)))
    return inputs


def judge_inputs(rows: list[int], pair: bool = False, prompts=None, instruction="", reason_tokens=0) -> list[dict]:
    inputs = [
        column("prompt", "BYTES", prompts or [JUDGE_PROMPTS[row] for row in rows]),
        column("instruction", "BYTES", [instruction] * len(rows)),
        images("image", "judge", "images", rows),
        column("max_reason_tokens", "INT32", [reason_tokens] * len(rows)),
    ]
    return [*inputs, images("reference", "judge", "references", rows)] if pair else inputs


def oracle_inputs(rows: list[int], prompts=None) -> list[dict]:
    asked = prompts or [ORACLE_PROMPTS[row] for row in rows]
    return [column("prompt", "BYTES", asked), images("image", "oracle", "images", rows)]


def video_judge_inputs(rows: list[int], prompts=None, instruction="", reason_tokens=0) -> list[dict]:
    return [
        column("prompt", "BYTES", prompts or [VIDEO_PROMPTS["judge"][row] for row in rows]),
        column("instruction", "BYTES", [instruction] * len(rows)),
        videos("video_judge", rows),
        column("max_reason_tokens", "INT32", [reason_tokens] * len(rows)),
    ]


def video_oracle_inputs(rows: list[int], prompts=None) -> list[dict]:
    asked = prompts or [VIDEO_PROMPTS["oracle"][row] for row in rows]
    return [column("prompt", "BYTES", asked), videos("video_oracle", rows)]


def style_inputs(rows: list[int], references: list[int], prompts=None) -> list[dict]:
    """The oracle's golden images, each against another of them."""
    return [*oracle_inputs(rows, prompts), images("reference", "oracle", "images", references)]


def infer(name: str, model: str, inputs: list[dict], ignore=(), **request) -> dict:
    step = {"name": name, "rpc": "ModelInfer", "request": {"model": model, "inputs": inputs, **request}}
    return {**step, "ignore": list(ignore)} if ignore else step


def control(name: str, rpc: str, request=None, ignore=()) -> dict:
    step = {"name": name, "rpc": rpc, "request": request or {}}
    return {**step, "ignore": list(ignore)} if ignore else step
