"""Muon: momentum whose matrix updates are made nearly orthogonal by five Newton-Schulz steps."""

from __future__ import annotations

import torch
from torch import Tensor

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrix: Tensor) -> Tensor:
    """The nearest semi-orthogonal matrix, roughly; [rows, columns] -> the same shape."""
    a, b, c = _COEFFICIENTS
    x = matrix / (matrix.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(5):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if tall else x


class Muon(torch.optim.Optimizer):
    """For 2-D weights only. A fused query-key-value weight (rows = 3 x columns) is treated as three matrices."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.01):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._update(weight, group)

    def _update(self, weight: Tensor, group: dict) -> None:
        average = self.state[weight].setdefault("average", torch.zeros_like(weight))
        average.lerp_(weight.grad, 1 - group["momentum"])
        direction = weight.grad.lerp(average, group["momentum"])  # Nesterov
        rows, columns = weight.shape
        parts = direction.split(columns) if rows == 3 * columns else (direction,)
        steps = [orthogonalise(part) * max(1.0, part.shape[0] / part.shape[1]) ** 0.5 for part in parts]
        weight.mul_(1 - group["lr"] * group["weight_decay"]).add_(torch.cat(steps), alpha=-group["lr"])


def split_parameters(model: torch.nn.Module):
    """(matrices of the blocks, for Muon; everything else, for AdamW)."""
    matrices, others = [], []
    for name, weight in model.named_parameters():
        in_block = name.startswith("blocks.") and weight.ndim == 2 and not name.endswith("table")
        (matrices if in_block else others).append(weight)
    return matrices, others
