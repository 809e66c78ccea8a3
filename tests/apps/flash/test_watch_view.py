"""`lovhe flash --watch` in words: what to do with the board in one's hand, how many are done, and that none is counted twice."""

from __future__ import annotations

import io

import pytest
from lovhe.apps.cli.flash_watch import WatchLines, ring
from lovhe.apps.flash.watch_state import WatchState
from lovhe.apps.flash.watch_view import watch_lines
from lovhe.apps.terminal_drawings import FINE, PLAIN
from lovhe.core.errors import LoaderError
from lovhe.core.messages import N_
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo

BROKEN = LoaderError(N_("Its loader does not answer."), N_("Hold the BOOT button down."))


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def board(number: int) -> BoardInfo:
    """What is plugged into socket `number`."""
    return BoardInfo(f"COM{number}", f"COM{number}", "", False, "ready")


def done(number: int, name: str, socket: int = 1) -> FlashResult:
    """A board that is flashed in a socket."""
    return FlashResult(board(socket), "done", None, 11.0, mac=f"24:0a:c4:00:00:{number:02}", name=name)


def drawn(state: WatchState, width: int = 80, height: int = 23) -> str:
    """The screen; no line leaves it."""
    lines = watch_lines(state, width, height, FINE)
    assert len(lines) <= height
    assert all(line.cell_len <= width for line in lines)
    return "\n".join(line.plain for line in lines)


def test_it_asks_for_a_board_while_there_is_none() -> None:
    """At the beginning, and after each board that was taken out."""
    state = WatchState()
    assert " Plug in a board.\n" in drawn(state)
    state.plugged(board(1))
    assert "Plug in a board." not in drawn(state)
    state.ended(done(1, "7A-1"))
    state.unplugged(board(1))
    assert " Plug in a board.\n" in drawn(state)


def test_a_board_is_flashed_then_done_then_to_be_unplugged() -> None:
    """Words for each state, with the board's new name, and a count."""
    state = WatchState()
    state.plugged(board(1))
    state.progress(board(1), 500_000, 1_000_000)
    flashing = drawn(state)
    assert "Flashing 1 board. Leave it plugged in." in flashing
    assert " 50 %" in flashing
    state.ended(done(1, "7A-12"))
    ended = drawn(state)
    assert " ✓ 7A-12 is done. Unplug it and plug in the next one." in ended
    assert "done: 1, not done: 0" in ended


def test_a_failure_is_loud_says_why_and_what_to_do() -> None:
    """In the same place as success, with another sign and another word."""
    state = WatchState()
    state.plugged(board(1))
    state.ended(FlashResult(board(1), "failed", BROKEN, 3.0))
    screen = drawn(state)
    assert " ✗ COM1 is NOT done: Its loader does not answer." in screen
    assert " Hold the BOOT button down." in screen
    assert "done: 0, not done: 1" in screen


def test_a_failure_is_said_until_the_next_board_comes() -> None:
    """A board that was pulled out in mid-flash fails and is gone in the same moment; nobody may miss that."""
    state = WatchState()
    state.plugged(board(1))
    state.ended(FlashResult(board(1), "failed", BROKEN, 3.0))
    state.unplugged(board(1))
    screen = drawn(state)
    assert "COM1 is NOT done" in screen
    assert " Plug in a board." in screen
    state.plugged(board(2))
    assert "COM1 is NOT done" not in drawn(state)


def test_what_somebody_has_to_do_stands_in_the_big_words() -> None:
    """A board that does not go on by itself, from a second on."""
    now_s = 0.0
    state = WatchState(clock=lambda: now_s)
    state.plugged(board(1))
    state.note(board(1), N_("Hold its BOOT button down until its bar moves."))
    assert " COM1: Hold its BOOT" not in drawn(state)
    now_s = 1.0
    assert " COM1: Hold its BOOT button down until its bar moves." in drawn(state)
    state.progress(board(1), 1, 2)
    assert " COM1: Hold its BOOT" not in drawn(state)


