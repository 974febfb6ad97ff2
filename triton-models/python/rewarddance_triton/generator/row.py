"""One image on its way from noise."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ..call import Call
from ..errors import RequestError
from ..philox import INITIAL_NOISE, SAMPLER_NOISE, normals
from ..sampling import SamplingPlan


@dataclass(eq=False)
class Row:
    """`latents` are the states at the window's edges, without a window the last; states are float32 [3,H,W]."""

    call: Call
    plan: SamplingPlan
    prompt: str
    tokens: np.ndarray
    seed: int
    state: np.ndarray | None = None
    latents: list[np.ndarray] = field(default_factory=list)
    log_probs: list[float] = field(default_factory=list)
    error: RequestError | None = None

    @property
    def is_active(self) -> bool:
        return self.error is None and not self.call.cancelled()

    def begin(self, shape: tuple[int, ...]) -> None:
        """Draws the initial noise."""
        self.state = normals(self.seed, INITIAL_NOISE, 0, math.prod(shape)).reshape(shape)

    def advance(self, index: int, velocity: np.ndarray) -> None:
        """Takes step `index` with the velocity at the current state."""
        if self.plan.is_stochastic(index):
            self._advance_with_noise(index, velocity)
        else:
            self.state = self.plan.step(index).advance(self.state, velocity)
        if not np.isfinite(self.state).all():
            self.error = RequestError(
                f"latents: not finite after step {index + 1} of {self.plan.steps},"
                f' seed {self.seed}, prompt "{self.prompt}" (expected: finite)'
            )
        elif index + 1 == self.plan.steps and not self.latents:
            self.latents = [self.state]

    def _advance_with_noise(self, index: int, velocity: np.ndarray) -> None:
        before, step = self.state, self.plan.step(index)
        noise = normals(self.seed, SAMPLER_NOISE, index, before.size).reshape(before.shape)
        self.state = step.advance(before, velocity, noise)
        self.latents += [self.state] if self.latents else [before, self.state]
        self.log_probs.append(step.mean_log_prob(self.state, before, velocity))


def to_image(latent: np.ndarray) -> np.ndarray:
    """uint8 [H,W,3] of a latent [3,H,W] in [-1,1]: (x + 1) * 127.5 with halves rounded up, clipped to 0..255."""
    levels = np.floor(latent * np.float32(127.5) + np.float32(128))
    return np.clip(levels, 0, 255).astype(np.uint8).transpose(1, 2, 0)
