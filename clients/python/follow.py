"""Follows a run over the driver's gRPC service and prints a line for each iteration, until the run ends."""
import argparse
import sys

import grpc

try:
    from rewarddance import driver_pb2, driver_pb2_grpc
except ImportError as error:
    sys.exit(f"follow: {error} (README.md has the command that makes it from driver.proto)")


def follow(channel, from_iteration=0):
    """Events of the iterations from there on: those that are done, then each one as it ends."""
    request = driver_pb2.FollowRunRequest(from_iteration=from_iteration)
    return driver_pb2_grpc.RunServiceStub(channel).FollowRun(request)


def line(event):
    parts = [
        f"iteration {event.iteration}",
        f"policy {event.policy_version}",
        f"P(yes) {number(event.metrics, 'p_yes', '.4f')}",
        f"mass {number(event.metrics, 'yes_no_mass', '.4f')}",
        f"judged {number(event.counts, 'judged', 'd')}/{number(event.counts, 'rollouts', 'd')}",
        f"{number(event.seconds, 'total', '.1f')} s",
    ]
    return "  ".join(parts + [f"{finding.severity} {finding.rule}" for finding in event.findings])


def number(values, name, form):
    """A number that doesn't exist is absent, and event.metrics["p_yes"] would make a 0 of it."""
    return format(values[name], form) if name in values else "-"


def main(argv=None):
    parser = argparse.ArgumentParser(prog="follow.py", description=__doc__)
    add = parser.add_argument
    add("--endpoint", default="127.0.0.1:7070", metavar="HOST:PORT", help="the run's service [%(default)s]")
    add("--from", dest="next", type=int, default=0, metavar="N", help="first iteration [%(default)s]")
    options = parser.parse_args(argv)
    following = options.next
    try:
        with grpc.insecure_channel(options.endpoint) as channel:
            for event in follow(channel, following):
                print(line(event), flush=True)
                following = event.iteration + 1
    except grpc.RpcError as error:
        reason = f"{error.code().name}: {error.details()}"
        sys.exit(f"follow: {options.endpoint}: {reason} (to go on: --from {following})")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
