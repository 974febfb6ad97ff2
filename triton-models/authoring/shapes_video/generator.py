"""The video generator: the image generator's transformer with a third axis, 64 tokens for 4 frames of 16x16 pixels.

Each patch mixes with its neighbours in the frame (a depthwise convolution) and in time (a depthwise kernel of three
frames); attention runs over all frames and words at once. A frame that is given stays clean in x at every noise level:
the network sees that it is, so that one network does text-to-video and image-to-video.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from shapes.generator import Block, Generator, GeneratorConfig, grid_positions, schedule

from .prompts import PROMPT_TOKENS, WORDS
from .render import FRAMES, SIZE

VIDEO_CONFIG = GeneratorConfig(width=80, depth=3, size=SIZE)
LATENT = (3, FRAMES, SIZE, SIZE)


def frame_codes(frames: int, width: int) -> Tensor:
    """Sine-cosine codes of a frame's place in time, [frames,width]."""
    count = width // 2
    angle = (torch.arange(frames) + 0.5)[:, None] * math.pi * torch.arange(1, count + 1) / (2 * count)
    return torch.cat([angle.sin(), angle.cos()], 1)


class VideoBlock(Block):
    """A block whose patches mix with those of the frames before and after too."""

    def __init__(self, config: GeneratorConfig, words: int, patches: int):
        super().__init__(config, words, patches)
        self.flow = nn.Parameter(torch.randn(3, config.width) * 0.15)

    def mix_patches(self, image: Tensor) -> Tensor:
        return super().mix_patches(image) + mix_frames(image, self.flow, self.grid * self.grid)


def mix_frames(tokens: Tensor, kernel: Tensor, patches: int) -> Tensor:
    """Depthwise convolution along time; tokens [B, frames*patches, width] frame after frame, kernel [3,width]."""
    padded = F.pad(tokens, (0, 0, patches, patches))
    count = tokens.shape[1]
    return padded[:, :count] * kernel[0] + tokens * kernel[1] + padded[:, 2 * patches :] * kernel[2]


class VideoGenerator(Generator):
    """velocity(x [B,3,4,16,16] in [-1,1], sigma [B] in [0,1], tokens int64 [B,6]) -> v [B,3,4,16,16]."""

    vocabulary, words, block = len(WORDS), PROMPT_TOKENS, VideoBlock

    def __init__(self, config: GeneratorConfig = VIDEO_CONFIG):
        super().__init__(config)

    def positions(self) -> Tensor:
        width = self.config.width
        return (frame_codes(FRAMES, width)[:, None] + grid_positions(self.grid, width)[None]).flatten(0, 1)

    def patches(self, x: Tensor) -> Tensor:
        p, g = self.config.patch, self.grid
        return x.reshape(-1, 3, FRAMES, g, p, g, p).permute(0, 2, 3, 5, 1, 4, 6).reshape(-1, FRAMES * g * g, 3 * p * p)

    def picture(self, patches: Tensor) -> Tensor:
        p, g = self.config.patch, self.grid
        parts = patches.reshape(-1, FRAMES, g, g, 3, p, p).permute(0, 4, 1, 2, 5, 3, 6)
        return parts.reshape(-1, 3, FRAMES, g * p, g * p)


def to_latents(videos) -> Tensor:
    """uint8 [N,4,16,16,3] (or frames [N,16,16,3]) -> [N,3,...] in [-1,1]."""
    return torch.as_tensor(videos).movedim(-1, 1).float() / 127.5 - 1


@torch.no_grad()
def sample(model: nn.Module, tokens: Tensor, noise: Tensor, steps: int, first: Tensor | None = None, batch: int = 96):
    """Euler along the ODE; noise [N,3,4,16,16], first frames [N,3,16,16] or None -> latents [N,3,4,16,16].

    A first frame takes its place in the state and is left alone.
    """
    sigmas, parts = schedule(steps), []
    for start in range(0, len(noise), batch):
        x, t = noise[start : start + batch].clone(), tokens[start : start + batch]
        if first is not None:
            x[:, :, 0] = first[start : start + batch]
        for now, then in zip(sigmas[:-1], sigmas[1:]):
            velocity = model(x, now.expand(len(x)), t)
            if first is not None:
                velocity[:, :, 0] = 0
            x = x + velocity * (then - now)
        parts.append(x)
    return torch.cat(parts)
