"""Requests that the protocol refuses, or that use its less common forms; any model would do."""

from __future__ import annotations

from .build import column, generator_inputs, infer, judge_inputs, oracle_inputs, replaced, tensor, without

ORACLE = "shapes_oracle"


def addressing():
    inputs = oracle_inputs([0])
    for model in ("", "nothing", "shapes_oracle/1", "Shapes_Oracle"):
        yield infer(f"model {model!r}", model, inputs)
    for version in ("1", "01", "2", "0", "-1", "abc", "1.0", " 1", "+1", "\t1st", "--1", "99999999999999999999"):
        yield infer(f"version {version!r}", ORACLE, inputs, version=version)
    yield infer("id is echoed", ORACLE, inputs, id="request-7 \u00e4")
    yield infer("no inputs at all", ORACLE, [])


def shapes():
    inputs = oracle_inputs([0, 1])
    for shape in ([2], [2, 2], [2, 1, 1], [1, 1], [3, 1], [0, 1], [-1, 1], []):
        yield infer(f"prompt of shape {shape}", ORACLE, replaced(inputs, "prompt", shape=shape))
    for shape in (
        [2, 32, 32],
        [32, 32, 3],
        [2, 32, 32, 4],
        [2, 3, 32, 32],
        [2, 3072],
        [2, -1, 32, 3],
        [2, 1, 32, 32, 3],
    ):
        yield infer(f"image of shape {shape}", ORACLE, replaced(inputs, "image", shape=shape))
    empty = [tensor("prompt", "BYTES", [0, 1], []), tensor("image", "UINT8", [0, 32, 32, 3], [])]
    yield infer("no rows", ORACLE, empty)
    for rows in (64, 65, 1000):
        many = [
            column("prompt", "BYTES", ["a red circle"] * rows),
            tensor("image", "UINT8", [rows, 32, 32, 3], fill=200),
        ]
        yield infer(f"{rows} rows", ORACLE, many)
    yield infer("uneven rows", ORACLE, [column("prompt", "BYTES", ["a red circle"] * 3), inputs[1]])


def names_and_types():
    inputs = oracle_inputs([0])
    for name in ("prompt", "image"):
        yield infer(f"without {name}", ORACLE, without(inputs, name))
    yield infer("an input too many", ORACLE, [*inputs, column("seed", "INT64", [1])])
    yield infer("an input under a wrong name", ORACLE, [replaced(inputs, "prompt", name="text")[0], inputs[1]])
    yield infer("an input twice", ORACLE, [*inputs, inputs[0]])
    yield infer("inputs in another order", ORACLE, inputs[::-1])
    for name, datatype, data in (
        ("prompt", "INT32", [1]),
        ("prompt", "UINT8", [1]),
        ("prompt", "STRING", None),
        ("prompt", "TYPE_STRING", None),
        ("prompt", "", None),
    ):
        changed = replaced(inputs, name, datatype=datatype, data=data, hex=None if data else "0100000061")
        yield infer(f"{name} as {datatype!r}", ORACLE, changed)
    for datatype in ("INT8", "FP32"):
        yield infer(f"image as {datatype}", ORACLE, replaced(inputs, "image", datatype=datatype, golden=None, fill=1))
    wrong = replaced(generator_inputs(["a red circle"], [1]), "steps", datatype="INT64")
    yield infer("steps as INT64", "shapes_generator", wrong)
    for name in ("seed", "guidance", "policy_version"):
        yield infer(
            f"generator without {name}", "shapes_generator", without(generator_inputs(["a red circle"], [1]), name)
        )
    yield infer("judge without image, with reference", "shapes_judge", without(judge_inputs([0], True), "image"))
    yield infer("judge without its optional reference", "shapes_judge", judge_inputs([0]))


