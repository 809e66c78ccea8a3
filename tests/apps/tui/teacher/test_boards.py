"""The teacher's boards: the list, a board's history, and flashes of virtual boards from the screen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.teaching.board_jobs import FlashBoards
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.ask_box import AskBox
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher.board_history import BoardHistoryScreen
from lovhe.apps.tui.teacher.boards import BoardsScreen
from lovhe.apps.tui.teacher.flash_boards import FlashScreen
from lovhe.apps.tui.teacher.lesson_choice import LessonChoice
from lovhe.apps.tui.teacher.line_question import LineQuestion
from lovhe.apps.tui.teacher.parts_test import PartsTestScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.core.boards.fault_words import Fault
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board
from serial.tools.list_ports_common import ListPortInfo
from textual.pilot import Pilot
from textual.widgets import Button, DataTable, Input, OptionList, Static

from tests.apps.tui.conftest import Until
from tests.apps.tui.stories import play

LIGHT = "6-03-night-light"
ONE, TWO = "24:0a:c4:00:00:01", "24:0a:c4:00:00:02"


async def _boards(pilot: Pilot[None], app: LovheApp, until: Until, rows: int) -> BoardsScreen:
    """The place, with so many boards in its list."""
    app.begin_teaching()
    open_place(app, next(place for place in PLACES if place.id == "boards"))
    await until(pilot, lambda: isinstance(app.screen, BoardsScreen) and len(_rows(app)) == rows, "the list")
    return cast("BoardsScreen", app.screen)


def _rows(app: LovheApp) -> list[list[str]]:
    table = app.screen.query_one(DataTable)
    return [[str(cell) for cell in table.get_row_at(row)] for row in range(table.row_count)]


def _said(app: LovheApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


async def _yes(pilot: Pilot[None], app: LovheApp, until: Until) -> None:
    await until(pilot, lambda: isinstance(app.screen, Question) and app.screen.query_one("#no", Button).has_focus, "the question")
    await pilot.press("right", "enter")


async def _type(pilot: Pilot[None], app: LovheApp, until: Until, *keys: str) -> None:
    """Into the line of a question, and yes to it."""
    await until(pilot, lambda: isinstance(app.screen, LineQuestion) and app.screen.query_one(Input).has_focus, "the line")
    await pilot.press(*keys, "enter", "enter")


def test_who_is_missing_and_what_is_wrong_is_seen_and_noted(until: Until) -> None:
    """A board that is not here stands in the list; a fault is noted on its page, shown in the list, and cleared after a question."""
    with wiring.results() as store:
        for mac in (ONE, TWO):
            store.class_set().give_name(mac, "7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _boards(pilot, app, until, 2)
        assert [row[:2] for row in _rows(app)] == [["○ 7A-1", "not here"], ["○ 7A-2", "not here"]]
        assert "7A-1, 7A-2" in _said(app, "#boards-told")
        await pilot.press("f6")  # it is not here: nothing is asked
        assert app.screen is screen
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, BoardHistoryScreen) and len(_rows(app)) == 1, "the history")
        await pilot.press("f3")
        await _type(pilot, app, until, "i", "o", "4")
        await until(pilot, lambda: len(_rows(app)) == 2 and "io4" in _said(app, "#board-wrong"), "the fault")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and [row[0] for row in _rows(app)] == ["○ 7A-1", "! 7A-2"], "the list with it")
        assert _rows(app)[1][-1] == "io4"
        assert "io4" in _said(app, "#board-told")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardHistoryScreen), "the history again")
        await pilot.press("f4")
        await _yes(pilot, app, until)
        await until(pilot, lambda: isinstance(app.screen, BoardHistoryScreen) and len(_rows(app)) == 3, "mended")
        app.speak("az")
        await until(pilot, lambda: not app.screen.rebuilding and len(_rows(app)) == 3, "the same in another language")  # type: ignore[attr-defined]

    play(story, group=None)


def test_a_board_without_an_answer_to_the_class_is_not_flashed(until: Until) -> None:
    """What is no class is asked for again; Escape leaves everything as it is."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _boards(pilot, app, until, 0)
        await pilot.press("f7")
        await _type(pilot, app, until, "7", "?")
        await until(pilot, lambda: "no name of a class" in _said(app, "#question-wrong"), "the refusal")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardsScreen), "the list")
        await pilot.press("f7")
        await _type(pilot, app, until, "7", "b")
        await until(pilot, lambda: isinstance(app.screen, FlashScreen) and "Plug in" in _said(app, "#flash-drawn"), "the watch")
        await pilot.press("escape")  # nothing is being written: nothing is asked
        await until(pilot, lambda: "No board was flashed" in _said(app, "#flash-ended"), "its end")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardsScreen), "the list again")
        assert app.teaching is not None
        assert app.teaching.class_name == "7B"

    play(story, group=None)


