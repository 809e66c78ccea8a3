"""Boards that are not there, not free, empty, restless or attended by nobody: what a pupil reads, and that the next program runs."""

from __future__ import annotations

import asyncio
from functools import partial

import msgspec
import pytest
from lovhe.adapters.serial_ports import open_serial
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.running_boards import change_faults
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.ask_box import AskBox
from lovhe.apps.tui.panes.board_line import BoardLine
from lovhe.apps.tui.panes.checks import ChecksPane
from lovhe.apps.tui.panes.problem_box import ProblemBox
from lovhe.apps.tui.screens.question import Letter
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.virtual_processes import ServeOptions, start_boards
from lovhe.services.ports import BoardInfo
from textual.pilot import Pilot
from textual.widgets import Static, TabbedContent

from .conftest import Until
from .stories import BLINK, open_step, output, play, shown, write

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

BUTTON = "6-02-button-light"
ENDLESS = 'import time\nn = 0\nwhile True:\n    print("line", n)\n    n += 1\n    time.sleep(0.05)\n'
"""It takes its time: of a program that prints as fast as it can, the output keeps the newest lines alone."""
RESTLESS = "import machine\nmachine.reset()\n"


@pytest.fixture
def real_board(monkeypatch: pytest.MonkeyPatch) -> BoardInfo:
    """A board with button and LED behind RFC 2217, which the app takes for a real one: what it knows of it comes over the line."""
    [entry] = start_boards(["usb"], ServeOptions(lesson=BUTTON, flashed=True), tied=True)
    found = next(board for board in wiring.reachable_boards() if board.name == entry.name)
    assert found.serial_port.startswith("rfc2217://")
    board = msgspec.structs.replace(found, name="ttyUSB0", virtual=False)
    monkeypatch.setattr(wiring, "reachable_boards", lambda: [board])
    return board


def _problem(screen: WorkspaceScreen) -> str:
    box = screen.query_one(ProblemBox)
    return str(box.content) if box.display else ""


def _said(screen: WorkspaceScreen) -> str:
    return "\n".join(str(line.content) for line in screen.query_one(ChecksPane).query(Static) if line.display)


async def _runs(pilot: Pilot[None], screen: WorkspaceScreen, until: Until) -> None:
    """The board takes the next program."""
    await write(pilot, screen, until, "print(6 * 7)\n")
    await pilot.press("f5")
    await until(pilot, lambda: screen.job is None and "42" in output(screen).split("\n"), f"the next program: {_problem(screen)}")
    assert not _problem(screen)


def test_a_port_that_another_program_holds_is_told(real_board: BoardInfo, until: Until) -> None:
    """For a run and for a check: who may hold it, and what to do; it goes on as soon as the port is free."""
    other = open_serial(real_board.serial_port)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        for key in ("f5", "f6"):
            await write(pilot, screen, until, f"print('{key}')\n")
            await pilot.press(key)
            await until(pilot, lambda: "Another program is using" in _problem(screen), key)
            assert "Close Thonny" in _problem(screen)
            await until(pilot, lambda: screen.job is None, "the end")
        with wiring.results() as store:
            assert store.attempts() == []
        await asyncio.to_thread(other.close)
        await _runs(pilot, screen, until)

    play(story)


def test_a_cable_pulled_in_mid_run_is_told_and_put_back_all_goes_on(until: Until) -> None:
    """What was printed stays; a line says what to do until the board is back, and the same keys run the next program on it."""
    board = start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, ENDLESS)
        await pilot.press("f5")
        await until(pilot, lambda: "line 9" in output(screen).split("\n"), "the program")
        await asyncio.to_thread(change_faults, board.name, ["unplug"], None, clear=False)
        await until(pilot, lambda: screen.job is None and "went away while the program ran" in output(screen), "the end of the run")
        assert "line 9" in output(screen).split("\n")
        assert "Look at the cable" in output(screen)
        line = screen.query_one(BoardLine)
        await until(pilot, lambda: app.board is None and line.display and board.name in str(line.content), "the line that stays")
        await pilot.press("f5")
        below = screen.query_one("#below", TabbedContent)
        await until(pilot, lambda: below.active == "tab-board" and "No board is in use" in shown(app), "where a board can be had")
        assert screen.job is None
        await asyncio.to_thread(change_faults, board.name, ["plug"], None, clear=False)
        await until(pilot, lambda: app.board is not None and "is back" in str(line.content), "the board again")
        await _runs(pilot, screen, until)

    play(story)


