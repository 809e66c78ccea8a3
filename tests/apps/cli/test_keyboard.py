"""What somebody types while a program runs, at a terminal and through a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from lovhe.apps.cli.keyboard import Keyboard

termios = pytest.importorskip("termios", reason="Windows' console is read another way")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """A terminal's two ends: what somebody types at it, and what a program reads."""
    theirs, ours = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as stdin, os.fdopen(theirs, "r+b", buffering=0):
        monkeypatch.setattr(sys, "stdin", stdin)
        yield theirs, ours


def test_a_key_is_read_at_once_and_not_shown_twice(terminal: tuple[int, int]) -> None:
    """Without waiting for the line's end, and without an echo, which is the board's; afterwards the terminal is as before."""
    theirs, ours = terminal
    before = termios.tcgetattr(ours)
    with Keyboard() as keyboard:
        assert keyboard.read() == b""
        os.write(theirs, b"4")
        assert keyboard.read() == b"4"
        os.write(theirs, b"2\r")
        assert keyboard.read() == b"2\r"
        assert not termios.tcgetattr(ours)[3] & termios.ECHO
        assert termios.tcgetattr(ours)[3] & termios.ISIG  # Ctrl-C ends the command still
    assert termios.tcgetattr(ours) == before


def test_a_pipe_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines end as a terminal ends them, however the file was written."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", buffering=0) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keyboard() as keyboard:
            os.write(writer, b"salam\n5\r\n")
            assert keyboard.read() == b"salam\r5\r"
            os.close(writer)
            assert keyboard.read() == b""
            assert keyboard.read() == b""


@pytest.mark.parametrize("stdin", [None, object()])
def test_where_nobody_can_type_nothing_is_read(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    """A program started without a standard input runs all the same."""
    monkeypatch.setattr(sys, "stdin", stdin)
    with Keyboard() as keyboard:
        assert keyboard.read() == b""
