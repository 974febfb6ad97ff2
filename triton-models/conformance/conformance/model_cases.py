"""Cases that the models themselves answer or refuse."""

from __future__ import annotations

from .build import (
    ORACLE_PROMPTS, VIDEO_PROMPTS, column, generator_inputs, infer, judge_inputs, oracle_inputs, style_inputs, tensor,
    video_judge_inputs, video_oracle_inputs, without,
)  # fmt: skip
from .published_cases import PARTS as PUBLISHED

BASE = "shapes_vlm_s"
PROMPTS = ["a red circle", "two blue squares", "a green triangle above a yellow circle", "a circle and a triangle"]
POINTWISE = "Does the image show exactly what the prompt says? Answer yes or no."
PAIRWISE = "Does the image show what the prompt says better than the reference does? Answer yes or no."


def generator_answers():
    for sampler in ("flow-sde", "dance-sde", "cps"):
        for steps, start, window in ((2, 0, 1), (4, 0, 3), (4, 2, 1), (6, 1, 2), (9, 3, 4)):
            inputs = generator_inputs(
                PROMPTS[:2], [steps, -steps], sampler=sampler, steps=steps, sde_start=start, sde_steps=window
            )
            yield infer(f"{sampler} {steps} steps, window {start}+{window}", "shapes_generator", inputs)
        for level in (0.05, 0.3, 1.0):
            inputs = generator_inputs(PROMPTS[2:3], [5], sampler=sampler, sde_steps=2, noise_level=level)
            yield infer(f"{sampler} noise level {level}", "shapes_generator", inputs)
        inputs = generator_inputs(PROMPTS[:1], [5], sampler=sampler, noise_level=-3.0)
        yield infer(f"{sampler} without window ignores the noise level", "shapes_generator", inputs)
    for steps, start, window in ((1, 0, 1), (4, 3, 1), (4, 0, 4), (6, 2, 3)):
        inputs = generator_inputs(PROMPTS[:2], [steps, -steps], steps=steps, sde_start=start, sde_steps=window)
        yield infer(f"ode {steps} steps, records {start}+{window}", "shapes_generator", inputs)
    for steps in (1, 2, 8, 20, 64):
        yield infer(f"ode {steps} steps", "shapes_generator", generator_inputs(PROMPTS[:1], [3], steps=steps))
    for seed in (0, -1, 1 << 31, (1 << 63) - 1, -(1 << 63)):
        yield infer(f"seed {seed}", "shapes_generator", generator_inputs(PROMPTS[3:], [seed]))
    for rows in (1, 7, 8, 9, 20):
        prompts = [PROMPTS[row % 4] for row in range(rows)]
        yield infer(f"{rows} rows", "shapes_generator", generator_inputs(prompts, list(range(rows)), steps=2))
    for text in ("A Red CIRCLE", "  a  red\tcircle \n", "red", "circle of of left right two three four"):
        yield infer(f"prompt {text!r}", "shapes_generator", generator_inputs([text], [1], steps=2))
    yield infer("policy version 1 by name", "shapes_generator", generator_inputs(PROMPTS[:1], [1], policy_version=1))
    yield infer(
        "large eta of dance-sde",
        "shapes_generator",
        generator_inputs(PROMPTS[:1], [1], sampler="dance-sde", sde_steps=1, noise_level=2.5),
    )
    yield infer("sde_start without window", "shapes_generator", generator_inputs(PROMPTS[:1], [1], sde_start=2))


