"""The case files are what their generators give for the golden values of today."""

from __future__ import annotations

import json

import pytest
from conformance.random_cases import cases as random_cases
from conformance.record import CASES, PARTS
from conformance.steps import infer_request


@pytest.mark.parametrize("name", PARTS)
def test_the_recorded_cases_are_up_to_date(name):
    recorded = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert recorded == PARTS[name].cases(), "run `python -m conformance.record` in triton-models/conformance"


@pytest.mark.parametrize("name", PARTS)
def test_names_are_unique(name):
    steps = PARTS[name].cases()
    names = [step["name"] for step in steps if "rpc" in step]
    assert sorted({*names}) == sorted(names)


def test_drawn_cases_follow_from_the_seed_and_can_be_sent():
    recorded = PARTS["models"].cases() + PARTS["protocol"].cases()
    drawn = random_cases(3, 200, recorded)
    assert drawn == random_cases(3, 200, recorded)
    assert drawn != random_cases(4, 200, recorded)
    assert len({step["name"] for step in drawn}) == 200
    assert all(infer_request(step["request"]).model_name == step["request"]["model"] for step in drawn)
