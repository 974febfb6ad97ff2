import os
from pathlib import Path

import pytest

IMAGES = Path(__file__).parents[2] / "images"


def from_environment(name):
    return os.environ.get(name) or pytest.skip(f"{name} is not set (scripts/test-clients sets it)")


@pytest.fixture
def endpoint():
    return from_environment("REWARDDANCE_TEST_ENDPOINT")


@pytest.fixture
def rollout_file():
    return from_environment("REWARDDANCE_TEST_ROLLOUT")


@pytest.fixture
def circle():
    return IMAGES / "red-circle.png"


@pytest.fixture
def square():
    return IMAGES / "blue-square.png"
