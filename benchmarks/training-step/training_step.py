"""The NFT update of TrainingStepBenchmark in PyTorch: 288 samples in 6 steps of 48, Muon and AdamW.

Arguments: threads, updates. Prints one line of JSON.
"""

import json
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

MODEL = Path(__file__).parents[2] / "triton-models/repository/shapes_generator/1"
ROLLOUTS, STEPS, MINIBATCH = 144, 6, 48


class Muon:
    """Momentum, orthogonalised by five Newton-Schulz steps; qkv in three parts."""

    def __init__(self, parameters, rate, momentum=0.95, decay=0.01):
        self.parameters, self.rate, self.momentum, self.decay = parameters, rate, momentum, decay
        self.buffers = [torch.zeros_like(p) for p in parameters]

    @torch.no_grad()
    def step(self, gradients):
        for parameter, buffer, gradient in zip(self.parameters, self.buffers, gradients):
            buffer.lerp_(gradient, 1 - self.momentum)
            ahead = gradient.lerp(buffer, self.momentum)
            rows, columns = ahead.shape
            parts = ahead.chunk(3) if rows == 3 * columns else [ahead]
            direction = torch.cat([orthogonal(part) for part in parts])
            parameter.mul_(1 - self.rate * self.decay).add_(direction, alpha=-self.rate)


def orthogonal(matrix):
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix / (matrix.norm() + 1e-7)
    x = x.T if tall else x
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    x = x.T if tall else x
    return x * max(1, matrix.shape[0] / matrix.shape[1]) ** 0.5


def nft_loss(network, trained, old, x0, tokens, share):
    sigma = 0.02 + 0.98 * 2 * (u := torch.rand(len(x0))) / (1 + u)
    s = sigma.view(-1, 1, 1, 1)
    x = (1 - s) * x0 + s * torch.randn_like(x0)
    with torch.no_grad():
        v_old = network(x, sigma, tokens, *old)
    v = network(x, sigma, tokens, *trained)
    good, bad = x - s * v - x0, x - s * (2 * v_old - v) - x0
    losses = [
        e.square().mean((1, 2, 3)) / e.detach().abs().mean((1, 2, 3)).clamp_min(1e-5)
        for e in (good, bad)
    ]
    return (share * losses[0] + (1 - share) * losses[1]).mean()


def update(network, trained, old, optimizers, latents, tokens, share):
    order = torch.arange(ROLLOUTS).repeat(2)[torch.randperm(2 * ROLLOUTS)]
    muon_at, adam_at, muon, adam = optimizers
    for rows in order.split(MINIBATCH):
        loss = nft_loss(network, trained, old, latents[rows], tokens[rows], share[rows])
        gradients = torch.autograd.grad(loss, trained)
        norm = torch.stack([g.norm() for g in gradients]).norm()
        gradients = [g * (1 / (norm + 1e-6)).clamp(max=1) for g in gradients]
        for i in adam_at:
            trained[i].grad = gradients[i]
        adam.step()
        muon.step([gradients[i] for i in muon_at])


def main():
    threads, updates = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(7)
    weights = load_file(MODEL / "weights.safetensors")
    names = sorted(weights)
    network = torch.jit.load(str(MODEL / "velocity.pt"))
    torch._C._set_graph_executor_optimize(False)
    trained = [weights[n].clone().requires_grad_() for n in names]
    old = [weights[n].clone() for n in names]
    muon_at = [i for i, n in enumerate(names) if "blocks." in n and old[i].ndim == 2 and min(old[i].shape) >= 16]
    adam_at = [i for i in range(len(names)) if i not in muon_at]
    muon = Muon([trained[i] for i in muon_at], 0.006)
    adam = torch.optim.AdamW([trained[i] for i in adam_at], lr=1e-3, betas=(0.9, 0.98), fused=True)
    latents = torch.randn(ROLLOUTS, 3, 32, 32).clamp(-1, 1)
    tokens = torch.randint(1, 20, (ROLLOUTS, 8))
    share = torch.rand(ROLLOUTS)
    seconds = []
    for _ in range(updates + 1):
        start = time.perf_counter()
        update(network, trained, old, (muon_at, adam_at, muon, adam), latents, tokens, share)
        seconds.append(time.perf_counter() - start)
    first, rest = seconds[0], sorted(seconds[1:])
    result = {
        "threads": threads,
        "rollouts": ROLLOUTS,
        "steps": STEPS,
        "first_seconds": round(first, 3),
        "median_seconds": round(rest[len(rest) // 2], 3),
        "best_seconds": round(rest[0], 3),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
