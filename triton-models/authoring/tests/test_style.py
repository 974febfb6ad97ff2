"""The measure of style against the renderer, whose pictures differ in known ways."""

import numpy as np
import pytest

from shapes.prompts import balanced_prompts, parse
from shapes.render import RADIUS_RANGE, render
from shapes.repository import write_oracle, write_style
from shapes.style import MODEL, StyleMeasure

_Y, _X = np.mgrid[0:32, 0:32] + 0.5
RED, BLUE, GREEN = (220, 40, 40), (45, 100, 224), (35, 173, 46)


def picture(*objects, grey=200) -> np.ndarray:
    """Squares: (colour, x, y, half the side)."""
    image = np.full((32, 32, 3), grey, np.uint8)
    for colour, x, y, half in objects:
        image[np.maximum(abs(_X - x), abs(_Y - y)) < half] = colour
    return image


@pytest.fixture(scope="module")
def measure():
    return StyleMeasure()


def test_the_same_image_is_wholly_alike(measure):
    rng = np.random.default_rng(1)
    for prompt in balanced_prompts(6, "train", 3):
        image = render(parse(prompt), rng)
        likeness = measure.likeness(prompt, image, image)
        assert likeness.score == 1.0
        assert (likeness.colour == -1) == any(colour for _, colour in parse(prompt).slots)


def test_image_and_reference_may_change_places(measure):
    rng = np.random.default_rng(2)
    for prompt in balanced_prompts(6, "train", 4):
        one, other = (render(parse(prompt), rng) for _ in range(2))
        assert measure.likeness(prompt, one, other) == measure.likeness(prompt, other, one)


def test_each_trait_has_its_own_likeness(measure):
    reference = picture((RED, 16, 16, 6))
    colour = measure.likeness("a square", picture((BLUE, 16, 16, 6)), reference)
    assert (colour.colour, colour.size, colour.shade) == (0.0, 1.0, 1.0)
    place = measure.likeness("a square", picture((RED, 10, 20, 6)), reference)
    assert place.score == 1.0  # where an object stands isn't style
    small = measure.likeness("a square", picture((RED, 16, 16, 5)), reference)
    assert small.colour == small.shade == 1.0 and small.size == pytest.approx(1 - (1 - 100 / 144) / 0.5)
    dark = measure.likeness("a square", picture((RED, 16, 16, 6), grey=188), reference)
    assert (dark.colour, dark.size, dark.shade) == (1.0, 1.0, 0.75)
    named = measure.likeness("a red square", picture((BLUE, 16, 16, 6)), reference)
    assert named.colour == -1 and named.score == 1.0  # a wrong colour is no matter of style


def test_colours_of_several_objects_are_shared_shape_by_shape(measure):
    two_red = picture((RED, 8, 16, 4), (RED, 24, 16, 4))
    mixed = picture((RED, 8, 16, 4), (BLUE, 24, 16, 4))
    assert measure.likeness("two squares", two_red, mixed).colour == 0.5
    assert measure.likeness("two squares", mixed, picture((BLUE, 8, 16, 4), (RED, 24, 16, 4))).colour == 1.0
    assert measure.likeness("two circles", two_red, mixed).colour == 0.0  # none of that shape
    assert measure.likeness("a circle and a square", two_red, mixed).colour == 0.25


def test_what_is_not_there_is_not_alike(measure):
    blank = picture()
    nothing = measure.likeness("a square", blank, picture((RED, 16, 16, 6)))
    assert (nothing.colour, nothing.size, nothing.shade) == (0.0, 0.0, 1.0)
    full = np.full((32, 32, 3), RED, np.uint8)
    assert measure.likeness("a square", full, full).shade == 0.0  # no background to compare


def test_renders_of_a_prompt_spread_over_the_scale(measure):
    """Two renders agree in colour by chance, and in size and shade to all degrees."""
    rng = np.random.default_rng(5)
    values = [measure.likeness("a circle", *(render(parse("a circle"), rng) for _ in range(2))) for _ in range(200)]
    assert 0.12 < np.mean([v.colour for v in values]) < 0.38
    for name in ("size", "shade"):
        spread = np.quantile([getattr(v, name) for v in values], [0.1, 0.5, 0.9])
        assert spread[0] < 0.25 < spread[1] < 0.75 < spread[2]
    low, high = RADIUS_RANGE[1]
    assert (low / high) ** 2 < 0.5  # so that size_span is within what the renderer draws


def test_shipped_numbers_are_those_of_the_code_and_of_the_oracle(tmp_path):
    write_style(tmp_path)
    oracle = MODEL.parents[1] / "shapes_oracle/1/oracle.json"
    assert (MODEL / "oracle.json").read_bytes() == oracle.read_bytes() == (tmp_path / "oracle.json").read_bytes()
    assert (MODEL / "style.json").read_bytes() == (tmp_path / "style.json").read_bytes()
    write_oracle(tmp_path / "other")
    assert (tmp_path / "other/oracle.json").read_bytes() == oracle.read_bytes()
