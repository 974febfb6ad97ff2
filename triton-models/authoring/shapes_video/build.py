"""Rebuilds the video models: `python -m shapes_video.build`.

Stages that have left their file in the cache are skipped, and a training stage goes on where it was stopped.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import torch

from shapes.build import Stage, blend, make
from shapes.generator import load_generator
from shapes.pretrain import Recipe
from shapes.train_judge import MATCH, PERCEPTION, JudgeRecipe, train_judge

from . import cards, golden, repository
from .generator import VideoGenerator
from .judge import PerceivingVideoJudge, load_video_judge
from .judge_data import VideoPool, write_corrupted, write_generated
from .pretrain import render_dataset, train
from .train_judge import match_step, perception_step

RENDERS = 40_000
SMALL_RADII = (2.9, 3.6)  # pixels; the first stage practises on smaller objects than the world has
FIRST = Recipe(steps=3500, seed=1)
CLEAN = Recipe(steps=4500, seed=2)
SPOILED = Recipe(steps=500, redrawn_captions=0.45, seed=3)

SPOILED_SHARE = 0.8
SEE = JudgeRecipe(PERCEPTION, steps=500, seed=4)
FIT = JudgeRecipe(MATCH, steps=1300, muon_rate=0.012, adam_rate=1.2e-3, perception_weight=2.0, seed=5)
POOLS = ("renders", "1500", "shipped", "clean")


def _judge(recipe: JudgeRecipe, step, first) -> Callable[[Path, Path], None]:
    def train_stage(cache: Path, product: Path) -> None:
        paths = [cache / f"judge-{name}.npz" for name in POOLS]
        train_judge(recipe, paths, product, lambda: first(cache), step, kind=VideoPool)

    return train_stage


STAGES = (
    Stage("renders: small objects", "renders-small.npz", 0.3, 125, lambda c, p: render_dataset(p, RENDERS, 1, SMALL_RADII)),
    Stage("renders", "renders.npz", 0.3, 125, lambda c, p: render_dataset(p, RENDERS, 2)),
    Stage("generator: first", "first.pt", 6.5, 12, lambda c, p: train(FIRST, c / "renders-small.npz", p)),
    Stage("generator: clean", "clean.pt", 8, 12, lambda c, p: train(CLEAN, c / "renders.npz", p, c / "first.pt", 750)),
    Stage("generator: spoiled", "spoiled.pt", 1, 2, lambda c, p: train(SPOILED, c / "renders.npz", p, c / "clean.pt")),
    Stage(
        "generator: shipped mix", "shipped.pt", 0.1, 2,
        lambda c, p: blend(c / "clean.pt", c / "spoiled.pt", SPOILED_SHARE, p, VideoGenerator),
    ),
    Stage("judge data: renders", "judge-renders.npz", 0.5, 40, lambda c, p: write_corrupted(p, 1500, 31)),
    Stage("judge data: 1500", "judge-1500.npz", 0.5, 8, lambda c, p: write_generated(p, c / "clean-1500.pt", 300, 41)),
    Stage("judge data: shipped", "judge-shipped.npz", 0.8, 16, lambda c, p: write_generated(p, c / "shipped.pt", 600, 42)),
    Stage("judge data: clean", "judge-clean.npz", 0.5, 8, lambda c, p: write_generated(p, c / "clean.pt", 300, 43)),
    Stage("judge: perception", "judge-perception.pt", 1, 2, _judge(SEE, perception_step, lambda _: PerceivingVideoJudge())),
    Stage(
        "judge: match", "judge-match.pt", 6, 2,
        _judge(FIT, match_step, lambda c: load_video_judge(c / "judge-perception.pt", PerceivingVideoJudge)),
    ),
)  # fmt: skip


def training_facts() -> dict:
    """What the cards say about the training."""
    facts = {"renders": f"{RENDERS:,}", "first_steps": f"{FIRST.steps:,}", "clean_steps": f"{CLEAN.steps:,}"}
    facts |= {"spoiled_steps": SPOILED.steps, "redrawn": f"{SPOILED.redrawn_captions:.0%}", "spoiled_share": f"{SPOILED_SHARE:.0%}"}
    return facts | {"perception_steps": SEE.steps, "match_steps": f"{FIT.steps:,}"}


def export(cache: Path, models: Path, golden_folder: Path) -> None:
    """The repository, prompt lists, golden values and cards from the cached weights."""
    folder, clean = models / "repository", load_generator(cache / "clean.pt", VideoGenerator)
    torch.manual_seed(0)
    repository.write_oracle(folder / "shapes_video_oracle/1")
    repository.write_prompts(models / "prompts")
    repository.write_generator(folder / "shapes_video_generator/1", load_generator(cache / "shipped.pt", VideoGenerator))
    repository.write_judge(folder / "shapes_video_judge/1", load_video_judge(cache / "judge-match.pt"))
    golden.write_all(folder, golden_folder)
    cards.write_cards(folder, clean, training_facts(), count=200, groups=64)


def announce(cache: Path) -> None:
    """What the build will do, before it does anything."""
    left = [stage for stage in STAGES if not (cache / stage.product).exists()]
    for stage in STAGES:
        state = "to do" if stage in left else "done"
        print(f"{state:6} {stage.name:28} about {stage.minutes:5.1f} CPU minutes, {stage.megabytes:4.0f} MB")


def main() -> None:
    models = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/shapes-video"), help="data and checkpoints")
    parser.add_argument("--out", type=Path, default=models, help="where repository/ and prompts/ go")
    parser.add_argument("--golden", type=Path, default=models.parent / "embedded/src/test/resources/golden")
    parser.add_argument("--plan", action="store_true", help="only say what is left to do")
    options = parser.parse_args()
    torch.set_num_threads(1)
    announce(options.cache)
    if options.plan:
        return
    options.cache.mkdir(parents=True, exist_ok=True)
    make(list(STAGES), options.cache)
    export(options.cache, options.out, options.golden)


if __name__ == "__main__":
    main()
