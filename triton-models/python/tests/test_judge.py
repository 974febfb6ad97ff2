from __future__ import annotations

import shutil

import numpy as np
import pytest
from calls import judge_call
from models import open_model

from rewarddance_triton.errors import BadRequest, Cancelled
from rewarddance_triton.judge import YesNoJudge
from rewarddance_triton.judge.question import AnswerWords, gradient_of_log_yes


@pytest.fixture(scope="module")
def judge(repository):
    model = open_model(YesNoJudge, repository / "shapes_judge")
    yield model
    model.close()


@pytest.mark.parametrize("question", ["pointwise", "pairwise"])
def test_answers_are_those_of_the_golden_values(judge, golden, repository, question):
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    references = arrays["references"] if question == "pairwise" else None
    words = (repository / "shapes_judge/1/vocabulary.txt").read_text().splitlines()
    (result,) = judge.infer([judge_call(prompts, arrays["images"], references)])
    expected = arrays[f"{question}_log_probs"]
    np.testing.assert_allclose(result["yes_log_prob"][:, 0], expected[:, words.index("yes")], atol=1e-4)
    np.testing.assert_allclose(result["no_log_prob"][:, 0], expected[:, words.index("no")], atol=1e-4)
    assert result["reason"].tolist() == [[b""]] * len(prompts)


def test_both_questions_share_a_batch_and_an_answer_does_not_depend_on_its_company(judge, golden):
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    pair = judge_call(prompts[:1], arrays["images"][:1], arrays["references"][:1])
    (alone,) = judge.infer([pair])
    _, together, _ = judge.infer(
        [
            judge_call(prompts, arrays["images"], arrays["references"]),
            pair,
            judge_call(prompts, arrays["images"]),
        ]
    )
    np.testing.assert_array_equal(together["yes_log_prob"], alone["yes_log_prob"])
    np.testing.assert_array_equal(together["no_log_prob"], alone["no_log_prob"])


@pytest.mark.parametrize("question", ["pointwise", "pairwise"])
def test_gradients_are_those_of_autograd_and_leave_the_answer_as_it_is(judge, golden, question):
    arrays, prompts, expected = golden.arrays("judge"), golden.json("judge")["prompts"], golden.arrays("judge_gradient")
    expected = expected[f"{question}_image_gradient"]
    rows = len(expected)
    references = arrays["references"][:rows] if question == "pairwise" else None
    asked = (prompts[:rows], arrays["images"][:rows], references)
    plain, with_gradient = judge.infer([judge_call(*asked), judge_call(*asked, outputs=["image_gradient"])])
    assert "image_gradient" not in plain
    np.testing.assert_array_equal(with_gradient["yes_log_prob"], plain["yes_log_prob"])
    np.testing.assert_allclose(with_gradient["image_gradient"], expected, atol=1e-6, rtol=1e-4)


def test_a_step_of_one_grey_level_changes_log_p_yes_as_the_gradient_says(judge, golden):
    """Central differences of what the judge answers, over the pixels with the largest gradients."""
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    image, prompt = np.clip(arrays["images"][3:4], 1, 254), prompts[3:4]
    (answer,) = judge.infer([judge_call(prompt, image, outputs=["image_gradient"])])
    gradient = answer["image_gradient"][0].ravel()
    largest = np.argsort(-np.abs(gradient))[:8]
    moved = image.reshape(1, -1).repeat(16, axis=0)
    moved[np.arange(8), largest] += 1
    moved[np.arange(8, 16), largest] -= 1
    (moves,) = judge.infer([judge_call(prompt * 16, moved.reshape(16, 32, 32, 3))])
    log_yes = -np.logaddexp(0, moves["no_log_prob"] - moves["yes_log_prob"])[:, 0].astype(np.float64)
    np.testing.assert_allclose((log_yes[:8] - log_yes[8:]) / 2, gradient[largest], rtol=0.05)


def test_a_version_without_a_gradient_graph_answers_and_says_what_lacks(repository, golden, tmp_path):
    shutil.copytree(repository / "shapes_judge", tmp_path / "judge")
    (tmp_path / "judge/1/pointwise_gradient.onnx").unlink()
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    model = open_model(YesNoJudge, tmp_path / "judge")
    asked = (prompts[:1], arrays["images"][:1])
    plain, refused = model.infer([judge_call(*asked), judge_call(*asked, outputs=["image_gradient"])])
    model.close()
    assert plain["yes_log_prob"].shape == (1, 1)
    assert str(refused) == "image_gradient: asked for (expected: not, this version has no pointwise_gradient.onnx)"


def test_the_gradient_by_the_words_is_that_of_log_yes_over_both_answers():
    yes, no, log_probs = AnswerWords((0, 1)), AnswerWords((3,)), np.log([0.2, 0.1, 0.3, 0.4])

    def log_yes(values):
        chances = np.exp(values)
        return np.log(chances[[0, 1]].sum() / chances[[0, 1, 3]].sum())

    steps = np.eye(4) * 1e-6
    slopes = [(log_yes(log_probs + step) - log_yes(log_probs - step)) / 2e-6 for step in steps]
    np.testing.assert_allclose(gradient_of_log_yes(yes, no, log_probs), slopes, atol=1e-6)
    impossible = np.array([-np.inf, -np.inf, 0, -np.inf])
    assert np.isnan(gradient_of_log_yes(yes, no, impossible)).any()


def test_a_bad_call_and_a_cancelled_one_fail_alone(judge, golden):
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    good = judge_call(prompts[:3], arrays["images"][:3])
    bad = judge_call(["a mauve circle"], arrays["images"][:1])
    gone = judge_call(prompts[:1], arrays["images"][:1], cancelled=lambda: True)
    first, second, third = judge.infer([bad, gone, good])
    assert isinstance(first, BadRequest) and isinstance(second, Cancelled)
    assert third["yes_log_prob"].shape == (3, 1)