def two_mistakes():
    """What is looked at first; where that is up to the order of a hash table there is no case."""
    pair = judge_inputs([0, 1], pair=True)
    lacking = without(pair, "instruction")
    twice = [*pair, pair[2]]
    cut = {"data": None, "golden": None, "hex": "090000006162"}
    for what, inputs in {
        "image of another type": replaced(lacking, "image", datatype="INT8"),
        "image of another shape": replaced(lacking, "image", shape=[2, 16, 64, 3]),
        "image of unknown size": replaced(lacking, "image", shape=[2, 32, -1, 3]),
        "too few bytes of the image": replaced(lacking, "image", golden=None, hex="00"),
        "too few prompts": replaced(lacking, "prompt", data=None, hex="0100000061"),
        "tokens without a shape": replaced(lacking, "max_reason_tokens", shape=[]),
    }.items():
        yield infer(f"no instruction and {what}", "shapes_judge", inputs)
    yield infer("no instruction and an output too many", "shapes_judge", lacking, outputs=["nothing"])
    yield infer("image twice and prompt absent", "shapes_judge", replaced(twice, "prompt", data=None, absent=True))
    yield infer("image twice and an output too many", "shapes_judge", twice, outputs=["nothing"])
    yield infer("image twice and no instruction", "shapes_judge", without(twice, "instruction"))
    yield infer("the first of two prompts cut off", "shapes_judge", replaced(pair, "prompt", **cut))
    last = {**cut, "hex": "0100000061" + cut["hex"]}
    yield infer("the second of two prompts cut off", "shapes_judge", replaced(pair, "prompt", **last))
    third = {**cut, "hex": "0100000061" * 2 + cut["hex"]}
    yield infer("a third prompt cut off", "shapes_judge", replaced(pair, "prompt", **third))


def contents():
    inputs = oracle_inputs([0])
    bad = {
        "short by a byte": {"image": "c8" * 3071},
        "long by a byte": {"image": "c8" * 3073},
        "empty": {"image": ""},
        "text without length": {"prompt": "61"},
        "text shorter than its length": {"prompt": "0a000000" + "61"},
        "text with a byte after it": {"prompt": "0100000061" + "00"},
        "two texts for one element": {"prompt": "0100000061" * 2},
        "a length above 2^31": {"prompt": "ffffffff61"},
        "text that is not UTF-8": {"prompt": "02000000ff61"},
        "empty text bytes": {"prompt": ""},
    }
    for name, contents in bad.items():
        ((entry, text),) = contents.items()
        yield infer(f"{entry} {name}", ORACLE, replaced(inputs, entry, hex=text, data=None, golden=None))
    for name in ("prompt", "image"):
        yield infer(f"no contents for {name}", ORACLE, replaced(inputs, name, absent=True))


def typed_contents():
    """All inputs in typed contents, good and bad."""
    pixels = {"uint_contents": [(7 * i) % 256 for i in range(3072)]}
    text = {"bytes_contents": ["YSByZWQgY2lyY2xl"]}  # "a red circle"
    inputs = [tensor("prompt", "BYTES", [1, 1], typed=text), tensor("image", "UINT8", [1, 32, 32, 3], typed=pixels)]
    yield infer("typed contents", ORACLE, inputs)
    yield infer("typed and raw mixed", ORACLE, [inputs[0], oracle_inputs([0])[1]])
    yield infer(
        "typed contents in the wrong field",
        ORACLE,
        replaced(inputs, "image", typed={"int_contents": pixels["uint_contents"]}),
    )
    yield infer("typed contents too few", ORACLE, replaced(inputs, "image", typed={"uint_contents": [1, 2]}))
    yield infer(
        "typed contents too many",
        ORACLE,
        replaced(inputs, "image", typed={"uint_contents": pixels["uint_contents"] * 2}),
    )
    yield infer("typed value out of range", ORACLE, replaced(inputs, "image", typed={"uint_contents": [300] * 3072}))
    yield infer("typed contents empty", ORACLE, replaced(inputs, "image", typed={}))
    fields = {"INT64": "int64_contents", "INT32": "int_contents", "FP32": "fp32_contents"}
    generator = []
    for entry in generator_inputs(["a red circle"], [41], steps=2):
        if entry["datatype"] == "BYTES":
            data = {"prompt": "YSByZWQgY2lyY2xl", "sampler": "b2Rl"}[entry["name"]]
            typed = {"bytes_contents": [data]}
        else:
            typed = {fields[entry["datatype"]]: entry["data"]}
        generator.append(tensor(entry["name"], entry["datatype"], entry["shape"], typed=typed))
    yield infer("typed contents of every kind", "shapes_generator", generator)


