"""What tests of the board in the app begin with: a lesson that is open, its panel, a virtual board, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.board import BoardPane
from lovhe.apps.tui.panes.board_line import BoardLine
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.services.ports import BoardInfo
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board
from textual.pilot import Pilot
from textual.widgets import TabbedContent

from .conftest import Until

LIGHT = "6-03-night-light"
BUTTON = "6-02-button-light"
BLINK = "6-01-blink"

READS = """\
from machine import ADC, Pin
from time import sleep
light = ADC(Pin(34))
while True:
    print("light", light.read_u16())
    sleep(0.05)
"""
BLINKS = """\
from machine import Pin
from time import sleep
led = Pin(2, Pin.OUT)
while True:
    led.value(not led.value())
    sleep(0.1)
"""

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]
Typed = Callable[[str, str], str]


async def open_workspace(pilot: Pilot[None], app: LovheApp, lesson: str, until: Until, step: str = "") -> WorkspaceScreen:
    """A lesson that is open."""
    app.open_lesson(lesson, step)
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(BoardPane), "the workspace")
    assert isinstance(app.screen, WorkspaceScreen)
    return app.screen


async def see_board(pilot: Pilot[None], screen: WorkspaceScreen, until: Until) -> None:
    """The board's panel is in view."""
    screen.query_one("#below", TabbedContent).active = "tab-board"
    await until(pilot, lambda: screen.query_one(BoardPane).region.area > 0, "the board's panel")


async def start_board(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen, until: Until) -> BoardInfo:
    """A virtual board, started by its button."""
    await see_board(pilot, screen, until)
    await until(pilot, lambda: screen.query_one("#board-start").region.area > 0, "the button")
    await pilot.click("#board-start")
    await until(pilot, lambda: app.board is not None, "the virtual board")
    assert app.board is not None
    return app.board


def board_line(screen: WorkspaceScreen) -> str:
    """What the line about the board says, "" while it is hidden."""
    line = screen.query_one(BoardLine)
    return str(line.content) if line.display else ""


def board_name(screen: WorkspaceScreen) -> str:
    """Which board the panel says is in use."""
    return str(screen.query_one("#board-name").content)  # type: ignore[attr-defined]


def control_of(name: str) -> BoardControl:
    """The way to what the board has around it."""
    entry = find_board(name)
    return BoardControl(entry.control, entry.authkey)
