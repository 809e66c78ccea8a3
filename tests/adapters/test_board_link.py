"""A conversation with real MicroPython, over a PTY and over nothing."""

from __future__ import annotations

import os
import pty
import time
import tty

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.core.errors import BoardGoneError, BoardSilentError

from .conftest import PlainMicroPython

PATIENCE_S = 60.0


def _read_all(link: ReplLink, timeout_s: float = PATIENCE_S) -> bytes:
    deadline = time.monotonic() + timeout_s
    said = b""
    while not link.ended():
        assert time.monotonic() < deadline, said
        said += link.read(0.1)
    return said + link.read(0.0)


def test_code_is_run_and_what_it_prints_comes_back(plain_micropython: PlainMicroPython) -> None:
    """`execute` returns the output of code, many times over one link."""
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    for number in range(20):
        assert link.execute(f"print({number} * 2)") == b"%d\n" % (number * 2)
    assert link.execute("print('x' * 100_000)") == b"x" * 100_000 + b"\n"
    link.close()


def test_code_that_fails_is_an_error_with_the_boards_words(plain_micropython: PlainMicroPython) -> None:
    """A traceback of our own code becomes one sentence with its last line."""
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    with pytest.raises(BoardSilentError) as caught:
        link.execute("import no_such_module")
    assert "no_such_module" in str(caught.value)
    assert link.execute("print(1)") == b"1\n"
    link.close()


def test_started_code_is_read_while_it_runs(plain_micropython: PlainMicroPython) -> None:
    """`start` returns at once, `read` hands on what comes, `type` what is typed, `ended` tells the end, and the link goes on."""
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    link.start("import sys\nprint('one')\nsys.stdin.read(1)\nprint('two')")
    assert not link.ended()
    deadline = time.monotonic() + PATIENCE_S
    said = b""
    while b"one\n" not in said:
        assert time.monotonic() < deadline, said
        said += link.read(0.1)
    assert said.split() == [b"one"]
    assert not link.ended()
    link.type(b"x")
    assert _read_all(link).split() == [b"two"]
    assert link.execute("print(3)") == b"3\n"
    link.close()


@pytest.mark.parametrize("code", ["print(1/0)", "raise SystemError", "print('\\x04\\x04>')", "import sys\nsys.stdout.write('\\x1e=')"])
def test_any_end_of_code_is_an_end(plain_micropython: PlainMicroPython, code: str) -> None:
    """An exception or control bytes in the output don't confuse where the code ends."""
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    link.start(code)
    _read_all(link)
    assert link.execute("print(4)") == b"4\n"
    link.close()


def test_an_interpreter_that_dies_is_gone(plain_micropython: PlainMicroPython) -> None:
    """The line hangs up in mid-run: that is `BoardGoneError`, soon, and nothing hangs."""
    link = ReplLink(plain_micropython.serial_port, fresh=False)
    link.start("import time\nwhile True: time.sleep(1)")
    plain_micropython.close()
    begin = time.monotonic()
    with pytest.raises(BoardGoneError):
        _read_all(link)
    assert time.monotonic() - begin < 5
    link.close()


def test_silence_is_an_error_within_seconds() -> None:
    """A serial port on which nobody answers is told with a next step, and not waited for for ever."""
    outer, client = pty.openpty()
    tty.setraw(client)
    begin = time.monotonic()
    with pytest.raises(BoardSilentError) as caught:
        ReplLink(os.ttyname(client))
    assert time.monotonic() - begin < 15
    assert "lovhe flash" in str(caught.value)
    os.close(client)
    os.close(outer)
