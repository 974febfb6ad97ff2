"""Runs chunks of work in parallel: ONNX Runtime frees the interpreter while it computes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Workers:
    """One thread a core that this process may use."""

    def __init__(self, threads: int | None = None):
        self._pool = ThreadPoolExecutor(threads or len(os.sched_getaffinity(0)), thread_name_prefix="model-worker")

    def map_chunks(self, work: Callable[[Sequence[T]], list[R]], items: Sequence[T], size: int) -> list[R]:
        """`work` on pieces of at most `size` items, one result an item; the results in the items' order."""
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        return [result for results in self._pool.map(work, chunks) for result in results]

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