def outputs():
    inputs = oracle_inputs([0])
    for names in (
        ["strict"],
        ["grain", "strict"],
        ["strict", "strict"],
        ["strict", "strict", "nothing"],
        ["nothing"],
        ["strict", "nothing"],
        ["prompt"],
        [""],
    ):
        yield infer(f"outputs {names}", ORACLE, inputs, outputs=names)
    for names in (["image"], ["log_probs"], ["policy_digest", "latents"], ["sigmas", "image"]):
        wanted = generator_inputs(["a red circle"], [1], sampler="cps", sde_steps=1)
        yield infer(f"outputs {names}", "shapes_generator", wanted, outputs=names)
    yield infer("outputs ['reason']", "shapes_judge", judge_inputs([0]), outputs=["reason"])
    for count in (1, 5, 0, -1):
        asked = [{"name": "graded", "parameters": {"classification": {"int64_param": count}}}]
        yield infer(f"classification {count}", ORACLE, oracle_inputs([0, 1]), outputs=asked)
    asked = [{"name": "graded", "parameters": {"classification": {"int64_param": 1}}}]
    yield infer("a classification and the tensor itself", ORACLE, inputs, outputs=[*asked, "graded"])
    yield infer("the tensor itself and a classification", ORACLE, inputs, outputs=["graded", *asked])
    region = {"shared_memory_region": {"string_param": "nowhere"}, "shared_memory_byte_size": {"int64_param": 4}}
    yield infer("output to an unknown region", ORACLE, inputs, outputs=[{"name": "graded", "parameters": region}])
    moved = replaced(
        inputs, "prompt", absent=True, parameters={**region, "shared_memory_byte_size": {"int64_param": 5}}
    )
    yield infer("input from an unknown region", ORACLE, moved)


def parameters():
    inputs = oracle_inputs([0])
    for name, value in (
        ("note", {"string_param": "x"}), ("note", {"int64_param": 3}), ("note", {"bool_param": True}), ("note", {"double_param": 0.5}),
        ("note", {"uint64_param": 3}), ("timeout", {"int64_param": 60_000_000}), ("timeout", {"string_param": "1"}),
        ("timeout", {"int64_param": -1}), ("priority", {"int64_param": 0}), ("priority", {"uint64_param": 1}),
        ("priority", {"int64_param": -1}), ("priority", {"string_param": "1"}), ("sequence_id", {"int64_param": 5}),
        ("sequence_id", {"string_param": "s"}), ("sequence_start", {"bool_param": True}), ("sequence_start", {"int64_param": 1}),
        ("triton_unknown", {"bool_param": True}), ("triton_enable_empty_final_response", {"bool_param": True}),
        ("binary_data_output", {"bool_param": True}),
    ):  # fmt: skip
        yield infer(f"parameter {name} {value}", ORACLE, inputs, parameters={name: value})
    yield infer("input parameter", ORACLE, replaced(inputs, "prompt", parameters={"note": {"string_param": "x"}}))


def stream(name: str, requests: list[dict]) -> dict:
    return {"name": name, "rpc": "ModelStreamInfer", "requests": requests}


def streams():
    def ask(number: int, **changes) -> dict:
        return {"model": ORACLE, "id": f"r{number}", "inputs": oracle_inputs([number]), **changes}

    yield stream("stream of one", [ask(0)])
    yield stream("stream of nothing", [])
    yield stream("stream of five", [ask(number) for number in range(5)])
    yield stream(
        "stream with a model's refusal", [ask(0), ask(1, inputs=oracle_inputs([1], ["a mauve circle"])), ask(2)]
    )
    yield stream("stream with an unknown model", [ask(0), ask(1, model="nothing"), ask(2)])
    yield stream("stream with a missing input", [ask(0, inputs=without(oracle_inputs([0]), "image")), ask(1)])
    yield stream("stream with a bad version", [ask(0, version="abc")])
    judged = [judge_inputs([0]), judge_inputs([1, 2], True), judge_inputs([3], True, ["mauve"]), judge_inputs([4], True)]
    questions = [{"model": "judge_xl_pairwise", "id": f"q{i}", "inputs": inputs} for i, inputs in enumerate(judged)]
    yield stream("stream of questions to a judge", questions)
    final = {"triton_enable_empty_final_response": {"bool_param": True}}
    yield stream("stream that asks for an empty final response", [ask(0, parameters=final), ask(1, parameters=final)])
    yield stream("stream with a reserved parameter", [ask(0, parameters={"triton_x": {"bool_param": True}}), ask(1)])


def cases() -> list[dict]:
    parts = (addressing, shapes, names_and_types, two_mistakes, contents, typed_contents, outputs, parameters, streams)
    return [case for part in parts for case in part()]
