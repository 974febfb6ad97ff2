"""Reads a preference file and prints its attributes, its types and its last row.

usage: read_preferences.py FILE
"""
import hashlib
import sys

import h5py

with h5py.File(sys.argv[1]) as file:
    for name, value in file.attrs.items():
        print(name, value.decode() if isinstance(value, bytes) else value, sep="=")
    for name, column in file.items():
        print(name + ".shape", " ".join(map(str, column.shape)), sep="=")
        print(name + ".type", column.dtype, sep="=")
    for name in ("first", "second", "preferred"):
        print(name, file[name][-1], sep="=")
    for name in ("prompt", "reason"):
        print(name, file[name].asstr()[-1], sep="=")
    print("image.sha256", hashlib.sha256(file["images"][-1].tobytes()).hexdigest(), sep="=")
