from __future__ import annotations

import numpy as np
import pytest
from calls import judge_call
from models import open_model

from rewarddance_triton.errors import BadRequest, Cancelled
from rewarddance_triton.judge import YesNoJudge


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


def test_a_bad_call_and_a_cancelled_one_fail_alone(judge, golden):
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"]
    good = judge_call(prompts[:3], arrays["images"][:3])
    bad = judge_call(["a mauve circle"], arrays["images"][:1])
    gone = judge_call(prompts[:1], arrays["images"][:1], cancelled=lambda: True)
    first, second, third = judge.infer([bad, gone, good])
    assert isinstance(first, BadRequest) and isinstance(second, Cancelled)
    assert third["yes_log_prob"].shape == (3, 1)
