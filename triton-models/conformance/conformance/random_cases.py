"""Cases of a seed that nobody chose: answers with drawn values, and recorded requests with one thing spoilt.

Of two mistakes the real server names the one that its hash table has first, so texts of refusals aren't compared."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from .build import generator_inputs, infer, judge_inputs, oracle_inputs, style_inputs, video_judge_inputs, video_oracle_inputs

WORDS = "a an the one two three four red green blue yellow circle square triangle circles squares triangles and of on above below left right to".split()
COLOURS, SHAPES = ("red", "green", "blue", "yellow"), ("circle", "square", "triangle")
RELATIONS = ("above", "below", "left of", "right of")
GOLDEN_ROWS = 6  # that every golden file has
DATATYPES = ("BOOL", "UINT8", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES")
VERSIONS = ("1", "2", "01", "0", "-1", "x", "1 ", "99999999999999999999")

Draw = random.Random


def cases(seed: int, count: int, recorded: list[dict]) -> list[dict]:
    """`count` steps, half of them answers; `recorded` are steps to spoil."""
    draw = Draw(seed)
    requests = [step for step in recorded if step.get("rpc") == "ModelInfer"]
    steps = []
    for number in range(count):
        step = draw.choice(ANSWERS)(draw) if number % 2 else spoilt(draw.choice(requests), draw)
        steps.append({**step, "name": f"seed {seed}, {number}: {step['name']}"})
    return steps


def prompt(draw: Draw) -> str:
    """A sentence of the grammar three times of four, else words in any order."""
    if draw.random() < 0.25:
        return " ".join(draw.choices(WORDS, k=draw.randint(1, 8)))
    one, other = (f"{draw.choice(COLOURS)} {draw.choice(SHAPES)}" for _ in range(2))
    joined = f"a {one} {draw.choice((*RELATIONS, 'and'))} a {other}"
    return draw.choice((f"a {one}", joined, f"{draw.choice(('two', 'three'))} {one}s"))


def rows(draw: Draw) -> list[int]:
    return draw.choices(range(GOLDEN_ROWS), k=draw.randint(1, 5))


def prompts(draw: Draw, which: list[int]) -> list[str]:
    return [prompt(draw) for _ in which]


def drawing(draw: Draw) -> dict:
    count, steps = draw.randint(1, 5), draw.randint(1, 12)
    sampler = draw.choice(("ode", "flow-sde", "dance-sde", "cps"))
    most = steps if sampler == "ode" else steps - 1
    window = draw.randint(0, most)
    settings = {
        "steps": steps,
        "sampler": sampler,
        "sde_steps": window,
        "sde_start": draw.randint(0, most - window),
        "noise_level": round(draw.uniform(0.05, 1.0), 3),
    }
    seeds = [draw.randint(-(1 << 63), (1 << 63) - 1) for _ in range(count)]
    inputs = generator_inputs(prompts(draw, range(count)), seeds, **settings)
    return infer(f"drawing {settings}", "shapes_generator", inputs, **wanted(draw, ["image", "latents", "log_probs", "sigmas"]))


def wanted(draw: Draw, names: list[str]) -> dict:
    return {"outputs": draw.sample(names, draw.randint(1, len(names)))} if draw.random() < 0.3 else {}


def judging(draw: Draw) -> dict:
    which, pair = rows(draw), draw.random() < 0.5
    inputs = judge_inputs(which, pair, prompts(draw, which))
    return infer(f"judging {'pairs' if pair else 'images'} {which}", "shapes_judge", inputs)


def measuring(draw: Draw) -> dict:
    which = rows(draw)
    return infer(f"measuring {which}", "shapes_oracle", oracle_inputs(which, prompts(draw, which)))


def comparing(draw: Draw) -> dict:
    which = rows(draw)
    inputs = style_inputs(which, draw.choices(range(GOLDEN_ROWS), k=len(which)), prompts(draw, which))
    return infer(f"comparing {which}", "shapes_style", inputs)


def judging_videos(draw: Draw) -> dict:
    which = rows(draw)
    return infer(f"judging videos {which}", "shapes_video_judge", video_judge_inputs(which))


def measuring_videos(draw: Draw) -> dict:
    which = rows(draw)
    return infer(f"measuring videos {which}", "shapes_video_oracle", video_oracle_inputs(which))


ANSWERS: tuple[Callable[[Draw], dict], ...] = (
    drawing, drawing, drawing, judging, judging, measuring, comparing, judging_videos, measuring_videos,
)  # fmt: skip


def spoilt(step: dict, draw: Draw) -> dict:
    """The step with one change, which may leave it right."""
    step = copy.deepcopy(step)
    change = draw.choice(CHANGES)
    change(step["request"], draw)
    return {**step, "name": f"{step['name']}, {change.__name__}", "ignore": [*step.get("ignore", []), "message"]}


def an_input(request: dict, draw: Draw) -> dict:
    return draw.choice(request["inputs"]) if request.get("inputs") else {}


def an_input_less(request: dict, draw: Draw) -> None:
    if request.get("inputs"):
        request["inputs"].pop(draw.randrange(len(request["inputs"])))


def an_input_twice(request: dict, draw: Draw) -> None:
    if request.get("inputs"):
        request["inputs"].append(copy.deepcopy(an_input(request, draw)))


def another_name(request: dict, draw: Draw) -> None:
    an_input(request, draw)["name"] = draw.choice(("", "Image", "noise", "prompt ", "seed"))


def another_datatype(request: dict, draw: Draw) -> None:
    """The bytes stay."""
    entry = an_input(request, draw)
    entry["datatype"] = draw.choice((*DATATYPES, "BF16", "STRING", "", "fp32"))
    written = [kind for kind in ("data", "fill") if entry.pop(kind, None) is not None]
    if written:
        entry["hex"] = draw.randbytes(4 * draw.randint(0, 12)).hex()


def another_shape(request: dict, draw: Draw) -> None:
    """The bytes stay. No input gets 0 rows: the real server takes these where its hash table has them first."""
    entry = an_input(request, draw)
    if not entry.get("shape") or "fill" in entry:
        return
    shape = list(entry["shape"])
    at = draw.randrange(len(shape))
    change = draw.randrange(5)
    if change == 0:
        shape.insert(at, 1)
    elif change == 1:
        shape.pop(at)
    else:
        shape[at] = draw.choice((-1, 1, 2, 65, 1 << 20, *(() if at == 0 else (0, 1 << 40))))
    entry["shape"] = shape


def bytes_cut_or_longer(request: dict, draw: Draw) -> None:
    entry = an_input(request, draw)
    for kind in ("data", "fill", "golden", "typed", "absent"):
        entry.pop(kind, None)
    entry["hex"] = draw.randbytes(draw.choice((0, 1, 3, 4, 8, 9, 40, 3072, 3073))).hex()


def inputs_in_another_order(request: dict, draw: Draw) -> None:
    draw.shuffle(request.get("inputs", []))


def another_version(request: dict, draw: Draw) -> None:
    request["version"] = draw.choice(VERSIONS)


def an_output_too_many(request: dict, draw: Draw) -> None:
    request["outputs"] = [*request.get("outputs", []), draw.choice(("image", "", "nothing", "yes_log_prob", "score"))]


def an_id(request: dict, draw: Draw) -> None:
    request["id"] = draw.choice(("", "x", "é" * 300, "a\nb", "0"))


def a_parameter(request: dict, draw: Draw) -> None:
    name = draw.choice(("priority", "timeout", "sequence_id", "sequence_start", "note", "triton_", "headers"))
    value = draw.choice(({"int64_param": "7"}, {"string_param": "x"}, {"bool_param": True}, {"double_param": 0.5}, {"uint64_param": "1"}, {}))
    request.setdefault("parameters", {})[name] = value


CHANGES: tuple[Callable[[dict, Draw], None], ...] = (
    an_input_less, an_input_twice, another_name, another_datatype, another_shape, another_shape, bytes_cut_or_longer,
    inputs_in_another_order, another_version, an_output_too_many, an_id, a_parameter,
)  # fmt: skip

