"""The comparison itself: it must see each kind of difference, or a green suite says nothing."""

from __future__ import annotations

import numpy as np
import pytest
from conformance.ask import Outcome
from conformance.compare import Difference, compare
from conformance.known import Known

STEP = {"name": "step"}


def answer(**tensors) -> Outcome:
    return Outcome("OK", "", {"outputs": sorted(tensors)}, {name: np.array(value) for name, value in tensors.items()})


def places(ours: Outcome, theirs: Outcome, step=STEP) -> list[str]:
    return [difference.where for difference in compare(step, [ours], [theirs])]


@pytest.mark.parametrize(
    ("name", "near", "far"),
    [("image", [8, 9], [8, 10]), ("latents", [0.5, 1.00009], [0.5, 1.0002]), ("sigmas", [1.0], [0.9999])],
)
def test_tensors_are_held_to_their_tolerance(name, near, far):
    base = {"image": [8, 8], "latents": [0.5, 1.0], "sigmas": [1.0]}[name]
    assert places(answer(**{name: near}), answer(**{name: base})) == []
    assert places(answer(**{name: far}), answer(**{name: base})) == [name]


def test_a_tensor_that_is_not_finite_differs():
    assert places(answer(latents=[np.nan]), answer(latents=[0.0])) == ["latents"]


def test_p_yes_is_held_closer_than_the_log_probs():
    one = answer(yes_log_prob=[-0.7], no_log_prob=[-0.7])
    other = answer(yes_log_prob=[-0.69995], no_log_prob=[-0.70005])
    assert places(one, other) == ["P(yes)"]


def test_status_message_fields_and_number_of_answers():
    assert places(Outcome("OK"), Outcome("NOT_FOUND")) == ["status"]
    assert places(Outcome("NOT_FOUND", "a"), Outcome("NOT_FOUND", "b")) == ["message"]
    assert places(Outcome("NOT_FOUND", "a"), Outcome("NOT_FOUND", "b"), {**STEP, "ignore": ["message"]}) == []
    deep = [Outcome("OK", "", {"models": [{"name": "m", "state": state}]}) for state in ("READY", "LOADING")]
    assert places(*deep) == ["models[0].state"]
    assert places(*deep, {**STEP, "ignore": ["state"]}) == []
    assert places(answer(image=[1]), answer(image=[1], grain=[0])) == ["outputs"]
    assert [difference.where for difference in compare(STEP, [], [Outcome("OK")])] == ["number of answers"]


def test_a_known_difference_covers_its_place_only():
    difference = Difference("load x", "message", "failed: no file", "failed")
    assert Known("load x", False).covers(difference)
    assert Known("load x: message", True).covers(difference)
    assert not Known("load x: status", False).covers(difference)
    assert not Known("load", False).covers(difference)
    assert Known("load x: message", True).is_of({"load x"})
    assert not Known("load x: message", True).is_of({"load"})
    assert not Known("load x: message", True).covers(Difference("load x", "message", "refused", "failed"))
