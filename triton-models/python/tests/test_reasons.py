"""A judge that goes on after its decision."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from calls import judge_call
from models import open_model, parameters

from rewarddance_triton.call import Call
from rewarddance_triton.errors import BadRequest, LoadError, RequestError
from rewarddance_triton.judge import YesNoJudge
from rewarddance_triton.judge.reason import Reason, Speaker
from rewarddance_triton.parameters import Parameters
from rewarddance_triton.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def base(bases, golden):
    return bases / golden.json("reasons")["model"]


@pytest.fixture(scope="module")
def judge(base):
    model = open_model(YesNoJudge, base)
    yield model
    model.close()


def asked(golden, question: str, **settings) -> Call:
    arrays = golden.arrays("judge")
    references = arrays["references"] if question == "pairwise" else None
    return judge_call(golden.json("judge")["prompts"], arrays["images"], references, **settings)


@pytest.mark.parametrize("question", ["pointwise", "pairwise"])
def test_reasons_are_those_of_the_golden_values_and_leave_the_decision_as_it_is(judge, golden, question):
    plain, spoken = judge.infer([asked(golden, question), asked(golden, question, max_reason_tokens=4)])
    assert [text.decode() for text in spoken["reason"][:, 0]] == golden.json("reasons")[question]
    for name in ("yes_log_prob", "no_log_prob"):
        np.testing.assert_array_equal(spoken[name], plain[name])
    assert set(plain["reason"][:, 0]) == {b""}


def test_a_reason_is_no_longer_than_it_is_asked_to_be(judge, golden):
    whole = [text.split() for text in golden.json("reasons")["pointwise"]]
    for most in (1, 2, 1000):
        (result,) = judge.infer([asked(golden, "pointwise", max_reason_tokens=most)])
        assert [text.decode().split() for text in result["reason"][:, 0]] == [words[:most] for words in whole]


def test_rows_may_ask_for_reasons_of_different_length_and_company_changes_nothing(judge, golden):
    call = asked(golden, "pointwise")
    most = np.arange(len(golden.json("judge")["prompts"])) % 3
    call.inputs["max_reason_tokens"][:, 0] = most
    _, mixed = judge.infer([asked(golden, "pairwise", max_reason_tokens=2), call])
    expected = [" ".join(text.split()[:n]) for text, n in zip(golden.json("reasons")["pointwise"], most)]
    assert [text.decode() for text in mixed["reason"][:, 0]] == expected


def test_a_negative_number_of_words_is_refused(judge, golden):
    (refused,) = judge.infer([asked(golden, "pointwise", max_reason_tokens=-1)])
    assert isinstance(refused, BadRequest)
    assert str(refused) == "max_reason_tokens: -1 (expected: >= 0)"


def test_a_graph_of_reasons_needs_the_parameter(base):
    said = parameters(base)
    values = {key: value for key, value in said.values.items() if key != "reason_tokens"}
    with pytest.raises(LoadError, match="'reason_tokens': missing"):
        YesNoJudge.open(Parameters(values, said.input_shapes), base / "1", 1)
    with pytest.raises(LoadError, match="tensor '(answer|log_probs)'"):
        YesNoJudge.open(Parameters({**values, "reason_tokens": "8"}, said.input_shapes), base / "1", 1)


def test_a_version_without_the_graphs_gives_no_reasons(base, golden, tmp_path):
    shutil.copytree(base, tmp_path / "judge")
    for file in (tmp_path / "judge/1").glob("*_reasons.onnx"):
        file.unlink()
    model = open_model(YesNoJudge, tmp_path / "judge")
    plain, refused = model.infer([asked(golden, "pointwise"), asked(golden, "pointwise", max_reason_tokens=1)])
    model.close()
    assert set(plain["reason"][:, 0]) == {b""}
    assert str(refused) == "max_reason_tokens: 1 (expected: 0, this judge gives no reasons)"


def test_words_that_are_no_probabilities_are_an_error_of_their_row_alone():
    class Network:
        def run(self, answer):
            log_probs = np.zeros((len(answer), 3, 4), np.float32)
            log_probs[0, 1, 2] = np.nan
            log_probs[:, :, 3] = 1
            return [log_probs]

    class Row:
        def __init__(self):
            self.reason, self.error, self.prompt = Reason(2, decision=1), None, "a circle"

    rows = [Row(), Row()]
    Speaker(Network(), 2, Vocabulary(("<pad>", "yes", "no", "red"))).explain(lambda rows: {}, rows)
    assert isinstance(rows[0].error, RequestError) and 'reason: not finite for prompt "a circle"' in str(rows[0].error)
    assert rows[1].error is None and rows[1].reason.words == [3, 3]
