"""A PC that loses its power, or has no room left, while a teacher works: what was done is there, and no half file has its final name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.teacher_trial import STEPS, kill_while_working

FULL_DISKS = 10


@pytest.mark.parametrize("seed", range(12))
def test_a_power_cut_loses_nothing_that_was_done(tmp_path: Path, seed: int) -> None:
    """In the middle of taking over a list, of setting points, of a file for Excel, of a copy, of merging."""
    assert kill_while_working(tmp_path, seed) in STEPS


@pytest.mark.skipif(os.name != "posix", reason="the system's limit on files")
def test_where_no_more_fits_it_is_told_and_nothing_is_half(tmp_path: Path) -> None:
    """What was refused has left nothing behind, and when there is room all goes on."""
    command = [sys.executable, "-m", "tests.teacher_trial", str(tmp_path), "0", str(FULL_DISKS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == FULL_DISKS
