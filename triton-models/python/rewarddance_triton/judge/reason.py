"""The words that a judge says after its decision."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..errors import RequestError
from ..network import Network
from ..vocabulary import Vocabulary

_END = "<end>"


@dataclass
class Reason:
    """At most `most` words; `decision` is the word by which the judge decided."""

    most: int
    decision: int = 0
    words: list[int] = field(default_factory=list)
    ended: bool = False

    @property
    def goes_on(self) -> bool:
        return not self.ended and len(self.words) < self.most

    def said(self, tokens: int) -> np.ndarray:
        """What was said so far as the network takes it, the decision first, padded: int64 [tokens]."""
        said = [self.decision, *self.words][:tokens]
        return np.array(said + [0] * (tokens - len(said)), np.int64)

    def text(self, vocabulary: Vocabulary) -> bytes:
        return " ".join(vocabulary.words[word] for word in self.words).encode()


class Speaker:
    """Lets a judge go on: the likeliest word at each place, of equals the first, until `<end>` or no place is left.

    The network takes what was said, int64 [tokens], and tells log-probabilities [tokens + 1, words]: those at place k
    see the first k tokens.
    """

    def __init__(self, network: Network, tokens: int, vocabulary: Vocabulary):
        self._network = network
        self._tokens = tokens
        self._end = vocabulary.id(_END)

    def speak(self, inputs, rows: list) -> None:
        """Fills each row's reason; `inputs` makes the network's other inputs of rows."""
        for place in range(1, self._tokens + 1):
            rows = [row for row in rows if not row.error and row.reason.goes_on]
            if not rows:
                return
            said = np.stack([row.reason.said(self._tokens) for row in rows])
            (log_probs,) = self._network.run(**inputs(rows), answer=said)
            for row, values in zip(rows, log_probs[:, place]):
                self._say(row, values)

    def _say(self, row, log_probs: np.ndarray) -> None:
        if np.isnan(log_probs).any():
            row.error = RequestError(f'reason: not finite for prompt "{row.prompt}" (expected: log-probabilities)')
            return
        word = int(log_probs.argmax())
        if word == self._end:
            row.reason.ended = True
        else:
            row.reason.words.append(word)
