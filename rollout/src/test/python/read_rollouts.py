"""Reads a rollout file with the lines shown in docs/rollout-file.md and prints what it found.

usage: read_rollouts.py DOC FILE
Output: one "name=value" a line. Exit status 1 when a dataset's bytes don't have the checksum in its attribute.
"""
import re
import sys
import zlib

import h5py
import numpy

doc, path = sys.argv[1:]
reader = re.search(r"```python\n(.*?)```", open(doc, encoding="utf-8").read(), re.S).group(1)
names = {"path": path}
exec(compile(reader, doc, "exec"), names)

file = names["file"]
print("lines", len(reader.strip().splitlines()), sep="=")
for name in sorted(file.attrs):
    value = file.attrs[name]
    if isinstance(value, bytes):
        text = value.decode()
    else:
        text = " ".join(repr(element.item()) for element in numpy.atleast_1d(value))
    print(name, text, sep="=")
for name in ("rewards", "advantages"):
    print(name, " ".join(repr(value.item()) for value in names[name]), sep="=")
print("prompts", "|".join(names["prompts"]), sep="=")
for name in ("images", "latents"):
    array = names[name]
    print(name + ".shape", " ".join(map(str, array.shape)), sep="=")
    print(name + ".crc32", zlib.crc32(array.tobytes()), sep="=")

datasets = []
file.visititems(lambda name, node: datasets.append(node) if isinstance(node, h5py.Dataset) else None)
for dataset in datasets:
    if zlib.crc32(dataset[()].tobytes()) != dataset.attrs["crc32"]:
        sys.exit(dataset.name + ": its bytes don't have the checksum in its attribute")
print("checksums", len(datasets), sep="=")
