"""Writes the case files: `python -m conformance.record`."""

from __future__ import annotations

import json
from pathlib import Path

from . import control_cases, model_cases, protocol_cases, reasons_first_cases

CASES = Path(__file__).resolve().parents[1] / "cases"
PARTS = {
    "control": control_cases,
    "models": model_cases,
    "protocol": protocol_cases,
    "reasons_first": reasons_first_cases,
}


def main() -> None:
    for name, module in PARTS.items():
        steps = module.cases()
        (CASES / f"{name}.jsonl").write_text(
            "".join(json.dumps(step, allow_nan=False) + "\n" for step in steps), encoding="utf-8"
        )
        print(f"{name}.jsonl: {len(steps)} steps")


if __name__ == "__main__":
    main()
