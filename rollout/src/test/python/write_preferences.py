"""Writes a preference file in one of several ways.

usage: write_preferences.py DOC FILE WAY
WAY documented runs the lines shown in docs/preference-file.md.
"""
import re
import sys

import h5py
import numpy

doc, path, way = sys.argv[1:]


def pool(count, height, width):
    """Element i is i * 7 modulo 251."""
    numbers = numpy.arange(count * height * width * 3) % 251 * 7 % 251
    return numbers.reshape(count, height, width, 3)


if way == "documented":
    lines = re.search(r"```python\n(.*?)```", open(doc, encoding="utf-8").read(), re.S).group(1)
    assert len(lines.strip().splitlines()) == 5, lines
    columns = dict(prompt=["a red circle", "two grüne squares"], first=[0, 2], second=[1, 0], preferred=[1, 0],
                   annotator=["anna", "bob"])  # fmt: skip
    exec(compile(lines, doc, "exec"), dict(path=path, images=pool(3, 4, 5), columns=columns))
    sys.exit()

pairs = 0 if way == "no_pairs" else 4000 if way == "many" else 4
rows = numpy.arange(pairs)
images = pool(5000 if way == "many" else 9, 8, 8).astype(numpy.uint8)
columns = dict(
    first=rows % 8, second=rows % 8 + 1, preferred=rows % 2,
    reference=numpy.where(rows % 4 == 0, -1, rows % 4 - 1),
)  # fmt: skip
texts = dict(prompt=[f"prompt {p}" for p in rows], annotator=["x"] * pairs, reason=[f"because of {p}" for p in rows],
             domain=[f"d{p}" for p in rows])  # fmt: skip
if way == "beyond":
    columns["second"][1] = 9
if way == "no_answer":
    columns["preferred"][0] = 2
if way == "nan":
    columns["preferred"] = numpy.full(pairs, numpy.nan)
kind = {"big_endian": ">i4", "fixed": "i8", "gzip": "u2"}.get(way, "i4")
packed = dict(compression="gzip", shuffle=True, chunks=True) if way in ("gzip", "many") else {}
with h5py.File(path, "w", libver="latest" if way == "latest" else "earliest") as file:
    file.attrs["format"] = "rewarddance-preferences"
    file.attrs["format_version"] = numpy.int32(1)
    file.attrs["seed"] = 7
    file.attrs["skipped"] = numpy.zeros(3)
    file.create_dataset("images", data=images, **packed)
    for name, values in columns.items():
        signed = name == "reference" or way == "nan"
        file.create_dataset(name, data=values if way == "nan" else values.astype("i2" if signed else kind))
    for name, values in texts.items():
        fixed = [text.encode() for text in values]
        file.create_dataset(name, data=numpy.array(fixed) if way == "fixed" else numpy.array(values, h5py.string_dtype()))
