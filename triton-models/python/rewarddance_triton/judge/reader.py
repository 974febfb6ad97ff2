"""From a call to the questions it asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..call import Call
from ..errors import BadRequest, RequestError
from ..vocabulary import Tokenizer
from .question import Question

IMAGE_GRADIENT = "image_gradient"


@dataclass(eq=False)
class Row:
    """One question: images uint8 [H,W,3]; `log_probs` [words] and `image_gradient` [H,W,3] once it is answered."""

    call: Call
    prompt: str
    tokens: np.ndarray
    image: np.ndarray
    reference: np.ndarray | None
    log_probs: np.ndarray | None = None
    image_gradient: np.ndarray | None = None
    error: RequestError | None = None

    @property
    def wants_gradient(self) -> bool:
        return IMAGE_GRADIENT in self.call.outputs


class QuestionReader:
    """Reads and checks judge calls."""

    def __init__(self, tokenizer: Tokenizer, pointwise: Question, pairwise: Question):
        self._tokenizer = tokenizer
        self._pointwise = pointwise
        self._pairwise = pairwise

    def read(self, call: Call) -> list[Row]:
        """One row a question; a BadRequest names the tensor, its value and what was expected."""
        references = call.inputs.get("reference")
        question = self._pointwise if references is None else self._pairwise
        self._require_instruction(call, question.instruction)
        self._require_no_reason(call)
        self._require_gradient(call, question)
        return [
            Row(
                call=call,
                prompt=prompt,
                tokens=self._tokenizer.encode("prompt", prompt),
                image=call.inputs["image"][row],
                reference=None if references is None else references[row],
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
    def _require_no_reason(call: Call) -> None:
        for tokens in call.numbers("max_reason_tokens"):
            if tokens != 0:
                raise BadRequest(f"max_reason_tokens: {tokens} (expected: 0, this judge gives no reasons)")

    @staticmethod
    def _require_gradient(call: Call, question: Question) -> None:
        if IMAGE_GRADIENT in call.outputs and question.gradient is None:
            raise BadRequest(
                f"{IMAGE_GRADIENT}: asked for (expected: not, this version has no {question.name}_gradient.onnx)"
            )
