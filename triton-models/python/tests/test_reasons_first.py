"""A judge that gives its reason before it decides."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from calls import judge_call
from models import open_model, parameters

from rewarddance_triton.call import Call
from rewarddance_triton.errors import BadRequest, Cancelled, LoadError, RequestError
from rewarddance_triton.judge import YesNoJudge
from rewarddance_triton.judge.reason import Reason, Speaker
from rewarddance_triton.parameters import Parameters
from rewarddance_triton.vocabulary import Vocabulary

QUESTIONS = ("pointwise", "pairwise")
ANSWERS = ("yes_log_prob", "no_log_prob")


@pytest.fixture(scope="module")
def judge(reasons_first):
    model = open_model(YesNoJudge, reasons_first)
    yield model
    model.close()


def asked(golden, question: str, rows=slice(None), **settings) -> Call:
    arrays, prompts = golden.arrays("judge"), golden.json("judge")["prompts"][rows]
    references = arrays["references"][rows] if question == "pairwise" else None
    return judge_call(prompts, arrays["images"][rows], references, **settings)


def reasons(result) -> list[str]:
    return [text.decode() for text in result["reason"][:, 0]]


@pytest.mark.parametrize("question", QUESTIONS)
def test_reasons_and_the_decisions_after_them_are_those_of_the_golden_values(judge, golden, reasons_first, question):
    words = (reasons_first / "1/vocabulary.txt").read_text().splitlines()
    expected = golden.arrays("reasons_first")[f"{question}_log_probs"]
    (result,) = judge.infer([asked(golden, question, max_reason_tokens=4)])
    assert reasons(result) == golden.json("reasons_first")[question]
    for name, word in zip(ANSWERS, ("yes", "no")):
        np.testing.assert_allclose(result[name][:, 0], expected[:, words.index(word)], atol=1e-4)


@pytest.mark.parametrize("question", QUESTIONS)
def test_how_many_words_are_asked_for_changes_nothing_else(judge, golden, question):
    whole = golden.json("reasons_first")[question]
    (full,) = judge.infer([asked(golden, question, max_reason_tokens=4)])
    for most in (0, 1, 2, 2**31 - 1):
        (result,) = judge.infer([asked(golden, question, max_reason_tokens=most)])
        assert reasons(result) == [" ".join(text.split()[:most]) for text in whole]
        for name in ANSWERS:
            np.testing.assert_array_equal(result[name], full[name])


@pytest.mark.parametrize("question", QUESTIONS)
def test_gradients_hold_the_words_fixed_and_leave_the_answer_as_it_is(judge, golden, question):
    expected = golden.arrays("reasons_first")[f"{question}_image_gradient"]
    rows = slice(len(expected))
    plain, result = judge.infer(
        [asked(golden, question, rows), asked(golden, question, rows, outputs=["image_gradient"])]
    )
    for name in ANSWERS:
        np.testing.assert_array_equal(result[name], plain[name])
    for gradient, wanted in zip(result["image_gradient"], expected):
        assert np.abs(wanted).max() > 0
        np.testing.assert_allclose(gradient, wanted, atol=1e-4 * np.abs(wanted).max())


def test_company_changes_nothing_and_bad_or_cancelled_calls_fail_alone(judge, golden):
    one = asked(golden, "pairwise", slice(3, 4), max_reason_tokens=4, outputs=["image_gradient"])
    (alone,) = judge.infer([one])
    bad = asked(golden, "pointwise", max_reason_tokens=-1)
    gone = asked(golden, "pairwise", cancelled=lambda: True)
    refused, cancelled, _, _, together = judge.infer(
        [bad, gone, asked(golden, "pairwise"), asked(golden, "pointwise"), one]
    )
    assert isinstance(refused, BadRequest) and str(refused) == "max_reason_tokens: -1 (expected: >= 0)"
    assert isinstance(cancelled, Cancelled)
    for name, values in alone.items():
        np.testing.assert_array_equal(together[name], values)


def test_a_version_says_which_graph_it_lacks(reasons_first, golden, tmp_path):
    shutil.copytree(reasons_first, tmp_path / "judge")
    (tmp_path / "judge/1/pairwise_reasons_gradient.onnx").unlink()
    model = open_model(YesNoJudge, tmp_path / "judge")
    plain, refused = model.infer([asked(golden, "pairwise"), asked(golden, "pairwise", outputs=["image_gradient"])])
    model.close()
    assert plain["yes_log_prob"].shape == (len(golden.json("judge")["prompts"]), 1)
    lacks = "image_gradient: asked for (expected: not, this version has no pairwise_reasons_gradient.onnx)"
    assert str(refused) == lacks
    (tmp_path / "judge/1/pointwise_reasons.onnx").unlink()
    with pytest.raises(LoadError, match="pointwise_reasons.onnx"):
        open_model(YesNoJudge, tmp_path / "judge")


@pytest.mark.parametrize(
    "changes, text",
    [
        ({"reasons": "first"}, "'reasons': first .expected: none, decision-first or reasons-first"),
        ({"reasons": " "}, "'reasons': missing"),
        ({"reasons": "decision-first"}, "pointwise.onnx"),
        ({"reasons": None}, "pointwise.onnx"),
        ({"reason_tokens": "2"}, "tensor '(answer|log_probs)'"),
    ],
)
def test_a_parameter_that_cant_be_is_named(reasons_first, changes, text):
    said = parameters(reasons_first)
    values = {key: value for key, value in {**said.values, **changes}.items() if value is not None}
    with pytest.raises(LoadError, match=text):
        YesNoJudge.open(Parameters(values, said.input_shapes), reasons_first / "1", 1)


class Row:
    def __init__(self, likeliest: list[int]):
        """`likeliest` word at each place."""
        self.likeliest, self.prompt = likeliest, str(likeliest)
        self.reason, self.error, self.log_probs = Reason(0), None, None


def test_a_decision_is_read_where_the_likeliest_word_decides_or_no_place_is_left():
    class Network:
        def run(self, likeliest, answer):
            log_probs = np.full((len(answer), 3, 5), -9, np.float32)
            for row, words in enumerate(likeliest):
                log_probs[row, np.arange(3), words] = -np.arange(3)
            log_probs[np.array(likeliest)[:, 0] == 0] = np.nan
            assert all((said[k] in (0, words[k])) for said, words in zip(answer, likeliest) for k in range(2))
            return [log_probs]

    rows = [Row([2, 3, 3]), Row([3, 1, 3]), Row([3, 4, 3]), Row([0, 1, 1])]
    speaker = Speaker(Network(), 2, Vocabulary(("<pad>", "yes", "no", "red", "<end>")))
    speaker.decide(lambda rows: {"likeliest": [row.likeliest for row in rows]}, rows, {1, 2}.__contains__)
    at_once, after_a_word, never, unfit = rows
    assert (at_once.reason.words, at_once.log_probs[2]) == ([], 0)
    assert (after_a_word.reason.words, after_a_word.log_probs[1]) == ([3], -1)
    assert (never.reason.words, never.log_probs[3]) == ([3, 4], -2)  # <end> is a word as any other
    assert unfit.log_probs is None and isinstance(unfit.error, RequestError)
    assert str(unfit.error) == 'reason: not finite for prompt "[0, 1, 1]" (expected: log-probabilities)'
    gradients = speaker.at_decision(rows[:3], np.ones((3, 5), np.float32))
    assert [gradient.sum(1).tolist() for gradient in gradients] == [[5, 0, 0], [0, 5, 0], [0, 0, 5]]
