"""Holds the arrays of a rollout file and writes them with h5py, as often as stdin says.

Arguments: rollout file, directory to write to. Each line of stdin makes it write the file once
(temporary file, fsync, rename, fsync of the directory) and print the seconds, by the clock and of
the processor. "plain": no more than that. "verified": also reads everything back and compares.
"sealed": also stores the CRC-32 of each dataset and takes the sha-256 of the file, as a rollout file has.
"""

import hashlib
import os
import sys
import time
import zlib
from pathlib import Path

import h5py
import numpy as np


def load(path):
    arrays = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, item: arrays.update({name: item[:]}) if isinstance(item, h5py.Dataset) else None)
        return arrays, dict(file.attrs)


def write(target, arrays, attributes, way):
    temporary = target.with_suffix(".tmp")
    with h5py.File(temporary, "w", libver="latest") as file:
        file.attrs.update(attributes)
        for name, values in arrays.items():
            dataset = file.create_dataset(name, data=values)
            if way == "sealed":
                dataset.attrs["crc32"] = np.uint32(zlib.crc32(values.view(np.uint8)))
    if way == "sealed":
        with temporary.open("rb") as file:
            hashlib.file_digest(file, "sha256")
    sync(temporary)
    if way != "plain":
        compare(temporary, arrays, attributes)
    temporary.rename(target)
    sync(target.parent)


def compare(path, arrays, attributes):
    with h5py.File(path) as file:
        for name, values in attributes.items():
            if not np.array_equal(file.attrs[name], values):
                raise SystemExit(f"attribute {name} isn't what was written")
        for name, values in arrays.items():
            if not np.array_equal(file[name][:], values):
                raise SystemExit(f"{name} isn't what was written")


def sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def main():
    arrays, attributes = load(sys.argv[1])
    target = Path(sys.argv[2]) / "h5py.h5"
    for line in sys.stdin:
        start, cpu_start = time.perf_counter(), time.process_time()
        write(target, arrays, attributes, line.strip())
        print(time.perf_counter() - start, time.process_time() - cpu_start, flush=True)


if __name__ == "__main__":
    main()
