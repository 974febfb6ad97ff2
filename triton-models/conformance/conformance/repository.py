"""The models that the suite is asked about: `python -m conformance.repository FOLDER` makes FOLDER/repository and FOLDER/python.

The model repository is copied, and what `models.json` names is put beside it: models as they lie elsewhere, and judges
in the form in which `rewarddance train-judge` publishes them, made of a base and its weights.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2]
ADDED = {entry["model"]: entry for entry in json.loads((MODELS / "conformance/models.json").read_text(encoding="utf-8"))}
GRAPH_KINDS = (".onnx", ".pt")


def assemble(folder: Path) -> None:
    for part in ("repository", "python"):
        shutil.copytree(MODELS / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for entry in ADDED.values():
        add(folder / "repository", entry)


def add(repository: Path, entry: dict) -> None:
    source, target = MODELS / entry["from"], repository / entry["model"]
    if "graphs" not in entry:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        return
    version = target / "1"
    version.mkdir(parents=True)
    for file in sorted((source / "1").iterdir()):
        if file.is_file() and file.suffix not in GRAPH_KINDS:
            shutil.copy(file, version)
    for served, graph in entry["graphs"].items():
        for kind in GRAPH_KINDS:
            if (source / "1" / (graph + kind)).exists():
                shutil.copy(source / "1" / (graph + kind), version / (served + kind))
    (target / "config.pbtxt").write_text(config(entry, entry["model"]), encoding="utf-8")


def config(entry: dict, name: str) -> str:
    """Of the judge under another name."""
    source = MODELS / entry["from"]
    text = (source / "config.pbtxt").read_text(encoding="utf-8").replace(f'name: "{source.name}"', f'name: "{name}"', 1)
    for key, value in entry["parameters"].items():
        text += f'parameters {{ key: "{key}" value {{ string_value: "{value}" }} }}\n'
    return text


if __name__ == "__main__":
    assemble(Path(sys.argv[1]))
