import shutil
import zlib

import h5py
import numpy
import pytest

from rollouts import main


def test_a_line_for_each_group(rollout_file, capsys):
    main([rollout_file])
    head, *groups = capsys.readouterr().out.splitlines()
    with h5py.File(rollout_file) as file:
        assert head.startswith(f"run {file.attrs['run'].decode()}  iteration {file.attrs['iteration']}  ")
        assert head.endswith(f"  {len(file['seed'])} images 32x32x3")
        assert len(groups) == len(set(file["group"][:]))
        for line in groups:
            assert line.split("  ")[-1] in set(file["prompt"].asstr()[:])


def test_a_group_without_a_judge_names_it(rollout_file, tmp_path, capsys):
    path = shutil.copy(rollout_file, tmp_path)
    with h5py.File(path, "r+") as file:
        judge = next(iter(file["reward_parts"]))
        for dataset in (file["reward"], file["reward_parts"][judge]):
            dataset[file["group"][:] == 0] = float("nan")
            dataset.attrs["crc32"] = numpy.uint32(zlib.crc32(dataset[()].tobytes()))
    main([str(path)])
    head, first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith(f"group 0  reward without {judge}  trained ")
    assert "without" not in second


def test_data_that_are_not_what_was_written_are_named(rollout_file, tmp_path):
    path = shutil.copy(rollout_file, tmp_path)
    with h5py.File(path, "r+") as file:
        file["reward"][0] += 1
    with pytest.raises(SystemExit, match=r"rollouts: .*\.h5: /reward: CRC-32 is "):
        main([str(path)])


def test_another_version_is_named(rollout_file, tmp_path):
    path = shutil.copy(rollout_file, tmp_path)
    with h5py.File(path, "r+") as file:
        file.attrs["format_version"] = 1
    with pytest.raises(SystemExit, match=r"rollouts: .*\.h5: format_version: 1 \(expected: 2\)"):
        main([str(path)])


def test_a_file_of_another_kind_is_named(tmp_path):
    path = tmp_path / "other.h5"
    h5py.File(path, "w").close()
    with pytest.raises(SystemExit, match="rollouts: .*other.h5: no rollout file"):
        main([str(path)])
    path.write_text("not HDF5")
    with pytest.raises(SystemExit, match="rollouts: .*other.h5: "):
        main([str(path)])
