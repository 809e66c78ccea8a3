"""A board whose main.py crashes or restarts it for ever is flashed like any other, and is told as what it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.first_words import heard_before, what_it_says
from lovhe.apps import wiring
from lovhe.services.ports import BoardInfo

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def board(command: Command) -> Iterator[BoardInfo]:
    """A flashed board with a PTY, named "desk"."""
    try:
        [started] = wiring.start_virtual_boards(
            count=1, name="desk", lesson=None, circuit=None, chip="esp32", baud_limit=None, endpoint="pty", tie_to_this_process=True
        )
        command("flash", "desk")
        yield started
    finally:
        wiring.stop_virtual_boards()


def _put_main(board: BoardInfo, source: str) -> None:
    link = ReplLink(board.serial_port)
    files = {"/main.py": source.encode()}
    link.execute(f"f=open('/main.py','wb'); f.write({files['/main.py']!r}); f.close()")
    link.restart()
    link.close()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("print(1 / 0)\n", "Its main.py stopped with an error: ZeroDivisionError: divide by zero"),
        ("import machine\nmachine.reset()\n", "It restarted again and again."),
    ],
)
def test_a_board_with_a_broken_main_is_flashed_and_told(board: BoardInfo, command: Command, source: str, sentence: str) -> None:
    """The sentence is among the result's notes, and the board is whole afterwards."""
    _put_main(board, source)
    [result] = json.loads(command("flash", "desk", "--json")[0])
    assert result["outcome"] == "done"
    assert sentence in result["notes"]
    assert json.loads(command("flash", "desk", "--json")[0])[0]["outcome"] == "unchanged"


def test_a_healthy_board_is_told_as_nothing(board: BoardInfo) -> None:
    """Its own main.py says what it likes."""
    _put_main(board, "print('salam')\n")
    assert heard_before(board) is None


def test_a_port_that_cannot_be_opened_is_no_reason_to_fail() -> None:
    """Connecting says what is wrong with it."""
    assert heard_before(BoardInfo("x", "/dev/not-there", "", False, "ready")) is None


@pytest.mark.parametrize("heard", [b"", b"\xff\x00garbage", b"rst:0x1 (POWERON_RESET),boot:0x13\r\nhello", b">>> \r\n>>> "])
def test_what_says_nothing_is_told_as_nothing(heard: bytes) -> None:
    """One start is no loop, and noise is no error."""
    assert what_it_says(heard) is None


def test_an_error_without_end_is_told_with_its_begin() -> None:
    """What a pupil's program raises may be as long as they like; a sentence about a board is not."""
    heard = b'Traceback (most recent call last):\r\n  File "main.py", line 1\r\nValueError: ' + b"ha" * 3000 + b"\r\n>>> "
    told = str(what_it_says(heard))
    assert told.startswith("Its main.py stopped with an error: ValueError: haha")
    assert len(told) < 200