def generator_refusals():
    sde = {"sampler": "flow-sde", "sde_steps": 1}
    settings = [
        {"steps": 0}, {"steps": -1}, {"steps": 65}, {"steps": 2147483647},
        {"sampler": "euler"}, {"sampler": ""}, {"sampler": "ODE"},
        {"guidance": 0.0}, {"guidance": 4.5}, {"guidance": float("nan")}, {"guidance": float("inf")},
        {"noise_level": float("nan")}, {"noise_level": float("-inf")}, {**sde, "noise_level": 0.0}, {**sde, "noise_level": -0.5},
        {"sampler": "cps", "sde_steps": 1, "noise_level": 1.25}, {"sampler": "cps", "sde_steps": 1, "noise_level": 0.0},
        {"sde_steps": 4}, {"sde_start": 2, "sde_steps": 2}, {"sde_steps": -1}, {**sde, "sde_steps": 3}, {**sde, "sde_steps": 2147483647, "sde_start": 1},
        {"sde_start": -1}, {"sde_start": 3}, {"sde_start": -2147483648}, {**sde, "sde_start": 2},
        {**sde, "steps": 1}, {"policy_version": 0}, {"policy_version": 2}, {"policy_version": -2},
    ]  # fmt: skip
    for setting in settings:
        yield infer(f"generator {setting}", "shapes_generator", generator_inputs(PROMPTS[:1], [1], **setting))
    uneven = {
        "steps": [3, 4], "sampler": ["ode", "cps"], "guidance": [1.0, 2.0], "noise_level": [0.5, 0.7],
        "sde_start": [0, 1], "sde_steps": [0, 1], "policy_version": [1, 2],
    }  # fmt: skip
    for name, values in uneven.items():
        yield infer(
            f"generator rows with {name} {values}",
            "shapes_generator",
            generator_inputs(PROMPTS[:2], [1, 2], **{name: values}),
        )
    for text in (
        "",
        "   ",
        "a mauve circle",
        "<pad>",
        "a red circle!",
        "kreis grün",
        "yes",
        " ".join(["a"] * 9),
        "a\u00a0red circle",
        "a red circ\u0130le",
    ):
        yield infer(f"generator prompt {text!r}", "shapes_generator", generator_inputs([text], [1]))
    yield infer(
        "generator bad second row", "shapes_generator", generator_inputs(["a red circle", "a mauve circle"], [1, 2])
    )
    yield infer(
        "generator two mistakes at once",
        "shapes_generator",
        generator_inputs(["mauve"], [1], steps=0, policy_version=9),
    )


def taken_up(seeds: list[int], states: list[int] | None, span: dict, /, **settings) -> list[dict]:
    """Rows that begin with golden states (None: with noise) and walk `span` of four steps; its values may be one a row."""
    inputs = generator_inputs(PROMPTS[: len(seeds)], seeds, steps=4, **settings)
    if states is not None:
        golden = {"file": "trajectory", "tensor": "cps_latents", "rows": states}
        inputs.append(tensor("start_latent", "FP32", [len(states), 3, 32, 32], golden=golden))
    for name, value in span.items():
        inputs.append(column(name, "INT32", value if isinstance(value, list) else [value] * len(seeds)))
    return inputs


def spans():
    """Trajectories that stop on the way, are taken up there, or are noised again."""
    for stop in (1, 2, 3, 4):
        yield infer(f"stop_step {stop}", "shapes_generator", taken_up([3, -3], None, {"stop_step": stop}))
    yield infer("start_step 0 from noise", "shapes_generator", taken_up([3], None, {"start_step": 0}))
    yield infer("start_latent alone", "shapes_generator", taken_up([3], [0], {}))
    for start in (0, 1, 2, 3):
        yield infer(f"start_step {start}", "shapes_generator", taken_up([3, 4], [0, 2], {"start_step": start}))
        span = {"start_step": start, "stop_step": start + 1}
        yield infer(f"one step from start_step {start}", "shapes_generator", taken_up([3], [1], span))
    for start, renoise in ((1, 0), (1, 1), (2, 0), (2, 1), (3, 2), (4, 0), (4, 3)):
        span = {"start_step": start, "renoise_step": renoise}
        yield infer(f"renoised {start} to {renoise}", "shapes_generator", taken_up([-9, 1 << 40], [0, 1], span))
        yield infer(
            f"renoised {start} to {renoise}, stopped after a step",
            "shapes_generator",
            taken_up([5], [2], {**span, "stop_step": renoise + 1}),
        )
    for sampler in ("flow-sde", "dance-sde", "cps"):
        window = {"sampler": sampler, "sde_start": 1, "sde_steps": 2}
        yield infer(f"{sampler} window and stop_step 3", "shapes_generator", taken_up([6], None, {"stop_step": 3}, **window))
        yield infer(f"{sampler} window from start_step 1", "shapes_generator", taken_up([6], [0], {"start_step": 1}, **window))
        span = {"start_step": 3, "renoise_step": 0}
        yield infer(f"{sampler} window, renoised", "shapes_generator", taken_up([6], [0], span, **window))
    span = {"start_step": 2, "renoise_step": 1, "stop_step": 3}
    yield infer("spans, image only", "shapes_generator", taken_up([1], [2], span), outputs=["image"])


