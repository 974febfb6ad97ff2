"""Cases of a judge that gives its reason before it decides: `models/shapes_judge_reasons_first`, served beside the others."""

from __future__ import annotations

from .build import ORACLE_PROMPTS, column, infer, judge_inputs, without

JUDGE = "shapes_judge_reasons_first"
PAIRWISE = "Does the image show what the prompt says better than the reference does? Answer yes or no."
ANSWER = ["yes_log_prob", "no_log_prob", "reason"]


def answers(question: str, pair: bool):
    for tokens in (0, 1, 2, 4, 5, 2147483647):
        for rows in ([0], [1, 2], list(range(16))):
            name = f"{question} {tokens} words of a reason that comes first, {len(rows)} rows"
            yield infer(name, JUDGE, judge_inputs(rows, pair, reason_tokens=tokens), outputs=ANSWER)
    for row in range(16):
        inputs = judge_inputs([row], pair, ORACLE_PROMPTS[row : row + 1], reason_tokens=4)
        yield infer(f"{question} reason first, image {row}, prompt of the next", JUDGE, inputs, outputs=ANSWER)
    uneven = column("max_reason_tokens", "INT32", [0, 4, 1, 2, 0])
    inputs = [*without(judge_inputs([0, 1, 2, 3, 4], pair), "max_reason_tokens"), uneven]
    yield infer(f"{question} first reasons of different length", JUDGE, inputs, outputs=ANSWER)
    yield infer(f"{question} reason first, decision alone", JUDGE, judge_inputs([5], pair), outputs=["no_log_prob"])


def gradients(question: str, pair: bool):
    for outputs in (["image_gradient"], [*ANSWER, "image_gradient"]):
        for rows in ([0], [1, 2, 3], list(range(16))):
            name = f"{question} reason first, {' and '.join(outputs)}, {len(rows)} rows"
            yield infer(name, JUDGE, judge_inputs(rows, pair, reason_tokens=4), outputs=outputs)
    yield infer(f"{question} reason first, all outputs", JUDGE, judge_inputs([7], pair, reason_tokens=2))


def refusals(question: str, pair: bool):
    for tokens in (-1, -2147483648):
        yield infer(f"{question} reason first, {tokens} words", JUDGE, judge_inputs([0], pair, reason_tokens=tokens))
    for text in ("", "a mauve circle", "<pad>"):
        yield infer(f"{question} reason first, prompt {text!r}", JUDGE, judge_inputs([0], pair, [text]))
    wrong = "Is it pretty?" if pair else PAIRWISE
    yield infer(f"{question} reason first, instruction {wrong!r}", JUDGE, judge_inputs([0], pair, instruction=wrong))


def cases() -> list[dict]:
    questions = (("pointwise", False), ("pairwise", True))
    parts = (answers, gradients, refusals)
    return [case for part in parts for question, pair in questions for case in part(question, pair)]
