"""From a call to the questions it asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..call import Call
from ..errors import BadRequest, RequestError
from ..vocabulary import Tokenizer


@dataclass(eq=False)
class Row:
    """One question: images uint8 [H,W,3]; `log_probs` [words] once it is answered."""

    call: Call
    prompt: str
    tokens: np.ndarray
    image: np.ndarray
    reference: np.ndarray | None
    log_probs: np.ndarray | None = None
    error: RequestError | None = None


class QuestionReader:
    """Reads and checks judge calls."""

    def __init__(self, tokenizer: Tokenizer, pointwise_instruction: str, pairwise_instruction: str):
        self._tokenizer = tokenizer
        self._pointwise = pointwise_instruction
        self._pairwise = pairwise_instruction

    def read(self, call: Call) -> list[Row]:
        """One row a question; a BadRequest names the tensor, its value and what was expected."""
        references = call.inputs.get("reference")
        self._require_instruction(call, self._pointwise if references is None else self._pairwise)
        self._require_no_reason(call)
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
