"""Rectified-flow sampling as arithmetic: the noise schedule, and mean, deviation and log-density of a step.

No network and no random numbers in here. A step from state x with velocity v goes to a Gaussian with mean
`state_weight * x + velocity_weight * v` and standard deviation `std`; the samplers differ in these three numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .errors import BadRequest


def shifted_schedule(steps: int, shift: float) -> np.ndarray:
    """float32 [steps + 1]: sigma = s t / (1 + (s - 1) t) for t evenly spaced from 1 down to 0."""
    if steps < 1:
        raise BadRequest(f"steps: {steps} (expected: >= 1)")
    t = np.arange(steps, -1, -1) / steps
    return (shift * t / (1 + (shift - 1) * t)).astype(np.float32)


@dataclass(frozen=True)
class Step:
    state_weight: float
    velocity_weight: float
    std: float

    def advance(self, x: np.ndarray, v: np.ndarray, noise: np.ndarray | None = None) -> np.ndarray:
        """The next state, float32; its mean where no noise is given. Computed in double."""
        mean = self._mean(x, v)
        return (mean if noise is None else mean + self.std * noise.astype(np.float64)).astype(np.float32)

    def mean_log_prob(self, after: np.ndarray, x: np.ndarray, v: np.ndarray) -> float:
        """Log-density of the state `after`: the mean over the elements, in nats."""
        z = (after.astype(np.float64) - self._mean(x, v)) / self.std
        return float(-0.5 * np.mean(z * z) - math.log(self.std) - 0.5 * math.log(2 * math.pi))

    def _mean(self, x: np.ndarray, v: np.ndarray) -> np.ndarray:
        return self.state_weight * x.astype(np.float64) + self.velocity_weight * v.astype(np.float64)


@dataclass(frozen=True)
class Rule:
    """How a sampler makes a step of a place in the schedule; `noise_level`: a of flow-sde and cps, eta of dance-sde."""

    sampler: str
    noise_level: float

    def __post_init__(self):
        level = self.noise_level
        if self.sampler not in _STEPS:
            raise BadRequest(f'sampler: "{self.sampler}" (expected: ode, flow-sde, dance-sde or cps)')
        if self.sampler == "cps" and not 0 < level <= 1:
            raise BadRequest(f"noise_level: {level} (expected: above 0 and at most 1 for cps)")
        if self.is_stochastic and not 0 < level < math.inf:
            raise BadRequest(f"noise_level: {level} (expected: > 0 and finite)")

    @property
    def is_stochastic(self) -> bool:
        return self.sampler != "ode"

    def step(self, sigmas: np.ndarray, index: int) -> Step:
        """The step from sigmas[index] to sigmas[index + 1]."""
        return _STEPS[self.sampler](sigmas.astype(np.float64), index, self.noise_level)


def _ode(sigmas: np.ndarray, index: int, noise_level: float) -> Step:
    """Euler's step along the probability-flow ODE."""
    return Step(1.0, float(sigmas[index + 1] - sigmas[index]), 0.0)


def _diffusion(sigma: float, after: float, coefficient: float) -> Step:
    """Euler-Maruyama with diffusion g: mean x + v d + (g^2 d / 2 sigma) (x + (1 - sigma) v), d the change of sigma."""
    change = after - sigma
    drift = coefficient * coefficient * change / (2 * sigma)
    return Step(1 + drift, change + drift * (1 - sigma), coefficient * math.sqrt(-change))


def _flow_sde(sigmas: np.ndarray, index: int, noise_level: float) -> Step:
    """Flow-GRPO: g = a sqrt(sigma / (1 - sigma)); at sigma = 1 the schedule's second level stands in 1 - sigma."""
    sigma, after = float(sigmas[index]), float(sigmas[index + 1])
    below = 1 - (float(sigmas[1]) if sigma == 1 else sigma)
    return _diffusion(sigma, after, noise_level * math.sqrt(sigma / below))


def _dance_sde(sigmas: np.ndarray, index: int, noise_level: float) -> Step:
    """DanceGRPO: g = eta in every step."""
    return _diffusion(float(sigmas[index]), float(sigmas[index + 1]), noise_level)


def _cps(sigmas: np.ndarray, index: int, noise_level: float) -> Step:
    """Coefficient-preserving sampling: the noise power of the schedule, the share sin^2(a pi / 2) of it new."""
    sigma, after = float(sigmas[index]), float(sigmas[index + 1])
    std = after * math.sin(noise_level * math.pi / 2)
    kept = math.sqrt(after * after - std * std)
    return Step((1 - after) + kept, (1 - sigma) * kept - sigma * (1 - after), std)


