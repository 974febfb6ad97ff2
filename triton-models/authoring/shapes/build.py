"""Rebuilds everything that is shipped: `python -m shapes.build`.

Stages that have left their file in the cache are skipped, and a training stage goes on where it was stopped, so that
the same command resumes an interrupted build.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from . import bases, cards, golden, repository
from .base import SIZES, BaseJudge, load_base
from .generator import Generator, load_generator, save_checkpoint
from .judge import PerceivingJudge, load_judge
from .judge_data import write_corrupted, write_generated
from .pretrain import Recipe, render_dataset, train
from .train_base import FACTS, fact_step
from .train_judge import (
    MATCH, PAIRS, PERCEPTION, JudgeRecipe, Step, match_step, open_pair_questions, pairs_step, perception_step, train_judge,
)  # fmt: skip

RENDERS = 80_000
CLEAN = Recipe(steps=16_000, seed=1)
SPOILED = Recipe(steps=700, redrawn_captions=0.45, seed=2)
SPOILED_SHARE = 0.8
JUDGE_RECIPES = (
    JudgeRecipe(PERCEPTION, steps=900, seed=3),
    JudgeRecipe(MATCH, steps=2000, muon_rate=0.012, adam_rate=1.2e-3, perception_weight=2.0, seed=4),
    JudgeRecipe(
        PAIRS, steps=900, muon_rate=0.01, adam_rate=1e-3, perception_weight=2.0, generated_share=0.75, hold=0.2, seed=5
    ),
)

BASE_DATA = ("renders", "3000", "5000")
BASE_RECIPES = (JudgeRecipe(PERCEPTION, steps=900, seed=6), JudgeRecipe(FACTS, steps=700, muon_rate=0.012, adam_rate=1.2e-3, seed=7))
BASE_MINUTES = (0.5, 0.8, 1.2, 2, 3.5)  # of each of the two stages, by size


@dataclass(frozen=True)
class Stage:
    """One step of the build: what it leaves in the cache, CPU minutes of one thread and megabytes, and how it is made."""

    name: str
    product: str
    minutes: float
    megabytes: float
    make: Callable[[Path, Path], None]  # (cache, product)


def blend(clean: Path, spoiled: Path, share: float, out: Path, kind: type[Generator] = Generator) -> None:
    """Weights on the line between two checkpoints: how much alignment is taken away."""
    one, other = load_generator(clean, kind), load_generator(spoiled, kind)
    mixed = {k: w.lerp(other.state_dict()[k], share) for k, w in one.state_dict().items()}
    model = kind(one.config)
    model.load_state_dict(mixed)
    save_checkpoint(out, model)


def _training(recipe: JudgeRecipe, data: tuple[str, ...], step: Step, first: Callable[[Path], PerceivingJudge]):
    def make(cache: Path, product: Path) -> None:
        paths = [cache / f"judge-{name}.npz" for name in data]
        train_judge(recipe, paths, product, lambda: first(cache), step)

    return make


def _judge_stage(
    recipe: JudgeRecipe, minutes: float, data: tuple[str, ...], step: Step, first: Callable[[Path], PerceivingJudge]
) -> Stage:
    make = _training(recipe, data, step, first)
    return Stage(f"judge: {recipe.stage}", f"judge-{recipe.stage}.pt", minutes, 2, make)


def _trained(stage: str) -> Callable[[Path], PerceivingJudge]:
    return lambda cache: load_judge(cache / f"judge-{stage}.pt", PerceivingJudge)


def _base_stages() -> list[Stage]:
    """Two for each size, the same data and steps for all."""
    stages = []
    for (size, config), minutes in zip(SIZES.items(), BASE_MINUTES):
        see, facts = f"base-{size}-{PERCEPTION}.pt", f"base-{size}.pt"
        first = _training(BASE_RECIPES[0], BASE_DATA, perception_step, lambda _, c=config: BaseJudge(c))
        then = _training(BASE_RECIPES[1], BASE_DATA, fact_step, lambda cache, s=see: load_base(cache / s))
        stages += [Stage(f"base {size}: {PERCEPTION}", see, minutes, 2, first)]
        stages += [Stage(f"base {size}: {FACTS}", facts, minutes, 2, then)]
    return stages


def _images_stage(name: str, checkpoint: str, groups: int, seed: int, minutes: float) -> Stage:
    def make(cache: Path, product: Path) -> None:
        write_generated(product, cache / checkpoint, groups, seed)

    return Stage(f"judge data: {name}", f"judge-{name}.npz", minutes, groups * 8 * 0.0032, make)


STAGES = (
    Stage("renders", "renders.npz", 0.6, 260, lambda c, p: render_dataset(p, RENDERS, 1)),
    Stage("generator: clean", "clean.pt", 40, 50, lambda c, p: train(CLEAN, c / "renders.npz", p)),
    Stage(
        "generator: spoiled", "spoiled.pt", 2, 2,
        lambda c, p: train(SPOILED, c / "renders.npz", p, start=c / "clean.pt"),
    ),
    Stage(
        "generator: shipped mix", "shipped.pt", 0.1, 2,
        lambda c, p: blend(c / "clean.pt", c / "spoiled.pt", SPOILED_SHARE, p),
    ),
    Stage("judge data: renders", "judge-renders.npz", 1, 80, lambda c, p: write_corrupted(p, 3000, 31)),
    _images_stage("3000", "clean-3000.pt", 600, 43, 1.2),
    _images_stage("5000", "clean-5000.pt", 800, 45, 1.7),
    _judge_stage(JUDGE_RECIPES[0], 3, ("renders", "3000"), perception_step, lambda _: PerceivingJudge()),
    _judge_stage(JUDGE_RECIPES[1], 13, ("renders", "3000", "5000"), match_step, _trained(PERCEPTION)),
    _images_stage("shipped", "shipped.pt", 800, 61, 1.2),
    _images_stage("clean", "clean.pt", 600, 62, 0.9),
    _judge_stage(
        JUDGE_RECIPES[2], 7, ("renders", "5000", "shipped", "clean"), pairs_step,
        lambda cache: open_pair_questions(_trained(MATCH)(cache)),
    ),
    *_base_stages(),
)  # fmt: skip


def announce(cache: Path) -> None:
    """What the build will do, before it does anything."""
    left = [stage for stage in STAGES if not (cache / stage.product).exists()]
    for stage in STAGES:
        state = "to do" if stage in left else "done"
        print(f"{state:6} {stage.name:28} about {stage.minutes:5.1f} CPU minutes, {stage.megabytes:4.0f} MB")
    minutes, megabytes = sum(s.minutes for s in left), sum(s.megabytes for s in left)
    print(f"then export, cards and golden values, about 6 minutes; in all {minutes + 6:.0f} CPU minutes of one thread,")
    print(f"{megabytes:.0f} MB in {cache}", flush=True)


def make(stages: list[Stage], cache: Path) -> None:
    """Those of the stages that have not left their file yet."""
    for stage in stages:
        product = cache / stage.product
        if not product.exists():
            began = time.monotonic()
            print(f"== {stage.name}", flush=True)
            stage.make(cache, product)
            print(f"== {stage.name}: {(time.monotonic() - began) / 60:.1f} minutes", flush=True)


def export(cache: Path, models: Path, golden_folder: Path) -> None:
    """The repository, prompt lists, cards and golden values from the cached weights."""
    folder = models / "repository"
    torch.manual_seed(0)
    repository.write_oracle(folder / "shapes_oracle/1")
    repository.write_style(folder / "shapes_style/1")
    repository.write_prompts(models / "prompts")
    repository.write_generator(folder / "shapes_generator/1", load_generator(cache / "shipped.pt"))
    repository.write_judge(folder / "shapes_judge/1", load_judge(cache / f"judge-{PAIRS}.pt", PerceivingJudge))
    bases.write_bases(cache, models)
    golden.write_all(folder, golden_folder)
    training = training_facts()
    (cache / "training.json").write_text(json.dumps(training, indent=1))
    cards.write_cards(folder, load_generator(cache / "clean.pt"), training, count=300, groups=96)


def training_facts() -> dict:
    """What the cards say about the training."""
    facts = {"renders": f"{RENDERS:,}", "clean_steps": f"{CLEAN.steps:,}", "spoiled_steps": SPOILED.steps}
    facts |= {"clean_images": f"{CLEAN.steps * CLEAN.batch:,}", "redrawn": f"{SPOILED.redrawn_captions:.0%}"}
    facts |= {"spoiled_share": f"{SPOILED_SHARE:.0%}"}
    for recipe in JUDGE_RECIPES:
        facts[f"{recipe.stage}_steps"] = asdict(recipe)["steps"]
    return facts


def main() -> None:
    models = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/shapes"), help="data and checkpoints")
    parser.add_argument("--out", type=Path, default=models, help="where repository/ and prompts/ go")
    parser.add_argument("--golden", type=Path, default=models.parent / "embedded/src/test/resources/golden")
    parser.add_argument("--plan", action="store_true", help="only say what is left to do")
    parser.add_argument("--only", help="make the stages whose names begin with this, and export nothing")
    options = parser.parse_args()
    torch.set_num_threads(1)
    announce(options.cache)
    if options.plan:
        return
    options.cache.mkdir(parents=True, exist_ok=True)
    make([stage for stage in STAGES if stage.name.startswith(options.only or "")], options.cache)
    if not options.only:
        export(options.cache, options.out, options.golden)


if __name__ == "__main__":
    main()
