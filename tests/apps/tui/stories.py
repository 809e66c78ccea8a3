"""What tests of the app begin with: the app as a pilot has it, a step that is open, a program in its editor, and what is on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.board import BoardPane
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.core.pupils.group import Group
from textual.pilot import Pilot
from textual.widgets import Log

from .conftest import GROUP, Until

BLINK = "6-01-blink"
Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]


def play(story: Story, *, group: Group | None = GROUP, size: tuple[int, int] = (80, 24), language: str = "en") -> None:
    """Open the app, with `group` at it, and do what the story says."""

    async def run() -> None:
        app = LovheApp()
        app.speak(language)
        if group is not None:
            app.desk.sit_down(group)
        async with app.run_test(size=size) as pilot:
            await story(pilot, app)

    asyncio.run(run())


def program_step(lesson: str = BLINK) -> str:
    """The id of the lesson's last step in which a program is written."""
    return [step.id for step in wiring.kit().lesson(lesson).file.step if step.kind in ("change", "make")][-1]


async def open_step(
    pilot: Pilot[None], app: LovheApp, until: Until, lesson: str = BLINK, step: str = "", *, board: bool = False
) -> WorkspaceScreen:
    """A step of a lesson, and with `board` the board in use, too."""
    if board:
        await until(pilot, lambda: app.board is not None, "the board")
    app.open_lesson(lesson, step or program_step(lesson))
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(BoardPane), "the workspace")
    assert isinstance(app.screen, WorkspaceScreen)
    return app.screen


async def write(pilot: Pilot[None], screen: WorkspaceScreen, until: Until, program: str) -> ProgramEditor:
    """The program takes the place of what stands in the editor, which has the keys then."""
    screen.show_work()
    editor = screen.query_one(ProgramEditor)
    editor.put_text(program)
    editor.focus()
    await until(pilot, lambda: screen.form.program == program and editor.has_focus, "the program in the editor")
    return editor


def output(screen: WorkspaceScreen) -> str:
    """What stands in the panel for what programs print."""
    return "\n".join(line for log in screen.query(Log) for line in log.lines)


def shown(app: LovheApp) -> str:
    """The screen's characters, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())
