import numpy as np
import pytest
import tritonclient.grpc as triton

from score import JudgeError, log_prob, main, read_image, score


def test_the_judge_knows_which_image_shows_the_prompt(endpoint, circle, square):
    with triton.InferenceServerClient(endpoint) as client:
        right, mass = score(client, "shapes_judge", "a red circle", read_image(circle))
        wrong, _ = score(client, "shapes_judge", "a red circle", read_image(square))
    assert right > 0.5 > wrong
    assert mass == pytest.approx(1, abs=0.05)


def test_of_a_pair_the_better_one_wins_in_either_order(endpoint, circle, square):
    circle, square = read_image(circle), read_image(square)
    with triton.InferenceServerClient(endpoint) as client:
        better, _ = score(client, "shapes_judge", "a red circle", circle, reference=square)
        worse, _ = score(client, "shapes_judge", "a red circle", square, reference=circle)
    assert better > 0.5 > worse


def test_an_image_of_another_size_is_refused_by_name(endpoint):
    with triton.InferenceServerClient(endpoint) as client:
        with pytest.raises(JudgeError, match="shapes_judge: INVALID_ARGUMENT: .*image"):
            score(client, "shapes_judge", "a red circle", np.zeros([1, 8, 8, 3], np.uint8))


def test_a_model_that_is_not_there_is_named(endpoint, circle):
    with triton.InferenceServerClient(endpoint) as client:
        with pytest.raises(JudgeError, match="no_such_judge: (NOT_FOUND|UNAVAILABLE): .*no_such_judge"):
            score(client, "no_such_judge", "a red circle", read_image(circle))


def test_a_server_that_is_not_there_is_named(circle):
    with pytest.raises(SystemExit, match="score: 127.0.0.1:1: shapes_judge: UNAVAILABLE: "):
        main(["--endpoint", "127.0.0.1:1", "--prompt", "a red circle", str(circle)])


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(SystemExit, match="score: .*missing.png"):
        main(["--prompt", "a red circle", "missing.png"])


class Answer:
    def __init__(self, value):
        self.value = value

    def as_numpy(self, name):
        return self.value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "yes_log_prob is missing"),
        (np.zeros([1], np.float32), r"yes_log_prob is float32 \[1\]"),
        (np.full([1, 1], np.nan, np.float32), "yes_log_prob is nan"),
    ],
)
def test_what_is_no_answer_makes_no_number(value, text):
    with pytest.raises(JudgeError, match=f"judge: {text}"):
        log_prob("judge", Answer(value), "yes_log_prob")
