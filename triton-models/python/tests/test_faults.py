"""What goes wrong inside a model stays with the requests it touches."""

from __future__ import annotations

import numpy as np
import pytest
from calls import generator_call, judge_call
from models import open_model

from rewarddance_triton.errors import LoadError, RequestError
from rewarddance_triton.generator import FlowGenerator
from rewarddance_triton.judge import YesNoJudge
from rewarddance_triton.weights import PolicyFile


def copy_version(source, target):
    target.mkdir(parents=True)
    for file in source.iterdir():
        if file.is_file():
            (target / file.name).write_bytes(file.read_bytes())
    return target


def spoil_weight(version, value: float):
    """Overwrites the last weight."""
    file = version / "weights.safetensors"
    file.write_bytes(file.read_bytes()[:-4] + np.float32(value).tobytes())


@pytest.fixture
def generator_files(repository, tmp_path):
    (tmp_path / "g").mkdir()
    (tmp_path / "g/config.pbtxt").write_text((repository / "shapes_generator/config.pbtxt").read_text())
    copy_version(repository / "shapes_generator/1", tmp_path / "g/7")
    return tmp_path / "g"


def test_weights_that_are_not_finite_are_not_served(generator_files):
    spoil_weight(generator_files / "7", float("nan"))
    with pytest.raises(LoadError, match="holds a NaN or an infinity"):
        open_model(FlowGenerator, generator_files, 7)


@pytest.mark.parametrize("file", ["weights.safetensors", "velocity.onnx", "vocabulary.txt"])
def test_a_missing_file_is_named(generator_files, file):
    (generator_files / "7" / file).unlink()
    with pytest.raises(LoadError, match=file):
        open_model(FlowGenerator, generator_files, 7)


def test_truncated_weights_are_named(generator_files):
    file = generator_files / "7/weights.safetensors"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(LoadError, match="weights.safetensors"):
        PolicyFile.read(file.parent)


def test_the_weights_of_the_load_answer_until_the_next_load(generator_files):
    model = open_model(FlowGenerator, generator_files, 7)
    (before,) = model.infer([generator_call(policy_version=7)])
    spoil_weight(generator_files / "7", 1e6)
    (after,) = model.infer([generator_call(policy_version=7)])
    reloaded = open_model(FlowGenerator, generator_files, 7)
    (changed,) = reloaded.infer([generator_call(policy_version=7)])
    np.testing.assert_array_equal(before["latents"], after["latents"])
    assert before["policy_digest"].tolist() != changed["policy_digest"].tolist()


def test_a_trajectory_that_is_not_finite_is_an_error(generator_files):
    file = generator_files / "7/weights.safetensors"
    content = file.read_bytes()
    body = 8 + int.from_bytes(content[:8], "little")
    file.write_bytes(content[:body] + np.full((len(content) - body) // 4, 3e38, np.float32).tobytes())
    (result,) = open_model(FlowGenerator, generator_files, 7).infer([generator_call(seeds=[5])])
    assert type(result) is RequestError
    assert "not finite after step 1 of 4, seed 5, prompt" in str(result)


def test_an_image_that_the_network_can_not_take_fails_its_own_call(repository, golden):
    judge = open_model(YesNoJudge, repository / "shapes_judge")
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    good = judge_call(prompts[:8], arrays["images"][:8])
    bad = judge_call(prompts[:8], np.zeros((8, 16, 16, 3), np.uint8))
    first, second = judge.infer([good, bad])
    assert first["yes_log_prob"].shape == (8, 1)
    assert isinstance(second, RequestError) and "pointwise network" in str(second)


def test_a_graph_of_another_shape_is_not_served(generator_files):
    config = generator_files / "config.pbtxt"
    config.write_text(
        config.read_text().replace(
            '"prompt_tokens" value { string_value: "8"', '"prompt_tokens" value { string_value: "9"'
        )
    )
    with pytest.raises(LoadError, match=r"tensor 'tokens': \(8,\) \(expected: \(9,\) a row\)"):
        open_model(FlowGenerator, generator_files, 7)
