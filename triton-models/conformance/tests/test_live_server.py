"""What only a server under way shows: company, cancellation, and a policy that changes under load.

Runs against the server of REWARDDANCE_TEST_ENDPOINT (host:port), which serves REWARDDANCE_TEST_REPOSITORY (a folder).
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import numpy as np
import pytest
from conformance.build import generator_inputs, oracle_inputs
from conformance.steps import change_files, infer_request
from conformance.tensors import values
from tritonclient.grpc import service_pb2 as messages
from tritonclient.grpc import service_pb2_grpc as services

ENDPOINT = os.environ.get("REWARDDANCE_TEST_ENDPOINT")
REPOSITORY = Path(os.environ.get("REWARDDANCE_TEST_REPOSITORY", "."))

pytestmark = pytest.mark.skipif(ENDPOINT is None, reason="REWARDDANCE_TEST_ENDPOINT names no server")


@pytest.fixture(scope="module")
def stub():
    with grpc.insecure_channel(ENDPOINT, [("grpc.max_receive_message_length", -1)]) as channel:
        yield services.GRPCInferenceServiceStub(channel)


def drawing(prompt="a red circle", seed=1, **settings) -> messages.ModelInferRequest:
    return infer_request({"model": "shapes_generator", "inputs": generator_inputs([prompt], [seed], **settings)})


def tensors(response) -> dict[str, np.ndarray]:
    pairs = zip(response.outputs, response.raw_output_contents)
    return {out.name: values(out.datatype, list(out.shape), content) for out, content in pairs}


def version_of(response) -> int:
    return int(tensors(response)["policy_version"][0, 0])


def test_bad_requests_fail_alone_in_a_batch(stub):
    good, bad = drawing(steps=4), drawing("a mauve circle")
    alone = tensors(stub.ModelInfer(good))
    futures = [stub.ModelInfer.future(bad if number % 3 == 0 else good) for number in range(30)]
    for number, future in enumerate(futures):
        if number % 3 == 0:
            assert future.exception().code() == grpc.StatusCode.INVALID_ARGUMENT
        else:
            np.testing.assert_array_equal(tensors(future.result())["latents"], alone["latents"])


def test_a_cancelled_request_stops_computing(stub):
    """Sixteen long requests are given up; a short one behind them need not wait for what they would have taken."""
    long = infer_request(
        {"model": "shapes_generator", "inputs": generator_inputs(["a red circle"] * 64, list(range(64)), steps=64)}
    )
    stub.ModelInfer(drawing())
    started = time.monotonic()
    stub.ModelInfer(long)
    one = time.monotonic() - started
    futures = [stub.ModelInfer.future(long) for _ in range(16)]
    time.sleep(one / 2)
    for future in futures:
        assert future.cancel()
    started = time.monotonic()
    stub.ModelInfer(drawing())
    assert time.monotonic() - started < 3 * one


def publish(stub, version: int, source: int = 1) -> None:
    change_files(REPOSITORY, {"copy": [f"shapes_generator/{source}", f"shapes_generator/.{version}"]})
    weights = REPOSITORY / f"shapes_generator/.{version}/weights.safetensors"
    content = bytearray(weights.read_bytes())
    content[-4:] = np.float32(version * 1e-3).tobytes()
    weights.write_bytes(content)
    (REPOSITORY / f"shapes_generator/.{version}").rename(REPOSITORY / f"shapes_generator/{version}")
    stub.RepositoryModelLoad(messages.RepositoryModelLoadRequest(model_name="shapes_generator"), timeout=60)


def test_policies_change_under_load_and_no_request_fails_or_gets_an_old_answer(stub):
    first = version_of(stub.ModelInfer(drawing()))
    live, stop = first, threading.Event()

    def ask() -> int:
        count = 0
        while not stop.is_set():
            least = live
            assert version_of(stub.ModelInfer(drawing(seed=count), timeout=60)) >= least
            count += 1
        return count

    with ThreadPoolExecutor(4) as pool:
        askers = [pool.submit(ask) for _ in range(4)]
        digests = set()
        try:
            for version in range(first + 1, first + 4):
                publish(stub, version)
                live = version
                answer = stub.ModelInfer(drawing(policy_version=version))
                digests.add(tensors(answer)["policy_digest"][0, 0])
        finally:
            stop.set()
        assert all(asker.result() > 0 for asker in askers)
    assert len(digests) == 3
    with pytest.raises(grpc.RpcError) as refused:
        stub.ModelInfer(drawing(policy_version=first))
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_load_that_fails_keeps_the_policy(stub):
    before = tensors(stub.ModelInfer(drawing()))
    version = int(before["policy_version"][0, 0])
    broken = REPOSITORY / f"shapes_generator/{version + 1}"
    change_files(REPOSITORY, {"copy": [f"shapes_generator/{version}", f"shapes_generator/{version + 1}"]})
    (broken / "weights.safetensors").write_bytes(b"no weights")
    with pytest.raises(grpc.RpcError) as refused:
        stub.RepositoryModelLoad(messages.RepositoryModelLoadRequest(model_name="shapes_generator"), timeout=60)
    shutil.rmtree(broken)
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "weights.safetensors" in refused.value.details()
    np.testing.assert_array_equal(tensors(stub.ModelInfer(drawing()))["latents"], before["latents"])


def test_a_missing_required_input_fails_alone(stub):
    inputs = oracle_inputs([0])
    futures = [
        stub.ModelInfer.future(
            infer_request({"model": "shapes_oracle", "inputs": inputs[:1] if number % 2 else inputs})
        )
        for number in range(10)
    ]
    codes = [future.exception() and future.exception().code() for future in futures]
    assert codes == [None, grpc.StatusCode.INVALID_ARGUMENT] * 5
