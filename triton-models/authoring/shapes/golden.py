"""Golden values for implementations in other languages, from the shipped weights: `python -m shapes.golden`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from safetensors.torch import load_file

from .base import SIZES, TALKING_VOCABULARY, asking, reasons, reasons_first
from .corrupt import corrupted_group
from .generator import Generator, to_images
from .judge import PairwiseJudge, PointwiseJudge, log_odds
from .measure import generate
from .network_files import WEIGHTS
from .oracle import detect, judge_images
from .philox import INITIAL, SAMPLER, normals
from .prompts import balanced_prompts, near_prompt, parse, split_prompts, tokenize_all
from .render import render
from .samplers import SAMPLERS, trajectory
from .style import StyleMeasure

GRADIENT_ROWS = 4
SPEAKING = "s"  # size of the base whose reasons are kept
REASONS_FIRST = "conformance/models/shapes_judge_reasons_first"  # made of that base
PHILOX_CASES = ((0, INITIAL, 0), (1, INITIAL, 0), (1, SAMPLER, 3), (-7, SAMPLER, 0), (0x1234567890ABCDEF, 2, 41))


def load_weights(model: torch.nn.Module, folder: Path) -> torch.nn.Module:
    """The model with the weights of its version directory."""
    model.load_state_dict(load_file(folder / WEIGHTS), strict=True)
    return model.eval().requires_grad_(False)


def save_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n")


def philox_values(out: Path) -> None:
    cases = [
        {"seed": seed, "purpose": purpose, "step": step, "normals": normals(seed, purpose, step, 10).astype(float).tolist()}
        for seed, purpose, step in PHILOX_CASES
    ]
    save_json(out / "philox.json", cases)


def oracle_images(generator: Generator) -> tuple[np.ndarray, list[str]]:
    """Renders of every category, corrupted and heavily degraded renders, renders under another prompt, and samples."""
    rng = np.random.default_rng(5)
    images, prompts = [], []
    for prompt in balanced_prompts(8, "heldout", 5):
        images.append(render(parse(prompt), rng))
        prompts.append(prompt if len(prompts) % 4 else near_prompt(prompt, rng))
    for index, prompt in enumerate(balanced_prompts(3, "train", 6)):
        images.extend(corrupted_group(parse(prompt), 4, rng, strong=index % 3 == 0))
        prompts.extend([prompt] * 4)
    asked = balanced_prompts(13, "heldout", 7)
    images.extend(generate(generator, asked, 6, 8))
    blank = np.full((32, 32, 3), 200, np.uint8)
    return np.stack([*images, blank]), prompts + asked + ["a circle"]


def oracle_values(out: Path, generator: Generator) -> None:
    images, prompts = oracle_images(generator)
    verdicts = judge_images(images, prompts)
    arrays = {
        name: np.array([getattr(v, name) for v in verdicts], np.float64) for name in ("graded", "template_fit", "grain")
    }
    arrays["strict"] = np.array([v.strict for v in verdicts], np.int32)
    arrays["diversity_label"] = np.array([v.diversity_label for v in verdicts], np.int32)
    save_file({**arrays, "images": images}, out / "oracle.safetensors")
    objects = [[asdict(item) for item in items] for items in detect(images)]
    save_json(out / "oracle.json", {"prompts": prompts, "objects": objects})


def style_values(out: Path) -> None:
    """Each of the oracle's golden images compared with the next one, under its own prompt."""
    images, prompts = load_file(out / "oracle.safetensors")["images"].numpy(), json.loads((out / "oracle.json").read_text())
    measure = StyleMeasure()
    values = [
        measure.likeness(prompt, image, reference)
        for prompt, image, reference in zip(prompts["prompts"], images, np.roll(images, -1, 0))
    ]
    names = ("score", "colour", "size", "shade")
    save_file({name: np.array([getattr(v, name) for v in values]) for name in names}, out / "style.safetensors")


def velocity_values(out: Path, generator: Generator) -> None:
    prompts = ["a red circle", "two blue squares", "a green triangle above a yellow circle"]
    tokens = torch.from_numpy(tokenize_all(prompts))
    x = torch.from_numpy(np.stack([normals(seed, INITIAL, 0, 3072).reshape(3, 32, 32) for seed in (11, 12, 13)]))
    arrays = {"x": x.numpy(), "tokens": tokens.numpy()}
    for index, sigma in enumerate(([1.0, 1.0, 1.0], [0.9, 0.5, 0.1], [0.02, 0.75, 0.3333333])):
        sigmas = torch.tensor(sigma)
        arrays[f"sigma_{index}"] = sigmas.numpy()
        arrays[f"v_{index}"] = generator(x, sigmas, tokens).numpy()
    save_file(arrays, out / "velocity.safetensors")
    save_json(out / "velocity.json", {"prompts": prompts})


def judge_values(out: Path, generator: Generator, folder: Path) -> None:
    prompts = balanced_prompts(3, "heldout", 21)[:16]
    images, references = generate(generator, prompts, 8, 22), generate(generator, prompts, 8, 23)
    pointwise, pairwise = load_weights(PointwiseJudge(), folder), load_weights(PairwiseJudge(), folder)
    tokens = torch.from_numpy(tokenize_all(prompts))
    image, reference = torch.from_numpy(images), torch.from_numpy(references)
    arrays = {
        "images": images,
        "references": references,
        "tokens": tokens.numpy(),
        "pointwise_log_probs": pointwise(image, tokens).numpy(),
        "pairwise_log_probs": pairwise(reference, image, tokens).numpy(),
    }
    save_file(arrays, out / "judge.safetensors")
    save_json(out / "judge.json", {"prompts": prompts})


