"""One image or video on its way from noise, or from a given state."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ..call import Call
from ..errors import RequestError
from ..philox import INITIAL_NOISE, RENOISING, SAMPLER_NOISE, normals
from ..sampling import SamplingPlan, Span, Step


@dataclass(eq=False)
class Row:
    """`latents` are the states at the window's edges, without a window the last; states are float32 [3,H,W], of videos [3,F,H,W].

    `start` is the state to begin with, None for noise from the seed; `clean` is what the last step's velocity says the
    image will be. `first_frame` [3,H,W] is held as it is at every noise level: no density counts it.
    """

    call: Call
    plan: SamplingPlan
    span: Span
    prompt: str
    tokens: np.ndarray
    seed: int
    start: np.ndarray | None = None
    first_frame: np.ndarray | None = None
    next: int = 0
    clean: np.ndarray | None = None
    state: np.ndarray | None = None
    latents: list[np.ndarray] = field(default_factory=list)
    log_probs: list[float] = field(default_factory=list)
    error: RequestError | None = None

    @property
    def is_active(self) -> bool:
        return self.error is None and not self.call.cancelled()

    def begin(self, shape: tuple[int, ...]) -> None:
        """Takes up the given state, noised again where that was asked for, or draws the noise."""
        size, self.next = math.prod(shape), self.span.begin
        self.log_probs = [0.0] * self.plan.sde_steps  # steps that draw nothing keep theirs
        if self.start is None:
            self.state = normals(self.seed, INITIAL_NOISE, 0, size).reshape(shape)
        elif self.span.renoises:
            noise = normals(self.seed, RENOISING, self.span.begin, size).reshape(shape)
            self.state = self.span.renoised(self.start, noise)
        else:
            self.state = self.start
        self.state = self._held(self.state)

    def _held(self, values: np.ndarray) -> np.ndarray:
        """With the given frame in its place."""
        if self.first_frame is None:
            return values
        values = values.copy()
        values[:, 0] = self.first_frame
        return values

    def _free(self, values: np.ndarray) -> np.ndarray:
        """The elements whose density counts."""
        return values if self.first_frame is None else np.ascontiguousarray(values[:, 1:])

    @property
    def sigma(self) -> np.float32:
        """Noise level of the current state."""
        return self.plan.sigmas[self.next]

    def advance(self, velocity: np.ndarray) -> None:
        """Takes the next step with the velocity at the current state."""
        index, self.next = self.next, self.next + 1
        last = self.next == self.span.stop
        if last and self.span.stops_early:
            self.clean = Step(1.0, -float(self.plan.sigmas[index]), 0.0).advance(self.state, velocity)
            self.clean = self._held(self.clean)
        before = self.state
        if self.plan.is_stochastic(index):
            self._advance_with_noise(index, velocity)
        else:
            self.state = self._held(self.plan.step(index).advance(self.state, velocity))
        if self.plan.is_recorded(index):
            self.latents += [self.state] if self.latents else [before, self.state]
        if not np.isfinite(self.state).all():
            self.error = RequestError(
                f"latents: not finite after step {self.next} of {self.plan.steps},"
                f' seed {self.seed}, prompt "{self.prompt}" (expected: finite)'
            )
        elif last:
            self.clean = self.state if self.clean is None else self.clean
            self.latents = self.latents or [self.state]

    def _advance_with_noise(self, index: int, velocity: np.ndarray) -> None:
        before, step = self.state, self.plan.step(index)
        noise = normals(self.seed, SAMPLER_NOISE, index, before.size).reshape(before.shape)
        self.state = self._held(step.advance(before, velocity, noise))
        parts = (self._free(values) for values in (self.state, before, velocity))
        self.log_probs[index - self.plan.sde_start] = step.mean_log_prob(*parts)


def to_sample(latent: np.ndarray) -> np.ndarray:
    """uint8 [...,3] of a latent [3,...] in [-1,1]: (x + 1) * 127.5 with halves rounded up, clipped to 0..255."""
    levels = np.floor(latent * np.float32(127.5) + np.float32(128))
    return np.clip(levels, 0, 255).astype(np.uint8).transpose(*range(1, latent.ndim), 0)


def to_latent(sample: np.ndarray) -> np.ndarray:
    """The latent [3,...] of uint8 [...,3]: what `to_sample` gives the same bytes for."""
    return np.moveaxis(sample, -1, 0).astype(np.float32) / np.float32(127.5) - np.float32(1)
