"""What the board does when it starts: `boot.py`, then `main.py`; and `lovhe.report` in a program that runs on its own."""

from __future__ import annotations

import pytest

HARD_RESET, SOFT_RESET = 2, 5


def test_boot_waits_for_ctrl_c_after_a_hard_reset(start_file):
    """The wait is long enough for a host that repeats Ctrl-C every 50 ms, and no longer than 150 ms."""
    output = start_file("boot.py", reset=HARD_RESET).decode()
    assert "left: normally" in output
    assert 100_000 <= int(output.split("took_us: ")[1]) <= 150_000


def test_boot_does_not_wait_after_a_soft_reset(start_file):
    """Tools soft-reset the board all the time."""
    output = start_file("boot.py", reset=SOFT_RESET).decode()
    assert int(output.split("took_us: ")[1]) < 1000


def test_ctrl_c_in_the_wait_leaves_boot_by_an_exception(start_file):
    """That is what keeps MicroPython from running main.py; a line says so."""
    output = start_file("boot.py", reset=HARD_RESET, stop_ms=60).decode()
    assert "main.py was not run" in output
    assert "left: KeyboardInterrupt" in output


def test_the_first_program_says_who_the_board_is(start_file):
    """A board that was named says its name and the kit's version."""
    output = start_file("main.py", board='{"name": "Şagird 7", "kit": "0.1.0"}').decode()
    assert output.splitlines()[0] == "Lövhə 0.1.0: Şagird 7"


@pytest.mark.parametrize("board", [None, "", "{", "[]", "{}"])
def test_a_board_without_a_name_starts_too(start_file, board):
    """A missing or broken board.json is no reason for a traceback."""
    output = start_file("main.py", board=board).decode()
    assert output.splitlines() == ["Lövhə: a board without a name", "left: normally", output.splitlines()[-1]]


def test_readings_without_a_trace_are_lines(start_file):
    """A program that runs on its own prints what plotters read."""
    output = start_file("../tests/firmware/board/shows.py").decode()
    assert sorted(output.splitlines()[:2]) == ["humidity:51", "temperature:23.5"]
