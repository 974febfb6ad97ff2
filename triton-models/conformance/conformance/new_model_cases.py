"""A judge that becomes a model of a server under way, as a training job does it: published, replaced, spoilt, taken away."""

from __future__ import annotations

from .build import FAILED, SETTLE, control, infer, judge_inputs
from .repository import ADDED, config

MODEL = "judge_new"
FIRST, SECOND = ADDED["judge_xs_pairwise"], ADDED["judge_m_regressive"]


def step(rpc: str, note: str, ignore=(), **request) -> dict:
    return control(f"{MODEL}: {note}", rpc, request, ignore)


def write(text: str) -> dict:
    return {"name": f"files write {MODEL}/config.pbtxt", "files": {"write": [f"{MODEL}/config.pbtxt", text]}}


def remove(path: str = "") -> dict:
    return {"name": f"files remove {MODEL}{path}", "files": {"remove": MODEL + path}}


def published(entry: dict) -> list[dict]:
    """The model's files, with those of a judge that is served already."""
    copied = {"name": f"files copy {entry['model']}", "files": {"copy": [entry["model"], MODEL]}}
    return [copied, write(config(entry, MODEL))]


def changed(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new)


def load(note: str, ignore=()) -> list[dict]:
    return [step("RepositoryModelLoad", f"load {note}", ignore, model_name=MODEL), SETTLE]


def asked(note: str, pair: bool = True, outputs=()) -> dict:
    request = {"outputs": list(outputs)} if outputs else {}
    kind = "a pair" if pair else "an image"
    return infer(f"{MODEL}: {kind} {note}", MODEL, judge_inputs([0, 5], pair), **request)


def index(note: str) -> dict:
    return control(f"index {note}", "RepositoryIndex", ignore=FAILED)


def publishing():
    yield asked("before it is there")
    yield from published(FIRST)
    yield asked("before the load")
    yield step("ModelReady", "ready before the load", name=MODEL)
    yield index("with a judge that nobody loaded")
    yield from load("of a new model")
    yield index("with a new judge")
    yield step("ModelReady", "ready", name=MODEL, version="1")
    yield step("ModelConfig", "configuration", name=MODEL)
    yield asked("after the load")
    yield asked("after the load", pair=False)


def replacing():
    """Another network under the same name and version."""
    yield remove()
    yield from published(SECOND)
    yield asked("while its files are replaced")
    yield from load("of other files under the same version")
    yield index("with a judge replaced")
    yield asked("after it is replaced")
    yield asked("after it is replaced", pair=False)
    yield from load("of nothing new")
    yield asked("after a load of nothing new")


def lesser_judges():
    """What the contract lets a judge lack; a graph's disappearance alone is no change that a server sees."""
    yield remove("/1/pairwise_gradient.onnx")
    yield write(config(SECOND, MODEL))
    yield from load("without a gradient of pairs")
    yield asked("whose gradient there isn't", outputs=["image_gradient"])
    yield asked("without its gradient", outputs=["yes_log_prob", "no_log_prob"])
    yield asked("whose gradient there is", pair=False, outputs=["image_gradient"])
    yield write(changed(config(SECOND, MODEL), "[ 32, 32, 3 ] optional: true", "[ 32, 32, 3 ]"))
    yield from load("of a judge that must compare")
    yield step("ModelMetadata", "metadata of a judge that must compare", name=MODEL)
    yield asked("where it must be one", outputs=["yes_log_prob"])
    yield asked("where it must be a pair", pair=False)
    text = config(SECOND, MODEL)
    reference = next(line for line in text.splitlines() if '"reference"' in line)
    yield write(changed(text, reference + "\n", ""))
    yield from load("of a judge that can't compare")
    yield asked("where it can't be one")
    yield asked("where it can only be one", pair=False)


def spoilt():
    """Each fails to load, and what answered before goes on."""
    text = config(SECOND, MODEL)
    for note, (old, new) in {
        "an answer that is no word": ('"yes_tokens" value { string_value: "yes"', '"yes_tokens" value { string_value: "oui"'),
        "prompts of no length": ('"prompt_tokens" value { string_value: "8"', '"prompt_tokens" value { string_value: "0"'),
        "no instruction": ('"pointwise_instruction"', '"instruction"'),
        "images of another size": ("[ 32, 32, 3 ]", "[ 16, 16, 3 ]"),
        "an unknown kind": ('"yes_no_judge"', '"score_judge"'),
    }.items():
        yield write(changed(text, old, new))
        yield from load(f"with {note}", ["message"])
        yield index(f"after the load with {note}")
    yield remove("/1/pointwise.onnx")
    yield write(text)
    yield from load("without its network", ["message"])
    yield index("after the load without its network")
    yield asked("that goes on", pair=False)
    yield remove()
    yield from published(FIRST)
    yield from load("of files that are whole")
    yield index("with a judge mended")
    yield asked("after it is mended")


def taking_away():
    yield remove()
    yield asked("whose files are gone")
    yield step("RepositoryModelUnload", "unload", model_name=MODEL)
    yield SETTLE
    yield asked("after the unload")
    yield index("with a judge taken away")
    yield step("RepositoryModelLoad", "load of what is gone", model_name=MODEL)
    yield step("RepositoryModelUnload", "unload once more", model_name=MODEL)
    yield step("ModelReady", "ready at last", name=MODEL)


PARTS = (publishing, replacing, lesser_judges, spoilt, taking_away)
