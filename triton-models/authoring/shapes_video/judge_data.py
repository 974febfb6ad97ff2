"""Labelled videos for the judge: corrupted renders and generated ones, with the oracle's detections kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from shapes.generator import load_generator, schedule, to_images
from shapes.judge_data import GENERATED, GROUP, RENDER, patch_colours, patch_owners, patch_shapes
from shapes.oracle import Found

from .corrupt import corrupted_group
from .generator import LATENT, VideoGenerator, sample, to_latents
from .oracle import detect_all, largest, score
from .prompts import MIX, parse, random_prompt, tokenize_all
from .render import FRAMES

GRID = 4
PATCHES = GRID * GRID


def _prompts(groups: int, rng: np.random.Generator) -> list[str]:
    return [random_prompt(rng, "train", mix=MIX) for _ in range(groups)]


def corrupted_videos(groups: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    prompts = _prompts(groups, rng)
    return np.concatenate([corrupted_group(parse(p), GROUP, rng) for p in prompts]), [p for p in prompts for _ in range(GROUP)]


def sampled_videos(model: VideoGenerator, groups: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    """Videos drawn from noise with 5 to 8 steps."""
    prompts = [p for p in _prompts(groups, rng) for _ in range(GROUP)]
    tokens, videos = torch.from_numpy(tokenize_all(prompts)), []
    for part in tokens.split(96):
        noise = torch.from_numpy(rng.standard_normal((len(part), *LATENT), np.float32))
        videos.append(to_images(sample(model, part, noise, int(rng.integers(5, 9)))))
    return np.concatenate(videos), prompts


@torch.no_grad()
def redrawn_videos(model: VideoGenerator, groups: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    """Corrupted renders noised half way and drawn again by the generator: its texture, with the renders' faults."""
    videos, prompts = corrupted_videos(groups, rng)
    tokens, parts = torch.from_numpy(tokenize_all(prompts)), []
    for start in range(0, len(videos), 96):
        sigma = float(rng.choice((0.45, 0.6, 0.75)))
        x = to_latents(videos[start : start + 96])
        x = (1 - sigma) * x + sigma * torch.from_numpy(rng.standard_normal(x.shape, np.float32))
        sigmas = schedule(4, shift=1.0) * sigma
        for now, then in zip(sigmas[:-1], sigmas[1:]):
            x = x + model(x, now.expand(len(x)), tokens[start : start + 96]) * (then - now)
        parts.append(to_images(x))
    return np.concatenate(parts), prompts


def _store(path: Path, videos: np.ndarray, prompts: list[str], source: int) -> None:
    found = [items for frames in detect_all(videos) for items in frames]
    rows = [(i, o.colour, o.shape, *o.ious, o.x, o.y, o.area, o.pixels) for i, items in enumerate(found) for o in items]
    temporary = path.with_suffix(".tmp.npz")
    np.savez(temporary, videos=videos, prompts=np.array(prompts), objects=np.array(rows), source=source)
    temporary.replace(path)


def write_corrupted(path: Path, groups: int, seed: int) -> None:
    _store(path, *corrupted_videos(groups, np.random.default_rng(seed)), RENDER)


