from __future__ import annotations

import pytest
from calls import oracle_call
from models import open_model

from rewarddance_triton.errors import BadRequest
from rewarddance_triton.oracle import CriticModel, OracleModel
from rewarddance_triton.oracle.critic import Critic
from rewarddance_triton.oracle.detect import Found
from rewarddance_triton.oracle.grammar import Grammar
from rewarddance_triton.oracle.limits import Limits


@pytest.fixture(scope="module")
def annotators(repository):
    return repository.parent / "annotators"


@pytest.fixture(scope="module")
def limits(annotators):
    return Limits.read(annotators / "shapes_critic/1/oracle.json")


def golden_call(golden):
    return oracle_call(golden.json("oracle")["prompts"], golden.arrays("oracle")["images"])


def test_findings_are_those_of_the_golden_values(annotators, golden):
    (outputs,) = open_model(CriticModel, annotators / "shapes_critic").infer([golden_call(golden)])
    assert outputs["finding"][:, 0].tolist() == golden.json("critic")


def test_nothing_is_wrong_exactly_where_the_oracle_is_strict(annotators, repository, golden):
    call = golden_call(golden)
    (findings,) = open_model(CriticModel, annotators / "shapes_critic").infer([call])
    (gold,) = open_model(OracleModel, repository / "shapes_oracle").infer([call])
    assert [not words for words in findings["finding"][:, 0]] == [bool(strict) for strict in gold["strict"][:, 0]]


def found(limits, colour, shape, x=16.0, y=16.0):
    ious = tuple(0.95 if name == shape else 0.3 for name in limits.shapes)
    return Found(limits.colours.index(colour), limits.shapes.index(shape), ious, x, y, 100.0, 100)


@pytest.mark.parametrize(
    ("prompt", "objects", "finding"),
    [
        ("a red circle", [("red", "circle")], ""),
        ("a red circle", [], "missing red circle"),
        ("a circle", [("red", "square")], "wrong circle"),
        ("a red circle", [("blue", "circle")], "wrong red"),
        ("a red circle", [("blue", "square")], "wrong circle"),
        ("a red circle", [("red", "square"), ("red", "circle")], "extra square"),
        ("two squares", [("red", "square")], "missing square"),
        ("two squares", [("red", "square"), ("red", "circle"), ("blue", "square")], "extra circle"),
        ("a circle and a square", [("red", "square"), ("blue", "circle")], ""),
        ("a circle and a square", [("red", "square")], "missing circle"),
        ("a red circle and a blue square", [("blue", "circle"), ("blue", "square")], "wrong red"),
        ("a circle left of a square", [("red", "square", 8.0), ("red", "circle", 24.0)], "wrong left"),
        ("a circle right of a square", [("red", "square", 8.0), ("red", "circle", 24.0)], ""),
    ],
)
def test_the_first_fault_is_named(limits, prompt, objects, finding):
    items = [found(limits, *each) for each in objects]
    assert Critic(limits).finding(items, Grammar(limits.shapes, limits.colours).parse(prompt)) == finding


def test_a_bad_prompt_is_refused(annotators, golden):
    image = golden.arrays("oracle")["images"][:1]
    (refused,) = open_model(CriticModel, annotators / "shapes_critic").infer([oracle_call(["a pink circle"], image)])
    assert isinstance(refused, BadRequest) and 'unknown word "pink"' in str(refused)