def test_a_cable_pulled_in_mid_check_leaves_no_verdict_that_is_untrue(until: Until) -> None:
    """The step is unclear and not failed, the pupil's progress is as it was, and the next check judges."""
    board = start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, ENDLESS)
        await pilot.press("f6")
        await until(pilot, lambda: "line 9" in output(screen), "the check's run")
        await asyncio.to_thread(change_faults, board.name, ["unplug"], None, clear=False)
        await until(pilot, lambda: screen.checking.state.phase in ("over", "broken"), "the end")
        report = screen.checking.state.report
        assert report is None or report.outcome == "unclear"
        await until(pilot, lambda: app.board is None, "the bad news")
        await asyncio.to_thread(change_faults, board.name, ["plug"], None, clear=False)
        await until(pilot, lambda: app.board is not None, "the board again")
        await write(pilot, screen, until, wiring.kit().lesson(BLINK).solutions["solution.py"])
        await pilot.press("f6")
        await until(pilot, lambda: screen.checking.state.report is not None and screen.checking.state.phase == "over", "the next check")
        assert screen.checking.state.report is not None
        assert screen.checking.state.report.outcome == "passed", _said(screen)

    play(story)


def test_an_empty_board_is_told_with_what_to_do(until: Until) -> None:
    """Run and check say that MicroPython is missing, and how it comes onto the board."""
    wiring.start_virtual_boards(
        count=1, name="bare", lesson=BLINK, circuit=None, chip="", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
    )

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        for key in ("f5", "f6"):
            await write(pilot, screen, until, f"print('{key}')\n")
            await pilot.press(key)
            await until(pilot, lambda: "no MicroPython" in _problem(screen), f"{key}: {_problem(screen)}")
            await until(pilot, lambda: screen.job is None, "the end")

    play(story)


def test_a_board_that_restarts_without_end_is_caught(real_board: BoardInfo, until: Until) -> None:
    """Its main.py resets the chip at once, taken home by somebody who did not know: the next program runs all the same."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, RESTLESS)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, Letter) and app.screen.query("#close"), "the letter")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen, "the workspace")
        await _runs(pilot, screen, until)

    play(story)


def test_somebody_elses_main_py_is_kept_when_a_program_is_taken_home(real_board: BoardInfo, until: Until) -> None:
    """Under another name, which the letter says; each of several is, and the same one once only."""
    theirs = "print('made at home')\n"
    with_link = partial(wiring.open_link, real_board)
    link = with_link()
    link.put_files({"/main.py": theirs.encode()})
    link.close()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        for program, is_kept in (("print('mine')\n", True), ("print('another')\n", True), ("print('another')\n", False)):
            await write(pilot, screen, until, program)
            await pilot.press("f12")
            await until(pilot, lambda: isinstance(app.screen, Letter) and app.screen.query("#close"), "the letter")
            told = " ".join(str(part.content) for part in app.screen.query(".sentence").results(Static))
            assert ("/main_before" in told) == is_kept
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is screen, "the workspace")

    play(story)
    link = with_link()
    read = "print([open(p).read() for p in ('/main_before.py', '/main_before_2.py', '/main.py')])"
    assert link.execute(read).decode().strip() == repr([theirs, "print('mine')\n", "print('another')\n"])
    link.close()


def test_what_nobody_does_is_unclear_and_counts_for_nothing(real_board: BoardInfo, until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seconds run down; then one question; after a no the check is unclear, with what to do, and the step is not failed."""
    monkeypatch.setattr("lovhe.apps.step_judging.PATIENCE_S", 2.0)
    monkeypatch.setattr("lovhe.apps.workspace.step_check.PATIENCE_S", 2.0)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, BUTTON, "cellar", board=True)
        await write(pilot, screen, until, wiring.kit().lesson(BUTTON).solutions["solution.py"])
        await pilot.press("f6")
        box = screen.query_one(AskBox)
        left: list[str] = []
        while screen.checking.state.phase == "running":
            if box.display:
                number = str(screen.query_one("#ask-seconds", Static).content)
                left += [number] if number not in left[-1:] else []
                asked = screen.checking.state.asked
                if asked is not None and asked.question:
                    screen.checking.state.asked_s -= 1  # it has been read
                    await pilot.press("2")
            await pilot.pause(0.02)
        assert len(left) >= 3
        report = screen.checking.state.report
        assert report is not None
        assert report.outcome == "unclear", _said(screen)
        assert "? unclear" in _said(screen)

    play(story)
