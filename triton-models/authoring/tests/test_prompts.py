import numpy as np
import pytest

from shapes.prompts import (
    CATEGORIES,
    SMALL_CATEGORIES,
    grammar,
    mirrored,
    near_prompts,
    parse,
    split_prompts,
    text_of,
    tokenize,
)


def test_every_prompt_survives_parsing_and_has_at_most_eight_words():
    assert len(grammar()) == 726
    for text in grammar():
        assert text_of(parse(text)) == text
        assert tokenize(text).shape == (8,)


def test_held_out_prompts_are_not_trained_on():
    train, held_out = split_prompts("train"), split_prompts("heldout")
    for category in CATEGORIES:
        shared = set(train[category]) & set(held_out[category])
        assert bool(shared) == (category in SMALL_CATEGORIES)
        assert train[category] and held_out[category]
        if category not in SMALL_CATEGORIES:
            assert not {mirrored(text) for text in train[category]} & set(held_out[category])


def test_padding_and_known_ids():
    assert np.array_equal(tokenize("A red  circle"), [1, 17, 11, 0, 0, 0, 0, 0])


@pytest.mark.parametrize(
    "text, named",
    [("a purple circle", "purple"), ("", "0 words"), ("a " * 9, "9 words"), ("circle a", "circle a"), ("<pad>", "<pad>")],
)
def test_bad_prompts_name_what_is_wrong(text, named):
    with pytest.raises(ValueError, match=named):
        parse(text)


def test_near_prompts_ask_for_nearly_the_same():
    near = near_prompts("two red squares")
    assert "three red squares" in near and "two squares" in near
    assert "two blue circles" not in near
    assert all(parse(text).category == "counting" for text in near)
