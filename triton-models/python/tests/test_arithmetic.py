"""Noise, schedule, steps and tokenizer, apart from any network."""

from __future__ import annotations

import numpy as np
import pytest

from rewarddance_triton.errors import BadRequest
from rewarddance_triton.philox import normals
from rewarddance_triton.sampling import Rule, SamplingPlan, shifted_schedule
from rewarddance_triton.vocabulary import Tokenizer, Vocabulary


def test_noise_is_that_of_the_golden_values(golden):
    for case in golden.json("philox"):
        drawn = normals(case["seed"], case["purpose"], case["step"], len(case["normals"]))
        np.testing.assert_array_equal(drawn, np.array(case["normals"], np.float32))


def test_noise_does_not_depend_on_how_much_is_drawn():
    np.testing.assert_array_equal(normals(-3, 1, 2, 4097)[:7], normals(-3, 1, 2, 7))


def test_noise_is_standard_normal():
    drawn = normals(1, 0, 0, 200_000).astype(np.float64)
    assert abs(drawn.mean()) < 0.01 and abs(drawn.std() - 1) < 0.01


@pytest.mark.parametrize("sampler", ["flow-sde", "dance-sde", "cps"])
def test_log_prob_is_the_gaussian_one(sampler):
    sigmas = shifted_schedule(6, 2.0)
    x, v, after = (normals(seed, 0, 0, 1) for seed in (1, 2, 3))
    step = Rule(sampler, 0.6).step(sigmas, 1)
    mean = step.state_weight * float(x[0]) + step.velocity_weight * float(v[0])
    density = np.exp(-((float(after[0]) - mean) ** 2) / (2 * step.std**2)) / (step.std * np.sqrt(2 * np.pi))
    assert step.mean_log_prob(after, x, v) == pytest.approx(np.log(density), abs=1e-12)


def test_cps_keeps_the_noise_power_of_the_schedule():
    """With clean image 0 and unit noise the state's variance after a step is the next sigma's square."""
    sigmas = shifted_schedule(5, 2.0).astype(np.float64)
    step = Rule("cps", 0.8).step(sigmas, 1)
    kept = step.state_weight * sigmas[1] + step.velocity_weight  # x = sigma * noise, v = noise
    assert kept**2 + step.std**2 == pytest.approx(sigmas[2] ** 2, abs=1e-12)


@pytest.mark.parametrize(
    ("sampler", "level", "start", "window", "message"),
    [
        ("euler", 0.7, 0, 1, 'sampler: "euler" (expected: ode, flow-sde, dance-sde or cps)'),
        ("cps", 1.5, 0, 1, "noise_level: 1.5 (expected: above 0 and at most 1 for cps)"),
        ("dance-sde", 0.0, 0, 1, "noise_level: 0.0 (expected: > 0 and finite)"),
        ("ode", 0.7, 5, 2, "sde_steps: 2 from sde_start 5 (expected: to end by step 6 of 6)"),
        ("cps", 0.7, 0, -1, "sde_steps: -1 (expected: >= 0)"),
        ("cps", 0.7, 6, 0, "sde_start: 6 (expected: 0 to 5 with steps 6)"),
        ("cps", 0.7, 4, 2, "sde_steps: 2 from sde_start 4 (expected: to end by step 5 of 6, the last has no noise)"),
    ],
)
def test_refuses_settings_that_do_not_fit(sampler, level, start, window, message):
    with pytest.raises(BadRequest) as refused:
        SamplingPlan(shifted_schedule(6, 2.0), Rule(sampler, level), start, window)
    assert str(refused.value) == message


def test_tokenizer_pads_and_ignores_case_and_spaces():
    tokenizer = Tokenizer(Vocabulary(("<pad>", "a", "red", "circle")), 5)
    assert tokenizer.encode("prompt", "  A red\tCIRCLE ").tolist() == [1, 2, 3, 0, 0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a mauve circle",
            'prompt: unknown word "mauve" in "a mauve circle" (expected: words of the model\'s vocabulary)',
        ),
        ("<pad>", 'prompt: unknown word "<pad>" in "<pad>" (expected: words of the model\'s vocabulary)'),
        ("", 'prompt: 0 words in "" (expected: 1 to 5)'),
        ("a a a a a a", 'prompt: 6 words in "a a a a a a" (expected: 1 to 5)'),
    ],
)
def test_tokenizer_names_what_it_can_not_read(text, message):
    tokenizer = Tokenizer(Vocabulary(("<pad>", "a", "red", "circle")), 5)
    with pytest.raises(BadRequest) as refused:
        tokenizer.encode("prompt", text)
    assert str(refused.value) == message
