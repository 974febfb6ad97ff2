"""Sends the recorded cases to the server under test and to the reference and lists what differs.

python -m conformance.run --ours HOST:PORT=REPOSITORY --reference HOST:PORT=REPOSITORY
       [--known FILE] [--only NAME]... [--random SEED COUNT] [--transcript FILE]

Each server has its own copy of the repository, which the cases change. Exit status 1 when an answer differs in a way
that the file of known differences does not give a reason for.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .ask import Outcome, Server
from .compare import Difference, compare
from .known import Known, read_known
from .random_cases import cases as random_cases
from .steps import read_steps

CASES = Path(__file__).resolve().parents[1] / "cases"
PARTS = ["control", "models", "reasons_first", "protocol"]
MODELS = ["models", "reasons_first"]  # inference alone: asked again in company
REPEATABLE = [*MODELS, "protocol"]  # whose requests don't build on one another
IN_FLIGHT = 16


def server(name: str, text: str) -> Server:
    endpoint, _, repository = text.partition("=")
    return Server(name, endpoint, Path(repository).resolve() if repository else None)


def run_cases(steps: list[dict], ours: Server, reference: Server, transcript) -> list[Difference]:
    differences = []
    for step in steps:
        mine, theirs = ours.take(step), reference.take(step)
        for outcome in theirs:
            print(json.dumps({"step": step["name"], **described(outcome)}), file=transcript)
        differences += compare(step, mine, theirs)
    return differences


def described(outcome: Outcome) -> dict:
    return {"code": outcome.code, "message": outcome.message, **outcome.fields}


def company(steps: list[dict], under_test: Server) -> list[Difference]:
    """The answers again with many requests in flight, which must not change a byte."""
    asked = [step for step in steps if step.get("rpc") == "ModelInfer"]
    alone = [under_test.take(step) for step in asked]
    together = under_test.take_at_once(asked, IN_FLIGHT)
    return [
        Difference(step["name"], f"{under_test.name}: in company", name, "the same bytes as alone")
        for step, one, other in zip(asked, alone, together)
        for name in changed(one[0], other[0])
    ]


def changed(one: Outcome, other: Outcome) -> list[str]:
    if (one.code, one.message) != (other.code, other.message):
        return [f"{other.code} {other.message}"]
    return [name for name in one.tensors if not np.array_equal(one.tensors[name], other.tensors[name])]


def report(differences: list[Difference], known: list[Known], asked: set[str]) -> int:
    """Prints what is not known, and what was `asked` (steps) and is known no longer; the number of the former."""
    fresh = [difference for difference in differences if not any(one.covers(difference) for one in known)]
    for difference in fresh:
        print(
            f"{difference.step}\n  {difference.where}\n    ours:      {difference.ours}\n    reference: {difference.theirs}"
        )
    for one in known:
        if one.is_of(asked) and not any(one.covers(difference) for difference in differences):
            print(f"known difference that no longer shows: {one.at}")
    print(f"{len(fresh)} differences, {len(differences) - len(fresh)} known ones")
    return len(fresh)


def parts(options: argparse.Namespace) -> Iterator[tuple[str, list[dict]]]:
    recorded = {name: read_steps(CASES / f"{name}.jsonl") for name in PARTS}
    for name in options.only or PARTS:
        yield name, recorded[name]
    if options.random:
        yield "random", random_cases(*options.random, [step for name in REPEATABLE for step in recorded[name]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--reference", required=True)
    parser.add_argument("--known", type=Path)
    parser.add_argument("--only", action="append", help=f"one of {', '.join(PARTS)} [all, in this order]")
    parser.add_argument("--random", type=int, nargs=2, metavar=("SEED", "COUNT"), help="so many drawn cases besides")
    parser.add_argument("--transcript", type=Path, default=Path("/dev/null"), help="where the reference's answers go")
    options = parser.parse_args()
    ours, reference = server("ours", options.ours), server("reference", options.reference)
    differences, asked = [], set()
    with options.transcript.open("w", encoding="utf-8") as transcript:
        for name, steps in parts(options):
            found = run_cases(steps, ours, reference, transcript)
            if name in MODELS:
                found += company(steps, ours) + company(steps, reference)
            print(f"{name}: {len(steps)} steps, {len(found)} differences", file=sys.stderr)
            differences += found
            asked |= {step["name"] for step in steps if "name" in step}
    sys.exit(1 if report(differences, read_known(options.known), asked) else 0)


if __name__ == "__main__":
    main()
