from __future__ import annotations

import json

import numpy as np
import pytest
from calls import oracle_call
from models import open_model

from rewarddance_triton.errors import BadRequest
from rewarddance_triton.oracle import OracleModel


@pytest.fixture(scope="module")
def oracle(repository):
    return open_model(OracleModel, repository / "shapes_oracle")


def test_verdicts_are_those_of_the_golden_values(oracle, golden):
    arrays, prompts = golden.arrays("oracle"), golden.json("oracle")["prompts"]
    (verdicts,) = oracle.infer([oracle_call(prompts, arrays["images"])])
    for name in ("strict", "diversity_label"):
        np.testing.assert_array_equal(verdicts[name][:, 0], arrays[name], err_msg=name)
    for name in ("graded", "template_fit", "grain"):
        np.testing.assert_allclose(verdicts[name][:, 0], arrays[name], atol=1e-6, err_msg=name)


def test_reads_every_prompt_of_the_prompt_files(oracle, repository):
    for file in (repository.parent / "prompts").glob("shapes-[!v]*.jsonl"):
        prompts = [json.loads(line)["prompt"] for line in file.read_text().splitlines()]
        blank = np.full((len(prompts), 32, 32, 3), 200, np.uint8)
        (verdicts,) = oracle.infer([oracle_call(prompts, blank)])
        assert verdicts["strict"].sum() == 0


@pytest.mark.parametrize("prompt", ["", "a mauve circle", "circle a red", "a red circle and a red square"])
def test_refuses_what_is_no_sentence(oracle, prompt):
    (refused,) = oracle.infer([oracle_call([prompt], np.zeros((1, 32, 32, 3), np.uint8))])
    assert isinstance(refused, BadRequest)
    assert f'"{prompt}"' in str(refused)
