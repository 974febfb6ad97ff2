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

CHUNK_ROWS = 8


@dataclass(frozen=True)
class Question:
    """A question's network, and the one instruction it was trained with."""

    instruction: str
    network: Network

    @classmethod
    def open(cls, name: str, parameters: Parameters, directory: Path, policy: PolicyFile, words: int) -> Question:
        """`words` is the size of the vocabulary; a judge has a network each for `pointwise` and `pairwise`."""
        image = parameters.input_shape("image")
        tensors = {"image": image, "tokens": (parameters.count("prompt_tokens"),), "log_probs": (words,)}
        if name == "pairwise":
            tensors["reference"] = image
        network = Network(directory / f"{name}.onnx", policy, CHUNK_ROWS, tensors)
        return cls(parameters.text(f"{name}_instruction"), network)


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
        return np.float32(np.logaddexp.reduce(log_probs[list(self.ids)].astype(np.float64)))
