"""Recorded steps, one JSON object a line: a request to send, or a change of the repository's files before the next."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from google.protobuf import json_format
from tritonclient.grpc import service_pb2 as messages

from .tensors import wire_bytes


def read_steps(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def infer_request(request: dict) -> messages.ModelInferRequest:
    """From a case's form; `typed` tensors travel in typed contents, all others raw."""
    message = messages.ModelInferRequest(
        model_name=request["model"], model_version=request.get("version", ""), id=request.get("id", "")
    )
    _put_parameters(message, request.get("parameters", {}))
    for tensor in request.get("inputs", []):
        entry = message.inputs.add(name=tensor["name"], datatype=tensor["datatype"], shape=tensor["shape"])
        _put_parameters(entry, tensor.get("parameters", {}))
        if "typed" in tensor:
            json_format.ParseDict(tensor["typed"], entry.contents)
        elif not tensor.get("absent"):
            message.raw_input_contents.append(wire_bytes(tensor))
    for output in request.get("outputs", []):
        entry = message.outputs.add(name=output["name"] if isinstance(output, dict) else output)
        _put_parameters(entry, output.get("parameters", {}) if isinstance(output, dict) else {})
    return message


def _put_parameters(message, parameters: dict) -> None:
    """Each value as protobuf's JSON of its parameter message, such as {"int64_param": 3}."""
    for name, value in parameters.items():
        json_format.ParseDict(value, message.parameters[name])


def change_files(repository: Path, change: dict) -> None:
    """`copy` [from, to], `remove` path, `write` [path, text]; paths lie in the repository."""
    if "copy" in change:
        source, target = (repository / path for path in change["copy"])
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        # Triton sees a change by times of whole files, not of folders: copies must be newer than what was loaded.
        for path in [target, *target.rglob("*")]:
            os.utime(path)
    elif "remove" in change:
        target = repository / change["remove"]
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    else:
        path, text = change["write"]
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")
