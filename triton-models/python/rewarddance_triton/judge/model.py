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
from .question import CHUNK_ROWS, AnswerWords, Question, gradient_of_log_yes, subject
from .reader import IMAGE_GRADIENT, QuestionReader, Row


class YesNoJudge:
    """Answers every row of a batch, in chunks of the networks' shape."""

    def __init__(
        self,
        reader: QuestionReader,
        vocabulary: Vocabulary,
        pointwise: Question,
        pairwise: Question | None,
        yes: AnswerWords,
        no: AnswerWords,
    ):
        self._reader = reader
        self._vocabulary = vocabulary
        self._pointwise = pointwise
        self._pairwise = pairwise
        self._yes = yes
        self._no = no
        self._workers = Workers()

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> YesNoJudge:
        vocabulary = Vocabulary.read(directory / "vocabulary.txt")
        policy = PolicyFile.read(directory)
        pointwise = Question.open("pointwise", parameters, directory, policy, vocabulary)
        compares = parameters.has_input("reference")
        pairwise = Question.open("pairwise", parameters, directory, policy, vocabulary) if compares else None
        tokenizer = Tokenizer(vocabulary, parameters.count("prompt_tokens"))
        reader = QuestionReader(tokenizer, subject(parameters), pointwise, pairwise)
        yes, no = (AnswerWords.of(name, parameters, vocabulary) for name in ("yes_tokens", "no_tokens"))
        return cls(reader, vocabulary, pointwise, pairwise, yes, no)

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

    def _run(self, question: Question, rows: Sequence[Row]) -> Sequence[Row]:
        rows = [row for row in rows if not row.call.cancelled()]
        try:
            if rows:
                self._decide(question, rows)
                self._pull_back(question, [row for row in rows if row.wants_gradient and not row.error])
                self._explain(question, rows)
        except RequestError as error:
            for row in rows:
                row.error = error
        return rows

    def _decide(self, question: Question, rows: Sequence[Row]) -> None:
        if question.reasons_first:
            words = {*self._yes.ids, *self._no.ids}
            question.speaker.decide(_inputs, rows, words.__contains__)
            return
        (log_probs,) = question.at_once.run(**_inputs(rows))
        for row, values in zip(rows, log_probs):
            row.log_probs = values

    def _pull_back(self, question: Question, rows: Sequence[Row]) -> None:
        """A run of its own: the answer to a question is the same bytes whether or not its gradient is asked for.

        Words that were said before the decision are held fixed.
        """
        if not rows:
            return
        wanted, said = np.stack([gradient_of_log_yes(self._yes, self._no, row.log_probs) for row in rows]), {}
        if question.reasons_first:
            wanted, said = question.speaker.at_decision(rows, wanted), {"answer": question.speaker.said(rows)}
        (gradients,) = question.gradient.run(**_inputs(rows), **said, log_probs_gradient=wanted)
        for row, gradient in zip(rows, gradients):
            row.image_gradient = gradient

    def _explain(self, question: Question, rows: Sequence[Row]) -> None:
        """After a decision that came first, so that asking for a reason does not change it."""
        if question.reasons_first or question.speaker is None:
            return
        for row in rows:
            yes, no = self._yes.log_prob(row.log_probs), self._no.log_prob(row.log_probs)
            row.reason.decision = (self._yes if yes >= no else self._no).ids[0]
        question.speaker.explain(_inputs, rows)

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
        reasons = np.array([[row.reason.text(self._vocabulary)] for row in rows], np.object_)
        outputs = {"yes_log_prob": yes, "no_log_prob": no, "reason": reasons}
        if rows[0].wants_gradient:
            outputs[IMAGE_GRADIENT] = np.stack([_finite_gradient(row) for row in rows])
        return outputs


def _inputs(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    inputs = {"image": np.stack([row.image for row in rows]), "tokens": np.stack([row.tokens for row in rows])}
    if rows[0].reference is not None:
        inputs["reference"] = np.stack([row.reference for row in rows])
    return inputs


def _finite_gradient(row: Row) -> np.ndarray:
    if not np.isfinite(row.image_gradient).all():
        raise RequestError(f'{IMAGE_GRADIENT}: not finite for prompt "{row.prompt}" (expected: finite)')
    return row.image_gradient
