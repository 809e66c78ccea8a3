"""The results file survives what happens to files in a classroom: power cuts, two programs at once, damage, mix-ups."""

from __future__ import annotations

import concurrent.futures
import contextlib
import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from lovhe.adapters.results_db.opening import is_whole, results_file
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import ResultsError

# Records attempts without end and says each one's id once `add` has returned.
WRITER = """
import sys
from pathlib import Path
import uuid_utils
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.checks.evidence import Event
from lovhe.services.ports import Attempt

store = SqlResults(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    id = str(uuid_utils.uuid7())
    evidence = [Event(t, "level", [2, t % 2]) for t in range(2000)]
    store.add(Attempt(id, "6-01-blink", "b", (), "2026-11-21T08:30:00+00:00", "x" * 20000, "passed", 1, 1, b'{"checks":[]}', evidence))
    store.class_set().flash_ended("24:6f:28:00:00:01", "p", "esp32", "v1")
    print(id, flush=True)
store.close()
"""


def _add_some(path: Path, count: int) -> list[str]:
    run = subprocess.run([sys.executable, "-c", WRITER, str(path), str(count)], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.parametrize("seed", range(4))
def test_a_program_killed_while_recording_leaves_the_file_whole(tmp_path: Path, seed: int) -> None:
    """Every attempt whose recording had returned is there with its evidence, and the next one can be recorded."""
    path = tmp_path / "results.sqlite"
    chance = random.Random(seed)
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path), "100000"], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(chance.randrange(1, 20))]
        for _ in range(chance.randrange(200_000)):  # anywhere within the next write
            pass
        writer.kill()
        said += writer.stdout.read().split("\n")[:-1]
    store = SqlResults(path)
    assert is_whole(path)
    kept = {attempt.id for attempt in store.attempts()}
    assert kept >= set(said)
    assert all(len(store.attempt(attempt_id).evidence) == 2000 for attempt_id in kept)
    store.close()
    assert set(_add_some(path, 1)) | kept == {attempt.id for attempt in SqlResults(path).attempts()}


def test_two_programs_open_a_new_file_and_record_at_the_same_time(tmp_path: Path) -> None:
    """Neither finds the tables half made, neither loses an attempt."""
    path = tmp_path / "results.sqlite"
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        said = [attempt_id for ids in pool.map(lambda _: _add_some(path, 5), range(4)) for attempt_id in ids]
    store = SqlResults(path)
    assert {attempt.id for attempt in store.attempts()} == set(said)
    assert len(said) == 20
    store.close()


def test_a_new_file_that_another_program_is_writing_to_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait where a file is turned to its write-ahead log."""
    path = tmp_path / "results.sqlite"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, other.execute, ["ROLLBACK"])
        release.start()
        SqlResults(path).close()
        release.join()


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9000])


def _overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:12288] = random.Random(1).randbytes(8192)
    path.write_bytes(data)


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"ad;sinif\r\nAysel;6a\r\n")


def _of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE attempts (id)")
    db.close()


def _from_a_newer_version(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE alembic_version SET version_num = '0999'")
    db.close()


@pytest.mark.parametrize("harm", [_truncated, _overwritten, _not_a_database, _of_another_program, _from_a_newer_version])
def test_a_file_that_is_not_a_whole_one_of_ours_is_refused_and_left_as_it_is(tmp_path: Path, harm: object) -> None:
    """The message names the file and says what to do; not a byte of the file changes."""
    path = tmp_path / "results.sqlite"
    _add_some(path, 3)
    assert callable(harm)
    harm(path)
    before = path.read_bytes()
    with pytest.raises(ResultsError) as caught:
        SqlResults(path)
    assert str(path) in str(caught.value.what)
    assert str(caught.value.next_step).startswith("Nothing in it was changed.")
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_results_file(tmp_path: Path) -> None:
    """A power cut right after the file was made leaves nothing that stands in the way."""
    path = tmp_path / "results.sqlite"
    path.touch()
    store = SqlResults(path)
    assert store.attempts() == []
    store.close()


def test_a_place_where_no_file_can_be_made_is_told(tmp_path: Path) -> None:
    """A folder that is a file: a message with a next step, no traceback."""
    (tmp_path / "data").touch()
    with pytest.raises(ResultsError, match="LOVHE_DATA_DIR"):
        SqlResults(tmp_path / "data" / "results.sqlite")


def test_a_file_held_by_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database viewer with an open write makes us wait, then say so."""
    monkeypatch.setattr("lovhe.adapters.results_db.opening._BUSY_S", 0.1)
    path = tmp_path / "results.sqlite"
    store = SqlResults(path)
    viewer = sqlite3.connect(path)
    viewer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ResultsError, match="Another program"):
        store.class_set().flash_ended("24:6f:28:00:00:01", "p", "esp32", "v1")
    viewer.close()
    store.close()


def test_the_folder_for_results_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LOVHE_DATA_DIR moves the results file, for instance onto a school's own drive."""
    monkeypatch.setenv("LOVHE_DATA_DIR", str(tmp_path))
    assert results_file() == tmp_path / "results.sqlite"
    monkeypatch.delenv("LOVHE_DATA_DIR")
    assert results_file().name == "results.sqlite"
    assert tmp_path not in results_file().parents


def test_a_whole_class_may_have_the_file_open_at_once(tmp_path: Path) -> None:
    """Thirty-two boards whose flashes begin together wait for the disk alone: none is told that there are too many."""
    with SqlResults(tmp_path / "results.sqlite") as store, contextlib.ExitStack() as boards:
        for _ in range(32):
            boards.enter_context(store._engine.connect())


def test_no_other_program_folds_the_log_away_while_this_one_has_the_file_open(tmp_path: Path) -> None:
    """Opening the file here once more takes no lock away from a connection that is open, and what that one then writes is kept."""
    path = tmp_path / "results.sqlite"
    _add_some(path, 1)
    with contextlib.closing(sqlite3.connect(path)) as open_one:
        open_one.execute("SELECT count(*) FROM attempts").fetchall()
        with SqlResults(path) as again:
            assert len(again.attempts()) == 1
        _add_some(path, 1)  # the last one to close the file folds the log: it must not take itself for that
        assert path.with_name(f"{path.name}-wal").exists()
        with open_one:
            open_one.execute("UPDATE attempts SET board = 'mine'")
    with SqlResults(path) as store:
        assert [attempt.board for attempt in store.attempts()] == ["mine", "mine"]


def test_two_new_files_are_made_at_the_same_time(tmp_path: Path) -> None:
    """A class's own and the one of a teacher who practises."""
    files = [tmp_path / name / "results.sqlite" for name in ("own", "practice")]

    def make(file: Path) -> int:
        with SqlResults(file) as store:
            return len(store.roster().classes())

    with concurrent.futures.ThreadPoolExecutor(len(files)) as pool:
        assert list(pool.map(make, files)) == [0, 0]
