"""Labelled images for the judge: corrupted renders and generated images, with the oracle's detections kept.

The detections are stored with the images, so that any (image, prompt) pair can be labelled when it is asked.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .corrupt import corrupted_group
from .generator import Generator, load_generator, sample, schedule, to_images
from .oracle import Found, detect, foreground, hue_colours, score, shape_score
from .prompts import HARD_MIX, SHAPES, parse, random_prompt, tokenize_all
from .render import SIZE

GROUP = 8  # images that share a prompt
GRID, PATCH = 8, 4
RENDER, GENERATED = 0, 1
IGNORED = -1.0  # shape score of patches that show no whole object


def _prompts(groups: int, rng: np.random.Generator) -> list[str]:
    return [random_prompt(rng, "train", mix=HARD_MIX) for _ in range(groups)]


def corrupted_images(groups: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    prompts = _prompts(groups, rng)
    images = [corrupted_group(parse(prompt), GROUP, rng) for prompt in prompts]
    return np.concatenate(images), [p for p in prompts for _ in range(GROUP)]


def sampled_images(model: Generator, groups: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    """Images drawn from noise with 6 to 10 steps."""
    prompts = [p for p in _prompts(groups, rng) for _ in range(GROUP)]
    tokens, images = torch.from_numpy(tokenize_all(prompts)), []
    for part in tokens.split(96):
        noise = torch.from_numpy(rng.standard_normal((len(part), 3, SIZE, SIZE), np.float32))
        images.append(to_images(sample(model, part, noise, int(rng.integers(6, 11)))))
    return np.concatenate(images), prompts


@torch.no_grad()
def redrawn_images(model: Generator, groups: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    """Corrupted renders noised half way and drawn again by the generator: its texture, with the renders' faults."""
    images, prompts = corrupted_images(groups, rng)
    tokens, parts = torch.from_numpy(tokenize_all(prompts)), []
    for start in range(0, len(images), 96):
        sigma = float(rng.choice((0.45, 0.6, 0.75)))
        x = torch.from_numpy(images[start : start + 96]).permute(0, 3, 1, 2).float() / 127.5 - 1
        x = (1 - sigma) * x + sigma * torch.from_numpy(rng.standard_normal(x.shape, np.float32))
        sigmas = schedule(4, shift=1.0) * sigma
        for now, then in zip(sigmas[:-1], sigmas[1:]):
            x = x + model(x, now.expand(len(x)), tokens[start : start + 96]) * (then - now)
        parts.append(to_images(x))
    return np.concatenate(parts), prompts


def _detections(images: np.ndarray) -> list[tuple[Found, ...]]:
    return [items for start in range(0, len(images), 1000) for items in detect(images[start : start + 1000])]


def _store(path: Path, images: np.ndarray, prompts: list[str], source: int) -> None:
    found = _detections(images)
    rows = [(i, o.colour, o.shape, *o.ious, o.x, o.y, o.area, o.pixels) for i, items in enumerate(found) for o in items]
    temporary = path.with_suffix(".tmp.npz")
    np.savez(temporary, images=images, prompts=np.array(prompts), objects=np.array(rows), source=source)
    temporary.replace(path)


def write_corrupted(path: Path, groups: int, seed: int) -> None:
    _store(path, *corrupted_images(groups, np.random.default_rng(seed)), RENDER)


