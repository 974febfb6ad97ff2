"""Checks that the shipped generator learns from the shipped judge: DiffusionNFT on P(yes), `python -m shapes.check_rl`.

The oracle only watches. This is a yardstick for the shipped weights, not a trainer to build on.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .generator import SIGMA_SHIFT, Generator, sample, to_images
from .golden import load_weights
from .judge import PointwiseJudge, log_odds
from .measure import Mean, pointwise_log_probs
from .muon import Muon, split_parameters
from .oracle import judge_images
from .prompts import CATEGORIES, balanced_prompts, random_prompt, tokenize_all


@dataclass(frozen=True)
class RlRecipe:
    """DiffusionNFT settings; minutes are CPU minutes of one thread, evaluation not counted."""

    minutes: float = 6.0
    prompts: int = 24
    group: int = 6
    steps: int = 6
    passes: int = 2
    minibatch: int = 48
    muon_rate: float = 0.006
    adam_rate: float = 1e-3
    advantage_range: float = 2.0
    std_floor: float = 0.05
    hold: float = 0.2
    end_rate: float = 0.03
    warmup: int = 5
    average: float = 0.9
    seed: int = 0


def advantages(rewards: Tensor, floor: float) -> Tensor:
    """Group-wise standard scores [P,G]; the floor keeps a judge's noise from becoming a signal."""
    centred = rewards - rewards.mean(1, keepdim=True)
    return centred / rewards.std(1, keepdim=True).clamp_min(floor)


def nft_loss(velocity: Tensor, old: Tensor, x: Tensor, sigma: Tensor, clean: Tensor, preference: Tensor) -> Tensor:
    """Pull towards the clean latent where preference is near 1, push the mirrored velocity there where it is near 0."""
    s = sigma.view(-1, 1, 1, 1)
    total = 0.0
    for weight, v in ((preference, velocity), (1 - preference, 2 * old - velocity)):
        error = x - s * v - clean
        scale = error.detach().abs().mean((1, 2, 3)).clamp_min(1e-5)
        total = total + weight * error.pow(2).mean((1, 2, 3)) / scale
    return total.mean()


