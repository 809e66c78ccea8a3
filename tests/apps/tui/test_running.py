"""What is seen at once when something is run, and where the very next key goes."""

from __future__ import annotations

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.output import OutputPane
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from textual.pilot import Pilot
from textual.widgets import Button, Footer, Input, Static, TabbedContent

from . import tour
from .conftest import Until
from .stories import BLINK, open_step, play


@pytest.fixture
def boards() -> None:
    """Virtual ones can be started here."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")


def test_a_run_without_a_board_opens_the_panel_where_one_is_started(until: Until) -> None:
    """Enter, as the very next key, starts it."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until)
        await pilot.press("f5")
        assert screen.focused is screen.query_one("#board-start", Button)
        assert screen.query_one("#below", TabbedContent).active == "tab-board"
        assert screen.below_open

    play(story)


@pytest.mark.usefixtures("boards")
def test_after_a_board_was_started_the_next_key_goes_into_the_program(until: Until) -> None:
    """The button that had the keys is gone."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until)
        await pilot.press("f9", "f20", "enter")
        await until(pilot, lambda: app.board is not None, "the board")
        await until(pilot, lambda: isinstance(screen.focused, ProgramEditor), "the editor")
        assert not screen.query_one("#board-start").display

    play(story)


@pytest.mark.usefixtures("boards")
def test_a_run_is_told_before_it_begins(until: Until) -> None:
    """Which program, and on which board: nothing of the board is needed for that."""
    board = start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        screen.action_run()
        assert screen.output.take_all().startswith(f"Running main.py on {board.name}")
        screen.action_stop()
        await until(pilot, lambda: screen.job is None, "the stop")

    play(story)


@pytest.mark.parametrize(("program", "reads"), [("print(1)", False), ("name = input()", True), ("import sys\nsys.stdin.read(1)", True)])
def test_a_line_to_type_into_is_there_only_for_programs_that_read(program: str, reads: bool, until: Until) -> None:
    """Nobody wonders what to type."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until)
        screen.show_below("tab-output")
        screen.query_one(OutputPane).begin(program, typing=True)
        await until(pilot, lambda: bool(screen.query_one("#typed", Input).region) == reads, "the line")
        assert screen.query_one("#typed", Input).display == reads

    play(story)


@pytest.mark.usefixtures("boards")
def test_what_happened_comes_into_view_beside_a_prediction(until: Until) -> None:
    """It stands below the program and the answers, and is what the run was for."""
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: app.board is not None, "the board")
        app.open_lesson(BLINK, "guess")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query("#what-happened"), "the step")
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await pilot.press("1", "f5")
        form, happened = screen.form, screen.query_one("#what-happened", Static)
        await until(pilot, lambda: "What happened" in str(happened.content), "what happened")
        await until(pilot, lambda: form.max_scroll_y > 0 and form.scroll_offset.y == form.max_scroll_y, "its view")
        await pilot.press("f17")
        await until(pilot, lambda: screen.job is None, "the stop")

    play(story)


def test_all_screens_have_the_same_line_of_keys(until: Until) -> None:
    """One, and none of Textual's own, which would be made anew with each key."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        seen = 0
        async for where, screen in tour.places(pilot, app, until):
            if isinstance(screen, LovheScreen):
                seen += 1
                assert [type(line) for line in screen.query(Footer)] == [KeyLine], where
        assert seen > 8

    play(story, group=None)