def test_two_boards_are_flashed_and_one_that_was_pulled_out_is_finished(until: Until) -> None:
    """The other is done all the same. While one waits nobody leaves unasked; stopped, it is unfinished; F3 finishes it."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    wiring.start_virtual_boards(
        count=2, name="bare", lesson=None, circuit=None, chip="", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
    )
    _order("bare-2", "unplug", 20_000)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _boards(pilot, app, until, 2)
        await pilot.press("f5")
        await _type(pilot, app, until, "7", "a")
        await until(
            pilot, lambda: "7A-1" in _said(app, "#flash-drawn") and "went away" in _said(app, "#flash-drawn"), "a done and a lost one"
        )
        flash = cast("FlashScreen", app.screen)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question about leaving")
        await pilot.press("escape")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question about closing")
        await pilot.press("escape")
        open_place(app, PLACES[0])
        assert app.screen is flash
        await pilot.press("escape")
        await _yes(pilot, app, until)
        await until(pilot, lambda: flash.job is None and "1 of 2" in _said(app, "#flash-ended"), "the end")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and [row[0] for row in _rows(app)] == ["√ 7A-1", "! 7A-2"], "one unfinished")
        await asyncio.to_thread(_order, "bare-2", "plug", None)
        await until(pilot, lambda: "bare-2" in _rows(app)[1], "the board again")
        await pilot.press("f3")
        await _yes(pilot, app, until)
        await until(pilot, lambda: "1 of 1" in _said(app, "#flash-ended"), "the finish")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and [row[0] for row in _rows(app)] == ["√ 7A-1", "√ 7A-2"], "both")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")

    play(story, group=None)
    with wiring.results() as store:
        assert [record.flash_state for record in store.class_set().boards()] == ["ready", "ready"]


def _order(name: str, fault: str, after_bytes: int | None) -> None:
    entry = find_board(name)
    with BoardControl(entry.control, entry.authkey) as control:
        control.order_faults([Fault(fault, after_bytes)])


def test_a_board_blinks_and_its_parts_are_tested(until: Until) -> None:
    """Where to look is said, and when it is over; the parts' verdicts come, and are kept with the board."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(LIGHT)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _boards(pilot, app, until, 1)
        await pilot.press("f8")
        await until(pilot, lambda: "blinks" in _said(app, "#board-told"), "where to look")
        await pilot.press("f9")  # one thing after the other
        assert app.screen is screen
        await until(pilot, lambda: screen.job is None and "as before" in _said(app, "#board-told"), "its end")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, LessonChoice) and app.screen.query_one(OptionList).option_count, "the lessons")
        options = app.screen.query_one(OptionList)
        options.highlighted = next(place for place, one in enumerate(options.options) if str(one.prompt).startswith("6-03"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PartsTestScreen) and app.screen.job is None, "the verdict")
        assert "All parts work" in _said(app, "#parts-told")
        assert _said(app, "#parts-rows").count("passed") == 2
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and _rows(app)[0][4], "the day of the test")

    play(story, group=None)
    with wiring.results() as store:
        [record] = store.class_set().boards()
    assert (record.test_lesson, record.test_outcome) == (LIGHT, "passed")


def test_a_board_that_does_not_say_who_it_is_is_asked_and_somebody_tests_it(
    until: Until, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """F4 finds out; a real board's test asks, a key answers, and a test that is stopped is not kept."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    board = start_lesson_board(LIGHT)
    with wiring.results() as store:
        name = store.class_set().give_name(board.mac, "7A")
    port = ListPortInfo(board.serial_port)
    port.vid, port.pid = 0x1A86, 0x7523

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _boards(pilot, app, until, 2)
        assert "does not say who it is" in _said(app, "#boards-told")
        await pilot.press("f4")
        await until(pilot, lambda: screen.job is None and [row[0] for row in _rows(app)] == [f"√ {name}"], "its name")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, LessonChoice) and app.screen.query_one(OptionList).option_count, "the lessons")
        options = app.screen.query_one(OptionList)
        options.highlighted = next(place for place, one in enumerate(options.options) if str(one.prompt).startswith("6-03"))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one(AskBox).display and app.screen.query_one(AskBox).has_focus, "the question")
        first = _said(app, "#ask-sentence")
        await until(pilot, lambda: _answered(app), "time to read it")
        await until(pilot, lambda: _said(app, "#ask-sentence") != first or not app.screen.query_one(AskBox).display, "what is next")
        await pilot.press("shift+f5")
        await until(pilot, lambda: "was stopped" in _said(app, "#parts-told"), "the stop")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the list")

    with monkeypatch.context() as patch:
        patch.setattr("serial.tools.list_ports.comports", lambda: [port])
        patch.setenv("LOVHE_RUNTIME_DIR", str(tmp_path / "elsewhere"))
        play(story, group=None)
    with wiring.results() as store:
        assert [record.test_outcome for record in store.class_set().boards()] == [""]


def test_a_flash_that_cannot_begin_says_why_and_blames_no_board(until: Until) -> None:
    """There is no such firmware: no board is called stopped or done."""
    board = BoardInfo("COM3", "COM3", "esp32", False, "ready", mac=ONE)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _boards(pilot, app, until, 0)
        app.push_screen(FlashScreen(FlashBoards([board], FlashWishes(firmware="no-such-release")), lambda macs: None))
        await until(pilot, lambda: isinstance(app.screen, FlashScreen) and app.screen.job is None, "the end")
        await until(pilot, lambda: app.screen.query_one("#flash-told").has_focus, "what came of it")
        assert "no-such-release" in _said(app, "#flash-ended").split("\n")[0]
        assert len(_said(app, "#flash-ended").split("\n")) == 2
        assert not app.screen.query_one("#flash-drawn").display

    play(story, group=None)


def _answered(app: LovheApp) -> bool:
    """Yes to what is asked: whether it was taken."""
    box = app.screen.query_one(AskBox)
    box.action_answer(True)
    return not box.display
