"""The case files are what their generators give for the golden values of today."""

from __future__ import annotations

import json

import pytest
from conformance.record import CASES, PARTS


@pytest.mark.parametrize("name", PARTS)
def test_the_recorded_cases_are_up_to_date(name):
    recorded = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert recorded == PARTS[name].cases(), "run `python -m conformance.record` in triton-models/conformance"


@pytest.mark.parametrize("name", PARTS)
def test_names_are_unique(name):
    steps = PARTS[name].cases()
    names = [step["name"] for step in steps if "rpc" in step]
    assert sorted({*names}) == sorted(names)
