"""What takes its time with a board: a program taken home, a board that is flashed."""

from __future__ import annotations

import asyncio
import time

from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Letter, Question
from lovhe.virtual.process.control import BoardControl
from textual.pilot import Pilot
from textual.widgets import Button

from .board_stories import (
    BLINK,
    BLINKS,
    Typed,
    control_of,
    open_workspace,
    see_board,
    start_board,
)
from .conftest import Until
from .stories import play


def test_a_program_taken_home_runs_by_itself(until: Until, typed: Typed) -> None:
    """F12 makes it main.py; it blinks with nothing connected, also after the power was off; what is to be known is told."""
    step = typed(BLINK, BLINKS)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until, step)
        board = await start_board(pilot, app, screen, until)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, Letter) and app.screen.query(".sentence"), "the letter")
        told = " ".join(str(part.content) for part in app.screen.query(".sentence"))  # type: ignore[attr-defined]
        assert "power bank" in told
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen, "the workspace")
        with control_of(board.name) as control:
            assert await asyncio.to_thread(_blinks, control)
            from lovhe.core.boards.fault_words import Fault

            control.order_faults([Fault("unplug")])
            control.order_faults([Fault("plug")])
            assert await asyncio.to_thread(_blinks, control)

    play(story)


def _blinks(control: BoardControl) -> bool:
    """Whether the LED is seen lit and dark, twice in turn, in a generous time."""
    changes, before = 0, None
    deadline_s = time.monotonic() + 60
    while time.monotonic() < deadline_s:
        lit = control.snapshot()["parts"]["led"]["on"]
        changes += before is not None and lit != before
        before = lit
        if changes >= 4:
            return True
    return False


def test_a_slip_is_not_taken_home(until: Until, typed: Typed) -> None:
    """A program with a syntax error is refused with its line, and nothing is sent: the board keeps its first main.py."""
    step = typed(BLINK, "while True\n    pass\n")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_workspace(pilot, app, BLINK, until, step)
        board = await start_board(pilot, app, screen, until)
        with control_of(board.name) as control:
            received = control.received()
            screen.action_take_home()
            await until(pilot, lambda: screen.job is None, "the refusal")
            assert app.screen is screen
            assert control.received() == received

    play(story)


def test_an_empty_board_is_flashed_after_a_yes(until: Until) -> None:
    """The panel says what to do with it; the button asks first; after the flash the board is ready."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await asyncio.to_thread(_start_empty)
        screen = await open_workspace(pilot, app, BLINK, until)
        await until(pilot, lambda: app.board is not None, "the board")
        await see_board(pilot, screen, until)
        assert app.board is not None
        assert app.board.state == "empty"
        assert "no MicroPython" in str(screen.query_one("#board-what").content)  # type: ignore[attr-defined]
        await pilot.click("#board-flash")
        await until(pilot, lambda: isinstance(app.screen, Question) and app.screen.query("#no").first().has_focus, "the question")
        assert app.screen.query_one("#no", Button).has_focus
        await pilot.click("#yes")
        await until(pilot, lambda: app.keeper.busy is not None and app.keeper.busy.total, "the bar")
        await until(pilot, lambda: not app.keeper.is_busy, "the flash's end")
        await until(pilot, lambda: app.board is not None and app.board.state == "ready", "a ready board")

    play(story)


def _start_empty() -> None:
    wiring.start_virtual_boards(
        count=1, name="bare", lesson=BLINK, circuit=None, chip="", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
    )
