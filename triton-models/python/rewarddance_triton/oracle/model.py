"""The oracle, the measure of style and the critic as served models."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from ..batches import answer, read_calls
from ..call import Call
from ..errors import RequestError
from ..parameters import Parameters
from .critic import Critic
from .detect import Detector
from .grammar import Grammar, Sentences, Spec
from .limits import Limits
from .oracle import Oracle
from .style import Style, StyleLimits
from .video import Scene, VideoGrammar, VideoLimits, VideoOracle


@dataclass(frozen=True)
class Reading:
    call: Call
    specs: list[Spec | Scene]


class MeasuringModel(ABC):
    """Measures each row by itself."""

    kinds: dict[str, type]  # of the outputs, in the order of what is measured

    def __init__(self, grammar: Sentences):
        self._grammar = grammar

    @abstractmethod
    def _measure(self, call: Call, row: int, spec) -> tuple: ...

    def infer(self, calls: list[Call]) -> list[dict[str, np.ndarray] | RequestError]:
        return [answer(reading, self._outputs) for reading in read_calls(calls, self._read)]

    def close(self) -> None:
        """Holds nothing to be freed."""

    def _read(self, call: Call) -> Reading:
        return Reading(call, [self._grammar.parse(prompt) for prompt in call.texts("prompt")])

    def _outputs(self, reading: Reading) -> dict[str, np.ndarray]:
        values = []
        for row, spec in enumerate(reading.specs):
            reading.call.stop_if_cancelled("while it was judged")
            values.append(self._measure(reading.call, row, spec))
        columns = zip(self.kinds.items(), zip(*values))
        return {name: np.array(column, kind).reshape(-1, 1) for (name, kind), column in columns}


class OracleModel(MeasuringModel):
    kinds = {
        "strict": np.float32, "graded": np.float32, "template_fit": np.float32, "grain": np.float32,
        "diversity_label": np.int32,
    }  # fmt: skip

    def __init__(self, limits: Limits):
        super().__init__(Grammar(limits.shapes, limits.colours))
        self._oracle = Oracle(limits)

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> OracleModel:
        return cls(Limits.read(directory / "oracle.json"))

    def _measure(self, call: Call, row: int, spec: Spec) -> tuple:
        return astuple(self._oracle.judge(call.inputs["image"][row], spec))


class StyleModel(MeasuringModel):
    kinds = dict.fromkeys(("score", "colour_likeness", "size_likeness", "shade_likeness"), np.float32)

    def __init__(self, limits: Limits, style: StyleLimits):
        super().__init__(Grammar(limits.shapes, limits.colours))
        self._style = Style(limits, style)

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> StyleModel:
        return cls(Limits.read(directory / "oracle.json"), StyleLimits.read(directory / "style.json"))

    def _measure(self, call: Call, row: int, spec: Spec) -> tuple:
        likeness = self._style.likeness(spec, call.inputs["image"][row], call.inputs["reference"][row])
        return (likeness.score, *astuple(likeness))


class CriticModel(MeasuringModel):
    kinds = {"finding": np.object_}

    def __init__(self, limits: Limits):
        super().__init__(Grammar(limits.shapes, limits.colours))
        self._detector, self._critic = Detector(limits), Critic(limits)

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> CriticModel:
        return cls(Limits.read(directory / "oracle.json"))

    def _measure(self, call: Call, row: int, spec: Spec) -> tuple:
        return (self._critic.finding(self._detector.detect(call.inputs["image"][row]), spec),)


class VideoOracleModel(MeasuringModel):
    kinds = {
        "strict": np.float32, "graded": np.float32, "objects": np.float32, "motion": np.float32,
        "template_fit": np.float32, "grain": np.float32, "diversity_label": np.int32,
    }  # fmt: skip

    def __init__(self, limits: VideoLimits):
        super().__init__(VideoGrammar(limits))
        self._oracle = VideoOracle(limits)

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> VideoOracleModel:
        return cls(VideoLimits.read(directory / "oracle.json"))

    def _measure(self, call: Call, row: int, scene: Scene) -> tuple:
        return astuple(self._oracle.judge(call.inputs["video"][row], scene))