class RlCheck:
    """One run; `policy` is trained, `old` samples and trails it, `average` is what gets measured."""

    def __init__(self, generator: Generator, judge: PointwiseJudge, recipe: RlRecipe):
        torch.manual_seed(recipe.seed)
        self.recipe, self.judge = recipe, judge
        self.rng = np.random.default_rng(recipe.seed + 100)
        self.policy = copy.deepcopy(generator).requires_grad_(True)
        self.old, self.average = copy.deepcopy(generator), copy.deepcopy(generator)
        matrices, others = split_parameters(self.policy)
        self.optimizers = [
            Muon(matrices, recipe.muon_rate),
            torch.optim.AdamW(others, recipe.adam_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
        ]
        self.rates = (recipe.muon_rate, recipe.adam_rate)
        self.iteration = self.updates = 0

    def _set_rates(self, progress: float) -> None:
        r = self.recipe
        late = max(0.0, (progress - r.hold) / (1 - r.hold))
        factor = r.end_rate + (1 - r.end_rate) * 0.5 * (1 + math.cos(math.pi * late))
        factor *= min(1.0, (self.iteration + 1) / r.warmup)
        for optimizer, rate in zip(self.optimizers, self.rates):
            optimizer.param_groups[0]["lr"] = rate * factor

    def _rollouts(self) -> tuple[Tensor, Tensor, Tensor]:
        """(clean latents, tokens, P(yes)) of prompts x group images."""
        r = self.recipe
        prompts = [p for p in (random_prompt(self.rng, "train") for _ in range(r.prompts)) for _ in range(r.group)]
        tokens = torch.from_numpy(tokenize_all(prompts))
        clean = sample(self.old, tokens, torch.randn(len(prompts), 3, 32, 32), r.steps, batch=72)
        odds = log_odds(pointwise_log_probs(self.judge, to_images(clean), prompts))
        return clean, tokens, torch.sigmoid(odds)

    def _update(self, clean: Tensor, tokens: Tensor, preference: Tensor) -> None:
        t = torch.rand(len(clean))
        sigma = 0.02 + 0.98 * SIGMA_SHIFT * t / (1 + (SIGMA_SHIFT - 1) * t)
        s = sigma.view(-1, 1, 1, 1)
        x = (1 - s) * clean + s * torch.randn_like(clean)
        with torch.no_grad():
            old = self.old(x, sigma, tokens)
        loss = nft_loss(self.policy(x, sigma, tokens), old, x, sigma, clean, preference)
        self.policy.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.policy.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.updates += 1

    def _follow(self, model: Generator, keep: float) -> None:
        with torch.no_grad():
            torch._foreach_lerp_(list(model.parameters()), list(self.policy.parameters()), 1 - keep)

    def iterate(self, progress: float) -> None:
        r = self.recipe
        self._set_rates(progress)
        clean, tokens, p_yes = self._rollouts()
        advantage = advantages(p_yes.view(r.prompts, r.group), r.std_floor).flatten().clamp(-5, 5)
        preference = (advantage / r.advantage_range).clamp(-1, 1) / 2 + 0.5
        used = (advantage.abs() > 1e-3).nonzero().flatten().repeat(r.passes)
        for index in used[torch.randperm(len(used))].split(r.minibatch):
            if len(index) >= r.minibatch // 2:
                self._update(clean[index], tokens[index], preference[index])
        self._follow(self.old, min(0.001 * self.updates, 0.5))
        self._follow(self.average, min((1 + self.iteration) / (10 + self.iteration), r.average))
        self.iteration += 1


def evaluate(model: Generator, judge: PointwiseJudge, count: int, steps: int) -> dict:
    """Held-out prompts with fixed noise: strict (and by category), P(yes), template fit, grain, colour diversity."""
    prompts = balanced_prompts(count, "heldout", 123)
    noise = torch.randn(len(prompts), 3, 32, 32, generator=torch.Generator().manual_seed(7))
    images = to_images(sample(model, torch.from_numpy(tokenize_all(prompts)), noise, steps))
    verdicts = judge_images(images, prompts)
    strict = np.array([v.strict for v in verdicts])
    p_yes = torch.sigmoid(log_odds(pointwise_log_probs(judge, images, prompts))).numpy()
    labels = np.array([v.diversity_label for v in verdicts])
    shares = np.bincount(labels[labels >= 0], minlength=4) / max((labels >= 0).sum(), 1)
    return {
        "strict": str(Mean.of(strict)),
        "by_category": dict(zip(CATEGORIES, strict.reshape(len(CATEGORIES), -1).mean(1).round(3).tolist())),
        "p_yes": round(float(p_yes.mean()), 3),
        "correlation": round(float(np.corrcoef(p_yes, strict)[0, 1]), 3),
        "template_fit": round(float(np.mean([v.template_fit for v in verdicts])), 3),
        "grain": round(float(np.mean([v.grain for v in verdicts])), 2),
        "colours": shares.round(2).tolist(),
    }


def run(generator: Generator, judge: PointwiseJudge, recipe: RlRecipe, count: int) -> list[dict]:
    """The curve of a run: one entry a minute."""
    check, spent, curve, due = RlCheck(generator, judge, recipe), 0.0, [], 0.0
    while True:
        if spent >= due or spent >= recipe.minutes * 60:
            entry = {"seconds": round(spent, 1), "iteration": check.iteration}
            curve.append(entry | evaluate(check.average, judge, count, recipe.steps))
            print(json.dumps(curve[-1]), flush=True)
            due += 60
        if spent >= recipe.minutes * 60:
            return curve
        began = time.process_time()
        check.iterate(spent / (recipe.minutes * 60))
        spent += time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repository", type=Path, default=Path(__file__).resolve().parents[2] / "repository")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--images", type=int, default=60, help="evaluation images of each category")
    options = parser.parse_args()
    torch.set_num_threads(1)
    generator = load_weights(Generator(), options.repository / "shapes_generator/1")
    judge = load_weights(PointwiseJudge(), options.repository / "shapes_judge/1")
    run(generator, judge, RlRecipe(minutes=options.minutes, seed=options.seed), options.images)


if __name__ == "__main__":
    main()
