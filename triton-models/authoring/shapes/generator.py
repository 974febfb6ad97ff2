"""The shapes generator: a rectified-flow transformer of 0.56M parameters that predicts v = noise - image.

Tokens: 8 prompt tokens, then 64 patches of 4x4 pixels. Each block starts with a depthwise 3x3 convolution on the patch
grid; one shared modulation of (sigma, mean prompt) has a table of offsets in each block. No guidance is needed.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .prompts import PROMPT_TOKENS, WORDS
from .render import SIZE

SIGMA_SHIFT = 2.0


@dataclass(frozen=True)
class GeneratorConfig:
    width: int = 96
    depth: int = 4
    heads: int = 4
    patch: int = 4
    expansion: int = 4
    data_std: float = 0.45  # standard deviation of pixels in [-1,1], for the preconditioning
    size: int = SIZE  # pixels of a picture's side


def grid_positions(grid: int, width: int) -> Tensor:
    """Sine-cosine position codes, [grid*grid, width]: half for rows, half for columns."""
    count = width // 4
    frequency = math.pi * torch.arange(1, count + 1) * (grid / 2) / count
    angle = ((torch.arange(grid) + 0.5) / grid)[:, None] * frequency
    code = torch.cat([angle.sin(), angle.cos()], 1)
    rows = code[:, None].expand(grid, grid, 2 * count)
    columns = code[None].expand(grid, grid, 2 * count)
    return torch.cat([rows, columns], 2).reshape(grid * grid, 4 * count)


def normalise(x: Tensor) -> Tensor:
    return F.layer_norm(x, (x.shape[-1],))


class Block(nn.Module):
    """Convolution on the patch grid, attention over all tokens, feed-forward; [B, words+patches, width] -> the same."""

    def __init__(self, config: GeneratorConfig, words: int, patches: int):
        super().__init__()
        width = config.width
        self.heads, self.width, self.words, self.length = config.heads, width, words, words + patches
        self.grid = config.size // config.patch
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, config.expansion * width)
        self.down = nn.Linear(config.expansion * width, width)
        self.mix = nn.Conv2d(width, width, 3, padding=1, groups=width)
        self.table = nn.Parameter(torch.zeros(6, width))
        nn.init.normal_(self.mix.weight, std=0.15)
        with torch.no_grad():  # both residual branches start small, not closed
            self.table[2].fill_(0.3)
            self.table[5].fill_(0.3)

    def mix_patches(self, image: Tensor) -> Tensor:
        """What each patch gets from its neighbours; [B,patches,width] -> the same. All frames are mixed alike."""
        plane = image.reshape(-1, self.grid, self.grid, self.width).permute(0, 3, 1, 2)
        return self.mix(plane).permute(0, 2, 3, 1).reshape(-1, self.length - self.words, self.width)

    def _convolve(self, tokens: Tensor) -> Tensor:
        text, image = tokens[:, : self.words], tokens[:, self.words :]
        return torch.cat([text, image + self.mix_patches(image)], 1)

    def _attend(self, x: Tensor) -> Tensor:
        parts = self.qkv(x).view(-1, self.length, 3, self.heads, self.width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(parts[0], parts[1], parts[2])
        return self.out(mixed.transpose(1, 2).reshape(-1, self.length, self.width))

    def forward(self, tokens: Tensor, modulation: Tensor) -> Tensor:
        tokens = self._convolve(tokens)
        m = (modulation + self.table).unsqueeze(2)
        tokens = tokens + m[:, 2] * self._attend(normalise(tokens) * (1 + m[:, 0]) + m[:, 1])
        hidden = self.up(normalise(tokens) * (1 + m[:, 3]) + m[:, 4])
        return tokens + m[:, 5] * self.down(F.gelu(hidden, approximate="tanh"))


class Generator(nn.Module):
    """velocity(x [B,3,32,32] in [-1,1], sigma [B] in [0,1], tokens int64 [B,8]) -> v [B,3,32,32]."""

    vocabulary, words, block = len(WORDS), PROMPT_TOKENS, Block

    def __init__(self, config: GeneratorConfig = GeneratorConfig()):
        super().__init__()
        self.config = config
        width, pixels = config.width, 3 * config.patch**2
        self.grid = config.size // config.patch
        self.embed = nn.Linear(pixels, width)
        self.position = nn.Parameter(self.positions() * 0.5)
        self.word = nn.Embedding(self.vocabulary, width)
        self.place = nn.Parameter(torch.randn(self.words, width) * 0.3)
        self.time_in = nn.Linear(64, width)
        self.time_out = nn.Linear(width, width)
        self.modulate = nn.Linear(width, 6 * width)
        self.blocks = nn.ModuleList(self.block(config, self.words, len(self.position)) for _ in range(config.depth))
        self.final = nn.Linear(width, 2 * width)
        self.pixels = nn.Linear(width, pixels)
        nn.init.normal_(self.word.weight, std=0.3)
        nn.init.normal_(self.modulate.weight, std=0.02)
        for tensor in (self.modulate.bias, self.pixels.weight, self.pixels.bias):
            nn.init.zeros_(tensor)
        self.register_buffer("frequency", torch.exp(torch.linspace(0, math.log(200.0), 32)) * 3.0, persistent=False)

    def positions(self) -> Tensor:
        """Where each patch is, [patches,width]."""
        return grid_positions(self.grid, self.config.width)

    def _condition(self, sigma: Tensor, text: Tensor) -> Tensor:
        angle = sigma.view(-1, 1) * self.frequency
        code = self.time_out(F.silu(self.time_in(torch.cat([angle.sin(), angle.cos()], 1))))
        return F.silu(code + text.mean(1))

    def patches(self, x: Tensor) -> Tensor:
        """[B,3,32,32] -> [B,patches,numbers of a patch]."""
        p, g = self.config.patch, self.grid
        return x.reshape(-1, 3, g, p, g, p).permute(0, 2, 4, 1, 3, 5).reshape(-1, g * g, 3 * p * p)

    def picture(self, patches: Tensor) -> Tensor:
        """The inverse of patches()."""
        p, g = self.config.patch, self.grid
        return patches.reshape(-1, g, g, 3, p, p).permute(0, 3, 1, 4, 2, 5).reshape(-1, 3, g * p, g * p)

    def forward(self, x: Tensor, sigma: Tensor, tokens: Tensor) -> Tensor:
        text = self.word(tokens) + self.place
        condition = self._condition(sigma, text)
        s, variance = sigma.view(-1, *[1] * (x.dim() - 1)), self.config.data_std**2
        power = s * s + (1 - s) ** 2 * variance  # of x at this sigma
        scale = power.sqrt()
        h = torch.cat([text, self.embed(self.patches(x / scale)) + self.position], 1)
        modulation = self.modulate(condition).view(-1, 6, self.config.width)
        for block in self.blocks:
            h = block(h, modulation)
        last = self.final(condition).view(-1, 1, 2, self.config.width)
        h = normalise(h[:, self.words :]) * (1 + last[:, :, 0]) + last[:, :, 1]
        # The best linear guess of v from x alone, plus what the network adds at unit variance.
        return (s - (1 - s) * variance) / power * x + (self.config.data_std / scale) * self.picture(self.pixels(h))


def schedule(steps: int, shift: float = SIGMA_SHIFT) -> Tensor:
    """Noise levels from 1 to 0, [steps+1]."""
    t = torch.linspace(1, 0, steps + 1, dtype=torch.float64)
    return (shift * t / (1 + (shift - 1) * t)).float()


@torch.no_grad()
def sample(model: nn.Module, tokens: Tensor, noise: Tensor, steps: int, batch: int = 96) -> Tensor:
    """Euler along the ODE; noise [N,3,...] -> latents of the same shape."""
    sigmas, parts = schedule(steps), []
    for x, t in zip(noise.split(batch), tokens.split(batch)):
        for now, then in zip(sigmas[:-1], sigmas[1:]):
            x = x + model(x, now.expand(len(x)), t) * (then - now)
        parts.append(x)
    return torch.cat(parts)


def to_images(latents: Tensor):
    """Latents [N,3,...] -> uint8 [N,...,3], halves rounded up."""
    scaled = torch.floor(latents.clamp(-2, 2) * 127.5 + 128.0).clamp(0, 255)
    return scaled.to(torch.uint8).movedim(1, -1).contiguous().numpy()


def save_checkpoint(path, model: Generator, **extra) -> None:
    temporary = path.with_suffix(".tmp")
    torch.save(dict(config=asdict(model.config), weights=model.state_dict(), **extra), temporary)
    temporary.replace(path)


def load_generator(path, kind: type[Generator] = Generator) -> Generator:
    saved = torch.load(path, weights_only=True)
    model = kind(GeneratorConfig(**saved["config"]))
    model.load_state_dict(saved["weights"])
    return model.eval().requires_grad_(False)
