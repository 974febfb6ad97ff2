"""Writes the video models' files of the Triton repository, and the prompt lists with their first frames."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import nn

from shapes.network_files import WEIGHTS, write_onnx, write_torchscript, write_weights
from shapes.repository import EXAMPLE_BATCH, write_vocabulary

from .generator import LATENT, VideoGenerator
from .judge import VideoJudge
from .oracle import LIMITS
from .prompts import CATEGORIES, PROMPT_TOKENS, WORDS, parse, split_prompts
from .render import FRAMES, SIZE, render

FRAME_SEED = 77


def _tokens() -> torch.Tensor:
    return torch.arange(EXAMPLE_BATCH * PROMPT_TOKENS).view(EXAMPLE_BATCH, PROMPT_TOKENS) % len(WORDS)


def _write(folder: Path, name: str, model: nn.Module, inputs: dict, output: str, vocabulary) -> str:
    """Vocabulary, graph, trace and weights of a version directory; returns the digest of the weights."""
    write_vocabulary(folder, vocabulary)
    weights = dict(model.named_parameters())
    write_onnx(folder / f"{name}.onnx", model, weights, inputs, output)
    write_torchscript(folder / f"{name}.pt", model, inputs)
    return write_weights(folder / WEIGHTS, weights)


def write_generator(folder: Path, model: VideoGenerator) -> str:
    inputs = {"x": torch.randn(EXAMPLE_BATCH, *LATENT), "sigma": torch.tensor([1.0, 0.6, 0.2]), "tokens": _tokens()}
    return _write(folder, "velocity", model, inputs, "v", WORDS)


def write_judge(folder: Path, model: VideoJudge) -> str:
    video = torch.randint(0, 256, (EXAMPLE_BATCH, FRAMES, SIZE, SIZE, 3), dtype=torch.uint8)
    inputs = {"image": video, "tokens": _tokens()}
    return _write(folder, "pointwise", model.eval(), inputs, "log_probs", model.vocabulary)


def write_oracle(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "oracle.json").write_text(json.dumps(LIMITS.to_json(), indent=2) + "\n")


def write_prompts(folder: Path) -> None:
    """For each split every prompt once; and those that a first frame can begin, with a frame rendered for each."""
    rng = np.random.default_rng(FRAME_SEED)
    for split in ("train", "heldout"):
        lines, framed = [], []
        for category in CATEGORIES:
            for text in split_prompts(split)[category]:
                lines.append({"prompt": text, "category": category})
                name = f"shapes-video-frames/{split}-{text.replace(' ', '-')}.png"
                write_png(folder / name, render(parse(text), rng)[0])
                framed.append({**lines[-1], "first_frame": name})
        for suffix, rows in (("", lines), ("-first-frame", framed)):
            text = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / f"shapes-video{suffix}-{split}.jsonl").write_text(text)


def write_png(path: Path, image: np.ndarray) -> None:
    """An RGB image uint8 [H,W,3]; equal images are equal files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    height, width, _ = image.shape
    rows = b"".join(b"\0" + image[y].tobytes() for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
