"""Models that aren't in the repository as it is shipped: judges as `train-judge` publishes them, and the annotators' critic."""

from __future__ import annotations

from .build import (
    JUDGE_PROMPTS, ORACLE_PROMPTS, column, images, infer, judge_inputs, oracle_inputs, replaced, tensor, without,
)  # fmt: skip
from .repository import ADDED

# Every size of base but the one that is served as it is, every recipe, with reasons and without.
JUDGES = [model for model, entry in ADDED.items() if "graphs" in entry]
SPEAKING = [model for model in JUDGES if ADDED[model]["parameters"]["reasons"] != "none"]
SILENT = [model for model in JUDGES if model not in SPEAKING]
WIDEST = "judge_xl_pairwise"
CRITIC = "shapes_critic"
ROWS = list(range(16))


def swapped(rows: list[int], reason_tokens=0) -> list[dict]:
    """The pair in its other order."""
    inputs = without(without(judge_inputs(rows, True, reason_tokens=reason_tokens), "image"), "reference")
    return [*inputs, images("image", "judge", "references", rows), images("reference", "judge", "images", rows)]


QUESTIONS = {
    "pointwise": lambda rows, tokens=0: judge_inputs(rows, False, reason_tokens=tokens),
    "pairwise": lambda rows, tokens=0: judge_inputs(rows, True, reason_tokens=tokens),
    "other order": swapped,
}


def plain(prompts: list[str], image: int, reference: int | None = None, tokens=0) -> list[dict]:
    """Images of one value each."""
    rows = len(prompts)
    inputs = [
        column("prompt", "BYTES", prompts),
        column("instruction", "BYTES", [""] * rows),
        tensor("image", "UINT8", [rows, 32, 32, 3], fill=image),
        column("max_reason_tokens", "INT32", [tokens] * rows),
    ]
    return inputs if reference is None else [*inputs, tensor("reference", "UINT8", [rows, 32, 32, 3], fill=reference)]


def judge_answers():
    """A request that names no outputs asks for the gradient too."""
    for model in JUDGES:
        for question, inputs in QUESTIONS.items():
            for rows in ([3], ROWS):
                yield infer(f"{model}: {question}, {len(rows)} rows", model, inputs(rows))
            decision = ["no_log_prob", "yes_log_prob"]
            yield infer(f"{model}: {question}, decision only", model, inputs(ROWS), outputs=decision)
            yield infer(f"{model}: {question}, gradient only", model, inputs([7, 8]), outputs=["image_gradient"])
        for image, reference in ((0, None), (255, None), (0, 255), (205, 205)):
            name = f"{model}: images of {image}" + ("" if reference is None else f" beside {reference}")
            yield infer(name, model, plain(["a red circle", "yellow"], image, reference))
    same = [*judge_inputs(ROWS), images("reference", "judge", "images", ROWS)]
    yield infer(f"{WIDEST}: images beside themselves", WIDEST, same)
    for reference in (None, 9):
        kind = "pointwise" if reference is None else "pairwise"
        for rows in (64, 65):
            asked = plain(["two red circles above a blue square"] * rows, 200, reference)
            yield infer(f"{WIDEST}: {kind}, {rows} rows", WIDEST, asked, outputs=["yes_log_prob", "no_log_prob"])
        yield infer(f"{WIDEST}: {kind}, no rows", WIDEST, plain([], 200, reference))


def judge_reasons():
    for model in SPEAKING:
        for question, inputs in QUESTIONS.items():
            for tokens in (1, 4):
                yield infer(f"{model}: {question}, {tokens} reason tokens", model, inputs(ROWS, tokens))
        uneven = column("max_reason_tokens", "INT32", [0, 4, 1, 2, 2147483647])
        asked = [*without(judge_inputs([0, 1, 2, 3, 4], True), "max_reason_tokens"), uneven]
        yield infer(f"{model}: reasons of different length", model, asked)
        yield infer(f"{model}: reason only", model, plain(["a blue square"], 90, tokens=3), outputs=["reason"])
    for model in SILENT:
        for reference in (None, 9):
            kind = "pointwise" if reference is None else "pairwise"
            yield infer(f"{model}: {kind} reason of one that gives none", model, plain(["red"], 9, reference, tokens=4))
    uneven = column("max_reason_tokens", "INT32", [4, -1])
    asked = [*without(judge_inputs([0, 1], True), "max_reason_tokens"), uneven]
    yield infer(f"{WIDEST}: one row's reason of -1 words", WIDEST, asked)