def span_refusals():
    for span in ({"start_step": 1}, {"start_step": -1}, {"renoise_step": 0}, {"stop_step": 0}, {"stop_step": 5}, {"stop_step": -1}):
        yield infer(f"from noise {span}", "shapes_generator", taken_up([1], None, span))
    for span in (
        {"start_step": -1}, {"start_step": 4}, {"start_step": 5, "renoise_step": 0}, {"start_step": 2147483647},
        {"start_step": 2, "renoise_step": 3}, {"start_step": 2, "renoise_step": -1}, {"start_step": 4, "renoise_step": 4},
        {"start_step": 2, "stop_step": 2}, {"start_step": 2, "stop_step": 5}, {"start_step": 3, "renoise_step": 1, "stop_step": 1},
        {"renoise_step": 1},
    ):  # fmt: skip
        yield infer(f"from a latent {span}", "shapes_generator", taken_up([1], [0], span))
    window = {"sampler": "cps", "sde_start": 1, "sde_steps": 1}
    for span in ({"start_step": 2}, {"stop_step": 1}, {"start_step": 3, "renoise_step": 2}):
        states = [0] if "start_step" in span else None
        yield infer(f"window outside {span}", "shapes_generator", taken_up([1], states, span, **window))
    for name in ("start_step", "renoise_step", "stop_step"):
        uneven = {"start_step": 3, "renoise_step": 1, **{name: [3, 2]}}
        yield infer(f"rows with {name} [3, 2]", "shapes_generator", taken_up([1, 2], [0, 1], uneven))
    for value in ("nan", "inf", "-inf"):
        latent = tensor("start_latent", "FP32", [1, 3, 32, 32], fill=value)
        yield infer(f"start_latent of {value}", "shapes_generator", [*taken_up([1], None, {"stop_step": 2}), latent])
    for datatype, shape in (("FP32", [1, 32, 32, 3]), ("FP32", [1, 3072]), ("FP16", [1, 3, 32, 32])):
        latent = tensor("start_latent", datatype, shape, fill=0)
        yield infer(f"start_latent {datatype} {shape}", "shapes_generator", [*taken_up([1], None, {}), latent])
    wrong = column("stop_step", "INT64", [2])
    yield infer("stop_step as INT64", "shapes_generator", [*taken_up([1], None, {}), wrong])


def judge_answers():
    for pair in (False, True):
        question = "pairwise" if pair else "pointwise"
        for rows in ([0], [1, 2], [3, 4, 5, 6, 7, 8, 9], list(range(8)), list(range(16)), [5] * 9):
            yield infer(f"{question} {len(rows)} rows from {rows[0]}", "shapes_judge", judge_inputs(rows, pair))
        for row in range(16):
            yield infer(
                f"{question} image {row}, prompt of the next",
                "shapes_judge",
                judge_inputs([row], pair, ORACLE_PROMPTS[row : row + 1]),
            )
        for outputs in (["image_gradient"], ["yes_log_prob", "no_log_prob", "image_gradient"]):
            for rows in ([0], [1, 2, 3], list(range(16))):
                name = f"{question} {' and '.join(outputs)}, {len(rows)} rows from {rows[0]}"
                yield infer(name, "shapes_judge", judge_inputs(rows, pair), outputs=outputs)
        yield infer(f"{question} without gradient", "shapes_judge", judge_inputs([0], pair), outputs=["no_log_prob"])
        yield infer(
            f"{question} instruction in full",
            "shapes_judge",
            judge_inputs([2], pair, instruction=PAIRWISE if pair else POINTWISE),
        )


