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


@dataclass(frozen=True)
class Question:
    """A question's network, and the one instruction it was trained with; `gradient` pulls gradients of the network's
    log-probabilities back to the image, `speaker` gives reasons, where the version has such a graph."""

    name: str
    instruction: str
    network: Network
    gradient: Network | None
    speaker: Speaker | None

    @classmethod
    def open(
        cls, name: str, parameters: Parameters, directory: Path, policy: PolicyFile, vocabulary: Vocabulary
    ) -> Question:
        """A judge has a network for `pointwise`, and one for `pairwise` if it takes a reference."""
        image, words = parameters.input_shape(subject(parameters)), len(vocabulary.words)
        tensors = {"image": image, "tokens": (parameters.count("prompt_tokens"),), "log_probs": (words,)}
        if name == "pairwise":
            tensors["reference"] = image
        network = Network(directory / f"{name}.onnx", policy, CHUNK_ROWS, tensors)
        graph = directory / f"{name}_gradient.onnx"
        pulled = {**tensors, "image_gradient": image, "log_probs_gradient": tensors["log_probs"]}
        del pulled["log_probs"]
        gradient = Network(graph, policy, CHUNK_ROWS, pulled) if graph.exists() else None
        graph, speaker = directory / f"{name}_reasons.onnx", None
        if graph.exists():
            length = parameters.count("reason_tokens")
            spoken = {**tensors, "log_probs": (length + 1, words), "answer": (length,)}
            speaker = Speaker(Network(graph, policy, CHUNK_ROWS, spoken), length, vocabulary)
        return cls(name, parameters.text(f"{name}_instruction"), network, gradient, speaker)


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