def judge_refusals():
    """What a request may have wrong that the shapes and types of other models don't show."""
    pair = judge_inputs([0, 1], True)
    other = {"golden": None, "fill": 9}
    wrong = {
        "image of another size": replaced(pair, "image", shape=[2, 16, 16, 3], **other),
        "image with channels first": replaced(pair, "image", shape=[2, 3, 32, 32]),
        "reference of another size": replaced(pair, "reference", shape=[2, 64, 64, 3], **other),
        "reference without rows": replaced(pair, "reference", shape=[32, 32, 3], **other),
        "a reference for one of two": [*judge_inputs([0, 1]), images("reference", "judge", "references", [0])],
        "three references for two": [*judge_inputs([0, 1]), images("reference", "judge", "references", [0, 1, 2])],
        "image as FP32": replaced(pair, "image", datatype="FP32", **other),
        "reference as INT8": replaced(pair, "reference", datatype="INT8", **other),
        "reference short of its bytes": replaced(pair, "reference", golden=None, hex="c8" * 100),
        "reason tokens as INT64": replaced(pair, "max_reason_tokens", datatype="INT64"),
        "reason tokens as a vector": replaced(pair, "max_reason_tokens", shape=[2]),
        "one instruction for two rows": replaced(pair, "instruction", shape=[1, 1], data=[""]),
        "instruction as INT32": replaced(pair, "instruction", datatype="INT32", data=[1, 2]),
        "two prompts a row": replaced(pair, "prompt", shape=[2, 2], data=["a", "red", "blue", "circle"]),
        "reference twice": [*pair, pair[-1]],
        "a video too": [*pair, tensor("video", "UINT8", [2, 4, 16, 16, 3], fill=9)],
        "reference alone": [pair[-1]],
    }
    for name, inputs in wrong.items():
        yield infer(f"{WIDEST}: {name}", WIDEST, inputs)
    for name in ("prompt", "instruction", "image", "max_reason_tokens"):
        yield infer(f"{WIDEST}: pairwise without {name}", WIDEST, without(pair, name))
        yield infer(f"{WIDEST}: pointwise without {name}", WIDEST, without(judge_inputs([0]), name))
    for model in JUDGES:
        asked = judge_inputs([0, 1, 2], True, ["a red circle", "a mauve circle", "two squares"])
        yield infer(f"{model}: an unknown word in the second of three", model, asked)
        yield infer(f"{model}: an empty prompt", model, plain([""], 9))
    entry = ADDED[WIDEST]["parameters"]
    yield infer(f"{WIDEST}: the recipe as instruction", WIDEST, judge_inputs([0], True, instruction=entry["recipe"]))


def judge_outputs():
    pair = judge_inputs([0, 1], True)
    for outputs in (["image_gradient", "nothing"], ["reference"], ["image_gradient"] * 2, ["reason", "image_gradient"]):
        yield infer(f"{WIDEST}: outputs {outputs}", WIDEST, pair, outputs=outputs)
    for name in ("yes_log_prob", "image_gradient"):  # not of BYTES: that ends the real server
        asked = [{"name": name, "parameters": {"classification": {"int64_param": 3}}}]
        yield infer(f"{WIDEST}: {name} as classes", WIDEST, pair, outputs=asked)
    mauve = judge_inputs([0, 1], True, ["a red circle", "a mauve circle"])
    yield infer(f"{WIDEST}: a gradient that a bad row spoils", WIDEST, mauve, outputs=["image_gradient"])
    note = {"note": {"string_param": "x"}}
    yield infer(f"{WIDEST}: id, version and parameters", WIDEST, pair, id="pair-7", version="1", parameters=note)
    yield infer(f"{WIDEST}: a version that was never trained", WIDEST, pair, version="2")


def critic_answers():
    count = len(ORACLE_PROMPTS)
    for start in range(0, count, 40):
        rows = list(range(start, min(start + 40, count)))
        for step, kind in ((0, "its own prompt"), (1, "the next one's"), (7, "the seventh after it")):
            prompts = [ORACLE_PROMPTS[(row + step) % count] for row in rows]
            yield infer(f"critic, images from {start}, {kind}", CRITIC, oracle_inputs(rows, prompts))
    for text in ("A RED circle", "four yellow triangles", "a circle left of a square", "a red square below a red circle"):
        yield infer(f"critic prompt {text!r}", CRITIC, oracle_inputs(list(range(12)), [text] * 12))
    yield infer("critic, judge's images", CRITIC, [
        column("prompt", "BYTES", JUDGE_PROMPTS), images("image", "judge", "images", ROWS)
    ])  # fmt: skip
    for value in (0, 205, 255):
        blank = [column("prompt", "BYTES", ["a red circle"]), tensor("image", "UINT8", [1, 32, 32, 3], fill=value)]
        yield infer(f"critic, an image of {value}", CRITIC, blank, outputs=["finding"])
    many = [column("prompt", "BYTES", ["a red circle"] * 64), tensor("image", "UINT8", [64, 32, 32, 3], fill=205)]
    yield infer("critic, 64 rows", CRITIC, many)


def critic_refusals():
    for text in ("", "a mauve circle", "red circle", "a circle above a red square", "five circles"):
        yield infer(f"critic prompt {text!r}", CRITIC, oracle_inputs([0], [text]))
    inputs = oracle_inputs([0, 1])
    wrong = {
        "bad second row": oracle_inputs([0, 1], ["a red circle", "a mauve circle"]),
        "no rows": [tensor("prompt", "BYTES", [0, 1], []), tensor("image", "UINT8", [0, 32, 32, 3], [])],
        "65 rows": [column("prompt", "BYTES", ["red"] * 65), tensor("image", "UINT8", [65, 32, 32, 3], fill=9)],
        "image of another size": replaced(inputs, "image", shape=[2, 16, 16, 3], golden=None, fill=9),
        "image as FP32": replaced(inputs, "image", datatype="FP32", golden=None, fill=1),
        "prompt as INT32": replaced(inputs, "prompt", datatype="INT32", data=[1, 2]),
        "without image": without(inputs, "image"),
        "with a reference": [*inputs, images("reference", "oracle", "images", [2, 3])],
    }
    for name, asked in wrong.items():
        yield infer(f"critic: {name}", CRITIC, asked)
    yield infer("critic: the oracle's output", CRITIC, inputs, outputs=["graded"])


PARTS = (judge_answers, judge_reasons, judge_refusals, judge_outputs, critic_answers, critic_refusals)
