"""A program's output ends where the program ends, whatever it prints."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.adapters.run_output import Run


def _ended_output(run: Run, printed: bytes) -> bytes:
    """What a board sends for a program that prints `printed` and ends: its own words, the token, the REPL's marks."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(run.wrapped("pass").decode(), {})
    return printed + out.getvalue().encode() + b"\x04\x04>"


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=40))
def test_all_that_is_printed_comes_out_however_it_is_cut(printed: bytes, cuts: list[int]) -> None:
    """Every byte of the program's text is handed on, none of the end's, for any text and any chunks."""
    run = Run()
    sent = _ended_output(run, printed)
    got = b""
    for size in cuts:
        got += run.take(sent[:size])
        sent = sent[size:]
    got += run.take(sent)
    assert run.over
    assert got == printed


@pytest.mark.parametrize(
    "said", [b"\x04\x04>", b"\x04Traceback\x04>", b"raw REPL; CTRL-B to exit\r\n>", b"\x1e=0123456789abcdef\x1e\x04\x04>"]
)
def test_a_program_cannot_print_its_own_end(said: bytes) -> None:
    """What the REPL says at an end means nothing when the program has printed it."""
    run = Run()
    assert run.take(said) == said
    assert not run.over


def test_a_reset_in_mid_run_is_noticed() -> None:
    """A board that starts anew has left the program: the run is over and the REPL must be entered again."""
    run = Run()
    run.take(b"counting 1\r\nets Jul 29 2019 12:21:46\r\n\r\nrst:0xc (SW_CPU_")
    run.take(b"RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n")
    assert run.over
    assert run.restarted


def test_a_program_stopped_just_while_it_ends_is_over() -> None:
    """Ctrl-C may come when the token can no longer be printed; then the REPL's own marks count."""
    run = Run()
    run.stopping = True
    got = run.take(b"last words\r\n") + run.take(b"\x04Traceback (most recent call last):\r\nKeyboardInterrupt: \r\n\x04>")
    assert run.over
    assert got == b"last words\r\n"
