"""Work goes to a folder typed by hand and comes back, from the screens of the menu."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.screens.stick import CopyScreen, FetchScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import save_desk
from textual.widgets import Input, OptionList, Static

from .conftest import GROUP, Until

LESSON = "6-01-blink"


def test_copy_and_fetch(tmp_path: Path, typed: Callable[[str, str], str], until: Until) -> None:
    """What was copied is told, with where it is; what was changed there stands in the editor after it was fetched."""
    step = typed(LESSON, "print('here')\n")
    desk = Desk(language="en", group=GROUP)
    desk.open(LESSON, step)
    save_desk(desk)
    stick = tmp_path / "stick"
    stick.mkdir()

    async def play() -> None:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and bool(app.screen.query(ProgramEditor)), "the workspace")
            workspace = app.screen

            def said() -> str:
                return str(app.screen.query_one("#said", Static).content)

            await workspace.run_action("copy_to_stick")
            await until(pilot, lambda: isinstance(app.screen, CopyScreen) and bool(app.screen.query("#said")), "the screen")
            app.screen.query_one("#by-hand", Input).focus()
            app.screen.query_one("#by-hand", Input).value = str(stick)
            await pilot.press("enter")
            await until(pilot, lambda: "1 file is on the stick, and was compared." in said(), "the copy")
            (program,) = stick.rglob("main.py")
            assert program.read_text() == "print('here')\n"
            program.write_text("print('at home')\n")
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is workspace, "the workspace")
            await workspace.run_action("fetch_from_stick")
            await until(pilot, lambda: isinstance(app.screen, FetchScreen) and bool(app.screen.query("#said")), "the screen")
            app.screen.query_one("#by-hand", Input).focus()
            app.screen.query_one("#by-hand", Input).value = str(stick)
            await pilot.press("enter")
            places = app.screen.query_one("#places", OptionList)
            await until(pilot, lambda: places.option_count == 1 and places.has_focus, "the work on the stick")
            await pilot.press("enter")
            await until(pilot, lambda: "1 text was fetched." in said(), "the fetched work")
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is workspace, "the workspace")
            await until(pilot, lambda: workspace.query_one(ProgramEditor).text == "print('at home')\n", "the text")

    asyncio.run(play())
