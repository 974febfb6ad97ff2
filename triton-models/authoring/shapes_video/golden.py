"""Golden values of the video models for implementations in other languages, from the shipped weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

from shapes.generator import to_images
from shapes.golden import load_weights, save_json
from shapes.samplers import SAMPLERS, trajectory

from .corrupt import corrupted_group
from .generator import LATENT, VideoGenerator, to_latents
from .judge import VideoJudge
from .measure import first_frames, generate
from .oracle import judge_videos
from .prompts import balanced_prompts, near_prompt, parse, split_prompts, tokenize_all
from .render import render

NUMBERS = ("strict", "graded", "objects", "motion", "template_fit", "grain")


def oracle_videos(generator: VideoGenerator) -> tuple[np.ndarray, list[str]]:
    """Renders, some under another prompt, corrupted renders, samples, and one of nothing."""
    rng = np.random.default_rng(5)
    prompts = balanced_prompts(4, "heldout", 5)
    videos = [render(parse(prompt), rng) for prompt in prompts]
    prompts = [prompt if index % 4 else near_prompt(prompt, rng) for index, prompt in enumerate(prompts)]
    for prompt in balanced_prompts(2, "train", 6):
        videos.extend(corrupted_group(parse(prompt), 4, rng))
        prompts.extend([prompt] * 4)
    asked = balanced_prompts(4, "heldout", 7)
    videos.extend(generate(generator, asked, 6, 8))
    blank = np.full((4, 16, 16, 3), 200, np.uint8)
    return np.stack([*videos, blank]), [*prompts, *asked, "a circle moving up"]


def write_oracle(out: Path, generator: VideoGenerator) -> None:
    videos, prompts = oracle_videos(generator)
    verdicts = judge_videos(videos, prompts)
    arrays = {name: np.array([getattr(v, name) for v in verdicts], np.float64) for name in NUMBERS}
    arrays["diversity_label"] = np.array([v.diversity_label for v in verdicts], np.int32)
    save_file({"videos": videos, **arrays}, out / "video_oracle.safetensors")
    save_json(out / "video_oracle.json", {"prompts": prompts})


def write_judge(out: Path, generator: VideoGenerator, folder: Path) -> None:
    prompts = balanced_prompts(4, "heldout", 21)
    videos = generate(generator, prompts, 8, 22)
    log_probs = load_weights(VideoJudge(), folder)(torch.from_numpy(videos), torch.from_numpy(tokenize_all(prompts)))
    save_file({"videos": videos, "log_probs": log_probs.numpy()}, out / "video_judge.safetensors")
    save_json(out / "video_judge.json", {"prompts": prompts})


def write_trajectories(out: Path, generator: VideoGenerator) -> None:
    """One video by each sampler, from the text alone and from a first frame."""
    prompt = split_prompts("train")["color_moving"][3]
    settings = {"prompt": prompt, "seed": 20260201, "steps": 6, "sde_start": 1, "sde_steps": 2, "noise_level": 0.7}
    frame = first_frames([prompt], 3)
    tokens, arrays = torch.from_numpy(tokenize_all([prompt])), {"first_frame": frame[0]}
    for sampler in SAMPLERS:
        window = 0 if sampler == "ode" else settings["sde_steps"]
        for kind, first in (("text", None), ("frame", to_latents(frame)[0])):
            run = trajectory(generator, tokens, settings["seed"], 6, sampler, 1, window, 0.7, LATENT, first)
            arrays[f"{kind}_{sampler}_video"] = to_images(run.final)[0]
            arrays[f"{kind}_{sampler}_latents"] = run.latents.numpy()
            arrays[f"{kind}_{sampler}_log_probs"] = run.log_probs
    save_file(arrays, out / "video_trajectory.safetensors")
    save_json(out / "video_trajectory.json", {**settings, "samplers": list(SAMPLERS)})


def write_all(repository: Path, out: Path) -> None:
    """Every golden file, from the weights in the repository."""
    generator = load_weights(VideoGenerator(), repository / "shapes_video_generator/1")
    write_oracle(out, generator)
    write_judge(out, generator, repository / "shapes_video_judge/1")
    write_trajectories(out, generator)
    for path in out.glob("video_*.safetensors"):
        path.chmod(0o644)  # the library writes them for the owner alone
