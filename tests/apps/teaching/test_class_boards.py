"""The boards as a teacher has them: which are here, which are missing, what is wrong with which."""

from __future__ import annotations

import msgspec
import pytest
from lovhe.apps import wiring
from lovhe.apps.language import t
from lovhe.apps.teaching.class_boards import (
    MOST_NOTED,
    BoardLine,
    board_lines,
    change_board,
    happened,
    local_day,
    read_fault,
    read_records,
    summed_up,
    told_of,
)
from lovhe.core.boards.names import BoardName
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo, BoardRecord, FlashOrder

ONE, TWO, THREE = (f"24:0a:c4:00:00:0{number}" for number in range(1, 4))
KNOWN = [BoardRecord(ONE, BoardName("7A", 1)), BoardRecord(TWO, BoardName("7A", 2)), BoardRecord(THREE)]


def _board(port: str, mac: str = "", state: str = "ready") -> BoardInfo:
    return BoardInfo(port, port, "", False, state, mac=mac)


def _words(line: BoardLine) -> str:
    return ", ".join(t(words) for words in line.wrong)


def test_each_board_stands_once_whether_it_is_here_or_not() -> None:
    """The class set in its order, then those that are new; one that had to be asked is the one that it said it is."""
    boards = [_board("COM3", TWO), _board("COM4"), _board("COM5"), _board("COM6", "24:0a:c4:00:00:09")]
    lines = board_lines(KNOWN, boards, {"COM4": ONE})
    assert [(line.label, line.here.name if line.here else "") for line in lines] == [
        ("7A-1", "COM4"),
        ("7A-2", "COM3"),
        (THREE, ""),
        ("COM5", "COM5"),
        ("COM6", "COM6"),
    ]
    assert [line.mac for line in lines][3:] == ["", "24:0a:c4:00:00:09"]
    assert len({line.id for line in lines}) == len(lines)


def test_it_is_said_who_is_missing_and_who_does_not_say_it() -> None:
    """Where some do not say who they are, those that are missing may be among them."""
    assert [str(told) for told in summed_up(board_lines(KNOWN[:2], [_board("COM3", TWO)], {}))] == ["1 of 2 is not plugged in: 7A-1."]
    told = [str(told) for told in summed_up(board_lines(KNOWN[:2], [_board("COM3", TWO), _board("COM4")], {}))]
    assert told == ["1 of 2 is not plugged in, or does not say who it is: 7A-1.", "1 board does not say who it is: F4 asks it."]
    assert "F5" in str(summed_up(board_lines([], [_board("COM3", ONE)], {}))[0])
    assert "no board yet" in str(summed_up([])[0])


def test_what_is_wrong_stands_in_a_few_words_and_in_sentences() -> None:
    """A flash that was cut off first, then what the board is like, what was noted, tested, and why a flash failed."""
    record = BoardRecord(
        ONE,
        flash_state="unfinished",
        noted_fault="IO4 is dead",
        noted_utc="2026-11-20T08:00:00+00:00",
        test_lesson="6-01-blink",
        test_outcome="failed",
        tested_utc="2026-11-20T08:00:00+00:00",
        fault=N_("It went away."),
        fault_utc="2026-11-20T08:00:00+00:00",
    )
    line = BoardLine(record, _board("COM3", ONE, "silent"))
    assert _words(line) == "flash cut off, does not start, IO4 is dead, test: failed, It went away."
    told = " ".join(t(sentence) for sentence in told_of(line))
    assert "(F6)" not in told
    failed = BoardLine(msgspec.structs.replace(record, flash_state="ready"), line.here)
    assert "(F6)" in " ".join(t(sentence) for sentence in told_of(failed))
    for words in ("“Finish” (F3)", "IO4 is dead", "6-01-blink", "It went away."):
        assert words in told
    assert _words(BoardLine(BoardRecord(ONE, test_outcome="passed"), _board("COM3", ONE, "busy"))) == ""
    assert "(F6)" in str(told_of(BoardLine(None, _board("COM3", state="empty")))[0])


def test_a_fault_is_noted_cleared_and_told_of_in_the_history() -> None:
    """What happened comes in sentences, the newest first."""
    line = BoardLine(BoardRecord(ONE), None)
    line, _ = change_board(line, lambda boards: boards.flash_begins(ONE, "COM3", "esp32", FlashOrder("", "", keep_files=False)))
    assert line.is_cut_off
    change_board(line, lambda boards: boards.flash_failed(ONE, "COM3", N_("It went away.")))
    change_board(line, lambda boards: boards.flash_ended(ONE, "COM3", "esp32", "v1.28.0"))
    change_board(line, lambda boards: boards.rename(ONE, BoardName("7A", 3)))
    change_board(line, lambda boards: boards.note_test(ONE, "6-01-blink", "unclear", b"{}"))
    line, _ = change_board(line, lambda boards: boards.note_fault(ONE, "socket loose"))
    assert (line.label, _words(line)) == ("7A-3", "socket loose, test: unclear")
    line, events = change_board(line, lambda boards: boards.clear_faults(ONE))
    assert [t(happened(event)) for event in events] == [
        "It is mended: its faults were cleared.",
        "A fault was noted: socket loose",
        "Tested with the circuit of 6-01-blink: unclear.",
        "It is 7A-3 from now on.",
        "Flashed with v1.28.0, and read back.",
        "Its flash failed: It went away.",
    ]
    assert line.record is not None
    assert local_day(line.record.flashed_utc)
    assert local_day("") == ""
    line, events = change_board(line, lambda boards: boards.forget(ONE))
    assert (line.record, events, read_records()) == (None, [], [])


def test_a_fault_is_some_words_on_one_line() -> None:
    """Nothing is no fault; what a terminal would obey is taken out."""
    assert read_fault("  IO4\tis \x1b[31mdead ") == read_fault(read_fault("IO4 is \x1b[31mdead"))
    assert "\x1b" not in read_fault("\x1b[31mdead")
    assert len(read_fault("x" * 500)) == MOST_NOTED
    with pytest.raises(InputError, match="Nothing"):
        read_fault(" \n")


def test_the_records_are_those_of_this_computer() -> None:
    """By class and number."""
    with wiring.results() as store:
        store.class_set().give_name(TWO, "7A")
        store.class_set().give_name(ONE, "7A")
    assert [str(record.name) for record in read_records()] == ["7A-1", "7A-2"]