def judge_refusals():
    for pair in (False, True):
        question = "pairwise" if pair else "pointwise"
        wrong = POINTWISE if pair else PAIRWISE
        for text in (wrong, "Is it pretty?", " "):
            yield infer(f"{question} instruction {text!r}", "shapes_judge", judge_inputs([0], pair, instruction=text))
        for tokens in (1, -1, 64):
            yield infer(
                f"{question} max_reason_tokens {tokens}", "shapes_judge", judge_inputs([0], pair, reason_tokens=tokens)
            )
        for text in ("", "a mauve circle", "<pad>", " ".join(["a"] * 9)):
            yield infer(f"{question} prompt {text!r}", "shapes_judge", judge_inputs([0], pair, [text]))
    yield infer("judge prompt of judge's own words", "shapes_judge", judge_inputs([0], False, ["yes no <fits>"]))


def oracle_answers():
    count = len(ORACLE_PROMPTS)
    for start in range(0, count, 10):
        rows = list(range(start, min(start + 10, count)))
        yield infer(f"oracle images {rows[0]} to {rows[-1]}", "shapes_oracle", oracle_inputs(rows))
    for text in (
        "A RED circle",
        " a  red circle ",
        "two squares",
        "four yellow triangles",
        "a circle left of a square",
        "a red square below a red circle",
    ):
        yield infer(f"oracle prompt {text!r}", "shapes_oracle", oracle_inputs(list(range(6)), [text] * 6))


def oracle_refusals():
    texts = (
        "", "  ", "circle", "a mauve circle", "red circle", "a red circle and a red square", "two circle", "a circle above a red square",
        "a red circle above a red circle", "five circles", "<pad>", "a\u00a0red circle", " ".join(["a"] * 9),
    )  # fmt: skip
    for text in texts:
        yield infer(f"oracle prompt {text!r}", "shapes_oracle", oracle_inputs([0], [text]))
    yield infer("oracle bad second row", "shapes_oracle", oracle_inputs([0, 1], ["a red circle", "a mauve circle"]))


def style_answers():
    count = len(ORACLE_PROMPTS)
    for start in range(0, count, 20):
        rows = list(range(start, min(start + 20, count)))
        others = [(row + 1) % count for row in rows]
        yield infer(f"style of images {rows[0]} to {rows[-1]}", "shapes_style", style_inputs(rows, others))
    for text in ("A Circle", "four triangles", "a circle left of a square", "a red square below a red circle"):
        rows = list(range(8))
        yield infer(f"style prompt {text!r}", "shapes_style", style_inputs(rows, rows[::-1], [text] * 8))
    yield infer("style, score only", "shapes_style", style_inputs([3], [4]), outputs=["score"])


def style_refusals():
    for text in ("", "a mauve circle", "a circle above a red square"):
        yield infer(f"style prompt {text!r}", "shapes_style", style_inputs([0], [1], [text]))
    yield infer("style bad second row", "shapes_style", style_inputs([0, 1], [1, 2], ["a red circle", "a mauve circle"]))
    yield infer("style without reference", "shapes_style", oracle_inputs([0]))
    wrong = tensor("reference", "UINT8", [1, 16, 16, 3], fill=9)
    yield infer("style reference of another shape", "shapes_style", [*oracle_inputs([0]), wrong])


def reasons():
    """A judge that goes on after its decision; the suite puts a base beside the repository's models."""
    for pair in (False, True):
        question = "pairwise" if pair else "pointwise"
        for tokens in (0, 1, 2, 4, 5, 2147483647):
            for rows in ([0], list(range(16))):
                name = f"{question} {tokens} reason tokens, {len(rows)} rows"
                yield infer(name, BASE, judge_inputs(rows, pair, reason_tokens=tokens))
        uneven = [column("max_reason_tokens", "INT32", [0, 4, 1, 2, 0])]
        inputs = [*without(judge_inputs([0, 1, 2, 3, 4], pair), "max_reason_tokens"), *uneven]
        yield infer(f"{question} reasons of different length", BASE, inputs)
        outputs = ["reason", "image_gradient"]
        yield infer(f"{question} reason and gradient", BASE, judge_inputs([7], pair, reason_tokens=4), outputs=outputs)
        for tokens in (-1, -2147483648):
            yield infer(f"{question} {tokens} reason tokens", BASE, judge_inputs([0], pair, reason_tokens=tokens))
    yield infer("a reason of its own words", BASE, judge_inputs([0], False, ["a circle <end>"], reason_tokens=4))


