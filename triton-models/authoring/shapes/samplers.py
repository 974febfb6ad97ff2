"""The four samplers in plain PyTorch, one image at a time: the reference that other languages are tested against."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .generator import schedule
from .philox import INITIAL, SAMPLER, normals

SHAPE = (3, 32, 32)
SAMPLERS = ("ode", "flow-sde", "dance-sde", "cps")


@dataclass(frozen=True)
class Trajectory:
    """latents [window+1,3,32,32] at the window's edges (or the final latent alone), log_probs [window], final x0."""

    sigmas: Tensor
    latents: Tensor
    log_probs: np.ndarray
    final: Tensor


def step_law(sampler: str, x: Tensor, v: Tensor, sigmas: Tensor, i: int, noise_level: float) -> tuple[Tensor, float]:
    """(mean, standard deviation) of the next state at step i; x and v in float64."""
    now, then, second = sigmas[i].item(), sigmas[i + 1].item(), sigmas[1].item()
    delta = then - now
    clean, noise = x - now * v, x + (1 - now) * v
    if sampler == "cps":
        deviation = then * math.sin(noise_level * math.pi / 2)
        return (1 - then) * clean + math.sqrt(then**2 - deviation**2) * noise, deviation
    strength = noise_level
    if sampler == "flow-sde":
        strength = noise_level * math.sqrt(now / (1 - (second if now >= 1.0 else now)))
    return x + v * delta + strength**2 * delta / (2 * now) * noise, strength * math.sqrt(-delta)


def log_prob(x: Tensor, mean: Tensor, deviation: float) -> float:
    """Gaussian log-density of x, nats, mean over the elements, in double."""
    square = ((x.double() - mean) ** 2).mean().item()
    return -square / (2 * deviation**2) - math.log(deviation) - 0.5 * math.log(2 * math.pi)


@torch.no_grad()
def trajectory(
    model, tokens, seed, steps, sampler="ode", start=0, window=0, noise_level=0.7, shape=SHAPE, first=None
) -> Trajectory:
    """One image, or video: tokens int64 [1,words]; the stochastic window covers steps start .. start+window-1.

    A first frame [3,H,W] of a video is held as it is; log-probabilities are then means over the other frames.
    """
    sigmas, size = schedule(steps), math.prod(shape)

    def held(state: Tensor) -> Tensor:
        if first is not None:
            state[:, :, 0] = first
        return state

    def free(state: Tensor) -> Tensor:
        return state if first is None else state[:, :, 1:]

    x = held(torch.from_numpy(normals(seed, INITIAL, 0, size)).view(1, *shape))
    edges, log_probs = [], []
    for i in range(steps):
        v = model(x, sigmas[i : i + 1], tokens)
        if not (sampler != "ode" and start <= i < start + window):
            x = held(x + v * (sigmas[i + 1] - sigmas[i]))
            continue
        if not edges:
            edges.append(x)
        mean, deviation = step_law(sampler, x.double(), v.double(), sigmas.double(), i, noise_level)
        drawn = torch.from_numpy(normals(seed, SAMPLER, i, size)).view(1, *shape)
        x = held((mean + deviation * drawn.double()).float())
        log_probs.append(log_prob(free(x), free(mean), deviation))
        edges.append(x)
    return Trajectory(sigmas, torch.cat(edges or [x]), np.array(log_probs), x)
