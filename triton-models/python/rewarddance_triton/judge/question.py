"""The two questions a judge can be asked, and the log-probabilities of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import LoadError
from ..network import Network
from ..parameters import Parameters
from ..vocabulary import Vocabulary
from ..weights import PolicyFile
from .reason import Speaker

CHUNK_ROWS = 8


def subject(parameters: Parameters) -> str:
    """The input that is judged; graphs call it `image` all the same."""
    return "video" if parameters.has_input("video") else "image"


def reasons_first(parameters: Parameters) -> bool:
    """Whether the judge gives its reason before it decides."""
    when = parameters.text("reasons").strip() if parameters.has("reasons") else "none"
    if when not in ("none", "decision-first", "reasons-first"):
        raise LoadError(f"parameter 'reasons': {when} (expected: none, decision-first or reasons-first)")
    return when == "reasons-first"


@dataclass(frozen=True)
class Question:
    """The networks of a question, and the one instruction it was trained with.

    `at_once` tells log-probabilities of the answer, and is None where the reason comes first; `gradient` pulls gradients
    of log-probabilities back to the image, `speaker` gives reasons, where the version has such a graph. `graph` names
    the one that answers.
    """

    graph: str
    instruction: str
    at_once: Network | None
    gradient: Network | None
    speaker: Speaker | None

    @property
    def reasons_first(self) -> bool:
        return self.at_once is None

    @classmethod
    def open(
        cls, name: str, parameters: Parameters, directory: Path, policy: PolicyFile, vocabulary: Vocabulary
    ) -> Question:
        """A judge has networks for `pointwise`, and for `pairwise` if it takes a reference."""
        first = reasons_first(parameters)
        graph, spoken = f"{name}_reasons" if first else name, directory / f"{name}_reasons.onnx"
        image, answer = parameters.input_shape(subject(parameters)), (len(vocabulary.words),)
        inputs = {"image": image, "tokens": (parameters.count("prompt_tokens"),)}
        if name == "pairwise":
            inputs["reference"] = image

        def network(file: Path, **tensors: tuple[int, ...]) -> Network:
            return Network(file, policy, CHUNK_ROWS, {**inputs, **tensors})

        at_once = speaker = gradient = None
        talk: dict[str, tuple[int, ...]] = {}
        if not first:
            at_once = network(directory / f"{name}.onnx", log_probs=answer)
        if first or spoken.exists():
            length = parameters.count("reason_tokens")
            talk = {"answer": (length,), "log_probs": (length + 1, *answer)}
            speaker = Speaker(network(spoken, **talk), length, vocabulary)
        backwards = directory / f"{graph}_gradient.onnx"
        if backwards.exists():
            pulled = {"answer": talk["answer"]} if first else {}
            upstream = talk["log_probs"] if first else answer
            gradient = network(backwards, **pulled, log_probs_gradient=upstream, image_gradient=image)
        return cls(graph, parameters.text(f"{name}_instruction"), at_once, gradient, speaker)


@dataclass(frozen=True)
class AnswerWords:
    """Ids of the surface forms of an answer."""

    ids: tuple[int, ...]

    @classmethod
    def of(cls, parameter: str, parameters: Parameters, vocabulary: Vocabulary) -> AnswerWords:
        ids = []
        for word in parameters.words(parameter):
            found = vocabulary.id(word)
            if not found:
                raise LoadError(f"parameter '{parameter}': unknown word \"{word}\" (expected: words of the vocabulary)")
            ids.append(found)
        return cls(tuple(dict.fromkeys(ids)))  # a form listed twice counts once

    def log_prob(self, log_probs: np.ndarray) -> np.float32:
        """Log of the summed probability of all forms; `log_probs` [words] over the full vocabulary."""
        return np.float32(self._log_sum(log_probs))

    def _log_sum(self, log_probs: np.ndarray) -> np.float64:
        return np.logaddexp.reduce(log_probs[list(self.ids)].astype(np.float64))


def gradient_of_log_yes(yes: AnswerWords, no: AnswerWords, log_probs: np.ndarray) -> np.ndarray:
    """Gradient of log(yes / (yes + no)) by the log-probabilities, float32 [words].

    It is (1 - P) times the share of each form in its own answer: positive for forms of yes, negative for those of no.
    """
    yes_sum, no_sum = yes._log_sum(log_probs), no._log_sum(log_probs)
    with np.errstate(invalid="ignore"):  # an answer that is impossible gives NaN, which the caller refuses
        rest = np.exp(no_sum - np.logaddexp(yes_sum, no_sum))
        gradient = np.zeros(len(log_probs))
        for words, total, sign in ((yes, yes_sum, 1), (no, no_sum, -1)):
            ids = list(words.ids)
            gradient[ids] += sign * rest * np.exp(log_probs[ids].astype(np.float64) - total)
    return gradient.astype(np.float32)
