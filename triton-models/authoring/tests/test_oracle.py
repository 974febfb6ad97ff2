from dataclasses import replace

import numpy as np
import pytest

from shapes.corrupt import corrupted_group
from shapes.oracle import detect, grain, judge_images
from shapes.prompts import COLOURS, SHAPES, Spec, balanced_prompts, parse, random_prompt
from shapes.render import render


@pytest.fixture(scope="module")
def renders():
    rng = np.random.default_rng(11)
    prompts = balanced_prompts(40, "heldout", 11)
    return np.stack([render(parse(p), rng) for p in prompts]), prompts


def strict(images, prompts):
    return np.array([v.strict for v in judge_images(images, prompts)])


def test_renders_are_what_they_say(renders):
    images, prompts = renders
    verdicts = judge_images(images, prompts)
    assert all(v.strict == 1 and v.template_fit == 1.0 for v in verdicts)
    assert min(v.graded for v in verdicts) > 0.8


def test_other_objects_are_refused(renders):
    rng = np.random.default_rng(3)
    for prompt in renders[1]:
        spec = parse(prompt)
        wrong = replace(spec, slots=tuple((SHAPES[(SHAPES.index(s) + 1) % 3], c) for s, c in spec.slots))
        assert strict(render(wrong, rng)[None], [prompt])[0] == 0


def test_mild_noise_changes_no_verdict(renders):
    images, prompts = renders
    noisy = images + np.random.default_rng(1).normal(0, 0.03 * 255, images.shape)
    assert strict(np.clip(noisy, 0, 255).astype(np.uint8), prompts).mean() >= 0.99


def test_grain_measures_background_noise():
    rng = np.random.default_rng(2)
    clean = render(parse("a red circle"), rng)
    noisy = np.clip(clean + rng.normal(0, 6, clean.shape), 0, 255).astype(np.uint8)
    assert grain(clean) < 0.5 < grain(noisy)


def test_empty_image_and_diversity_label():
    blank = np.full((32, 32, 3), 200, np.uint8)
    verdict = judge_images(blank[None], ["a circle"])[0]
    assert (verdict.strict, verdict.graded, verdict.template_fit, verdict.diversity_label) == (0, 0.0, 0.0, -1)
    yellow = render(Spec("scene", (("square", "yellow"),)), np.random.default_rng(4))
    assert judge_images(yellow[None], ["a square"])[0].diversity_label == COLOURS.index("yellow")
    assert judge_images(yellow[None], ["a yellow square"])[0].diversity_label == -1


def test_relations_are_told_apart():
    rng = np.random.default_rng(6)
    image = render(parse("a red circle above a blue square"), rng)
    prompts = [f"a red circle {r} a blue square" for r in ("above", "below", "left of", "right of")]
    assert strict(np.stack([image] * 4), prompts).tolist() == [1, 0, 0, 0]


def test_objects_come_in_order_of_their_first_pixel():
    rng = np.random.default_rng(8)
    for _ in range(20):
        items = detect(render(parse(random_prompt(rng, "train", "counting")), rng)[None])[0]
        assert all(item.pixels >= 10 for item in items)


def test_corrupted_groups_start_with_an_image_that_fits():
    rng = np.random.default_rng(9)
    prompts = balanced_prompts(10, "train", 9)
    firsts = np.stack([corrupted_group(parse(p), 3, rng)[0] for p in prompts])
    assert strict(firsts, prompts).mean() > 0.95
