"""The program's form says what is wrong when one stops typing and after a run, on a real virtual board."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.steps.program import ProgramForm
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import save_desk
from textual.pilot import Pilot
from textual.widgets import Input, Log, Static

from tests.apps.tui.conftest import GROUP, Until

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSON = "6-01-blink"
_FAILS = """name = input("Name? ")
print("salam", name)
print(nmae)
"""


def _open(step: str, story: Callable[[Pilot[None], WorkspaceScreen], object], until: Until) -> None:
    desk = Desk(language="en", group=GROUP)
    desk.open(LESSON, step)
    save_desk(desk)

    async def play() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and bool(app.screen.query("#wrong")), "the workspace")
            screen = app.screen
            assert isinstance(screen, WorkspaceScreen)
            await story(pilot, screen)  # type: ignore[misc]

    asyncio.run(play())


def _wrong(screen: WorkspaceScreen) -> str:
    wrong = screen.query_one("#wrong", Static)
    return str(wrong.content) if wrong.has_class("told") else ""


def test_a_slip_is_told_when_one_stops_typing(typed: Callable[[str, str], str], until: Until) -> None:
    """The line is marked and the sentence stands below, in the language in use; mending the line takes both away."""
    step = typed(LESSON, "x = 1\nwhile True\n    pass\n")

    async def story(pilot: Pilot[None], screen: WorkspaceScreen) -> None:
        await until(pilot, lambda: _wrong(screen).startswith("! Line 2: The colon"), "the sentence")
        assert screen.query_one(ProgramEditor).marked_line == 2
        screen.lovhe.speak("ru")
        await until(pilot, lambda: not screen.rebuilding, "the screen in Russian")
        await until(pilot, lambda: bool(screen.query("#wrong")) and "Line" not in _wrong(screen) and _wrong(screen) != "", "Russian")
        await pilot.press("f5")
        assert screen.job is None  # nothing is sent that cannot run
        editor = screen.query_one(ProgramEditor)
        editor.move_cursor((1, 10))
        await pilot.press("colon")
        assert editor.marked_line == 0
        await until(pilot, lambda: _wrong(screen) == "", "the sentence to go")

    _open(step, story, until)


def test_a_run_asks_and_fails_at_its_line(typed: Callable[[str, str], str], until: Until) -> None:
    """The line for input() is there while the program runs; the error stands in the output, at its line and below the editor."""
    step = typed(LESSON, _FAILS)
    start_lesson_board(LESSON)

    async def story(pilot: Pilot[None], screen: WorkspaceScreen) -> None:
        await until(pilot, lambda: screen.lovhe.board is not None, "the board")
        line = screen.query_one("#typed", Input)
        assert not line.display
        await pilot.press("f5")
        log = screen.query_one(Log)
        await until(pilot, lambda: any("Name?" in text for text in log.lines), "the question")
        assert line.display
        await until(pilot, lambda: line.has_focus, "the line's focus")
        await pilot.press(*"Leyla", "enter")
        await until(pilot, lambda: screen.job is None, "the end")
        await until(pilot, lambda: any("“nmae”" in text for text in log.lines), "the error in the output")
        assert any("salam Leyla" in text for text in log.lines)
        assert _wrong(screen) == "! Line 3: The name “nmae” is not known. Did you mean “name”?"
        assert screen.query_one(ProgramEditor).marked_line == 3
        assert not line.display
        await until(pilot, lambda: screen.query_one(ProgramEditor).has_focus, "the editor's focus")
        screen.lovhe.speak("az")
        await until(pilot, lambda: not screen.rebuilding, "the screen in another language")
        await until(pilot, lambda: bool(screen.query("#wrong")) and "3" in _wrong(screen), "the error in another language")
        assert any("salam Leyla" in text for text in screen.query_one(Log).lines)
        await until(pilot, lambda: screen.query_one(ProgramEditor).has_focus, "the editor")
        editor = screen.query_one(ProgramEditor)
        assert editor.marked_line == 3
        editor.move_cursor((2, 6))
        editor.insert("x")
        await until(pilot, lambda: _wrong(screen) == "" and editor.marked_line == 0, "the sentence to go")

    _open(step, story, until)


def test_the_form_is_the_editor(data_dir: Path) -> None:
    """What stands in the editor is what is run and kept."""
    form = ProgramForm(wiring.kit().lesson(LESSON), None, "x = 1\n")
    assert (form.program, form.answer) == ("x = 1\n", None)
