from __future__ import annotations

import json

import numpy as np
import pytest
from calls import style_call
from models import open_model

from rewarddance_triton.errors import BadRequest, LoadError
from rewarddance_triton.oracle import StyleModel
from rewarddance_triton.oracle.style import StyleLimits


@pytest.fixture(scope="module")
def style(repository):
    return open_model(StyleModel, repository / "shapes_style")


def golden_call(golden):
    images = golden.arrays("oracle")["images"]
    return style_call(golden.json("oracle")["prompts"], images, np.roll(images, -1, 0))


def test_likenesses_are_those_of_the_golden_values(style, golden):
    (outputs,) = style.infer([golden_call(golden)])
    arrays = golden.arrays("style")
    np.testing.assert_array_equal(outputs["score"][:, 0], arrays["score"].astype(np.float32))
    for name in ("colour", "size", "shade"):
        np.testing.assert_array_equal(outputs[f"{name}_likeness"][:, 0], arrays[name].astype(np.float32), err_msg=name)


def test_a_bad_prompt_fails_alone(style, golden):
    image = np.zeros((1, 32, 32, 3), np.uint8)
    refused, good = style.infer([style_call(["a pink circle"], image, image), golden_call(golden)])
    assert isinstance(refused, BadRequest) and 'unknown word "pink"' in str(refused)
    assert good["score"].shape == (len(golden.json("oracle")["prompts"]), 1)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"size_span": 0, "shade_span": 48}, "size_span: 0 "),
        ({"size_span": 2, "shade_span": 48}, "size_span: 2 "),
        ({"size_span": 0.5, "shade_span": -1}, "shade_span: -1 "),
        ({"size_span": 0.5}, "fields"),
    ],
)
def test_broken_numbers_name_the_field(values, message, tmp_path):
    (tmp_path / "style.json").write_text(json.dumps(values))
    with pytest.raises(LoadError, match=message):
        StyleLimits.read(tmp_path / "style.json")
