"""Between Triton's Python backend and the models: requests become calls, answers become responses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import numpy as np
import triton_python_backend_utils as pb_utils

from .call import Call
from .errors import BadRequest, LoadError, RequestError
from .generator import FlowGenerator
from .judge import YesNoJudge
from .oracle import CriticModel, OracleModel, StyleModel, VideoOracleModel
from .parameters import Parameters

KINDS = {
    "flow_generator": FlowGenerator,
    "yes_no_judge": YesNoJudge,
    "shapes_oracle": OracleModel,
    "shapes_style": StyleModel,
    "shapes_video_oracle": VideoOracleModel,
    "shapes_critic": CriticModel,
}

# gRPC's names of Triton's codes, where they differ.
_TRITON_CODES = {"INVALID_ARGUMENT": "INVALID_ARG", "UNIMPLEMENTED": "UNSUPPORTED"}


class Model(Protocol):
    """One version, open. Answers must not depend on which calls share a batch."""

    def infer(self, calls: list[Call]) -> list[dict[str, np.ndarray] | RequestError]:
        """One result a call, in order; a call that fails must not fail its neighbours."""

    def close(self) -> None: ...


class TritonPythonModel:
    """What Triton's Python backend looks for; the parameter `rewarddance_model` says which model it is."""

    def initialize(self, args: dict) -> None:
        config = json.loads(args["model_config"])
        parameters = Parameters.of(config)
        kind = parameters.text("rewarddance_model")
        if kind not in KINDS:
            raise LoadError(f"parameter 'rewarddance_model': {kind} (expected: {', '.join(sorted(KINDS))})")
        version = int(args["model_version"])
        self._name = args["model_name"]
        self._inputs = [tensor["name"] for tensor in config["input"]]
        self._required = {tensor["name"] for tensor in config["input"] if not tensor.get("optional", False)}
        self._model: Model = KINDS[kind].open(parameters, Path(args["model_repository"]) / str(version), version)

    def execute(self, requests: list) -> list:
        calls = [self._call(request) for request in requests]
        refusals = [self._refusal(request, call) for request, call in zip(requests, calls)]
        results = iter(self._model.infer([call for call, refusal in zip(calls, refusals) if refusal is None]))
        return [_response(next(results) if refusal is None else refusal) for refusal in refusals]

    def finalize(self) -> None:
        self._model.close()

    def _call(self, request) -> Call:
        tensors = {name: pb_utils.get_input_tensor_by_name(request, name) for name in self._inputs}
        inputs = {name: tensor.as_numpy() for name, tensor in tensors.items() if tensor is not None}
        return Call(inputs, request.is_cancelled, frozenset(request.requested_output_names()))

    def _refusal(self, request, call: Call) -> BadRequest | None:
        """Triton only counts inputs, so an optional one that is there makes up for a required one that lacks."""
        missing = sorted(self._required - call.inputs.keys())
        if not missing:
            return None
        asked, given = request.request_id() or "<id_unknown>", sorted(call.inputs)
        return BadRequest(
            f"[request id: {asked}] missing required input(s) {_names(missing)} for model '{self._name}'."
            f" Got input(s) {_names(given)}."
        )


def _names(names: list[str]) -> str:
    """As Triton lists names: ['a','b']."""
    return "[" + ",".join(f"'{name}'" for name in names) + "]"


def _response(result):
    if isinstance(result, RequestError):
        code = getattr(pb_utils.TritonError, _TRITON_CODES.get(result.code, result.code))
        return pb_utils.InferenceResponse(error=pb_utils.TritonError(str(result), code))
    return pb_utils.InferenceResponse([pb_utils.Tensor(name, values) for name, values in result.items()])
