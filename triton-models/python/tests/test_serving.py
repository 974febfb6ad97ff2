"""The way from Triton's requests to its responses, with the backend's Python module played by a few small classes."""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from calls import oracle_call


MISSING = (
    "[request id: <id_unknown>] missing required input(s) ['image'] for model 'shapes_oracle'. Got input(s) ['prompt']."
)


class Tensor:
    def __init__(self, name: str, values: np.ndarray):
        self.name, self.values = name, values

    def as_numpy(self) -> np.ndarray:
        return self.values


class TritonError:
    UNKNOWN, INTERNAL, NOT_FOUND, INVALID_ARG, UNAVAILABLE, UNSUPPORTED, ALREADY_EXISTS, CANCELLED = range(8)

    def __init__(self, message: str, code: int):
        self.message, self.code = message, code


def backend() -> ModuleType:
    module = ModuleType("triton_python_backend_utils")
    module.Tensor, module.TritonError = Tensor, TritonError
    module.InferenceResponse = lambda tensors=None, error=None: SimpleNamespace(tensors=tensors, error=error)
    module.get_input_tensor_by_name = lambda request, name: request.tensors.get(name)
    return module


def request(call, cancelled=False):
    tensors = {name: Tensor(name, values) for name, values in call.inputs.items()}
    return SimpleNamespace(
        tensors=tensors, is_cancelled=lambda: cancelled, request_id=lambda: "", requested_output_names=lambda: ["graded"]
    )


@pytest.fixture
def serving(monkeypatch):
    monkeypatch.setitem(sys.modules, "triton_python_backend_utils", backend())
    monkeypatch.delitem(sys.modules, "rewarddance_triton.serving", raising=False)
    import rewarddance_triton.serving as module

    yield module
    del sys.modules["rewarddance_triton.serving"]


def arguments(repository, kind="shapes_oracle") -> dict:
    config = {
        "input": [
            {"name": "prompt", "dims": ["1"]},
            {"name": "image", "dims": ["32", "32", "3"]},
            {"name": "mask", "dims": ["1"], "optional": True},
        ],
        "parameters": {"rewarddance_model": {"string_value": kind}},
    }
    model = str(repository / "shapes_oracle")
    return {
        "model_config": json.dumps(config),
        "model_repository": model,
        "model_version": "1",
        "model_name": "shapes_oracle",
    }


def test_each_request_gets_its_own_response(serving, repository, golden):
    images, prompts = golden.arrays("oracle")["images"], golden.json("oracle")["prompts"]
    good = oracle_call(prompts[:2], images[:2])
    incomplete = oracle_call(prompts[:1], images[:1])
    del incomplete.inputs["image"]
    model = serving.TritonPythonModel()
    model.initialize(arguments(repository))
    first, second, third, fourth, fifth = model.execute(
        [
            request(oracle_call(["a mauve circle"], images[:1])),
            request(good),
            request(incomplete),
            request(good, cancelled=True),
            request(oracle_call(prompts[1:2], images[1:2])),
        ]
    )
    assert first.error.code == TritonError.INVALID_ARG and "mauve" in first.error.message
    assert second.error is None
    assert third.error.code == TritonError.INVALID_ARG and third.error.message == MISSING
    assert fourth.error.code == TritonError.CANCELLED
    graded = {tensor.name: tensor.values for tensor in fifth.tensors}["graded"]
    expected = {tensor.name: tensor.values for tensor in second.tensors}["graded"]
    np.testing.assert_array_equal(graded[0], expected[1])
    model.finalize()


def test_an_unknown_kind_of_model_is_not_loaded(serving, repository):
    with pytest.raises(serving.LoadError, match="parameter 'rewarddance_model': painter"):
        serving.TritonPythonModel().initialize(arguments(repository, "painter"))
