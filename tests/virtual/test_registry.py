"""Running virtual boards find each other's entries, and dead ones leave none."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from lovhe.core.errors import InputError, NoBoardError, UnavailableError
from lovhe.virtual.process import registry
from lovhe.virtual.process.process_life import lives, start_marker
from lovhe.virtual.process.registry import BoardEntry, claim, find_board, list_boards, publish, withdraw


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime directory of this test's own."""
    monkeypatch.setenv("LOVHE_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "boards"


@pytest.fixture
def ended_process() -> tuple[int, str]:
    """Id and start marker of a process that is over."""
    process = subprocess.Popen([sys.executable, "-I", "-S", "-c", "input()"], stdin=subprocess.PIPE)
    marker = start_marker(process.pid)
    assert marker is not None
    process.communicate(b"\n")
    return process.pid, marker


def test_names_are_chosen_free() -> None:
    """Boards without a name are vb1, vb2, …; a name that was given back is taken again."""
    assert [claim().name for _ in range(3)] == ["vb1", "vb2", "vb3"]
    withdraw("vb2")
    assert claim().name == "vb2"
    assert [entry.name for entry in list_boards()] == ["vb1", "vb2", "vb3"]


def test_names_are_listed_as_people_count() -> None:
    """vb2 stands before vb10, and names without numbers stand by the alphabet."""
    for name in ("vb10", "vb2", "masa", "Lövhə-1"):
        claim(name)
    assert [entry.name for entry in list_boards()] == ["Lövhə-1", "masa", "vb2", "vb10"]


@pytest.mark.parametrize("name", ["Lövhə_1", "доска-3", "教室2", "a" * 32])
def test_names_of_any_alphabet_are_taken(name: str) -> None:
    """Letters and digits of any alphabet, - and _ make a name, found again whatever the case."""
    assert claim(name).name == name
    assert find_board(name.upper()).name == name


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "..", "../x", "a.b", "a" * 33, "-x", "con", "x\0y", "😀", "a\nb", "²"])
def test_names_that_cannot_be_used_are_refused(name: str) -> None:
    """Anything that could be a path, an option or a device is refused before a file is touched."""
    with pytest.raises(InputError):
        claim(name)


def test_a_name_in_use_is_refused_whatever_its_case() -> None:
    """Two boards cannot share a name, not even in other letters, since some file systems do not tell them apart."""
    claim("masa")
    with pytest.raises(InputError, match="lovhe board stop"):
        claim("MASA")


def test_simultaneous_starts_get_different_names() -> None:
    """Eight boards that start at the same time have eight names."""
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: claim().name, range(8)))
    assert sorted(names) == [f"vb{number}" for number in range(1, 9)]


def test_an_entry_is_updated_whole(runtime: Path) -> None:
    """What is published is what is found, readable by its owner alone, with nothing left beside it."""
    entry = msgspec.structs.replace(claim("masa"), serial_port="rfc2217://127.0.0.1:5000", state="ready", authkey="00ff")
    publish(entry)
    assert find_board("masa") == entry
    assert sorted(path.name for path in runtime.iterdir()) == [".lock", "masa.json"]
    if os.name == "posix":
        assert stat.S_IMODE((runtime / "masa.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(runtime.stat().st_mode) == 0o700


def test_entries_of_dead_processes_are_dropped(runtime: Path, ended_process: tuple[int, str]) -> None:
    """A board whose process has ended, or whose process id belongs to another one now, is not listed, and its name is free."""
    pid, marker = ended_process
    publish(BoardEntry(name="vb1", pid=pid, started=marker))
    publish(BoardEntry(name="vb2", pid=os.getpid(), started="another"))
    assert list_boards() == []
    assert list(runtime.glob("*.json")) == []
    publish(BoardEntry(name="vb1", pid=pid, started=marker))
    assert claim().name == "vb1"


NO_ENTRIES = [b"", b"{", b"[]", b'{"name": "x"}', b'{"name": "../y", "pid": 1, "started": ""}', b"\xff" * 100, b"[" * 100_000]


@pytest.mark.parametrize("data", NO_ENTRIES)
def test_files_that_are_no_entries_are_passed_over(runtime: Path, data: bytes) -> None:
    """A damaged or foreign file neither stops the listing nor is deleted."""
    claim("masa")
    (runtime / "x.json").write_bytes(data)
    assert [entry.name for entry in list_boards()] == ["masa"]
    assert (runtime / "x.json").exists()


def test_looking_for_a_board_that_does_not_run_names_those_that_do() -> None:
    """The message lists the running boards, or says how to start one."""
    with pytest.raises(NoBoardError, match="lovhe board start"):
        find_board("vb1")
    claim()
    with pytest.raises(NoBoardError, match="vb1"):
        find_board("masa")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps runtime folders private by itself")
def test_a_directory_that_others_can_write_is_not_used(runtime: Path) -> None:
    """Keys are not put where another user could have laid an entry."""
    runtime.mkdir()
    runtime.chmod(0o777)
    with pytest.raises(UnavailableError, match="LOVHE_RUNTIME_DIR"):
        list_boards()


def test_a_stuck_lock_is_told(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another command keeps ends in a message, not in a hang."""
    monkeypatch.setattr(registry, "_LOCK_TIMEOUT_S", 0.05)
    with registry._locked(), pytest.raises(UnavailableError):
        claim()


def test_a_killed_command_keeps_no_lock(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that was killed while it chose a name does not stop the next one; the lock's file is no board."""
    monkeypatch.setattr(registry, "_LOCK_TIMEOUT_S", 0.0)
    with subprocess.Popen([sys.executable, "-c", _HOLDS_THE_LOCK], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(UnavailableError, match="Another command"):
            claim()
        other.kill()
    assert claim().name == "vb1"
    assert [entry.name for entry in list_boards()] == ["vb1"]


_HOLDS_THE_LOCK = """
from lovhe.virtual.process import registry
with registry._locked():
    print("locked", flush=True)
    input()
"""


def test_a_lock_that_cannot_be_made_is_told(runtime: Path) -> None:
    """With the folder's name, and how to take another one."""
    (runtime / ".lock").mkdir(parents=True)
    with pytest.raises(UnavailableError, match="LOVHE_RUNTIME_DIR"):
        claim()


def test_processes_are_known_by_their_start(ended_process: tuple[int, str]) -> None:
    """This process lives under its own marker alone; one that has ended, or has no valid id, does not live."""
    marker = start_marker(os.getpid())
    assert marker is not None
    assert lives(os.getpid(), marker)
    assert not lives(os.getpid(), marker + "0")
    assert not lives(*ended_process)
    assert start_marker(0) is None
    assert start_marker(-1) is None
