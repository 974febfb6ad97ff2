"""ONNX Runtime at one fixed batch shape.

The fixed shape is what makes answers independent of company: kernels choose their blocking, and so their rounding, by
shape. Each run uses one thread; parallelism comes from running several chunks at once.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from .errors import LoadError, RequestError
from .weights import NAME, PolicyFile

_BATCH_DIMENSION = "batch"
_ERROR = 3


class Network:
    """A graph with its weights, for runs of up to `rows` rows. Thread-safe.

    Weights are handed over from memory. Left to itself ONNX Runtime maps the weight file, and a later change of the
    file would change the answers under an unchanged digest.
    """

    def __init__(self, graph: Path, policy: PolicyFile, rows: int, tensors: dict[str, tuple[int, ...]]):
        """`tensors`: the inputs and outputs that the graph must have, each with the shape of one row."""
        self.rows = rows
        self._name = graph.stem
        self._session = _open(graph, policy, rows)
        self._outputs = [output.name for output in self._session.get_outputs() if output.name in tensors]
        nodes = [*self._session.get_inputs(), *self._session.get_outputs()]
        found = {node.name: tuple(node.shape[1:]) for node in nodes}
        for name, shape in tensors.items():
            if found.get(name) != shape:
                raise LoadError(f"{graph}: tensor '{name}': {found.get(name)} (expected: {shape} a row)")

    def run(self, **inputs: np.ndarray) -> list[np.ndarray]:
        """Each output for the inputs' rows [n, ...], n at most `rows`; a RequestError when ONNX Runtime fails."""
        count = len(next(iter(inputs.values())))
        padded = {name: _pad(values, self.rows) for name, values in inputs.items()}
        try:
            outputs = self._session.run(self._outputs, padded)
        except Exception as error:  # ONNX Runtime's exceptions share no other base
            raise RequestError(f"{self._name} network: {error}") from error
        return [output[:count] for output in outputs]


def _pad(values: np.ndarray, rows: int) -> np.ndarray:
    """Repeats the last row: values that the network knows, whose results are dropped."""
    return values if len(values) == rows else np.concatenate([values, values[-1:].repeat(rows - len(values), axis=0)])


def _open(graph: Path, policy: PolicyFile, rows: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERROR
    options.add_free_dimension_override_by_name(_BATCH_DIMENSION, rows)
    options.add_external_initializers_from_files_in_memory([NAME], [policy.content], [len(policy.content)])
    try:
        return onnxruntime.InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])
    except OSError as error:
        raise LoadError(f"can't open {graph}: {error.strerror}") from error
    except Exception as error:
        raise LoadError(f"can't open {graph}: {error}") from error
