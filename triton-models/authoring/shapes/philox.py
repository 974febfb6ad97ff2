"""Counter-based noise, the same in every language: Philox 4x32-10 and Box-Muller in double, rounded to float."""

from __future__ import annotations

import numpy as np

INITIAL, SAMPLER = 0, 1  # purposes; 2 to 4 belong to the trainer, 5 is re-noising
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def philox(counter: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """Ten rounds; counter uint32 [N,4] -> words uint32 [N,4]."""
    c0, c1, c2, c3 = (counter[:, i].astype(np.uint64) for i in range(4))
    k0, k1 = key
    for _ in range(10):
        p0, p1 = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ np.uint64(k0), p1 & _LOW, (p0 >> _HALF) ^ c3 ^ np.uint64(k1), p0 & _LOW
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3], 1).astype(np.uint32)


def normals(seed: int, purpose: int, step: int, count: int) -> np.ndarray:
    """`count` standard normals as float32: element i comes from block i/4, counter (block, step, purpose, 0)."""
    blocks = (count + 3) // 4
    counter = np.zeros((blocks, 4), np.uint32)
    counter[:, 0], counter[:, 1], counter[:, 2] = np.arange(blocks), step, purpose
    bits = seed & 0xFFFFFFFFFFFFFFFF
    u = (philox(counter, (bits & 0xFFFFFFFF, bits >> 32)).astype(np.float64) + 0.5) * 2.0**-32
    radius, angle = np.sqrt(-2.0 * np.log(u[:, 0::2])), 2.0 * np.pi * u[:, 1::2]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 2)
    return pairs.reshape(-1)[:count].astype(np.float32)
