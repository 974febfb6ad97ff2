"""Reads the rollout file of an iteration and prints a line for each group of rollouts."""
import argparse
import sys
import zlib

import h5py
import numpy


class RolloutFileError(Exception):
    """Not a rollout file, or one whose data are not what was written."""


def check(file):
    """HDF5 has no checksum over plain data, so each dataset carries that of its bytes."""
    if file.attrs.get("format") != b"rewarddance-rollouts":
        raise RolloutFileError("no rollout file (expected: format rewarddance-rollouts)")
    if file.attrs["format_version"] != 2:
        raise RolloutFileError(f"format_version: {file.attrs['format_version']} (expected: 2)")
    datasets = []
    file.visititems(lambda name, node: datasets.append(node) if isinstance(node, h5py.Dataset) else None)
    for dataset in datasets:
        checksum, expected = zlib.crc32(dataset[()].tobytes()), dataset.attrs["crc32"]
        if checksum != expected:
            raise RolloutFileError(f"{dataset.name}: CRC-32 is {checksum:08x} (expected: {expected:08x})")


def lines(file):
    rewards, groups, trained = file["reward"][:], file["group"][:], file["trained"][:]
    prompts = file["prompt"].asstr()[:]
    parts = {name: part[:] for name, part in file["reward_parts"].items()}
    images = file["image"][:].reshape(-1, *file.attrs["image_shape"])
    about = {name: file.attrs[name].decode() for name in ("run", "algorithm", "sampler")}
    yield (
        f"run {about['run']}  iteration {file.attrs['iteration']}  policy {file.attrs['policy_version']}"
        f"  {about['algorithm']}  {about['sampler']}  {len(images)} images {'x'.join(map(str, images.shape[1:]))}"
    )
    for group in sorted(set(groups)):
        own = groups == group
        # A judge that was left out of the group has no numbers, and the group no total reward.
        missing = [name for name, part in parts.items() if numpy.isnan(part[own]).any()]
        reward = f"without {', '.join(missing)}" if missing else f"{rewards[own].mean():.4f} +- {rewards[own].std():.4f}"
        yield f"group {group}  reward {reward}  trained {trained[own].sum()}/{own.sum()}  {prompts[own][0]}"


def main(argv=None):
    parser = argparse.ArgumentParser(prog="rollouts.py", description=__doc__)
    parser.add_argument("file", metavar="FILE", help="such as runs/quickstart/rollouts/iteration-000000.h5")
    path = parser.parse_args(argv).file
    try:
        with h5py.File(path) as file:
            check(file)
            for line in lines(file):
                print(line)
    except (OSError, RolloutFileError) as error:
        sys.exit(f"rollouts: {path}: {error}")


if __name__ == "__main__":
    main()
