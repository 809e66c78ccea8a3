"""What tests of the forms of steps begin with: a step that is open, and what is said in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from textual.pilot import Pilot
from textual.widgets import Static

from .conftest import GROUP, Until

BLINK = "6-01-blink"
Story = Callable[[Pilot[None], LovheApp, WorkspaceScreen], Coroutine[Any, Any, None]]


def play_step(until: Until, lesson: str, step: str, story: Story, size: tuple[int, int] = (120, 40), *, board: bool = False) -> None:
    """Open a step of a lesson, with a board or without, and do what the story says."""

    async def play() -> None:
        app = LovheApp()
        app.desk.language = "en"
        app.desk.sit_down(GROUP)
        async with app.run_test(size=size) as pilot:
            if board:
                await until(pilot, lambda: app.board is not None, "the board")
            app.open_lesson(lesson, step)
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query("#form"), "the workspace")
            screen = app.screen
            assert isinstance(screen, WorkspaceScreen)
            await until(pilot, lambda: screen.focused is not None, "the focus")
            await pilot.pause()
            await story(pilot, app, screen)

    asyncio.run(play())


def said_at(screen: WorkspaceScreen, selector: str) -> str:
    """What a line of the screen says."""
    return str(screen.query_one(selector, Static).content)
