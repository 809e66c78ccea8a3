"""The class set in the results file: names, flashes, faults and tests of boards, by their MACs."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.results_db.class_set import SqlClassSet
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.boards.names import BoardName
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardRecord, FlashOrder

from .older_results import older_file

FIRST, SECOND, THIRD = (f"24:6f:28:00:00:0{number}" for number in range(1, 4))
ORDER = FlashOrder("v1.28.0", "ab" * 32, keep_files=True)


@pytest.fixture
def results(tmp_path: Path) -> Iterator[SqlResults]:
    """An empty results file."""
    with SqlResults(tmp_path / "results.sqlite") as store:
        yield store


@pytest.fixture
def boards(results: SqlResults) -> SqlClassSet:
    """Its class set."""
    return results.class_set()


def test_a_flash_is_unfinished_until_it_has_ended(boards: SqlClassSet) -> None:
    """Its order is kept for whoever finishes it, and gone with the end; so is the fault."""
    boards.flash_begins(FIRST, "/dev/ttyUSB0", "esp32", ORDER)
    boards.flash_failed(FIRST, "/dev/ttyUSB0", N_("The board {name} went away.", name=N_("number one")))
    cut = boards.board(FIRST)
    assert cut is not None
    assert (cut.flash_state, cut.order, str(cut.fault)) == ("unfinished", ORDER, "The board number one went away.")
    boards.flash_ended(FIRST, "/dev/ttyUSB3", "esp32", "v1.28.0")
    whole = boards.board(FIRST)
    assert whole is not None
    assert whole.flashed_utc
    assert msgspec.structs.replace(whole, flashed_utc="") == BoardRecord(
        FIRST, chip="esp32", serial_port="/dev/ttyUSB3", firmware="v1.28.0", flash_state="ready"
    )


def test_names_are_given_in_order_and_kept(boards: SqlClassSet) -> None:
    """The lowest free number of the class; a board that has a name keeps it, whatever class is asked for."""
    assert [str(boards.give_name(mac, "7A")) for mac in (FIRST, SECOND)] == ["7A-1", "7A-2"]
    assert str(boards.give_name(FIRST, "8B")) == "7A-1"
    boards.forget(FIRST)
    assert boards.board(FIRST) is None
    assert str(boards.give_name(THIRD, "7A")) == "7A-1"
    assert str(boards.give_name(FIRST, "8B")) == "8B-1"
    assert [record.mac for record in boards.boards()] == [THIRD, SECOND, FIRST]


def test_names_given_at_the_same_time_differ(boards: SqlClassSet) -> None:
    """Thirty threads that name thirty boards use each number from 1 to 30 once."""
    macs = [f"24:6f:28:00:01:{number:02x}" for number in range(30)]
    threads = [threading.Thread(target=boards.give_name, args=(mac, "7A")) for mac in macs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(record.name.number for record in boards.boards() if record.name) == list(range(1, 31))


def test_two_boards_cannot_have_one_name(boards: SqlClassSet) -> None:
    """A name that is taken is refused and nothing changes; without a name, both may be."""
    boards.rename(FIRST, BoardName("7A", 12))
    with pytest.raises(InputError, match="7A-12"):
        boards.rename(SECOND, BoardName("7A", 12))
    assert boards.board(SECOND) is None
    found = boards.named(BoardName("7A", 12))
    assert found is not None
    assert found.mac == FIRST
    boards.rename(FIRST, None)
    boards.rename(SECOND, None)
    assert boards.named(BoardName("7A", 12)) is None


def test_a_self_test_is_kept_with_the_board(boards: SqlClassSet) -> None:
    """Which circuit, how it ended, and the report."""
    boards.note_test(FIRST, "6-01-blink", "failed", b"{}")
    record = boards.board(FIRST)
    assert record is not None
    assert (record.test_lesson, record.test_outcome, record.test_report) == ("6-01-blink", "failed", b"{}")
    assert record.tested_utc


def test_boards_of_an_older_file_are_kept(tmp_path: Path) -> None:
    """A results file of the first form is brought up to date with its boards."""
    path = tmp_path / "results.sqlite"
    row = "INSERT INTO boards VALUES ('24:6f:28:00:00:01', 'COM3', 'unfinished', '2026-11-20 08:00:00.000000')"
    older_file(path, "0001", [(row, ())])
    with SqlResults(path) as store:
        [record] = store.class_set().boards()
    assert (record.mac, record.serial_port, record.flash_state, record.order) == (FIRST, "COM3", "unfinished", None)


def test_a_damaged_detail_costs_that_detail_alone(results: SqlResults, boards: SqlClassSet) -> None:
    """A record whose order and fault are no JSON any more still has its name and state."""
    boards.give_name(FIRST, "7A")
    boards.flash_begins(FIRST, "COM3", "esp32", ORDER)
    with sqlite3.connect(results.path) as db:
        db.execute("UPDATE boards SET flash_order = ?, fault = ?", [b"{", b"\xff\x00"])
    db.close()
    [record] = boards.boards()
    assert (str(record.name), record.flash_state, record.order, record.fault) == ("7A-1", "unfinished", None, None)


def test_what_happened_to_a_board_is_kept(boards: SqlClassSet) -> None:
    """The newest first, each with its words; of another board nothing, and nothing once the board is forgotten.

    A flash that found everything there is no news.
    """
    boards.give_name(FIRST, "7A")
    boards.flash_failed(FIRST, "COM3", N_("It went away."))
    boards.flash_ended(FIRST, "COM3", "esp32", "v1.28.0")
    boards.flash_ended(FIRST, "COM3", "esp32", "v1.28.0")
    boards.note_test(FIRST, "6-01-blink", "failed", b"{}")
    boards.note_test(SECOND, "6-01-blink", "passed", b"{}")
    told = [(event.kind, event.words, event.outcome, str(event.fault or "")) for event in boards.history(FIRST)]
    assert told == [
        ("tested", "6-01-blink", "failed", ""),
        ("flashed", "v1.28.0", "", ""),
        ("failed", "", "", "It went away."),
        ("named", "7A-1", "", ""),
    ]
    assert [event.kind for event in boards.history(FIRST, most=1)] == ["tested"]
    boards.forget(FIRST)
    assert boards.history(FIRST) == []


def test_a_noted_fault_stays_until_it_is_mended(boards: SqlClassSet) -> None:
    """A flash that succeeds does not mend a broken pin; who says that it is mended ends a flash's fault, too."""
    boards.note_fault(FIRST, "IO4 is broken")
    boards.flash_ended(FIRST, "COM3", "esp32", "v1.28.0")
    boards.flash_failed(FIRST, "COM3", N_("It went away."))
    broken = boards.board(FIRST)
    assert broken is not None
    assert (broken.noted_fault, str(broken.fault)) == ("IO4 is broken", "It went away.")
    assert broken.noted_utc
    boards.clear_faults(FIRST)
    boards.clear_faults(FIRST)
    mended = boards.board(FIRST)
    assert mended is not None
    assert (mended.noted_fault, mended.noted_utc, mended.fault) == ("", "", None)
    assert [event.kind for event in boards.history(FIRST)] == ["mended", "failed", "flashed", "noted"]
