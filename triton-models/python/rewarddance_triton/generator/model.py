"""One version of a generator, open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..batches import answer, read_calls
from ..call import Call
from ..errors import RequestError
from ..network import Network
from ..parameters import Parameters
from ..vocabulary import Tokenizer, Vocabulary
from ..weights import PolicyFile
from ..workers import Workers
from .reader import RequestReader
from .row import Row, to_sample
from .settings import Settings

CHUNK_ROWS = 8  # rows of a network run: from here on the time per image hardly falls, while padding grows


class FlowGenerator:
    """Draws every row of a batch, in chunks of the network's shape."""

    def __init__(self, settings: Settings, reader: RequestReader, velocity: Network, version: int, digest: str):
        self._settings = settings
        self._reader = reader
        self._velocity = velocity
        self._version = version
        self._digest = digest
        self._workers = Workers()

    @classmethod
    def open(cls, parameters: Parameters, directory: Path, version: int) -> FlowGenerator:
        settings = Settings.of(parameters)
        tokenizer = Tokenizer(Vocabulary.read(directory / "vocabulary.txt"), settings.prompt_tokens)
        policy = PolicyFile.read(directory)
        latent = settings.latent_shape
        tensors = {"x": latent, "sigma": (), "tokens": (settings.prompt_tokens,), "v": latent}
        velocity = Network(directory / "velocity.onnx", policy, CHUNK_ROWS, tensors)
        return cls(settings, RequestReader(settings, tokenizer, version), velocity, version, policy.digest)

    def infer(self, calls: list[Call]) -> list[dict[str, np.ndarray] | RequestError]:
        drawings = read_calls(calls, self._reader.read)
        self._draw([row for drawing in drawings if not isinstance(drawing, RequestError) for row in drawing])
        return [answer(drawing, self._outputs) for drawing in drawings]

    def close(self) -> None:
        self._workers.close()

    def _draw(self, rows: list[Row]) -> None:
        """Rows with equally many steps to take share network runs."""
        for length in sorted({row.span.length for row in rows}):
            self._workers.map_chunks(self._denoise, [row for row in rows if row.span.length == length], CHUNK_ROWS)

    def _denoise(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Takes a chunk to its latents; rows that fail or are cancelled leave it on the way."""
        for row in rows:
            row.begin(self._settings.latent_shape)
        for _ in range(rows[0].span.length):
            rows = [row for row in rows if row.is_active]
            if not rows:
                break
            try:
                velocities = self._velocities(rows)
            except RequestError as error:
                for row in rows:
                    row.error = error
                break
            for row, velocity in zip(rows, velocities):
                row.advance(velocity)
        return rows

    def _velocities(self, rows: Sequence[Row]) -> np.ndarray:
        """float32 [rows,3,...] at the rows' states."""
        sigma = np.array([row.sigma for row in rows], np.float32)
        x, tokens = np.stack([row.state for row in rows]), np.stack([row.tokens for row in rows])
        (velocities,) = self._velocity.run(x=x, sigma=sigma, tokens=tokens)
        return velocities

    def _outputs(self, rows: list[Row]) -> dict[str, np.ndarray]:
        rows[0].call.stop_if_cancelled("while it was drawn")
        for row in rows:
            if row.error:
                raise row.error
        count = len(rows)
        return {
            self._settings.sample: np.stack([to_sample(row.clean) for row in rows]),
            "latents": np.stack([np.stack(row.latents) for row in rows]),
            "log_probs": np.array([row.log_probs for row in rows], np.float32),
            "sigmas": np.tile(rows[0].plan.sigmas, (count, 1)),
            "policy_version": np.full((count, 1), self._version, np.int64),
            "policy_digest": np.full((count, 1), self._digest.encode(), np.object_),
        }
