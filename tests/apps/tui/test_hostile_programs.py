"""Programs that print without end, print what is no text, or listen to nobody: the app is answered to by keys, and stop works."""

from __future__ import annotations

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.panes.output import OutputPane
from lovhe.apps.tui.panes.step_bar import StepBar
from lovhe.apps.workspace.run_output import LONGEST_LINE, MOST_LINES
from textual.pilot import Pilot
from textual.widgets import Input, Log, TabbedContent

from .conftest import Until
from .stories import BLINK, open_step, output, play, shown, write

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

FLOOD = 'n = 0\nwhile True:\n    print("line", n)\n    n += 1\n'
ESCAPES = 'print("begin")\nwhile True:\n    print("\\x1b[2J\\x1b[?1049l\\x1b]0;title\\x07\\x9b2J\\u202e[31mred")\n'
BYTES = 'import sys\nprint("begin")\nwhile True:\n    sys.stdout.buffer.write(bytes(range(256)))\n'
LONG = 'import sys\nprint("begin")\ns = "x" * 4000\nwhile True:\n    sys.stdout.write(s)\n'
DEAF = 'print("begin")\nwhile True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        print("no")\n'
ASKS = 'name = input("Name? ")\nprint("Hello", name)\nage = input()\nprint("age", age)\n'


@pytest.mark.parametrize("program", [FLOOD, ESCAPES, BYTES, LONG], ids=["lines", "escapes", "bytes", "one line"])
def test_a_flood_of_any_kind_leaves_the_app_in_hand(program: str, until: Until) -> None:
    """One types, folds and turns pages meanwhile; no command reaches the terminal; Shift+F5 ends it, and the next program runs."""
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        editor = await write(pilot, screen, until, program)
        await pilot.press("f5")
        log = screen.query_one(Log)
        await until(pilot, lambda: log.line_count > 60, "much output")
        await pilot.press("ctrl+end", "#", "a")
        assert editor.text.endswith("#a")
        await pilot.press("f8")
        await until(pilot, lambda: not screen.query_one(OutputPane).region, "the panel folded")
        await pilot.press("f8")
        await until(pilot, lambda: screen.query_one(OutputPane).region, "the panel again")
        assert not {letter for letter in shown(app) if letter < " " and letter != "\n"} & set("\x1b\x07\x9b\x00")
        assert not [line for line in log.lines if not line.replace("\u202e", "?").isprintable() and "\x1b" in line]
        assert log.line_count <= MOST_LINES + 1
        assert max(map(len, log.lines)) <= LONGEST_LINE
        await pilot.press("shift+f5")
        await until(pilot, lambda: screen.job is None, "the end")
        await until(pilot, lambda: "! The program was stopped." in output(screen), "a sentence")
        await write(pilot, screen, until, "print(6 * 7)\n")
        await pilot.press("f5")
        await until(pilot, lambda: screen.job is None and "42" in output(screen).split("\n"), "the next program")

    play(story)


def test_a_program_that_ignores_stop_is_ended_by_a_reset(until: Until) -> None:
    """It catches what Ctrl-C raises: that it takes a moment is said, then the board is reset, and runs the next program."""
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, DEAF)
        await pilot.press("f5")
        await until(pilot, lambda: "begin" in output(screen), "the program")
        await pilot.press("shift+f5")
        await until(pilot, lambda: "Stopping" in output(screen), "what takes so long")
        await until(pilot, lambda: screen.job is None, "the end")
        await until(pilot, lambda: "the board was reset" in output(screen), "a sentence")
        assert "went away" not in output(screen)
        await write(pilot, screen, until, "print(6 * 7)\n")
        await pilot.press("f5")
        await until(pilot, lambda: screen.job is None and "42" in output(screen).split("\n"), "the next program")

    play(story)


def test_a_check_of_a_program_that_ignores_stop_ends_too(until: Until) -> None:
    """It is judged, and the board is there for the next one."""
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, DEAF)
        await pilot.press("f6")
        await until(pilot, lambda: screen.checking.state.report is not None, "the verdict")
        assert screen.checking.state.report is not None
        assert screen.checking.state.report.outcome == "failed"
        await write(pilot, screen, until, "print(6 * 7)\n")
        await pilot.press("f5")
        await until(pilot, lambda: screen.job is None and "42" in output(screen).split("\n"), "the next program")

    play(story)


def test_what_a_program_asks_for_is_typed_into_a_line(until: Until) -> None:
    """The line has the keys while the program asks, in any script; afterwards the editor has them again, and the line is gone."""
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, ASKS)
        await pilot.press("f5")
        line = screen.query_one("#typed", Input)
        await until(pilot, lambda: "Name? " in output(screen) and line.has_focus and line.region, "the question and its line")
        for letter in "Əli Щ":
            await pilot.press(letter)
        await pilot.press("enter")
        await until(pilot, lambda: "Hello Əli Щ" in output(screen), "the answer")
        assert line.value == ""
        await pilot.press("1", "2", "enter")
        await until(pilot, lambda: "age 12" in output(screen) and screen.job is None, "the end")
        await until(pilot, lambda: not line.region and screen.query_one(ProgramEditor).has_focus, "the editor")
        await pilot.press("f5")
        await until(pilot, lambda: "Name? " in output(screen) and line.has_focus, "the question again")
        await pilot.press("shift+f5")
        await until(pilot, lambda: screen.job is None and "! The program was stopped." in output(screen), "a stop while it waits")
        assert "Hello" not in output(screen)

    play(story)


def test_ctrl_c_in_a_running_program_says_which_key_stops(until: Until) -> None:
    """Nothing ends: who knows Ctrl+C from elsewhere is told."""
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, FLOOD)
        await pilot.press("f5")
        await until(pilot, lambda: "line 9" in output(screen), "the program")
        screen.query_one("#below", TabbedContent).active = "tab-board"
        screen.set_focus(None)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app._notifications, "a sentence")
        assert "Shift+F5" in next(iter(app._notifications)).message
        assert screen.job is not None
        assert not screen.job.over
        assert screen.query_one(StepBar).region

    play(story)
