"""Trains the generator: flow matching on renders, clean first, then with some captions redrawn to spoil alignment."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .generator import SIGMA_SHIFT, Generator, save_checkpoint
from .measure import strict_by_category
from .muon import Muon, split_parameters
from .prompts import HARD_MIX, WORD_IDS, parse, random_prompt, tokenize_all
from .render import render


@dataclass(frozen=True)
class Recipe:
    """One training stage of the generator; rates follow a cosine from hold to the end, down to end_rate."""

    steps: int
    batch: int = 32
    muon_rate: float = 0.02
    adam_rate: float = 2e-3
    warmup: int = 100
    hold: float = 0.3
    end_rate: float = 0.03
    average: float = 0.998
    redrawn_captions: float = 0.0
    seed: int = 0


def render_dataset(path: Path, count: int, seed: int) -> None:
    """Renders of training prompts: images uint8 [N,32,32,3] and their prompts."""
    rng = np.random.default_rng(seed)
    prompts = [random_prompt(rng, "train", mix=HARD_MIX) for _ in range(count)]
    images = np.stack([render(parse(prompt), rng) for prompt in prompts])
    temporary = path.with_suffix(".tmp.npz")
    np.savez(temporary, images=images, prompts=np.array(prompts))
    temporary.replace(path)


def redraw_captions(prompts: list[str], share: float, rng: np.random.Generator) -> list[str]:
    """A share of the captions replaced by another of the same category: it spoils alignment but not drawing."""
    return [random_prompt(rng, "train", parse(p).category) if rng.random() < share else p for p in prompts]


class Batches:
    """Random batches of (image [B,3,32,32] in [-1,1], tokens [B,8]); half are mirrored, with left and right swapped."""

    def __init__(self, path: Path, redrawn: float, rng: np.random.Generator):
        with np.load(path) as stored:
            images, prompts = stored["images"], [str(p) for p in stored["prompts"]]
        self.rng = rng
        self.images = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous()
        self.tokens = torch.from_numpy(tokenize_all(redraw_captions(prompts, redrawn, rng)))
        swap = torch.arange(len(WORD_IDS))
        swap[[WORD_IDS["left"], WORD_IDS["right"]]] = swap[[WORD_IDS["right"], WORD_IDS["left"]]]
        self.mirrored = swap

    def draw(self, size: int) -> tuple[Tensor, Tensor]:
        index = torch.from_numpy(self.rng.integers(0, len(self.images), size))
        images, tokens = self.images[index].float() / 127.5 - 1, self.tokens[index]
        flip = torch.from_numpy(self.rng.random(size) < 0.5)
        images[flip] = images[flip].flip(-1)
        tokens[flip] = self.mirrored[tokens[flip]]
        return images, tokens


def flow_loss(model, images: Tensor, tokens: Tensor) -> Tensor:
    """Mean squared error of the velocity at noise levels of the shifted uniform law."""
    t = torch.rand(len(images))
    sigma = SIGMA_SHIFT * t / (1 + (SIGMA_SHIFT - 1) * t)
    noise, s = torch.randn_like(images), sigma.view(-1, 1, 1, 1)
    return F.mse_loss(model((1 - s) * images + s * noise, sigma, tokens), noise - images)


def rate_at(recipe: Recipe, step: int) -> float:
    """The learning rate's factor at a step, 0..1."""
    progress = max(0.0, (step / recipe.steps - recipe.hold) / (1 - recipe.hold))
    cosine = recipe.end_rate + (1 - recipe.end_rate) * 0.5 * (1 + math.cos(math.pi * progress))
    return min(1.0, (step + 1) / recipe.warmup) * cosine


class Trainer:
    """Model, average and optimizers of one stage; its state goes to disk and comes back."""

    def __init__(self, recipe: Recipe, start: dict | None, make: Callable[[], Generator] = Generator):
        torch.manual_seed(recipe.seed)
        self.recipe, self.step = recipe, 0
        self.model, self.average = make(), make()
        if start is not None:
            self.model.load_state_dict(start)
        self.average.load_state_dict(self.model.state_dict())
        matrices, others = split_parameters(self.model)
        self.muon = Muon(matrices, recipe.muon_rate)
        self.adam = torch.optim.AdamW(others, recipe.adam_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)

    def update(self, loss: Tensor) -> float:
        """One step down the loss."""
        factor = rate_at(self.recipe, self.step)
        self.muon.param_groups[0]["lr"] = self.recipe.muon_rate * factor
        self.adam.param_groups[0]["lr"] = self.recipe.adam_rate * factor
        self.model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.muon.step()
        self.adam.step()
        decay = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        self.step += 1
        return loss.item()

    def save(self, path: Path) -> None:
        state = dict(
            step=self.step, model=self.model.state_dict(), average=self.average.state_dict(),
            muon=self.muon.state_dict(), adam=self.adam.state_dict(), random=torch.get_rng_state(),
        )  # fmt: skip
        torch.save(state, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def resume(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.step = state["step"]
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])
        torch.set_rng_state(state["random"])


def train(recipe: Recipe, data: Path, out: Path, start: Path | None = None, every: int = 1000):
    """Runs a stage on renders to its end (or from where it was stopped) and leaves the averaged weights in `out`."""

    def losses(rng: np.random.Generator) -> Callable[[Generator], Tensor]:
        batches = Batches(data, recipe.redrawn_captions, rng)
        return lambda model: flow_loss(model, *batches.draw(recipe.batch))

    train_stage(recipe, Generator, losses, lambda model: strict_by_category(model, 20), out, start, every)


def train_stage(
    recipe: Recipe,
    kind: type[Generator],
    losses: Callable[[np.random.Generator], Callable[[Generator], Tensor]],
    score: Callable[[Generator], dict],
    out: Path,
    start: Path | None,
    every: int,
) -> None:
    """A resumable stage of any kind of generator: `losses` makes the loss of a fresh batch, `score` looks at the average."""
    weights = torch.load(start, weights_only=True)["weights"] if start else None
    trainer, running = Trainer(recipe, weights, kind), out.with_suffix(".running")
    if running.exists():
        trainer.resume(running)
    loss_of = losses(np.random.default_rng([recipe.seed, trainer.step]))
    seen, began = [], time.monotonic()
    while trainer.step < recipe.steps:
        seen.append(trainer.update(loss_of(trainer.model)))
        if trainer.step % 100 == 0:
            rate = (time.monotonic() - began) / len(seen)
            print(f"step {trainer.step}/{recipe.steps} loss {np.mean(seen[-100:]):.4f} {rate:.3f} s/step", flush=True)
        if trainer.step % every == 0 and trainer.step < recipe.steps:
            trainer.save(running)
            save_checkpoint(out.with_name(f"{out.stem}-{trainer.step}.pt"), trainer.average)
            print("  strict", score(trainer.average), flush=True)
    save_checkpoint(out, trainer.average)
    running.unlink(missing_ok=True)
