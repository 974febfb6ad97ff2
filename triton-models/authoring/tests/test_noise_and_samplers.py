import math

import numpy as np
import pytest
import torch

from shapes.generator import schedule
from shapes.philox import normals, philox
from shapes.samplers import log_prob, step_law

SIGMAS = torch.tensor([0.9, 0.8, 0.7], dtype=torch.float64)


def test_philox_known_answers():
    zeros = philox(np.zeros((1, 4), np.uint32), (0, 0))[0]
    assert [hex(word) for word in zeros] == ["0x6627e8d5", "0xe169c58d", "0xbc57ac4c", "0x9b00dbd8"]
    ones = philox(np.full((1, 4), 0xFFFFFFFF, np.uint32), (0xFFFFFFFF, 0xFFFFFFFF))[0]
    assert [hex(word) for word in ones] == ["0x408f276d", "0x41c83b0e", "0xa20bc7c6", "0x6d5451fd"]


def test_normals_are_standard_and_depend_on_everything():
    values = normals(5, 0, 0, 100_000)
    assert values.dtype == np.float32
    assert abs(values.mean()) < 0.01 and abs(values.std() - 1) < 0.01
    for other in (normals(6, 0, 0, 8), normals(5, 1, 0, 8), normals(5, 0, 1, 8)):
        assert not np.array_equal(values[:8], other)
    assert np.array_equal(values[:7], normals(5, 0, 0, 7))


@pytest.mark.parametrize(
    "sampler, level, mean, deviation",
    [
        ("flow-sde", 0.7, 0.4761, 0.4427188724),
        ("dance-sde", 0.3, 0.527525, 0.0948683298),
        ("dance-sde", 1.4, 0.4761, 0.4427188724),
        ("cps", 0.8, 0.3171772342, 0.6657395614),
    ],
)
def test_one_step(sampler, level, mean, deviation):
    x, v = torch.tensor([0.5], dtype=torch.float64), torch.tensor([-0.3], dtype=torch.float64)
    got, spread = step_law(sampler, x, v, SIGMAS, 1, level)
    assert got.item() == pytest.approx(mean, abs=1e-9)
    assert spread == pytest.approx(deviation, abs=1e-9)
    density = -((0.6 - mean) ** 2) / (2 * deviation**2) - math.log(deviation) - 0.5 * math.log(2 * math.pi)
    assert log_prob(torch.tensor([0.6], dtype=torch.float64), got, spread) == pytest.approx(density, abs=1e-8)


def test_first_flow_step_is_finite():
    sigmas = schedule(6).double()
    x = torch.zeros(1, dtype=torch.float64)
    mean, deviation = step_law("flow-sde", x, x, sigmas, 0, 0.7)
    assert torch.isfinite(mean).all() and 0 < deviation < 10


def test_schedule_runs_from_one_to_zero():
    sigmas = schedule(6)
    assert sigmas[0] == 1 and sigmas[-1] == 0 and (sigmas[1:] < sigmas[:-1]).all()
