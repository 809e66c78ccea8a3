"""The question before a flash: what can be chosen is reached by keys and by the mouse, and what was chosen is what is flashed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import cast

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.teaching.flash_choices import FlashChoice
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.teacher.boards import BoardsScreen
from lovhe.apps.tui.teacher.choice import ListChoice
from lovhe.apps.tui.teacher.flash_boards import FlashScreen
from lovhe.apps.tui.teacher.flash_dialog import FlashQuestion
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.services.ports import BoardInfo
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Button, DataTable, Input, OptionList, Static

from tests.apps.tui.conftest import Until
from tests.apps.tui.stories import play
from tests.firmware_files import micropython_release

BLINK = "6-01-blink"
FILE = "ESP32_GENERIC-20250911-v1.26.1.bin"
WORK = {"/aysel.py": b"print('mine')\n"}


@pytest.fixture(autouse=True)
def _firmware() -> None:
    """One release is on this computer."""
    folder = wiring.firmware_folder()
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(micropython_release())


async def _boards(pilot: Pilot[None], app: LovheApp, until: Until, rows: int) -> BoardsScreen:
    app.begin_teaching()
    open_place(app, next(place for place in PLACES if place.id == "boards"))
    await until(pilot, lambda: isinstance(app.screen, BoardsScreen) and app.screen.query_one(DataTable).row_count == rows, "the list")
    return cast("BoardsScreen", app.screen)


async def _asked(pilot: Pilot[None], app: LovheApp, until: Until, key: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, FlashQuestion) and app.focused is not None, "the question")


async def _listed(pilot: Pilot[None], app: LovheApp, until: Until) -> OptionList:
    await until(pilot, lambda: isinstance(app.screen, ListChoice) and app.screen.query_one(OptionList).has_focus, "the list of choices")
    return app.screen.query_one(OptionList)


def _shown(app: LovheApp) -> tuple[str, str]:
    """What the two choices say."""
    firmware, files = (str(app.screen.query_one(f"#choose-{field}", Button).label) for field in ("firmware", "keep_files"))
    return firmware, files


def _in_sight(app: LovheApp, selector: str) -> bool:
    return app.screen.query_one(VerticalScroll).region.contains_region(app.screen.query_one(selector).region)


def _said(app: LovheApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def test_choices_are_made_by_keys_and_by_the_mouse_and_kept_for_this_visit(until: Until) -> None:
    """Arrows stop at both ends, also where there is more to read than room; what was begun is remembered until the teacher goes."""
    (wiring.firmware_folder() / "bad.bin").write_bytes(micropython_release()[:-7])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _boards(pilot, app, until, 0)
        await _asked(pilot, app, until, "f7")
        assert app.screen.query_one(Input).has_focus
        assert app.screen.query_one(VerticalScroll).max_scroll_y > 0
        assert "bad.bin" in " ".join(str(sentence.content) for sentence in app.screen.query(".sentence").results(Static))
        await pilot.press("up", "up", "up", "up", "enter")
        options = await _listed(pilot, app, until)
        assert options.highlighted == 0
        await pilot.press("down", "enter")
        await until(pilot, lambda: "MicroPython 1.26.1 for ESP32" in _shown(app)[0], "the release")
        assert FILE in _said(app, "#means-firmware")
        assert "are lost" in _said(app, "#means-keep_files")
        await pilot.press("down")  # comes into sight
        await until(pilot, lambda: _in_sight(app, "#choose-keep_files"), "the other choice")
        await pilot.click("#choose-keep_files")
        await _listed(pilot, app, until)
        await pilot.click(OptionList, offset=(8, 5))
        await until(pilot, lambda: "stay" in _shown(app)[1], "the files stay")
        assert "programs stay" in _said(app, "#means-keep_files")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardsScreen), "nothing begun")
        assert app.teaching is not None
        assert app.teaching.flash_choice == FlashChoice()

        await _asked(pilot, app, until, "f7")
        assert "usual" in _shown(app)[0]
        await pilot.press("up", "up", "enter")
        await _listed(pilot, app, until)
        await pilot.press("end", "enter")
        await until(pilot, lambda: "1.26.1" in _shown(app)[0], "the release again")
        await pilot.press("down", "down", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, FlashScreen), "the watch")
        await pilot.press("escape")
        await until(pilot, lambda: "No board was flashed" in _said(app, "#flash-ended"), "its end")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardsScreen), "the list")
        await _asked(pilot, app, until, "f7")
        assert "1.26.1" in _shown(app)[0]
        app.end_teaching()
        app.begin_teaching()
        assert app.teaching.flash_choice == FlashChoice()

    play(story, group=None)


def test_files_stay_on_one_board_and_another_with_another_chip_is_left_alone(until: Until) -> None:
    """The other one is told why; flashed with everything new, the files are gone."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    board = start_lesson_board(BLINK)
    with contextlib.closing(wiring.open_link(board)) as link:
        link.put_files(WORK)
    wiring.start_virtual_boards(
        count=1, name="other", lesson=None, circuit=None, chip="esp32s3", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
    )

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _boards(pilot, app, until, 2)
        await _asked(pilot, app, until, "f5")
        await pilot.press("up", "enter")
        await _listed(pilot, app, until)
        await pilot.press("end", "enter")
        await until(pilot, lambda: "stay" in _shown(app)[1], "the files stay")
        assert "other" in _said(app, "#means-keep_files")
        await pilot.press("up", "enter")
        await _listed(pilot, app, until)
        await pilot.press("end", "enter")
        await until(pilot, lambda: "1.26.1" in _shown(app)[0], "the release")
        await pilot.press("down", "down", "enter", "enter")
        await until(pilot, lambda: "1 of 2" in _said(app, "#flash-ended"), "the end")
        assert "has the chip esp32s3" in _said(app, "#flash-ended")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the list")
        assert await asyncio.to_thread(_is_there, board)

        table = screen.query_one(DataTable)
        await until(pilot, lambda: table.row_count == 2 and screen.line is not None, "both")
        table.move_cursor(row=[str(table.get_row_at(row)[1]) for row in range(2)].index(board.name))
        await until(pilot, lambda: screen.line is not None and screen.line.here == _now(app, board), "the first board")
        await _asked(pilot, app, until, "f6")
        await pilot.press("up", "enter")
        await _listed(pilot, app, until)
        await pilot.press("home", "enter")
        await until(pilot, lambda: "new" in _shown(app)[1], "everything new")
        await pilot.press("down", "enter", "enter")
        await until(pilot, lambda: "1 of 1" in _said(app, "#flash-ended"), "the end")

    play(story, group=None)
    assert not _is_there(board)
    with wiring.results() as store:
        [record] = [one for one in store.class_set().boards() if one.flash_state == "ready"]
    assert record.firmware == FILE


def _now(app: LovheApp, board: BoardInfo) -> BoardInfo | None:
    return next((one for one in app.boards if one.serial_port == board.serial_port), None)


def _is_there(board: BoardInfo) -> bool:
    """Whether the pupil's file is on the board: then it need not be put there."""
    with contextlib.closing(wiring.open_link(board)) as link:
        return link.put_files(WORK) == 0