def write_generated(path: Path, checkpoint: Path, groups: int, seed: int) -> None:
    """Half of the groups drawn from noise, half redrawn from corrupted renders."""
    rng, model = np.random.default_rng(seed), load_generator(checkpoint)
    drawn, again = sampled_images(model, groups // 2, rng), redrawn_images(model, groups // 2, rng)
    _store(path, np.concatenate([drawn[0], again[0]]), drawn[1] + again[1], GENERATED)


def patch_colours(images: np.ndarray) -> np.ndarray:
    """0 for background or 1 + colour code for each patch, int64 [N,64]; a patch needs a quarter of its pixels coloured."""
    _, mask = foreground(images)
    grid = images.shape[1] // PATCH
    codes = np.where(mask, hue_colours(images) + 1, 0).reshape(-1, grid, PATCH, grid, PATCH)
    codes = codes.transpose(0, 1, 3, 2, 4).reshape(-1, grid * grid, PATCH * PATCH)
    counts = np.stack([(codes == code).sum(-1) for code in range(1, 5)], -1)
    return np.where(counts.sum(-1) >= PATCH, counts.argmax(-1) + 1, 0)


def patch_owners(items: tuple[Found, ...], colours: np.ndarray, grid: int = GRID) -> tuple[np.ndarray, np.ndarray]:
    """(the nearest object of each patch's colour, is the patch inside of it), [grid*grid] each; items must not be empty."""
    centres = (np.arange(grid) + 0.5) * PATCH
    x, y = np.tile(centres, grid), np.repeat(centres, grid)
    reach = np.stack([np.hypot(x - o.x, y - o.y) / np.sqrt(o.area) for o in items], 1)
    reach[colours[:, None] != np.array([o.colour + 1 for o in items])] = np.inf
    return reach.argmin(1), reach.min(1) < 1.1


def patch_shapes(items: tuple[Found, ...], colours: np.ndarray, grid: int = GRID) -> tuple[np.ndarray, np.ndarray]:
    """(shape scores [64,3] of the object each patch belongs to, or IGNORED; 1 at patches with an object's centre)."""
    scores, centres = np.full((grid * grid, len(SHAPES)), IGNORED, np.float32), np.zeros(grid * grid, np.float32)
    if not items:
        return scores, centres
    owner, inside = patch_owners(items, colours, grid)
    table = np.array([[shape_score(o, shape) for shape in range(len(SHAPES))] for o in items], np.float32)
    scores[inside] = table[owner[inside]]
    for o in items:
        centres[min(int(o.y // PATCH), grid - 1) * grid + min(int(o.x // PATCH), grid - 1)] = 1
    return scores, centres


class Pool:
    """All labelled images; groups are indices of images with the same source and prompt."""

    def __init__(self, paths: list[Path]):
        images, self.items, self.prompts, sources = [], [], [], []
        for path in paths:
            with np.load(path) as stored:
                images.append(stored["images"])
                self.prompts += [str(p) for p in stored["prompts"]]
                self.items += _unpack(len(stored["images"]), stored["objects"])
                sources.append(np.full(len(stored["images"]), int(stored["source"])))
        self.images, self.source = np.concatenate(images), np.concatenate(sources)
        self._label_patches()
        self._group()

    def _label_patches(self) -> None:
        self.colours = patch_colours(self.images)
        labels = [patch_shapes(items, colours) for items, colours in zip(self.items, self.colours)]
        self.shapes, self.centres = np.stack([s for s, _ in labels]), np.stack([c for _, c in labels])

    def _group(self) -> None:
        members: dict[tuple[int, str], list[int]] = {}
        for index, (source, prompt) in enumerate(zip(self.source, self.prompts)):
            members.setdefault((int(source), prompt), []).append(index)
        self.members = {key: np.array(value) for key, value in members.items() if len(value) >= GROUP}
        self.asked: dict[tuple[int, str], list[str]] = {}
        for source, prompt in self.members:
            self.asked.setdefault((source, parse(prompt).category), []).append(prompt)

    def batch(self, index: np.ndarray, flip: np.ndarray, rng: np.random.Generator) -> tuple[Tensor, ...]:
        """(pixels [B,3,32,32] with slight noise, colours [B,64], shape scores [B,64,3], centres [B,64]), some mirrored."""
        pixels = torch.from_numpy(self.images[index]).permute(0, 3, 1, 2).float() / 127.5 - 1
        turned = torch.from_numpy(flip)
        pixels[turned] = pixels[turned].flip(-1)
        parts = []
        for labels in (self.colours, self.shapes, self.centres):
            chosen = labels[index].reshape(len(index), GRID, GRID, -1)
            chosen[flip] = chosen[flip][:, :, ::-1]
            parts.append(torch.from_numpy(np.ascontiguousarray(chosen)).reshape(len(index), GRID * GRID, -1))
        count = len(index)
        spread = torch.from_numpy(rng.random((count, 1, 1, 1), np.float32) * 0.04)
        noise = torch.from_numpy(rng.standard_normal(pixels.shape, np.float32)) * spread
        tint = torch.from_numpy(rng.standard_normal((count, 3, 1, 1), np.float32)) * 0.02
        return pixels + noise + tint, parts[0][..., 0], parts[1], parts[2][..., 0]

    def labels(self, index: np.ndarray, flip: bool, prompt: str) -> np.ndarray:
        """(strict, graded) of each image for a prompt, float32 [B,2]."""
        spec = parse(prompt)
        items = [self.items[i] for i in index]
        if flip:
            items = [tuple(replace(o, x=SIZE - o.x) for o in group) for group in items]
        return np.array([score(group, spec) for group in items], np.float32)


def _unpack(count: int, rows: np.ndarray) -> list[tuple[Found, ...]]:
    items: list[list[Found]] = [[] for _ in range(count)]
    for owner, colour, shape, a, b, c, x, y, area, pixels in rows:
        items[int(owner)].append(Found(int(colour), int(shape), (a, b, c), x, y, area, int(pixels)))
    return [tuple(group) for group in items]
