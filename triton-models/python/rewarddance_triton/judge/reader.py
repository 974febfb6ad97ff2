"""From a call to the questions it asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..call import Call
from ..errors import BadRequest, RequestError
from ..vocabulary import Tokenizer
from .question import Question
from .reason import Reason

IMAGE_GRADIENT = "image_gradient"
REASON_TOKENS = "max_reason_tokens"


@dataclass(eq=False)
class Row:
    """One question: images uint8 [H,W,3], or videos [F,H,W,3]; `log_probs` [words] and `image_gradient` [H,W,3] once it is answered."""

    call: Call
    prompt: str
    tokens: np.ndarray
    image: np.ndarray
    reference: np.ndarray | None
    reason: Reason
    log_probs: np.ndarray | None = None
    image_gradient: np.ndarray | None = None
    error: RequestError | None = None

    @property
    def wants_gradient(self) -> bool:
        return IMAGE_GRADIENT in self.call.outputs


class QuestionReader:
    """Reads and checks judge calls."""

    def __init__(self, tokenizer: Tokenizer, subject: str, pointwise: Question, pairwise: Question | None):
        """`subject` is the input that is judged; a judge without a `pairwise` question has no input for references."""
        self._tokenizer = tokenizer
        self._subject = subject
        self._pointwise = pointwise
        self._pairwise = pairwise

    def read(self, call: Call) -> list[Row]:
        """One row a question; a BadRequest names the tensor, its value and what was expected."""
        references = call.inputs.get("reference")
        question = self._pointwise if references is None else self._pairwise
        self._require_instruction(call, question.instruction)
        self._require_reason(call, question)
        self._require_gradient(call, question)
        most = call.numbers(REASON_TOKENS)
        return [
            Row(
                call=call,
                prompt=prompt,
                tokens=self._tokenizer.encode("prompt", prompt),
                image=call.inputs[self._subject][row],
                reference=None if references is None else references[row],
                reason=Reason(most[row]),
            )
            for row, prompt in enumerate(call.texts("prompt"))
        ]

    @staticmethod
    def _require_instruction(call: Call, trained: str) -> None:
        for instruction in call.texts("instruction"):
            if instruction not in ("", trained):
                raise BadRequest(
                    f'instruction: "{instruction}" (expected: empty or "{trained}", what the judge was trained with)'
                )

    @staticmethod
    def _require_reason(call: Call, question: Question) -> None:
        for tokens in call.numbers(REASON_TOKENS):
            if tokens < 0 or (tokens > 0 and question.speaker is None):
                expected = "0, this judge gives no reasons" if question.speaker is None else ">= 0"
                raise BadRequest(f"{REASON_TOKENS}: {tokens} (expected: {expected})")

    @staticmethod
    def _require_gradient(call: Call, question: Question) -> None:
        if IMAGE_GRADIENT in call.outputs and question.gradient is None:
            raise BadRequest(
                f"{IMAGE_GRADIENT}: asked for (expected: not, this version has no {question.graph}_gradient.onnx)"
            )
