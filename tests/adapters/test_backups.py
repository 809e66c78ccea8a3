"""A copy of the results is whole or not there, is read back before it counts, and brings all back."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import uuid_utils
from lovhe.adapters.results_db import backups
from lovhe.adapters.results_db.backups import back_up, look_into, restore
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import InputError, LovheError, ResultsError
from lovhe.core.messages import N_
from lovhe.services.ports import Attempt

from tests.adapters.older_results import older_file
from tests.school_classes import add_pupils


def _attempt(program: str = "print(1)") -> Attempt:
    report = b'{"lesson":"6-01-blink","outcome":"passed","points":1,"total":1,"checks":[]}'
    when = "2026-11-23T08:30:00+00:00"
    return Attempt(str(uuid_utils.uuid7()), "6-01-blink", "b", (), when, program, "passed", 1, 1, report, [Event(1, "begin", [])])


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A results file with a class and three attempts."""
    path = tmp_path / "results.sqlite"
    with SqlResults(path) as store:
        add_pupils(store.roster(), "7A", ["Aysel"])
        for _ in range(3):
            store.add(_attempt())
    return path


def _ids(path: Path) -> list[str]:
    with SqlResults(path) as store:
        return [attempt.id for attempt in store.attempts()]


def test_a_copy_has_all_and_a_check_sum_beside_it(results: Path, tmp_path: Path) -> None:
    """As `sha256sum -c` reads it; nothing else is left; the copy is one file."""
    shares: list[float] = []
    (tmp_path / "stick").mkdir()
    copied = back_up(results, tmp_path / "stick" / "copy.sqlite", shares.append)
    assert (copied.attempts, copied.size_bytes) == (3, copied.file.stat().st_size)
    assert sorted(path.name for path in (tmp_path / "stick").iterdir()) == ["copy.sqlite", "copy.sqlite.sha256"]
    said = (tmp_path / "stick" / "copy.sqlite.sha256").read_text()
    assert said == f"{hashlib.sha256(copied.file.read_bytes()).hexdigest()}  copy.sqlite\n"
    assert shares[-1] == 1.0
    assert look_into(copied.file) == copied
    assert _ids(copied.file) == _ids(results)


def test_what_was_erased_is_not_in_a_copy(results: Path, tmp_path: Path) -> None:
    """Also not in the free pages, where SQLite leaves it in its own file."""
    secret = "secret_" * 2000
    with SqlResults(results) as store:
        store.add(_attempt(secret))
    with closing(sqlite3.connect(results)) as db, db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM attempts WHERE program LIKE 'secret%'")
    assert b"secret_secret" not in back_up(results, tmp_path / "copy.sqlite").file.read_bytes()


def test_a_copy_brings_all_back_for_programs_that_have_the_file_open(results: Path, tmp_path: Path) -> None:
    """They see what the copy has, at once."""
    ids = _ids(results)
    copy = back_up(results, tmp_path / "copy.sqlite").file
    with SqlResults(results) as store:
        for _ in range(50):
            store.add(_attempt())
        restore(copy, results)
        assert [attempt.id for attempt in store.attempts()] == ids
        store.add(_attempt())
        assert [one.name for one in store.roster().classes()] == ["7A"]
    assert len(_ids(results)) == 4


def test_the_passphrase_stays_the_one_of_this_pc(results: Path, tmp_path: Path) -> None:
    """Whoever has an older one does not get in by an older copy; where there is none yet, the copy brings its own."""
    with SqlResults(results) as store:
        store.teacher_door().choose("the older one")
        copy = back_up(results, tmp_path / "copy.sqlite").file
        store.teacher_door().choose("the newer one")
        store.teacher_door().note_try(right=False, when_utc="2026-11-23T08:30:00+00:00")
        restore(copy, results)
        assert (store.teacher_door().kept().hashed, store.teacher_door().kept().wrong) == ("the newer one", 1)
    fresh = tmp_path / "another PC" / "results.sqlite"
    restore(copy, fresh)
    with SqlResults(fresh) as store:
        assert store.teacher_door().kept().hashed == "the older one"


def test_an_older_copy_is_brought_up_to_date(results: Path, tmp_path: Path) -> None:
    """Its tables get what they lack."""
    old = tmp_path / "old.sqlite"
    older_file(old, "0003")
    assert look_into(old).attempts == 0
    restore(old, results)
    assert _ids(results) == []


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")


