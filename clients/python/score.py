"""Asks a judge on Triton whether an image satisfies a prompt, or does so better than a reference image."""
import argparse
import math
import sys

import numpy as np
import tritonclient.grpc as triton
from PIL import Image
from tritonclient.utils import InferenceServerException, np_to_triton_dtype


class JudgeError(Exception):
    """The judge gave no answer, or one that is no answer."""


def read_image(path):
    """UINT8 [1, height, width, 3]: a batch of one."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))[np.newaxis]


def score(client, model, prompt, image, reference=None, instruction="", timeout_s=30.0):
    """P(yes) and the mass yes + no, by the contract in docs/contracts.md; images are as read_image reads them."""
    tensors = {
        "prompt": text(prompt),
        "instruction": text(instruction),
        "image": image,
        "max_reason_tokens": np.zeros([1, 1], np.int32),
    }
    if reference is not None:
        tensors["reference"] = reference
    inputs = [as_input(name, array) for name, array in tensors.items()]
    outputs = [triton.InferRequestedOutput(name) for name in ("yes_log_prob", "no_log_prob")]
    try:
        answer = client.infer(model, inputs, outputs=outputs, client_timeout=timeout_s)
    except InferenceServerException as error:
        code = (error.status() or "").removeprefix("StatusCode.")
        raise JudgeError(f"{model}: {code}: {error.message()}") from error
    yes, no = log_prob(model, answer, "yes_log_prob"), log_prob(model, answer, "no_log_prob")
    return math.exp(yes - np.logaddexp(yes, no)), math.exp(yes) + math.exp(no)


def text(value):
    return np.array([[value.encode()]], np.object_)


def as_input(name, array):
    tensor = triton.InferInput(name, array.shape, np_to_triton_dtype(array.dtype))
    tensor.set_data_from_numpy(array)
    return tensor


def log_prob(model, answer, name):
    value = answer.as_numpy(name)
    if value is None or value.shape != (1, 1) or value.dtype != np.float32:
        found = "missing" if value is None else f"{value.dtype} {list(value.shape)}"
        raise JudgeError(f"{model}: {name} is {found} (expected: float32 [1, 1])")
    if not math.isfinite(value[0, 0]):
        raise JudgeError(f"{model}: {name} is {value[0, 0]} (expected: a log-probability)")
    return float(value[0, 0])


def arguments(argv):
    parser = argparse.ArgumentParser(prog="score.py", description=__doc__)
    add = parser.add_argument
    add("--endpoint", default="127.0.0.1:8001", metavar="HOST:PORT", help="Triton's gRPC port [%(default)s]")
    add("--model", default="shapes_judge", help="the judge [%(default)s]")
    add("--prompt", required=True, help="what was asked for")
    add("--instruction", default="", help="what to judge by [the judge's own]")
    add("--reference", metavar="FILE", help="is the image better than this one?")
    add("image", metavar="FILE")
    return parser.parse_args(argv)


def main(argv=None):
    options = arguments(argv)
    try:
        image = read_image(options.image)
        reference = options.reference and read_image(options.reference)
        with triton.InferenceServerClient(options.endpoint) as client:
            p_yes, mass = score(client, options.model, options.prompt, image, reference, options.instruction)
    except JudgeError as error:
        sys.exit(f"score: {options.endpoint}: {error}")
    except OSError as error:
        sys.exit(f"score: {error}")
    print(f"P(yes) {p_yes:.4f}  mass {mass:.4f}")


if __name__ == "__main__":
    main()
