"""A step in the pupil's own editor: what is saved there is taken in, run and checked; what is typed here is in the file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.screens.own_editor import OwnEditorScreen
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.step_check import StepCheck
from lovhe.apps.workspace.wiring import save_desk
from textual.widgets import Input

from .conftest import GROUP, Until

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSON = "6-01-blink"


def test_what_is_saved_elsewhere_is_checked(tmp_path: Path, typed: Callable[[str, str], str], until: Until) -> None:
    """The file lies in the folder that was chosen; a change of it comes into the app and begins a check."""
    step = typed(LESSON, "x = 1\n")
    start_lesson_board(LESSON)
    desk = Desk(language="en", group=GROUP)
    desk.open(LESSON, step)
    save_desk(desk)
    file = tmp_path / "mine" / "main.py"

    async def play() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and bool(app.screen.query(ProgramEditor)), "the workspace")
            screen = app.screen
            assert isinstance(screen, WorkspaceScreen)
            await until(pilot, lambda: app.board is not None, "the board")
            await screen.run_action("own_editor")
            await until(pilot, lambda: isinstance(app.screen, OwnEditorScreen) and bool(app.screen.query("#own-folder")), "the folder")
            app.screen.query_one("#own-folder", Input).value = str(file.parent)
            await pilot.press("enter")
            await until(pilot, lambda: file.exists() and file.read_text() == "x = 1\n", "the file")
            await until(pilot, lambda: screen._own is not None and app.screen is screen, "the workspace")
            editor = screen.query_one(ProgramEditor)
            editor.focus()
            editor.move_cursor(editor.document.end)
            await pilot.press("y")
            await until(pilot, lambda: file.read_text() == "x = 1\ny", "what was typed here, in the file")
            assert screen.job is None
            file.write_bytes(b"import time\r\nwhile True:\r\n    time.sleep(1)\r\n")
            await until(pilot, lambda: screen.query_one(ProgramEditor).text == "import time\nwhile True:\n    time.sleep(1)\n", "the text")
            await until(pilot, lambda: isinstance(screen.job, StepCheck), "the check")
            screen.action_stop()
            await until(pilot, lambda: screen.job is None, "the end")
            await screen.run_action("own_editor")
            await until(pilot, lambda: isinstance(app.screen, Question) and bool(app.screen.query("#yes")), "the question")
            await pilot.click("#yes")
            await until(pilot, lambda: screen._own is None, "no file any more")

    asyncio.run(play())
    assert file.exists()
