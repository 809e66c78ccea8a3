"""What a teacher sees while boards are flashed, drawn for terminals of fixed sizes: every board, in words and not by colour alone."""

from __future__ import annotations

import pytest
from lovhe.apps.flash.state import FlashState
from lovhe.apps.flash.view import flash_lines
from lovhe.apps.terminal_drawings import FINE, PLAIN, Glyphs
from lovhe.core.errors import LoaderError
from lovhe.core.messages import N_
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo

TOTAL = 1_600_000
GARBLED = LoaderError(N_("What the board at {serial_port} answers is garbled.", serial_port="COM4"), N_("Take a shorter cable."))


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        """As time.monotonic."""
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    """At 100 s."""
    return Clock()


def boards(count: int) -> list[BoardInfo]:
    """Real boards with stickers, on ports COM1, COM2 and so on."""
    return [BoardInfo(f"COM{n}", f"COM{n}", "", False, "ready", sticker=f"7A-{n}") for n in range(1, count + 1)]


def begun(count: int, clock: Clock) -> FlashState:
    """That many boards, of which each has written a bit more than the one before; 10 s have passed."""
    state = FlashState(clock=clock)
    state.add(boards(count))
    for board in boards(count):
        state.progress(board, 0, TOTAL)
    clock.now_s += 10.0
    for at, board in enumerate(boards(count)):
        state.progress(board, TOTAL // 2 + 1000 * at, TOTAL)
    return state


def drawn(state: FlashState, width: int, height: int, glyphs: Glyphs = FINE) -> list[str]:
    """The lines, each within the terminal."""
    lines = flash_lines(state, width, height, glyphs)
    assert len(lines) <= height
    assert all(line.cell_len <= width for line in lines)
    return [line.plain for line in lines]


@pytest.mark.parametrize(("width", "height"), [(80, 23), (120, 39), (60, 15)])
def test_thirty_boards_are_all_seen(clock: Clock, width: int, height: int) -> None:
    """Each with its label, a bar and percent, on an old console, a big one and a small window."""
    text = "\n".join(drawn(begun(30, clock), width, height)) + " "
    for number in range(1, 31):
        assert f"7A-{number} " in text
    assert text.count(" 50 %") + text.count(" 51 %") == 30 + 1
    assert text.count("░█") == 0
    assert "done: 0 of 30 · running: 30" in text


def test_boards_are_read_downwards(clock: Clock) -> None:
    """In columns, the second board stands below the first."""
    lines = drawn(begun(30, clock), 80, 23)
    assert lines[0].startswith("7A-1 ")
    assert lines[1].startswith("7A-2 ")


def test_a_few_boards_have_a_line_each_with_what_was_said_last(clock: Clock) -> None:
    """Retries and their reasons stand beside the bar, and all bars are of the same length."""
    state = begun(3, clock)
    state.note(boards(3)[1], N_("Trying again at {baud} baud.", baud=230400))
    lines = drawn(state, 100, 23)
    assert lines[1].endswith("  Trying again at 230400 baud.")
    assert len({line.index(" 50 %") for line in lines[:3]}) == 1


def test_in_columns_the_news_stand_below(clock: Clock) -> None:
    """The newest first, the same for many boards once; a sign marks each of those boards until it goes on."""
    state = begun(30, clock)
    for number in range(1, 4):
        clock.now_s += 1.0
        state.note(boards(30)[number - 1], N_("Trying again at {baud} baud.", baud=9600 * number))
    clock.now_s += 1.0
    for number in (9, 8):
        state.note(boards(30)[number - 1], N_("{port} is gone: plug it in again.", port=f"COM{number}"))
    assert signed(drawn(state, 80, 23)) == [1, 2, 3]  # the others may go on by themselves
    clock.now_s += 1.0
    lines = drawn(state, 80, 23)
    assert lines[15:19] == [
        "! 7A-8, 7A-9: COM8, COM9 is gone: plug it in again.",
        "! 7A-3: Trying again at 28800 baud.",
        "! 7A-2: Trying again at 19200 baud.",
        "! 7A-1: Trying again at 9600 baud.",
    ]
    assert signed(lines) == [1, 2, 3, 8, 9]
    state.progress(boards(30)[7], TOTAL // 2, TOTAL)
    assert signed(drawn(state, 80, 23)) == [1, 2, 3, 9]
    assert "7A-9: COM9 is gone" in "\n".join(drawn(state, 80, 23))


def test_a_note_too_long_for_its_line_stands_whole_below(clock: Clock) -> None:
    """Few boards leave room: what somebody has to do is read to its end, with the sign that stands at the board."""
    state = begun(3, clock)
    state.note(boards(3)[1], N_("The board at {port} restarts, but does not stay in its loader.", port="COM2"))
    clock.now_s += 2.0
    lines = drawn(state, 80, 23)
    assert "! 7A-2: The board at COM2 restarts, but does not stay in its loader." in lines


def signed(lines: list[str]) -> list[int]:
    """The numbers of the boards with the sign that they wait."""
    return [number for number in range(1, 31) if f"7A-{number}".ljust(5) + "!" in "\n".join(lines)]


def test_what_somebody_has_to_do_is_not_cut(clock: Clock) -> None:
    """A long sentence takes several lines, and stands above the troubles of boards that are over."""
    state = begun(30, clock)
    needed = N_(
        "It restarts, but does not stay in its loader. It is tried again. If that does not help, hold its BOOT button down a while."
    )
    state.note(boards(30)[10], needed)
    for board in boards(30)[:5]:  # of which 7A-4 is the one at COM4, as the sentence says
        clock.now_s += 1.0
        state.ended(FlashResult(board, "failed", GARBLED, 1.0))
    lines = drawn(state, 80, 23)
    assert " ".join(lines[15:17]) == f"! 7A-11: {needed}"
    assert lines[17].startswith("7A-5, 7A-3, 7A-2, 7A-1: What the board")


def test_every_end_has_a_word_of_its_own(clock: Clock) -> None:
    """done, unchanged, not done with the reason, stopped; plain signs for a console that lacks others."""
    state = begun(4, clock)
    for board, outcome in zip(boards(4), ("done", "unchanged", "failed", "stopped"), strict=True):
        state.ended(FlashResult(board, outcome, GARBLED if outcome == "failed" else None, 11.4))
    fine = drawn(state, 120, 23)
    assert [line.split()[1] for line in fine[:4]] == ["✓", "✓", "✗", "–"]
    assert ["done" in fine[0], "unchanged" in fine[1], "not done" in fine[2], "stopped" in fine[3]] == [True] * 4
    assert fine[2].endswith("What the board at COM4 answers is garbled.")
    assert "done: 2 of 4 · not done: 2" in fine[-1]
    assert "100 %" in fine[-2]
    plain = drawn(state, 120, 23, PLAIN)
    assert "\n".join(plain).isascii()


def test_a_board_is_shown_by_the_name_it_was_given(clock: Clock) -> None:
    """A sticker that its result tells replaces the serial port."""
    state = FlashState(clock=clock)
    board = BoardInfo("COM3", "COM3", "", False, "ready")
    state.add([board])
    assert drawn(state, 80, 23)[0].startswith("COM3 getting ready")
    state.ended(FlashResult(board, "done", None, 3.0, name="7A-12"))
    assert drawn(state, 80, 23)[0].startswith("7A-12 ✓ done")


def test_the_time_left_is_that_of_the_slowest_board(clock: Clock) -> None:
    """Half in ten seconds is ten more; what was there before the flash says nothing about the speed."""
    state = FlashState(clock=clock)
    fast, slow = boards(2)
    state.progress(fast, TOTAL // 2, TOTAL)
    state.progress(slow, TOTAL // 2, TOTAL)
    assert state.count().left_s is None
    clock.now_s += 10.0
    state.progress(fast, TOTAL, TOTAL)
    state.progress(slow, TOTAL * 3 // 4, TOTAL)
    assert state.count().left_s == pytest.approx(10.0)
    assert "about 10 s left" in drawn(state, 80, 23)[-1]


def test_more_boards_than_have_room_are_counted(clock: Clock) -> None:
    """On a small window those that run come first, and a line tells of the others."""
    state = begun(64, clock)
    for board in boards(64)[:32]:
        state.ended(FlashResult(board, "done", None, 9.0))
    lines = drawn(state, 40, 20)
    assert any("have no room here." in line for line in lines)
    assert "7A-40 " in "\n".join(lines)


def test_stopping_is_said(clock: Clock) -> None:
    """After Ctrl+C the screen says what happens and what a second one does."""
    state = begun(30, clock)
    state.stopping = True
    assert any("Ctrl+C once more ends at once" in line for line in drawn(state, 80, 23))


@pytest.mark.parametrize("height", range(1, 12))
@pytest.mark.parametrize("width", [1, 7, 20, 33])
def test_any_window_is_drawn(clock: Clock, width: int, height: int) -> None:
    """However small: nothing is wider or higher than the window, and nothing breaks."""
    state = begun(30, clock)
    state.note(boards(1)[0], N_("Trying again."))
    state.ended(FlashResult(boards(2)[1], "failed", GARBLED, 1.0))
    assert drawn(state, width, height)


def test_each_board_tells_its_speed_once_that_says_something(clock: Clock) -> None:
    """Bytes of flash a second since its first progress; not of a board that has ended, or that waits."""
    state = begun(2, clock)
    assert all(" 80 KB/s" in line for line in drawn(state, 80, 23)[:2])
    state.note(boards(1)[0], GARBLED.what)
    clock.now_s += 5.0
    state.ended(FlashResult(boards(2)[1], "done", None, 15.0, name="7A-2"))
    assert "KB/s" not in "".join(drawn(state, 80, 23))