def judge_gradient_values(out: Path, folder: Path) -> None:
    """Gradients of log(yes / (yes + no)) by the grey levels of the first of the judge's golden images."""
    golden = load_file(out / "judge.safetensors")
    image, reference, tokens = (golden[name][:GRADIENT_ROWS] for name in ("images", "references", "tokens"))
    pointwise, pairwise = load_weights(PointwiseJudge(), folder), load_weights(PairwiseJudge(), folder)
    save_file(
        {
            "pointwise_image_gradient": log_yes_gradient(lambda x: pointwise(x, tokens), image).numpy(),
            "pairwise_image_gradient": log_yes_gradient(lambda x: pairwise(reference, x, tokens), image).numpy(),
        },
        out / "judge_gradient.safetensors",
    )


def reason_values(out: Path, bases: Path) -> None:
    """What a base says after its decision about the judge's golden images."""
    golden, folder = load_file(out / "judge.safetensors"), bases / f"shapes_vlm_{SPEAKING}/1"
    images, said = {name: golden[f"{name}s"] for name in ("reference", "image")}, {}
    for question, names in (("pointwise", ["image"]), ("pairwise", ["reference", "image"])):
        model = load_weights(asking(f"{question}_reasons")(SIZES[SPEAKING]), folder)
        inputs = [*(images[name] for name in names), golden["tokens"]]
        said[question] = reasons(lambda answer: model(*inputs, answer), len(golden["tokens"]))
    save_json(out / "reasons.json", {"model": folder.parent.name, **said})


def reasons_first_values(out: Path, models: Path) -> None:
    """What a judge says about the judge's golden images before it decides, its decisions, and gradients of some."""
    golden, folder = load_file(out / "judge.safetensors"), models / REASONS_FIRST / "1"
    images, said, arrays = {name: golden[f"{name}s"] for name in ("reference", "image")}, {}, {}
    count = len(golden["tokens"])
    for question, names in (("pointwise", ["image"]), ("pairwise", ["reference", "image"])):
        model = load_weights(asking(f"{question}_reasons")(SIZES[SPEAKING]), folder)

        def ask(answer: torch.Tensor, rows: int = count, **changed: torch.Tensor) -> torch.Tensor:
            seen = [{**images, **changed}[name][:rows] for name in names]
            return model(*seen, golden["tokens"][:rows], answer[:rows])

        answer, place = reasons_first(ask, count)
        rows = torch.arange(count)
        said[question] = [
            " ".join(TALKING_VOCABULARY[word] for word in words[:k]) for words, k in zip(answer.tolist(), place.tolist())
        ]
        arrays[f"{question}_log_probs"] = ask(answer)[rows, place].numpy()

        def decisions(levels: torch.Tensor) -> torch.Tensor:
            return ask(answer, GRADIENT_ROWS, image=levels)[rows[:GRADIENT_ROWS], place[:GRADIENT_ROWS]]

        arrays[f"{question}_image_gradient"] = log_yes_gradient(decisions, images["image"][:GRADIENT_ROWS]).numpy()
    save_file(arrays, out / "reasons_first.safetensors")
    save_json(out / "reasons_first.json", {"model": folder.parent.name, **said})


def log_yes_gradient(ask: Callable[[torch.Tensor], torch.Tensor], images: torch.Tensor) -> torch.Tensor:
    """Autograd's answer: gradient of each row's log P(yes), P = yes / (yes + no), by its image, [B,H,W,3]."""
    levels = images.float().requires_grad_()
    log_odds(ask(levels)).sigmoid().log().sum().backward()
    return levels.grad


def trajectory_values(out: Path, generator: Generator) -> None:
    prompt = split_prompts("train")["color_attr"][5]
    settings = {"prompt": prompt, "seed": 20260101, "steps": 6, "sde_start": 1, "sde_steps": 2, "noise_level": 0.7}
    tokens, arrays = torch.from_numpy(tokenize_all([prompt])), {}
    for sampler in SAMPLERS:
        window = 0 if sampler == "ode" else settings["sde_steps"]
        run = trajectory(generator, tokens, settings["seed"], 6, sampler, settings["sde_start"], window, 0.7)
        arrays[f"{sampler}_image"] = to_images(run.final)[0]
        arrays[f"{sampler}_final"] = run.final[0].numpy()
        arrays[f"{sampler}_latents"] = run.latents.numpy()
        arrays[f"{sampler}_log_probs"] = run.log_probs
        arrays["sigmas"] = run.sigmas.numpy()
    save_file(arrays, out / "trajectory.safetensors")
    save_json(out / "trajectory.json", {**settings, "samplers": list(SAMPLERS)})


def write_all(repository: Path, out: Path) -> None:
    """Every golden file, from the weights in the repository."""
    out.mkdir(parents=True, exist_ok=True)
    generator = load_weights(Generator(), repository / "shapes_generator/1")
    philox_values(out)
    oracle_values(out, generator)
    style_values(out)
    velocity_values(out, generator)
    judge_values(out, generator, repository / "shapes_judge/1")
    judge_gradient_values(out, repository / "shapes_judge/1")
    reason_values(out, repository.parent / "bases")
    reasons_first_values(out, repository.parent)
    trajectory_values(out, generator)
    for path in out.glob("*.safetensors"):
        path.chmod(0o644)  # the library writes them for the owner alone
    print(f"golden values in {out}")


def main() -> None:
    models = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repository", type=Path, default=models / "repository")
    parser.add_argument("--out", type=Path, default=models.parent / "embedded/src/test/resources/golden")
    options = parser.parse_args()
    torch.set_num_threads(1)
    write_all(options.repository, options.out)


if __name__ == "__main__":
    main()
