"""The words that a judge says before its decision or after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..errors import RequestError
from ..network import Network
from ..vocabulary import Vocabulary

_END = "<end>"


@dataclass
class Reason:
    """At most `most` words are wanted; `decision` is the word by which a judge decided that decides first."""

    most: int
    decision: int | None = None
    words: list[int] = field(default_factory=list)
    ended: bool = False

    @property
    def goes_on(self) -> bool:
        return not self.ended and len(self.words) < self.most

    def said(self, tokens: int) -> np.ndarray:
        """What was said so far as the network takes it, a decision that came first included, padded: int64 [tokens]."""
        first = [] if self.decision is None else [self.decision]
        said = [*first, *self.words][:tokens]
        return np.array(said + [0] * (tokens - len(said)), np.int64)

    def text(self, vocabulary: Vocabulary) -> bytes:
        return " ".join(vocabulary.words[word] for word in self.words[: self.most]).encode()


class Speaker:
    """Lets a judge speak for itself: the likeliest word at each place, of equals the first, until no place is left.

    The network takes what was said, int64 [tokens], and tells log-probabilities [tokens + 1, words]: those at place k
    see the first k tokens. `inputs` makes its other inputs of rows.
    """

    def __init__(self, network: Network, tokens: int, vocabulary: Vocabulary):
        self._network = network
        self._tokens = tokens
        self._words = len(vocabulary.words)
        self._end = vocabulary.id(_END)

    def decide(self, inputs, rows: list, decides: Callable[[int], bool]) -> None:
        """Rows give their reason and then get `log_probs`, read where the likeliest word `decides` or no place is left.

        Training's validation reads them so; `<end>` is a word as any other here.
        """
        for place in range(self._tokens + 1):
            if not rows:
                return
            for row, log_probs in zip(rows, self._ask(inputs, rows)[:, place]):
                word = _likeliest(log_probs)
                if place == self._tokens or (word is not None and decides(word)):
                    row.log_probs = log_probs
                else:
                    _say(row, word, None)
            rows = [row for row in rows if row.log_probs is None and not row.error]

    def explain(self, inputs, rows: list) -> None:
        """Rows that have decided give their reasons, until `<end>` or as many words as they are asked for."""
        for place in range(1, self._tokens + 1):
            rows = [row for row in rows if not row.error and row.reason.goes_on]
            if not rows:
                return
            for row, log_probs in zip(rows, self._ask(inputs, rows)[:, place]):
                _say(row, _likeliest(log_probs), self._end)

    def _ask(self, inputs, rows: list) -> np.ndarray:
        (log_probs,) = self._network.run(**inputs(rows), answer=self.said(rows))
        return log_probs

    def said(self, rows: list) -> np.ndarray:
        return np.stack([row.reason.said(self._tokens) for row in rows])

    def at_decision(self, rows: list, gradients: np.ndarray) -> np.ndarray:
        """Gradients by the log-probabilities where rows decided, [n, words], among all places: [n, tokens + 1, words]."""
        places = np.zeros((len(rows), self._tokens + 1, self._words), np.float32)
        places[np.arange(len(rows)), [len(row.reason.words) for row in rows]] = gradients
        return places


def _likeliest(log_probs: np.ndarray) -> int | None:
    """The first of the greatest; None when one isn't a number."""
    return None if np.isnan(log_probs).any() else int(log_probs.argmax())


def _say(row, word: int | None, end: int | None) -> None:
    if word is None:
        row.error = RequestError(f'reason: not finite for prompt "{row.prompt}" (expected: log-probabilities)')
    elif word == end:
        row.reason.ended = True
    else:
        row.reason.words.append(word)
