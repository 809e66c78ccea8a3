"""A file is the old or the new one, and is written although somebody looks into it for a moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lovhe.adapters.whole_files import write_whole


def _refusing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """As Windows does while another program has the file open."""
    tried: list[Path] = []
    replace = os.replace

    def refuse(source: Path, target: Path) -> Path:
        tried.append(target)
        if len(tried) <= times:
            raise PermissionError(13, "the process cannot access the file")
        replace(source, target)
        return target

    monkeypatch.setattr(Path, "replace", refuse)
    return tried


def test_a_scanner_that_holds_a_file_for_a_moment_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename over an open file: it is tried again, and no half file stays."""
    monkeypatch.setattr(sys, "platform", "win32")
    tried = _refusing(2, monkeypatch)
    file = tmp_path / "make.txt"
    file.write_bytes(b"old")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert len(tried) == 3
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_stays_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old one is there still, whole."""
    monkeypatch.setattr(sys, "platform", "win32")
    _refusing(1000, monkeypatch)
    file = tmp_path / "make.txt"
    file.write_bytes(b"old")
    with pytest.raises(PermissionError):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_elsewhere_nothing_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be written does not change its mind."""
    monkeypatch.setattr(sys, "platform", "linux")
    tried = _refusing(1, monkeypatch)
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "make.txt", b"new")
    assert len(tried) == 1


_WRITER = """
import random
import subprocess
import sys
import time
from pathlib import Path
from lovhe.adapters.whole_files import write_whole

file = Path(sys.argv[1])
while True:
    for letter in b"ab":
        write_whole(file, bytes([letter]) * 2_000_000)
        print("written", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """A process that writes the same large file again and again is killed twenty times; it is never half of one."""
    file, dice = tmp_path / "file", random.Random(7)
    for _ in range(20):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(file)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(dice.uniform(0, 0.05))
            writer.kill()
        assert file.read_bytes() in (b"a" * 2_000_000, b"b" * 2_000_000)