def _trapped(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TRIGGER evil AFTER INSERT ON attempts BEGIN DELETE FROM attempts; END")


def _flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (_flipped, "is damaged"),
        (lambda file: os.truncate(file, 9000), "is damaged"),
        (lambda file: file.with_name("copy.sqlite.sha256").unlink() or os.truncate(file, 9000), "damaged|no copy"),
        (lambda file: file.with_name("copy.sqlite.sha256").unlink() or file.write_bytes(b"hello" * 1000), "is no copy of results"),
        (lambda file: file.with_name("copy.sqlite.sha256").unlink() or file.write_bytes(b""), "is no copy of results"),
        (lambda file: file.with_name("copy.sqlite.sha256").unlink() or _newer(file), "newer version"),
        (lambda file: file.with_name("copy.sqlite.sha256").unlink() or _trapped(file), "is no copy of results"),
        (lambda file: file.unlink(), "There is no file"),
    ],
)
def test_a_copy_that_is_not_good_is_refused(results: Path, tmp_path: Path, damage: Callable[[Path], object], sentence: str) -> None:
    """Before anything is changed."""
    copy = back_up(results, tmp_path / "copy.sqlite").file
    damage(copy)
    with pytest.raises(LovheError, match=sentence):
        look_into(copy)


def test_a_stick_that_keeps_something_else_is_noticed(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read back is compared with what was written; nothing stays of such a copy."""
    flushed = backups._flushed_digest

    def fail(file: Path) -> str:
        digest = flushed(file)
        _flipped(file)
        return digest

    monkeypatch.setattr(backups, "_flushed_digest", fail)
    with pytest.raises(InputError, match="not what was written"):
        back_up(results, tmp_path / "copy.sqlite")
    assert not list(tmp_path.glob("copy*"))


def test_who_hears_how_far_it_is_may_stop_it(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of the writing: it is told in those words, and nothing stays of the copy."""
    monkeypatch.setattr(backups, "_STEPS_BETWEEN", 1)
    (tmp_path / "stick").mkdir()

    heard: list[float] = []

    def stop_at_the_second(share: float) -> None:
        heard.append(share)
        if len(heard) > 1:
            raise InputError(N_("Stopped."), N_("Go on."))

    with pytest.raises(InputError, match="Stopped"):
        back_up(results, tmp_path / "stick" / "copy.sqlite", stop_at_the_second)
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(results: Path, tmp_path: Path) -> None:
    """Nor is a results file that is damaged copied."""
    (tmp_path / "there.sqlite").write_bytes(b"mine")
    with pytest.raises(InputError, match="already"):
        back_up(results, tmp_path / "there.sqlite")
    assert (tmp_path / "there.sqlite").read_bytes() == b"mine"
    results.write_bytes(b"no database" * 500)
    with pytest.raises(ResultsError):
        back_up(results, tmp_path / "copy.sqlite")
    assert not list(tmp_path.glob("copy*"))


def test_what_is_recorded_meanwhile_hinders_nobody(results: Path, tmp_path: Path) -> None:
    """A copy is one moment of the file: all that was there before it began, and nothing half."""
    done = threading.Event()
    added: list[str] = []

    def record() -> None:
        with SqlResults(results) as store:
            while not done.is_set():
                attempt = _attempt()
                store.add(attempt)
                added.append(attempt.id)

    recorder = threading.Thread(target=record)
    recorder.start()
    try:
        for number in range(5):
            before = set(added)
            copy = back_up(results, tmp_path / f"copy{number}.sqlite").file
            assert before <= set(_ids(copy))
    finally:
        done.set()
        recorder.join()
    assert set(added) <= set(_ids(results))


_KILLED = """
import sys
from pathlib import Path
from lovhe.adapters.results_db.backups import back_up, restore
results, copy, new = map(Path, sys.argv[1:])
print("ready", flush=True)
sys.stdin.readline()
while True:
    back_up(results, new)
    new.unlink()
    restore(copy, results)
"""


@pytest.mark.parametrize("seed", range(10))
def test_a_kill_leaves_no_half_copy_and_no_half_results(results: Path, tmp_path: Path, seed: int) -> None:
    """Whatever it was at; the results are whole, and what is there under the copy's name is."""
    with SqlResults(results) as store:
        for _ in range(200):
            store.add(_attempt("x" * 5000))
    copy, new = back_up(results, tmp_path / "copy.sqlite").file, tmp_path / "new.sqlite"
    ids = _ids(results)
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(results), str(copy), str(new)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.readline()
    process.stdin.write(b"\n")
    process.stdin.flush()
    time.sleep(random.Random(seed).uniform(0.0, 0.6))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with SqlResults(results) as store:
        assert store.is_whole()
    assert _ids(results) == ids
    restore(copy, results)
    assert not list(tmp_path.glob("*.incoming"))
    if new.exists():
        assert look_into(new).attempts == len(ids)
