"""What is kept of one board: a fault needs words, and a board is forgotten after a yes."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.board_history import BoardHistoryScreen
from lovhe.apps.tui.teacher.boards import BoardsScreen
from lovhe.apps.tui.teacher.line_question import LineQuestion
from textual.pilot import Pilot

from .conftest import Teach, Until, letter, rows, said


@pytest.mark.usefixtures("data_dir")
def test_a_board_that_will_not_come_back_is_forgotten(teach: Teach, until: Until) -> None:
    """No is what Enter gives. Nothing is mended where no fault is noted, and an empty line notes none."""
    with wiring.results() as store:
        store.class_set().give_name("24:0a:c4:00:00:01", "7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, BoardsScreen) and len(rows(app, "#class-boards")) == 1, "the list")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardHistoryScreen) and rows(app, "#board-history"), "the history")
        await pilot.press("f4")
        await until(pilot, lambda: any("No fault of this board" in note.message for note in app._notifications), "why not")
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, LineQuestion) and app.screen.query("#question-line"), "the line")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: said(app, "#question-wrong"), "that words are wanted")
        await pilot.press("escape")
        for answer in ((), ("right",)):
            await pilot.press("f7")
            await until(pilot, lambda: isinstance(app.screen, Question) and "Forget the board" in letter(app), "the question")
            await pilot.press(*answer, "enter")
        await until(pilot, lambda: isinstance(app.screen, BoardsScreen) and not rows(app, "#class-boards"), "no board")

    teach("boards", story)
