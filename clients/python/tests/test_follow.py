"""Against a service of this process; scripts/test-clients follows a real run."""
from concurrent import futures

import grpc
import pytest

from follow import line, main
from rewarddance import driver_pb2, driver_pb2_grpc


def event(iteration):
    return driver_pb2.IterationEvent(
        iteration=iteration,
        policy_version=iteration + 2,
        metrics={"p_yes": 0.25, "yes_no_mass": 0.99996},
        counts={"judged": 5, "rollouts": 6},
        seconds={"total": 1.26},
    )


class Runs(driver_pb2_grpc.RunServiceServicer):
    """Two iterations, then `breaks`, or the end."""

    breaks = False

    def FollowRun(self, request, context):
        for iteration in range(request.from_iteration, 2):
            yield event(iteration)
        if self.breaks:
            context.abort(grpc.StatusCode.UNAVAILABLE, "the driver was killed")


@pytest.fixture
def runs():
    return Runs()


@pytest.fixture
def endpoint(runs):
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=1))
    driver_pb2_grpc.add_RunServiceServicer_to_server(runs, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(0).wait()


def test_a_line_for_each_iteration_until_the_run_ends(endpoint, capsys):
    main(["--endpoint", endpoint])
    assert capsys.readouterr().out.splitlines() == [
        "iteration 0  policy 2  P(yes) 0.2500  mass 1.0000  judged 5/6  1.3 s",
        "iteration 1  policy 3  P(yes) 0.2500  mass 1.0000  judged 5/6  1.3 s",
    ]


def test_it_begins_where_it_is_told(endpoint, capsys):
    main(["--endpoint", endpoint, "--from", "1"])
    assert capsys.readouterr().out.startswith("iteration 1 ")


def test_a_broken_stream_says_where_to_go_on(runs, endpoint):
    runs.breaks = True
    expected = rf"follow: {endpoint}: UNAVAILABLE: the driver was killed \(to go on: --from 2\)"
    with pytest.raises(SystemExit, match=expected):
        main(["--endpoint", endpoint])


def test_what_does_not_exist_is_not_zero():
    assert line(driver_pb2.IterationEvent()) == "iteration 0  policy 0  P(yes) -  mass -  judged -/-  - s"


def test_findings_end_the_line():
    found = event(7)
    found.findings.add(severity="WARN", rule="reward-variance-collapse")
    assert line(found).endswith("  WARN reward-variance-collapse")
