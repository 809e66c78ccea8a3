"""A file that the user named is whole or as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps.user_files import write_whole
from lovhe.core.errors import InputError


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """A message with a next step, and what was there stays."""
    target = tmp_path / "no folder" / "table.csv"
    with pytest.raises(InputError, match=r"table\.csv"):
        write_whole(target, b"x")
    folder = tmp_path / "table.csv"
    folder.mkdir()
    with pytest.raises(InputError):
        write_whole(folder, b"x")
    assert folder.is_dir()


def test_only_the_file_that_was_named_is_written(tmp_path: Path) -> None:
    """Somebody's own file beside it, whatever it is called, stays as it is; a link leads where it led."""
    beside = tmp_path / "table.csv.new"
    beside.write_bytes(b"mine")
    target, link = tmp_path / "table.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert target.read_bytes() == b"new"
    assert link.is_symlink()
    assert beside.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "table.csv", "table.csv.new"]