def test_a_board_that_is_done_is_not_counted_twice() -> None:
    """It is told as done already, and the count stays."""
    state = WatchState(wanted=30)
    for _ in range(2):
        state.plugged(board(1))
        state.ended(done(1, "7A-1")) if not state.ends else state.done_already(done(1, "7A-1"))
        screen = drawn(state)
        state.unplugged(board(1))
    assert " ✓ 7A-1 is done already. Unplug it and plug in the next one." in screen
    assert "done: 1 of 30, not done: 0" in screen


def test_a_board_that_failed_and_is_done_later_is_done() -> None:
    """Its last end counts."""
    state = WatchState()
    state.plugged(board(1))
    state.ended(FlashResult(board(1), "failed", BROKEN, 3.0, mac="24:0a:c4:00:00:01"))
    assert (state.done, state.not_done) == (0, 1)
    state.ended(done(1, "7A-1"))
    assert (state.done, state.not_done) == (1, 0)


def test_several_sockets_are_told_apart() -> None:
    """One is done and is to be taken out, another one is not."""
    state = WatchState()
    for socket in (1, 2):
        state.plugged(board(socket))
    state.ended(done(1, "7A-1", socket=1))
    screen = drawn(state)
    assert "7A-1 is done. Unplug it" in screen
    assert "Flashing 1 board. Leave it plugged in." in screen
    assert "COM2 getting ready" in screen


def test_a_whole_hub_is_seen_and_the_last_ones_too() -> None:
    """Thirty boards at once on 80 by 24, while some are done."""
    state = WatchState()
    for socket in range(1, 31):
        state.plugged(board(socket))
    for socket in (4, 5, 6):
        state.ended(done(socket, f"7A-{socket}", socket))
    screen = drawn(state) + " "
    assert all(f"COM{socket} " in screen for socket in range(1, 31) if socket not in (4, 5, 6))
    assert "The last ones:" in screen
    assert "done: 3, not done: 0" in screen


@pytest.mark.parametrize(("width", "height"), [(80, 23), (120, 39), (40, 10), (20, 3), (1, 1)])
def test_any_window_is_drawn(width: int, height: int) -> None:
    """However many boards there were, and however small the window is."""
    state = WatchState()
    for number in range(40):
        state.plugged(board(number))
        state.ended(done(number, f"7A-{number}", socket=number))
    screen = drawn(state, width, height)
    assert height < 10 or "done: 40, not done: 0"[: width - 1] in screen


def test_an_old_console_gets_plain_signs() -> None:
    """Nothing outside ASCII where the console has no more."""
    state = WatchState()
    state.plugged(board(1))
    state.ended(done(1, "7A-1"))
    assert all(line.plain.isascii() for line in watch_lines(state, 80, 23, PLAIN))


@pytest.mark.parametrize(("outcome", "rings"), [("done", 1), ("unchanged", 1), ("failed", 3), ("stopped", 0)])
def test_the_bell_tells_success_from_failure(outcome: str, rings: int) -> None:
    """Once for a board that is done, three times for one that is not; and only on a terminal."""
    state, terminal, file = WatchState(), Terminal(), io.StringIO()
    state.plugged(board(1))
    state.ended(FlashResult(board(1), outcome, BROKEN if outcome == "failed" else None, 3.0))
    for _ in range(5):
        ring(state, file)
        ring(state, terminal)
    assert terminal.getvalue() == "\a" * rings
    assert file.getvalue() == ""


def test_without_a_screen_each_event_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Plugged in, notes, done, the count."""
    state = WatchLines(wanted=2)
    state.plugged(board(1))
    state.note(board(1), N_("Was in its loader."))
    state.progress(board(1), 1, 2)
    state.ended(done(1, "7A-1"))
    assert capsys.readouterr().err.splitlines() == [
        "COM1: plugged in; flashing. Leave it plugged in.",
        "COM1: Was in its loader.",
        "7A-1 is done. Unplug it and plug in the next one.",
        "done: 1 of 2, not done: 0. Ctrl+C ends.",
    ]
