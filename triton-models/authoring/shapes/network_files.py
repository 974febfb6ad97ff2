"""A network as three files without code: weights.safetensors, a graph for ONNX Runtime, a trace for libtorch."""

from __future__ import annotations

import copy
import hashlib
import inspect
import json
import struct
import tempfile
import zipfile
from pathlib import Path

import onnx
import torch
from onnx.external_data_helper import ExternalDataInfo, set_external_data
from torch import Tensor, nn

WEIGHTS = "weights.safetensors"
OPSET = 20


def safetensors_header(weights: dict[str, Tensor]) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """(length and JSON header, (offset in the file, bytes) of each weight): names sorted, 8-byte aligned."""
    entries: dict[str, dict] = {"__metadata__": {"format": "pt"}}
    spans, position = {}, 0
    for name in sorted(weights):
        size = weights[name].numel() * 4
        entries[name] = {"dtype": "F32", "shape": list(weights[name].shape), "data_offsets": [position, position + size]}
        spans[name] = (position, size)
        position += size
    text = json.dumps(entries, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    header = struct.pack("<Q", len(text)) + text
    return header, {name: (len(header) + start, size) for name, (start, size) in spans.items()}


def write_weights(path: Path, weights: dict[str, Tensor]) -> str:
    """Writes the file in one step and returns its sha-256, which is the policy's digest."""
    for name, weight in weights.items():
        if weight.dtype != torch.float32:
            raise ValueError(f"weight '{name}' has type {weight.dtype}; expected torch.float32")
        if not torch.isfinite(weight).all():
            raise ValueError(f"weight '{name}' holds a value that is not finite")
    header, _ = safetensors_header(weights)
    body = b"".join(weights[name].detach().contiguous().numpy().tobytes() for name in sorted(weights))
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(header + body)
    temporary.replace(path)
    return hashlib.sha256(header + body).hexdigest()


def write_onnx(path: Path, model: nn.Module, weights: dict[str, Tensor], inputs: dict[str, Tensor], output: str) -> None:
    """A graph with dynamic batch whose weights are external data in weights.safetensors of the same directory."""
    batch = torch.export.Dim("batch", min=1, max=4096)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        torch.onnx.export(
            model, tuple(inputs.values()), raw, dynamo=True, optimize=False, opset_version=OPSET, verbose=False,
            input_names=list(inputs), output_names=[output], dynamic_shapes=_shapes(model, len(inputs), batch),
        )  # fmt: skip
        graph = onnx.load(raw)
    _, spans = safetensors_header(weights)
    for tensor in graph.graph.initializer:
        if tensor.name in spans:
            _point_to(tensor, *spans[tensor.name])
        elif onnx.numpy_helper.to_array(tensor).size > 64:
            raise ValueError(f"{path.name} would hold the tensor '{tensor.name}' that is not in {WEIGHTS}")
    del graph.metadata_props[:]
    del graph.graph.value_info[:]  # shapes that a runtime works out itself: they and the nodes' names are 40 % of a file
    for node in graph.graph.node:  # stack traces of the exporting machine
        del node.metadata_props[:]
        node.doc_string = node.name = ""
    path.write_bytes(graph.SerializeToString(deterministic=True))


def _shapes(model: nn.Module, inputs: int, batch) -> tuple:
    """The first axis of each input varies; inputs that a model takes as *arguments are one tuple to the exporter."""
    shapes = tuple({0: batch} for _ in range(inputs))
    kinds = {parameter.kind for parameter in inspect.signature(model.forward).parameters.values()}
    return (shapes,) if inspect.Parameter.VAR_POSITIONAL in kinds else shapes


def _point_to(tensor: onnx.TensorProto, offset: int, size: int) -> None:
    tensor.ClearField("raw_data")
    tensor.ClearField("float_data")
    tensor.raw_data = b""
    set_external_data(tensor, location=WEIGHTS, offset=offset, length=size)
    tensor.ClearField("raw_data")
    if ExternalDataInfo(tensor).offset != offset:
        raise ValueError(f"external data of '{tensor.name}' was not set")


class WeightsAsArguments(nn.Module):
    """forward(*inputs, *weights in the order of their sorted names); itself without parameters.

    functional_call refuses to run inside a trace, so plain tensors take the parameters' places in a copy of the model.
    """

    def __init__(self, model: nn.Module, inputs: int):
        super().__init__()
        bare = copy.deepcopy(model)
        self._names, self._inputs = sorted(dict(model.named_parameters())), inputs
        self._owners = []
        for name in self._names:
            owner, _, leaf = name.rpartition(".")
            module = bare.get_submodule(owner)
            del module._parameters[leaf]
            self._owners.append((module.__dict__, leaf))
        self._hidden = (bare,)  # in a tuple, so that it is no submodule of the trace

    def forward(self, *arguments: Tensor) -> Tensor:
        for (attributes, leaf), weight in zip(self._owners, arguments[self._inputs :]):
            attributes[leaf] = weight
        return self._hidden[0](*arguments[: self._inputs])


def write_torchscript(path: Path, model: nn.Module, inputs: dict[str, Tensor]) -> None:
    """A trace whose weights are arguments, so that one graph serves every policy."""
    plain = dict(model.named_parameters())
    arguments = (*inputs.values(), *(plain[name].detach().clone() for name in sorted(plain)))
    traced = torch.jit.trace(WeightsAsArguments(model, len(inputs)), arguments, check_trace=False)
    if list(traced.parameters()):
        raise ValueError(f"{path.name} would hold weights of its own")
    traced.save(str(path))
    _strip_trace(path)


def _strip_trace(path: Path) -> None:
    """Leaves out what is not needed to run: source locations and example inputs name the exporting machine, the id is random."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            if not name.endswith((".debug_pkl", "/serialization_id")) and "/traced_inputs" not in name:
                archive.writestr(zipfile.ZipInfo(name), data)  # the default date, so that equal traces are equal files
