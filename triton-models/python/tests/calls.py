"""Calls as a server hands them to a model."""

from __future__ import annotations

import numpy as np

from rewarddance_triton.call import Call


def texts(*values: str) -> np.ndarray:
    return np.array([[value.encode()] for value in values], np.object_)


def generator_call(prompts=("a red circle",), seeds=None, cancelled=lambda: False, **settings) -> Call:
    """Each setting alike in all rows, or one value a row where a list is given."""
    rows = len(prompts)
    values = {
        "steps": 4, "sde_start": 0, "sde_steps": 0, "noise_level": 0.7, "guidance": 1.0, "sampler": "ode",
        "policy_version": -1, **settings,
    }  # fmt: skip
    kinds = {"noise_level": np.float32, "guidance": np.float32, "policy_version": np.int64}
    inputs = {"prompt": texts(*prompts), "seed": np.array(seeds or range(rows), np.int64).reshape(-1, 1)}
    for name, value in values.items():
        column = value if isinstance(value, list) else [value] * rows
        inputs[name] = (
            texts(*column) if name == "sampler" else np.array(column, kinds.get(name, np.int32)).reshape(-1, 1)
        )
    return Call(inputs, cancelled)


def judge_call(
    prompts, images, references=None, instruction="", max_reason_tokens=0, cancelled=lambda: False, outputs=()
) -> Call:
    rows = len(prompts)
    inputs = {
        "prompt": texts(*prompts),
        "instruction": texts(*[instruction] * rows),
        "image": images,
        "max_reason_tokens": np.full((rows, 1), max_reason_tokens, np.int32),
    }
    inputs = inputs if references is None else {**inputs, "reference": references}
    return Call(inputs, cancelled, frozenset(outputs))


def oracle_call(prompts, images) -> Call:
    return Call({"prompt": texts(*prompts), "image": images})


def style_call(prompts, images, references) -> Call:
    return Call({"prompt": texts(*prompts), "image": images, "reference": references})
