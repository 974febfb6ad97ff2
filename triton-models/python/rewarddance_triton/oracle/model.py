"""The oracle as a served model."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from ..batches import answer, read_calls
from ..call import Call
from ..errors import RequestError
from ..parameters import Parameters
from .grammar import Spec
from .oracle import Oracle

_OUTPUTS = {
    "strict": np.float32,
    "graded": np.float32,
    "template_fit": np.float32,
    "grain": np.float32,
    "diversity_label": np.int32,
}


@dataclass(frozen=True)
class Reading:
    call: Call
    specs: list[Spec]


class OracleModel:
    """Judges each row by itself."""

    def __init__(self, oracle: Oracle):
        self._oracle = oracle

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> OracleModel:
        return cls(Oracle.open(directory))

    def infer(self, calls: list[Call]) -> list[dict[str, np.ndarray] | RequestError]:
        return [answer(reading, self._outputs) for reading in read_calls(calls, self._read)]

    def close(self) -> None:
        """Holds nothing to be freed."""

    def _read(self, call: Call) -> Reading:
        return Reading(call, [self._oracle.parse(prompt) for prompt in call.texts("prompt")])

    def _outputs(self, reading: Reading) -> dict[str, np.ndarray]:
        verdicts = []
        for image, spec in zip(reading.call.inputs["image"], reading.specs):
            reading.call.stop_if_cancelled("while it was judged")
            verdicts.append(astuple(self._oracle.judge(image, spec)))
        columns = zip(_OUTPUTS.items(), zip(*verdicts))
        return {name: np.array(column, kind).reshape(-1, 1) for (name, kind), column in columns}