FILMS = ["a red circle moving left", "a blue square moving down quickly", "a triangle standing still"]


def film_inputs(prompts: list[str], seeds: list[int], frames: int | None = None, **settings) -> list[dict]:
    """Videos, from the text alone or from a first frame of one grey."""
    inputs = generator_inputs(prompts, seeds, **settings)
    if frames is not None:
        inputs.append(tensor("first_frame", "UINT8", [len(prompts), 16, 16, 3], fill=frames))
    return inputs


def videos_answers():
    model = "shapes_video_generator"
    for frame in (None, 190):
        kind = "text" if frame is None else "first frame"
        for sampler, start, window in (("ode", 0, 0), ("ode", 3, 1), ("flow-sde", 1, 2), ("dance-sde", 0, 2), ("cps", 2, 1)):
            inputs = film_inputs(FILMS, [7, -7, 1 << 40], frame, sampler=sampler, steps=4, sde_start=start, sde_steps=window)
            yield infer(f"video from {kind}, {sampler}, window {start}+{window}", model, inputs)
        inputs = [*film_inputs(FILMS[:1], [3], frame, steps=4), column("stop_step", "INT32", [2])]
        yield infer(f"video from {kind}, stopped on the way", model, inputs)
        inputs = film_inputs([FILMS[row % 3] for row in range(20)], list(range(20)), frame, steps=2)
        yield infer(f"20 videos from {kind}", model, inputs)
    for rows in ([0], list(range(16))):
        yield infer(f"video judge, {len(rows)} rows", "shapes_video_judge", video_judge_inputs(rows))
    yield infer("video judge, another prompt", "shapes_video_judge", video_judge_inputs([1], ["a circle moving up"]))
    count = len(VIDEO_PROMPTS["oracle"])
    for start in range(0, count, 20):
        rows = list(range(start, min(start + 20, count)))
        yield infer(f"video oracle {rows[0]} to {rows[-1]}", "shapes_video_oracle", video_oracle_inputs(rows))


def videos_refusals():
    frame = tensor("first_frame", "UINT8", [1, 16, 16, 3], fill=9)
    yield infer("video generator, frame of another size", "shapes_video_generator", [
        *generator_inputs(FILMS[:1], [1]), tensor("first_frame", "UINT8", [1, 32, 32, 3], fill=9)
    ])  # fmt: skip
    yield infer("video generator, words of images", "shapes_video_generator", generator_inputs(PROMPTS[1:2], [1]))
    yield infer("video generator, seven words", "shapes_video_generator", [*generator_inputs(["a " * 7], [1]), frame])
    for text in ("a red circle", "a red circle moving", "a circle moving left slowly", "a red circle moving sideways", ""):
        yield infer(f"video oracle prompt {text!r}", "shapes_video_oracle", video_oracle_inputs([0], [text]))
    yield infer("video judge, reasons", "shapes_video_judge", video_judge_inputs([0], reason_tokens=2))
    yield infer("video judge, instruction", "shapes_video_judge", video_judge_inputs([0], instruction="Is it nice?"))
    image = tensor("video", "UINT8", [1, 16, 16, 3], fill=9)
    yield infer("video judge, an image", "shapes_video_judge", [*without(video_judge_inputs([0]), "video"), image])


def cases() -> list[dict]:
    generator = (generator_answers, generator_refusals, spans, span_refusals)
    judge = (judge_answers, judge_refusals, reasons)
    parts = (*generator, *judge, oracle_answers, oracle_refusals, style_answers, style_refusals)
    parts = (*parts, videos_answers, videos_refusals, *PUBLISHED)
    return [case for part in parts for case in part()]
