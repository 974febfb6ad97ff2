"""One version of a judge, open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..batches import answer, read_calls
from ..call import Call
from ..errors import RequestError
from ..parameters import Parameters
from ..vocabulary import Tokenizer, Vocabulary
from ..weights import PolicyFile
from ..workers import Workers
from .question import CHUNK_ROWS, AnswerWords, Question
from .reader import QuestionReader, Row


class YesNoJudge:
    """Answers every row of a batch, in chunks of the networks' shape."""

    def __init__(
        self, reader: QuestionReader, pointwise: Question, pairwise: Question, yes: AnswerWords, no: AnswerWords
    ):
        self._reader = reader
        self._pointwise = pointwise
        self._pairwise = pairwise
        self._yes = yes
        self._no = no
        self._workers = Workers()

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> YesNoJudge:
        vocabulary = Vocabulary.read(directory / "vocabulary.txt")
        policy = PolicyFile.read(directory)
        pointwise, pairwise = (
            Question.open(name, parameters, directory, policy, len(vocabulary.words))
            for name in ("pointwise", "pairwise")
        )
        tokenizer = Tokenizer(vocabulary, parameters.count("prompt_tokens"))
        reader = QuestionReader(tokenizer, pointwise.instruction, pairwise.instruction)
        yes, no = (AnswerWords.of(name, parameters, vocabulary) for name in ("yes_tokens", "no_tokens"))
        return cls(reader, pointwise, pairwise, yes, no)

    def infer(self, calls: list[Call]) -> list[dict[str, np.ndarray] | RequestError]:
        reads = read_calls(calls, self._reader.read)
        rows = [row for read in reads if not isinstance(read, RequestError) for row in read]
        self._workers.map_chunks(self._ask, [row for row in rows if row.reference is None], CHUNK_ROWS)
        self._workers.map_chunks(self._compare, [row for row in rows if row.reference is not None], CHUNK_ROWS)
        return [answer(read, self._outputs) for read in reads]

    def close(self) -> None:
        self._workers.close()

    def _ask(self, rows: Sequence[Row]) -> Sequence[Row]:
        return self._run(self._pointwise, rows)

    def _compare(self, rows: Sequence[Row]) -> Sequence[Row]:
        return self._run(self._pairwise, rows)

    @staticmethod
    def _run(question: Question, rows: Sequence[Row]) -> Sequence[Row]:
        rows = [row for row in rows if not row.call.cancelled()]
        if not rows:
            return rows
        inputs = {"image": np.stack([row.image for row in rows]), "tokens": np.stack([row.tokens for row in rows])}
        if rows[0].reference is not None:
            inputs["reference"] = np.stack([row.reference for row in rows])
        try:
            (log_probs,) = question.network.run(**inputs)
        except RequestError as error:
            for row in rows:
                row.error = error
            return rows
        for row, values in zip(rows, log_probs):
            row.log_probs = values
        return rows

    def _outputs(self, rows: list[Row]) -> dict[str, np.ndarray]:
        rows[0].call.stop_if_cancelled("while it was judged")
        for row in rows:
            if row.error:
                raise row.error
        yes = np.array([[self._yes.log_prob(row.log_probs)] for row in rows], np.float32)
        no = np.array([[self._no.log_prob(row.log_probs)] for row in rows], np.float32)
        for row, values in zip(rows, np.concatenate([yes, no], axis=1)):
            if np.isnan(values).any() or np.isposinf(values).any():
                raise RequestError(f'log_probs: not finite for prompt "{row.prompt}" (expected: log-probabilities)')
        return {"yes_log_prob": yes, "no_log_prob": no, "reason": np.full(yes.shape, b"", np.object_)}