_STEPS = {"ode": _ode, "flow-sde": _flow_sde, "dance-sde": _dance_sde, "cps": _cps}
_ODE = Rule("ode", 0.0)


@dataclass(frozen=True)
class SamplingPlan:
    """All steps of a trajectory: the sampler's rule in the window [sde_start, sde_start + sde_steps), Euler's outside.

    The states at the window's edges are recorded. The last step of a schedule ends at sigma 0, where no sampler has
    noise left to score, so a window ends before it; that of the ODE, which only records, may take it in.
    """

    sigmas: np.ndarray
    rule: Rule
    sde_start: int
    sde_steps: int

    def __post_init__(self):
        last = self.steps - 1
        if self.sde_steps < 0:
            raise BadRequest(f"sde_steps: {self.sde_steps} (expected: >= 0)")
        if not 0 <= self.sde_start <= last:
            raise BadRequest(f"sde_start: {self.sde_start} (expected: 0 to {last} with steps {self.steps})")
        end = last if self.rule.is_stochastic else self.steps
        if self.sde_steps > end - self.sde_start:
            raise BadRequest(
                f"sde_steps: {self.sde_steps} from sde_start {self.sde_start}"
                f" (expected: to end by step {end} of {self.steps}"
                f"{', the last has no noise' if self.rule.is_stochastic else ''})"
            )

    @property
    def steps(self) -> int:
        return len(self.sigmas) - 1

    def is_recorded(self, index: int) -> bool:
        """Whether step `index` lies in the window, so that its states are recorded."""
        return self.sde_start <= index < self.sde_start + self.sde_steps

    def is_stochastic(self, index: int) -> bool:
        """Whether step `index` draws noise."""
        return self.rule.is_stochastic and self.is_recorded(index)

    def step(self, index: int) -> Step:
        return (self.rule if self.is_recorded(index) else _ODE).step(self.sigmas, index)


@dataclass(frozen=True)
class Span:
    """The part of a schedule that one request walks; steps count from 0 to the schedule's length.

    `latent_step` is where the latent lies that is taken up, `begin` the first step that is taken (before
    `latent_step`, the latent is noised again), and sampling ends at the level `stop`: the schedule's length is a clean image.
    """

    sigmas: np.ndarray
    latent_step: int
    begin: int
    stop: int

    @classmethod
    def of(
        cls, sigmas: np.ndarray, has_latent: bool, start_step: int | None, renoise_step: int | None, stop_step: int | None
    ) -> Span:
        """The span of a request; what lacks (None) has its default."""
        steps = len(sigmas) - 1
        if not has_latent:
            if start_step:
                raise BadRequest(f"start_step: {start_step} (expected: 0 without start_latent)")
            if renoise_step is not None:
                raise BadRequest(f"renoise_step: {renoise_step} (expected: absent without start_latent)")
        latent_step = start_step or 0
        # A clean image can only be taken up by adding noise to it.
        _require_step("start_step", latent_step, 0, steps - 1 if renoise_step is None else steps, steps)
        begin = latent_step if renoise_step is None else renoise_step
        _require_step("renoise_step", begin, 0, min(latent_step, steps - 1), steps)
        stop = steps if stop_step is None else stop_step
        _require_step("stop_step", stop, begin + 1, steps, steps)
        return cls(sigmas, latent_step, begin, stop)

    def require_window(self, sde_start: int, sde_steps: int) -> None:
        """A plan's window must lie in this span; one without a window always does."""
        if sde_steps > 0 and (sde_start < self.begin or sde_start + sde_steps > self.stop):
            raise BadRequest(
                f"sde_start: {sde_start} with sde_steps {sde_steps}"
                f" (expected: a window in the steps taken, {self.begin} to {self.stop - 1})"
            )

    @property
    def length(self) -> int:
        return self.stop - self.begin

    @property
    def stops_early(self) -> bool:
        """Whether it ends before the image is clean."""
        return self.stop < len(self.sigmas) - 1

    @property
    def renoises(self) -> bool:
        return self.begin < self.latent_step

    def renoised(self, x: np.ndarray, noise: np.ndarray) -> np.ndarray:
        """The state at `latent_step` taken back up to `begin`, its noise part old and part new; float32, computed in double."""
        sigma, higher = float(self.sigmas[self.latent_step]), float(self.sigmas[self.begin])
        kept = (1 - higher) / (1 - sigma)
        old = kept * sigma
        return (kept * x.astype(np.float64) + math.sqrt(higher * higher - old * old) * noise.astype(np.float64)).astype(
            np.float32
        )


def _require_step(name: str, value: int, least: int, most: int, steps: int) -> None:
    if not least <= value <= most:
        raise BadRequest(f"{name}: {value} (expected: {least} to {most} with steps {steps})")