def write_generated(path: Path, checkpoint: Path, groups: int, seed: int) -> None:
    """Half of the groups drawn from noise, half redrawn from corrupted renders."""
    rng, model = np.random.default_rng(seed), load_generator(checkpoint, VideoGenerator)
    drawn, again = sampled_videos(model, groups // 2, rng), redrawn_videos(model, groups // 2, rng)
    _store(path, np.concatenate([drawn[0], again[0]]), drawn[1] + again[1], GENERATED)


class VideoPool:
    """All labelled videos; groups are indices of videos with the same source and prompt."""

    def __init__(self, paths: list[Path]):
        videos, self.items, self.prompts, sources = [], [], [], []
        for path in paths:
            with np.load(path) as stored:
                videos.append(stored["videos"])
                self.prompts += [str(p) for p in stored["prompts"]]
                self.items += _unpack(len(stored["videos"]), stored["objects"])
                sources.append(np.full(len(stored["videos"]), int(stored["source"])))
        self.videos, self.source = np.concatenate(videos), np.concatenate(sources)
        self._label_patches()
        members: dict[tuple[int, str], list[int]] = {}
        for index, (source, prompt) in enumerate(zip(self.source, self.prompts)):
            members.setdefault((int(source), prompt), []).append(index)
        self.members = {key: np.array(value) for key, value in members.items() if len(value) >= GROUP}
        self.asked = {source: [p for s, p in self.members if s == source] for source in (RENDER, GENERATED)}

    def _label_patches(self) -> None:
        frames = self.videos.reshape(-1, *self.videos.shape[2:])
        colours = np.concatenate([patch_colours(part) for part in np.array_split(frames, max(1, len(frames) // 4000))])
        self.colours = colours.reshape(-1, FRAMES * PATCHES)
        flat = [items for frames in self.items for items in frames]
        labels = [patch_shapes(items, own, GRID) for items, own in zip(flat, colours)]
        self.shapes = np.stack([s for s, _ in labels]).reshape(-1, FRAMES * PATCHES, 3)
        self.centres = np.stack([c for _, c in labels]).reshape(-1, FRAMES * PATCHES)
        self.flows = np.stack([_flow(found, own) for found, own in zip(self.items, self.colours)])

    def batch(self, index: np.ndarray, rng: np.random.Generator) -> tuple[Tensor, ...]:
        """(pixels [B,3,4,16,16] with slight noise, colours, shape scores, centres, motion [B,64,...])."""
        pixels, count = to_latents(self.videos[index]), len(index)
        spread = torch.from_numpy(rng.random((count, 1, 1, 1, 1), np.float32) * 0.04)
        noise = torch.from_numpy(rng.standard_normal(pixels.shape, np.float32)) * spread
        tint = torch.from_numpy(rng.standard_normal((count, 3, 1, 1, 1), np.float32)) * 0.02
        labels = (self.colours, self.shapes, self.centres, self.flows)
        return pixels + noise + tint, *(torch.from_numpy(values[index]) for values in labels)

    def labels(self, index: np.ndarray, prompt: str) -> np.ndarray:
        """(strict, graded) of each video for a prompt, float32 [B,2]."""
        scene = parse(prompt)
        return np.array([score(self.items[i], scene) for i in index], np.float32)


def _flow(frames: list[tuple[Found, ...]], colours: np.ndarray) -> np.ndarray:
    """Pixels a frame to the next frame (in the last: from the one before) of the largest object's patches; NaN elsewhere."""
    flow = np.full((FRAMES * PATCHES, 2), np.nan, np.float32)
    for index, items in enumerate(frames):
        one, other = (index, index + 1) if index + 1 < FRAMES else (index - 1, index)
        if not frames[one] or not frames[other]:
            continue
        first, then = largest(frames[one]), largest(frames[other])
        own = colours[index * PATCHES : (index + 1) * PATCHES]
        owner, inside = patch_owners(items, own, GRID)
        mine = inside & (owner == items.index(largest(items)))
        flow[index * PATCHES : (index + 1) * PATCHES][mine] = (then.x - first.x, then.y - first.y)
    return flow


def _unpack(count: int, rows: np.ndarray) -> list[list[tuple[Found, ...]]]:
    items: list[list[Found]] = [[] for _ in range(count * FRAMES)]
    for owner, colour, shape, a, b, c, x, y, area, pixels in rows:
        items[int(owner)].append(Found(int(colour), int(shape), (a, b, c), x, y, area, int(pixels)))
    flat = [tuple(group) for group in items]
    return [flat[start : start + FRAMES] for start in range(0, len(flat), FRAMES)]
