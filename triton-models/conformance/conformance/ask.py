"""Sends recorded steps to one server and keeps what came back."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import numpy as np
from google.protobuf import json_format
from tritonclient.grpc import service_pb2 as messages
from tritonclient.grpc import service_pb2_grpc as services

from .steps import change_files, infer_request
from .tensors import values

DEADLINE_S = 120
SETTLE_S = 20


@dataclass
class Outcome:
    """Status, and of an OK answer its fields; `tensors` are those of inference answers."""

    code: str
    message: str = ""
    fields: dict = field(default_factory=dict)
    tensors: dict[str, np.ndarray] = field(default_factory=dict)


class Server:
    """A server, and the folder that is its model repository (None when it is not on this machine)."""

    def __init__(self, name: str, endpoint: str, repository: Path | None):
        self.name = name
        self._repository = repository
        limit = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
        self._channel = grpc.insecure_channel(endpoint, limit)
        self._stub = services.GRPCInferenceServiceStub(self._channel)

    def close(self) -> None:
        self._channel.close()

    def take(self, step: dict) -> list[Outcome]:
        """What a step gave: one outcome a request, none for a change of files."""
        if "files" in step:
            change_files(self._repository, step["files"])
            return []
        if "settle" in step:
            self._settle()
            return []
        if step["rpc"] == "ModelInfer":
            return [self._infer(infer_request(step["request"]))]
        if step["rpc"] == "ModelStreamInfer":
            return self._stream([infer_request(request) for request in step["requests"]])
        return [self._control(step["rpc"], step.get("request", {}))]

    def take_at_once(self, steps: list[dict], in_flight: int) -> list[list[Outcome]]:
        with ThreadPoolExecutor(in_flight) as pool:
            return list(pool.map(self.take, steps))

    def _infer(self, request: messages.ModelInferRequest) -> Outcome:
        try:
            return _answer(self._stub.ModelInfer(request, timeout=DEADLINE_S))
        except grpc.RpcError as error:
            return self._error(error)

    def _stream(self, requests: list[messages.ModelInferRequest]) -> list[Outcome]:
        outcomes = []
        try:
            for item in self._stub.ModelStreamInfer(iter(requests), timeout=DEADLINE_S):
                outcome = _answer(item.infer_response)
                outcomes.append(Outcome("IN_STREAM", self._plain(item.error_message), outcome.fields, outcome.tensors))
        except grpc.RpcError as error:
            outcomes.append(self._error(error))
        return outcomes

    def _control(self, rpc: str, request: dict) -> Outcome:
        message = json_format.ParseDict(request, getattr(messages, f"{rpc}Request")())
        try:
            answer = getattr(self._stub, rpc)(message, timeout=DEADLINE_S)
        except grpc.RpcError as error:
            return self._error(error)
        return Outcome(
            "OK", fields=json.loads(self._plain(json_format.MessageToJson(answer, preserving_proto_field_name=True)))
        )

    def _error(self, error: grpc.RpcError) -> Outcome:
        return Outcome(error.code().name, self._plain(error.details()))

    def _plain(self, message: str) -> str:
        """Without the paths round the repository, which are others for each server."""
        return message.replace(str(self._repository.parent), "<models>") if self._repository else message

    def _settle(self) -> None:
        """Waits until no version is on its way in or out."""
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            index = self._stub.RepositoryIndex(messages.RepositoryIndexRequest(), timeout=DEADLINE_S)
            if not {model.state for model in index.models} & {"LOADING", "UNLOADING"}:
                return
            time.sleep(0.05)


def _answer(response: messages.ModelInferResponse) -> Outcome:
    fields = json_format.MessageToDict(response, preserving_proto_field_name=True)
    for name in ("outputs", "raw_output_contents"):
        fields.pop(name, None)
    if len(response.raw_output_contents) != len(response.outputs):
        fields["raw_output_contents"] = f"{len(response.raw_output_contents)} for {len(response.outputs)} outputs"
    fields["outputs"] = [
        {"name": out.name, "datatype": out.datatype, "shape": list(out.shape), "parameters": sorted(out.parameters)}
        for out in response.outputs
    ]
    tensors = {
        out.name: values(out.datatype, list(out.shape), content)
        for out, content in zip(response.outputs, response.raw_output_contents)
    }
    return Outcome("OK", fields=fields, tensors=tensors)
