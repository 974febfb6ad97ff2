"""Trains the video generator: flow matching on renders, a share of them with their first frame given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from shapes.generator import SIGMA_SHIFT
from shapes.pretrain import Recipe, train_stage

from .generator import VideoGenerator, to_latents
from .measure import strict_by_category
from .prompts import MIX, parse, random_prompt, tokenize_all
from .render import RADIUS_RANGE, render

FIRST_FRAME_SHARE = 0.3


def render_dataset(path: Path, count: int, seed: int, radii=RADIUS_RANGE) -> None:
    """Renders of training prompts: videos uint8 [N,4,16,16,3] and their prompts."""
    rng = np.random.default_rng(seed)
    prompts = [random_prompt(rng, "train", mix=MIX) for _ in range(count)]
    videos = np.stack([render(parse(prompt), rng, radii) for prompt in prompts])
    temporary = path.with_suffix(".tmp.npz")
    np.savez(temporary, videos=videos, prompts=np.array(prompts))
    temporary.replace(path)


def redraw_captions(prompts: list[str], share: float, rng: np.random.Generator) -> list[str]:
    """A share of the captions replaced by another of the same category: it spoils alignment but not drawing."""
    return [random_prompt(rng, "train", parse(p).category) if rng.random() < share else p for p in prompts]


def flow_loss(model: VideoGenerator, videos: Tensor, tokens: Tensor, given: Tensor) -> Tensor:
    """Mean squared error of the velocity at noise levels of the shifted uniform law.

    Where `given` [B] is true the first frame is clean, and nothing is asked of the velocity there.
    """
    t = torch.rand(len(videos))
    sigma = SIGMA_SHIFT * t / (1 + (SIGMA_SHIFT - 1) * t)
    noise, s = torch.randn_like(videos), sigma.view(-1, 1, 1, 1, 1)
    x = (1 - s) * videos + s * noise
    free = torch.ones_like(videos)
    x[given, :, 0] = videos[given, :, 0]
    free[given, :, 0] = 0
    error = (model(x, sigma, tokens) - (noise - videos)) * free
    return (error * error).sum() / free.sum()


class Batches:
    """Random batches of (video [B,3,4,16,16] in [-1,1], tokens [B,6], is the first frame given [B])."""

    def __init__(self, path: Path, redrawn: float, rng: np.random.Generator):
        with np.load(path) as stored:
            videos, prompts = stored["videos"], [str(p) for p in stored["prompts"]]
        self.rng, self.videos = rng, videos
        self.tokens = torch.from_numpy(tokenize_all(redraw_captions(prompts, redrawn, rng)))

    def draw(self, size: int) -> tuple[Tensor, Tensor, Tensor]:
        index = self.rng.integers(0, len(self.videos), size)
        given = torch.from_numpy(self.rng.random(size) < FIRST_FRAME_SHARE)
        return to_latents(self.videos[index]), self.tokens[torch.from_numpy(index)], given


def train(recipe: Recipe, data: Path, out: Path, start: Path | None = None, every: int = 1000) -> None:
    """Runs a stage to its end (or from where it was stopped) and leaves the averaged weights in `out`."""

    def losses(rng: np.random.Generator) -> Callable[[VideoGenerator], Tensor]:
        batches = Batches(data, recipe.redrawn_captions, rng)
        return lambda model: flow_loss(model, *batches.draw(recipe.batch))

    train_stage(recipe, VideoGenerator, losses, lambda model: strict_by_category(model, 40), out, start, every)
