from __future__ import annotations

import hashlib

import numpy as np
import pytest
from calls import generator_call
from models import open_model

from rewarddance_triton.errors import BadRequest, Cancelled
from rewarddance_triton.generator import FlowGenerator


@pytest.fixture(scope="module")
def generator(repository):
    model = open_model(FlowGenerator, repository / "shapes_generator")
    yield model
    model.close()


def refusal(generator, call) -> str:
    (result,) = generator.infer([call])
    assert isinstance(result, BadRequest), result
    return str(result)


@pytest.mark.parametrize("sampler", ["ode", "flow-sde", "dance-sde", "cps"])
def test_trajectories_are_those_of_the_golden_values(generator, golden, sampler):
    settings, arrays = golden.json("trajectory"), golden.arrays("trajectory")
    window = 0 if sampler == "ode" else settings["sde_steps"]
    call = generator_call(
        [settings["prompt"]], [settings["seed"]], steps=settings["steps"], sampler=sampler,
        sde_start=settings["sde_start"], sde_steps=window, noise_level=settings["noise_level"],
    )  # fmt: skip
    (drawn,) = generator.infer([call])
    np.testing.assert_array_equal(drawn["sigmas"][0], arrays["sigmas"])
    np.testing.assert_allclose(drawn["latents"][0], arrays[f"{sampler}_latents"], atol=1e-4)
    np.testing.assert_allclose(drawn["log_probs"][0], arrays[f"{sampler}_log_probs"], atol=1e-4)
    assert np.abs(drawn["image"][0].astype(int) - arrays[f"{sampler}_image"]).max() <= 1


def test_a_window_of_the_ode_records_the_same_trajectory_to_its_end(generator):
    whole, recorded = generator.infer([generator_call(), generator_call(sde_start=2, sde_steps=2)])
    assert recorded["latents"].shape == (1, 3, 3, 32, 32)
    assert recorded["log_probs"].tolist() == [[0.0, 0.0]]
    np.testing.assert_array_equal(recorded["latents"][:, -1:], whole["latents"])
    np.testing.assert_array_equal(recorded["image"], whole["image"])
    rest = generator_call()
    rest.inputs.update(start_latent=recorded["latents"][:, 0], start_step=np.array([[2]], np.int32))
    (continued,) = generator.infer([rest])
    np.testing.assert_array_equal(continued["latents"], whole["latents"])


def test_says_which_weights_answered(generator, repository):
    (drawn,) = generator.infer([generator_call(["a red circle", "two squares"], policy_version=1)])
    weights = (repository / "shapes_generator/1/weights.safetensors").read_bytes()
    assert drawn["policy_version"].tolist() == [[1], [1]]
    assert drawn["policy_digest"].tolist() == [[hashlib.sha256(weights).hexdigest().encode()]] * 2


def test_an_answer_does_not_depend_on_its_company(generator):
    call = generator_call(["a green square"], [41], steps=3, sampler="cps", sde_steps=2)
    company = generator_call(["two red circles"] * 10, steps=3)
    (alone,) = generator.infer([call])
    for batch in ([call, company], [company, call], [generator_call(steps=5), company, call]):
        together = generator.infer(batch)[batch.index(call)]
        for name, values in alone.items():
            np.testing.assert_array_equal(together[name], values, err_msg=name)


def test_a_refused_call_fails_alone(generator):
    good, bad = generator_call(), generator_call(["a mauve circle"])
    first, second, third = generator.infer([good, bad, good])
    assert isinstance(second, BadRequest)
    np.testing.assert_array_equal(first["image"], third["image"])


def test_a_cancelled_call_stops_and_fails_alone(generator):
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    first, second = generator.infer([generator_call(cancelled=cancelled, steps=60), generator_call()])
    assert isinstance(first, Cancelled)
    assert len(asked) < 10
    assert second["image"].shape == (1, 32, 32, 3)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"policy_version": 2}, "policy_version: 2 (expected: 1, the version that answers, or -1 for any)"),
        ({"guidance": 2.0}, "guidance: 2.0 (expected: 1.0, the network has no unconditional branch)"),
        ({"guidance": float("nan")}, "guidance: NaN (expected: 1.0, the network has no unconditional branch)"),
        ({"noise_level": float("inf")}, "noise_level: Infinity (expected: finite)"),
        ({"steps": 0}, "steps: 0 (expected: 1 to 64)"),
        ({"steps": 65}, "steps: 65 (expected: 1 to 64)"),
        ({"steps": [4, 5]}, "steps: 5 in row 1 (expected: 4 as in row 0, one request has one setting)"),
        ({"sampler": ["ode", "cps"]}, "sampler: cps in row 1 (expected: ode as in row 0, one request has one setting)"),
    ],
)
def test_names_what_it_can_not_do(generator, settings, message):
    assert refusal(generator, generator_call(["a red circle", "a square"], **settings)) == message
