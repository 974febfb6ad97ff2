"""The backward pass of a network by its image, as a network of its own that any runtime can run forwards.

ONNX Runtime does not differentiate. So forward and backward pass are recorded here as one graph: in go the network's
inputs and a gradient of its output, out comes the gradient by the image, in units of the image's own grey levels.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch._decomp import core_aten_decompositions
from torch.fx.experimental.proxy_tensor import make_fx
from torch.nn.attention import SDPBackend, sdpa_kernel

from .network_files import WeightsAsArguments

_convolution = torch.ops.aten.convolution.default


class PulledBack(nn.Module):
    """forward(*inputs, gradient of the output) -> gradient by input `by`; its parameters are those of the model.

    `by` is an image of whole grey levels, uint8 [B,H,W,C]; the network is differentiated as if they were real numbers.
    """

    def __init__(self, model: nn.Module, inputs: dict[str, Tensor], by: str, output_gradient: Tensor):
        super().__init__()
        for name, child in model.named_children():
            self.add_module(name, child)
        for name, parameter in model.named_parameters(recurse=False):
            self.register_parameter(name, parameter)
        self._hidden = (_record(model, list(inputs).index(by), (*inputs.values(), output_gradient)),)
        self.eval()

    def forward(self, *arguments: Tensor) -> Tensor:
        weights = dict(self.named_parameters())
        return self._hidden[0](*arguments, *(weights[name] for name in sorted(weights)))


def _record(model: nn.Module, by: int, example: tuple[Tensor, ...]) -> torch.fx.GraphModule:
    """Both passes in elementary operations; sizes that vary stay symbols."""
    plain = dict(model.named_parameters())
    bare = WeightsAsArguments(model, len(example) - 1)

    def pull_back(*arguments: Tensor) -> Tensor:
        inputs, gradient = list(arguments[: len(example) - 1]), arguments[len(example) - 1]
        # Attention in one piece has a backward pass that no other runtime knows.
        with sdpa_kernel(SDPBackend.MATH), torch.enable_grad():
            inputs[by] = inputs[by].float().requires_grad_()
            output = bare(*inputs, *arguments[len(example) :])
            return torch.autograd.grad(output, inputs[by], gradient)[0]

    weights = (plain[name].detach() for name in sorted(plain))
    rules = {**core_aten_decompositions(), torch.ops.aten.convolution_backward.default: _convolution_backward}
    recorded = make_fx(pull_back, decomposition_table=rules, tracing_mode="symbolic")(*example, *weights)
    recorded.graph.eliminate_dead_code()
    recorded.recompile()
    return recorded


def _convolution_backward(
    gradient, x, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask
):
    """The gradient by x alone, as a convolution."""
    if transposed or list(output_mask) != [True, False, False]:
        raise NotImplementedError(f"gradient of a convolution: transposed {transposed}, by {output_mask}")
    axes = range(len(stride))
    reach = [dilation[i] * (weight.shape[2 + i] - 1) for i in axes]
    if weight.shape[1] == 1 and weight.shape[0] == groups and all(step == 1 for step in stride):
        # A depthwise one is its own transpose with the kernel turned round; runtimes are slow at it in the other form.
        turned = weight.flip(*(2 + i for i in axes))
        rest = [reach[i] - padding[i] for i in axes]
        return _convolution(gradient, turned, None, stride, rest, dilation, False, [0] * len(rest), groups), None, None
    extra = [
        x.shape[2 + i] - ((gradient.shape[2 + i] - 1) * stride[i] - 2 * padding[i] + reach[i] + 1) for i in axes
    ]
    return _convolution(gradient, weight, None, stride, padding, dilation, True, extra, groups), None, None
