"""Trajectories that stop on the way, are taken up there, or are noised again."""

from __future__ import annotations

import numpy as np
import pytest
from calls import generator_call
from models import open_model

from rewarddance_triton.errors import BadRequest
from rewarddance_triton.generator import FlowGenerator
from rewarddance_triton.philox import RENOISING, normals
from rewarddance_triton.sampling import Span, shifted_schedule

STEPS = 5


@pytest.fixture(scope="module")
def generator(repository):
    model = open_model(FlowGenerator, repository / "shapes_generator")
    yield model
    model.close()


def red(seed=41, **settings):
    return generator_call(["a red circle"], [seed], steps=STEPS, **settings)


def drawn(generator, call) -> dict[str, np.ndarray]:
    (answer,) = generator.infer([call])
    assert isinstance(answer, dict), answer
    return answer


def taken_up(latent: np.ndarray, seed=7, **settings):
    call = red(seed, **settings)
    call.inputs["start_latent"] = latent.astype(np.float32).reshape(1, 3, 32, 32)
    return call


@pytest.fixture(scope="module")
def undisturbed(generator):
    return drawn(generator, red())


@pytest.mark.parametrize("step", range(1, STEPS))
def test_taken_up_where_it_stopped_it_ends_in_the_same_bytes(generator, undisturbed, step):
    first = drawn(generator, red(stop_step=step))
    rest = drawn(generator, taken_up(first["latents"], start_step=step))
    for name, values in undisturbed.items():
        np.testing.assert_array_equal(rest[name], values, err_msg=name)


def test_a_window_after_the_start_draws_the_same_noise(generator):
    window = {"sampler": "cps", "sde_start": 2, "sde_steps": 2}
    whole = drawn(generator, red(5, **window))
    rest = drawn(generator, taken_up(whole["latents"][0, 0], 5, start_step=2, **window))
    for name, values in whole.items():
        np.testing.assert_array_equal(rest[name], values, err_msg=name)


def test_an_early_image_is_the_clean_guess(generator, undisturbed):
    one, two = (drawn(generator, red(stop_step=step)) for step in (2, 3))
    sigmas = undisturbed["sigmas"][0].astype(np.float64)
    velocity = (two["latents"].astype(np.float64) - one["latents"]) / (sigmas[3] - sigmas[2])
    guess = (one["latents"] - sigmas[2] * velocity + 1)[0, 0].transpose(1, 2, 0) * 127.5
    assert np.abs(two["image"][0] - np.clip(guess, 0, 255)).max() < 0.51


def test_renoising_is_replayed_from_the_seed_alone(generator, undisturbed):
    latent, sigmas = undisturbed["latents"][0, 0].astype(np.float64), undisturbed["sigmas"][0].astype(np.float64)
    served = drawn(generator, taken_up(latent, seed=9, start_step=STEPS, renoise_step=2))
    noise = normals(9, RENOISING, 2, latent.size).reshape(latent.shape).astype(np.float64)
    mixed = (1 - sigmas[2]) * latent + sigmas[2] * noise  # from a clean image
    replayed = drawn(generator, taken_up(mixed, seed=1, start_step=2))
    np.testing.assert_array_equal(replayed["latents"], served["latents"])
    assert (served["image"] != undisturbed["image"]).any()


def test_company_does_not_change_a_byte(generator, undisturbed):
    latent = undisturbed["latents"]
    calls = [
        red(1, stop_step=2),
        taken_up(latent, seed=2, start_step=3),
        taken_up(latent, seed=3, start_step=STEPS, renoise_step=1, stop_step=3),
        generator_call(["a circle"], [4], steps=2),
    ]
    alone = [drawn(generator, call) for call in calls]
    for answer, expected in zip(generator.infer(calls), alone):
        for name, values in expected.items():
            np.testing.assert_array_equal(answer[name], values, err_msg=name)


@pytest.mark.parametrize(
    ("latent", "start", "renoise", "stop", "message"),
    [
        (False, 1, None, None, "start_step: 1 (expected: 0 without start_latent)"),
        (False, None, 0, None, "renoise_step: 0 (expected: absent without start_latent)"),
        (True, -1, None, None, "start_step: -1 (expected: 0 to 5 with steps 6)"),
        (True, 6, None, None, "start_step: 6 (expected: 0 to 5 with steps 6)"),
        (True, 7, 0, None, "start_step: 7 (expected: 0 to 6 with steps 6)"),
        (True, 6, 6, None, "renoise_step: 6 (expected: 0 to 5 with steps 6)"),
        (True, 3, 4, None, "renoise_step: 4 (expected: 0 to 3 with steps 6)"),
        (False, None, None, 0, "stop_step: 0 (expected: 1 to 6 with steps 6)"),
        (True, 3, None, 3, "stop_step: 3 (expected: 4 to 6 with steps 6)"),
        (True, 3, 1, 1, "stop_step: 1 (expected: 2 to 6 with steps 6)"),
    ],
)
def test_refuses_steps_out_of_order(latent, start, renoise, stop, message):
    with pytest.raises(BadRequest) as refused:
        Span.of(shifted_schedule(6, 2.0), latent, start, renoise, stop)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("value", "settings", "message"),
    [
        (np.nan, {}, "start_latent: NaN in row 0 (expected: finite)"),
        (-np.inf, {"start_step": 2}, "start_latent: -Infinity in row 0 (expected: finite)"),
        (
            0,
            {"start_step": 3, "sampler": "cps", "sde_start": 1, "sde_steps": 1},
            "sde_start: 1 with sde_steps 1 (expected: a window in the steps taken, 3 to 4)",
        ),
    ],
)
def test_names_what_it_can_not_take_up(generator, value, settings, message):
    latent = np.zeros((3, 32, 32))
    latent[2, 31, 31] = value
    (result,) = generator.infer([taken_up(latent, **settings)])
    assert isinstance(result, BadRequest) and str(result) == message


def test_renoising_has_its_golden_value():
    """One element, from sigma .5 to .8: docs/samplers.md."""
    span = Span(np.array([0.8, 0.5, 0.0]), 1, 0, 2)
    assert span.renoised(np.array([0.5]), np.array([-0.3]))[0] == pytest.approx(-0.0323790, abs=1e-6)
