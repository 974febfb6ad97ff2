"""Normal noise from Philox 4x32-10, drawn alike in every language of the project.

The key is the seed; the counter is (block, step, purpose, 0) with four elements a block. Words become uniforms in (0,1)
by (word + 0.5) / 2^32 and pairs of uniforms become pairs of normals (Box and Muller) in double, each rounded to float.
"""

from __future__ import annotations

import numpy as np

INITIAL_NOISE = 0
SAMPLER_NOISE = 1
RENOISING = 5  # 2 to 4 are the trainer's, under keys of its own

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL = 0x9E3779B9, 0xBB67AE85
_ROUNDS = 10
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def normals(seed: int, purpose: int, step: int, count: int) -> np.ndarray:
    """float32 [count]; `seed` is any 64-bit integer, signed or not."""
    blocks = -(-count // 4)
    counter = np.arange(blocks, dtype=np.uint64), *(np.full(blocks, word, np.uint64) for word in (step, purpose, 0))
    words = np.stack(_cipher(counter, seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF), axis=1)
    uniforms = (words.astype(np.float64) + 0.5) * 2.0**-32
    radius = np.sqrt(-2.0 * np.log(uniforms[:, 0::2]))
    angle = 2.0 * np.pi * uniforms[:, 1::2]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=2)
    return pairs.reshape(-1)[:count].astype(np.float32)


def _cipher(counter: tuple[np.ndarray, ...], key0: int, key1: int) -> tuple[np.ndarray, ...]:
    """The four output words of each counter; 32-bit words held in uint64."""
    c0, c1, c2, c3 = counter
    for _ in range(_ROUNDS):
        product0, product1 = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1 = (product1 >> _HALF) ^ c1 ^ np.uint64(key0), product1 & _LOW
        c2, c3 = (product0 >> _HALF) ^ c3 ^ np.uint64(key1), product0 & _LOW
        key0, key1 = key0 + _WEYL[0] & 0xFFFFFFFF, key1 + _WEYL[1] & 0xFFFFFFFF
    return c0, c1, c2, c3
