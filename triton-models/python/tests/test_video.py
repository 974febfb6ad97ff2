"""The video models' answers: the golden values that Java is held to as well."""

from __future__ import annotations

import json

import numpy as np
import pytest
from calls import generator_call, texts
from models import open_model

from rewarddance_triton.call import Call
from rewarddance_triton.errors import BadRequest
from rewarddance_triton.generator import FlowGenerator
from rewarddance_triton.judge import YesNoJudge
from rewarddance_triton.oracle import VideoOracleModel


@pytest.fixture(scope="module")
def generator(repository):
    model = open_model(FlowGenerator, repository / "shapes_video_generator")
    yield model
    model.close()


@pytest.mark.parametrize("kind", ["text", "frame"])
@pytest.mark.parametrize("sampler", ["ode", "flow-sde", "dance-sde", "cps"])
def test_trajectories_are_those_of_the_golden_values(generator, golden, sampler, kind):
    settings, arrays = golden.json("video_trajectory"), golden.arrays("video_trajectory")
    window = 0 if sampler == "ode" else settings["sde_steps"]
    call = generator_call(
        [settings["prompt"]], [settings["seed"]], steps=settings["steps"], sampler=sampler,
        sde_start=settings["sde_start"], sde_steps=window, noise_level=settings["noise_level"],
    )  # fmt: skip
    if kind == "frame":
        call.inputs["first_frame"] = arrays["first_frame"][None]
    (drawn,) = generator.infer([call])
    assert "image" not in drawn and drawn["video"].shape == (1, 4, 16, 16, 3)
    np.testing.assert_allclose(drawn["latents"][0], arrays[f"{kind}_{sampler}_latents"], atol=1e-4)
    np.testing.assert_allclose(drawn["log_probs"][0], arrays[f"{kind}_{sampler}_log_probs"], atol=1e-4)
    assert np.abs(drawn["video"][0].astype(int) - arrays[f"{kind}_{sampler}_video"]).max() <= 1
    assert (drawn["video"][0, 0] == arrays["first_frame"]).all() == (kind == "frame")


def test_a_trajectory_taken_up_keeps_its_first_frame(generator, golden):
    frame = golden.arrays("video_trajectory")["first_frame"][None]
    whole, half = (generator_call(["a red circle moving left"], [5]) for _ in range(2))
    for call in (whole, half):
        call.inputs["first_frame"] = frame
    half.inputs["stop_step"] = np.array([[2]], np.int32)
    (drawn,), (stopped,) = generator.infer([whole]), generator.infer([half])
    assert (stopped["video"][:, 0] == frame).all()
    rest = generator_call(["a red circle moving left"], [5])
    rest.inputs.update(first_frame=frame, start_latent=stopped["latents"][:, 0], start_step=np.array([[2]], np.int32))
    (continued,) = generator.infer([rest])
    np.testing.assert_array_equal(continued["video"], drawn["video"])


def test_the_judge_answers_as_pytorch_does(repository, golden):
    arrays, prompts = golden.arrays("video_judge"), golden.json("video_judge")["prompts"]
    judge = open_model(YesNoJudge, repository / "shapes_video_judge")
    rows = len(prompts)
    inputs = {
        "prompt": texts(*prompts), "instruction": texts(*[""] * rows), "video": arrays["videos"],
        "max_reason_tokens": np.zeros((rows, 1), np.int32),
    }  # fmt: skip
    (said,) = judge.infer([Call(inputs)])
    words = (repository / "shapes_video_judge/1/vocabulary.txt").read_text().split("\n")
    for answer in ("yes", "no"):
        expected = arrays["log_probs"][:, words.index(answer)]
        np.testing.assert_allclose(said[f"{answer}_log_prob"][:, 0], expected, atol=1e-4)
    judge.close()


def test_verdicts_are_those_of_the_golden_values(repository, golden):
    arrays, prompts = golden.arrays("video_oracle"), golden.json("video_oracle")["prompts"]
    oracle = open_model(VideoOracleModel, repository / "shapes_video_oracle")
    (outputs,) = oracle.infer([Call({"prompt": texts(*prompts), "video": arrays["videos"]})])
    for name in ("strict", "graded", "objects", "motion", "template_fit", "grain", "diversity_label"):
        np.testing.assert_allclose(outputs[name][:, 0], arrays[name].astype(np.float32), atol=1e-6, err_msg=name)


def test_prompts_of_the_other_world_are_refused(repository):
    oracle = open_model(VideoOracleModel, repository / "shapes_video_oracle")
    call = Call({"prompt": texts("two red circles"), "video": np.zeros((1, 4, 16, 16, 3), np.uint8)})
    (refused,) = oracle.infer([call])
    assert isinstance(refused, BadRequest) and 'unknown word "two"' in str(refused)


def test_reads_every_prompt_of_the_prompt_files(repository):
    oracle = open_model(VideoOracleModel, repository / "shapes_video_oracle")
    for file in (repository.parent / "prompts").glob("shapes-video-*.jsonl"):
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        assert all((file.parent / row["first_frame"]).is_file() for row in rows if "first_frame" in row)
        blank = np.full((len(rows), 4, 16, 16, 3), 200, np.uint8)
        (verdicts,) = oracle.infer([Call({"prompt": texts(*(row["prompt"] for row in rows)), "video": blank})])
        assert len(rows) > 40 and verdicts["strict"].sum() == 0
