"""The first hour on the screen: pages, boards, the lesson and the marks, with the app's own data untouched."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from lovhe.apps import wiring
from lovhe.apps.data_places import data_in
from lovhe.apps.teaching.first_hour_pages import PAGES
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher.first_hour import FirstHourScreen
from lovhe.apps.tui.teacher.home import HomeScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.apps.tui.teacher.practice_lesson import PracticeLesson
from lovhe.apps.tui.teacher.progress import ProgressScreen
from lovhe.apps.workspace.wiring import hold_app
from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from tests.apps.tui.conftest import Until
from tests.apps.tui.stories import play
from tests.apps.tui.who_stories import on_screen

HOUR = next(place for place in PLACES if place.id == "first-hour")
BOARDS, LESSON, PROGRESS, MARKS, MONDAY = range(1, len(PAGES))


async def _hour(pilot: Pilot[None], app: LovheApp, until: Until, page: int = 0) -> FirstHourScreen:
    await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
    app.begin_teaching()
    await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the places")
    open_place(app, HOUR)
    await until(pilot, lambda: isinstance(app.screen, FirstHourScreen) and app.screen._class, "the practice class")
    screen = app.screen
    assert isinstance(screen, FirstHourScreen)
    await pilot.press(*["f4"] * page)
    await until(pilot, lambda: screen.page == PAGES[page], "the page")
    return screen


def _is_as_before(app: LovheApp, data: Path) -> bool:
    return app.practice is None and app.desk.group is None and wiring.data_folder() == data


def _next(app: LovheApp) -> str:
    return str(app.screen.query_one("#practice-next", Static).content)


def test_pages_are_turned_and_the_hour_goes_on_where_it_was(until: Until, data_dir: Path) -> None:
    """All pages are readable on the smallest screen; F5 is called after what it does; Escape gives the app its own data back."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _hour(pilot, app, until)
        for number, page in enumerate(PAGES):
            await until(pilot, lambda: f"{number + 1}/{len(PAGES)}" in on_screen(app), "the page")  # noqa: B023
            assert screen.query_one("#hour-page").max_scroll_y == 0
            assert not page.do or f"F5 {page.do}" in on_screen(app)
            if number < MONDAY:
                await pilot.press("f4")
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.topic == "first-hour", "the help")
        assert "A whole lesson to practise with" in on_screen(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the page")
        await pilot.press("f3", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the places")
        assert _is_as_before(app, data_dir)
        open_place(app, HOUR)
        await until(pilot, lambda: isinstance(app.screen, FirstHourScreen) and app.screen.page == PAGES[MARKS], "the page before")

    play(story, group=None)


def test_three_boards_are_flashed_and_the_lesson_opens_on_one_of_them(until: Until, data_dir: Path) -> None:
    """They have names, the line above the lesson says what to press, and what is handed in is the practice class's alone."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _hour(pilot, app, until, BOARDS)
        await pilot.press("f5")
        await until(pilot, lambda: "Done: all three boards" in on_screen(app), "the boards")
        assert all(f"6A-{number}" in on_screen(app) for number in (1, 2, 3))
        await pilot.press("f4", "f5")
        await until(pilot, lambda: isinstance(app.screen, PracticeLesson) and "F6" in _next(app), "the lesson")
        await pilot.press("f6")
        await until(pilot, lambda: "Passed. F4 goes" in _next(app), "the circuit")
        await pilot.press("escape", "f4", "f5")
        await until(pilot, lambda: isinstance(app.screen, ProgressScreen) and app.screen.query_one(DataTable).row_count == 3, "the class")
        await until(pilot, lambda: "1 Build" in on_screen(app), "what was handed in")
        assert "! 2 tries" in on_screen(app)
        await pilot.press("escape", "f4", "f5")
        await until(pilot, lambda: (data_dir / "practice" / "6A.xlsx").is_file() and "6A.xlsx" in on_screen(app), "the marks")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the places")
        assert screen._practice is not None
        await until(pilot, lambda: not wiring.find_boards(), "the end of the boards")
        with wiring.results() as store:
            assert not store.roster().classes()
            assert not store.attempts()

    play(story, group=None)


def test_every_way_out_gives_the_app_its_own_data_back(until: Until, data_dir: Path) -> None:
    """Another place of the teacher's side, the hour once more, F10 in the middle of the lesson, and the end of the app."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _hour(pilot, app, until, LESSON)
        open_place(app, PLACES[0])
        assert _is_as_before(app, data_dir)
        for _ in range(2):
            open_place(app, HOUR)
            await until(pilot, lambda: isinstance(app.screen, FirstHourScreen) and app.screen._class, "the practice class")
            await pilot.pause()
            assert wiring.data_folder() == data_dir / "practice"
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, PracticeLesson), "the lesson")
        assert app.desk.group is not None
        assert app.desk.group.names == "Teacher"
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        assert _is_as_before(app, data_dir)
        app.begin_teaching()
        open_place(app, HOUR)
        await until(pilot, lambda: wiring.data_folder() != data_dir, "the practice")

    play(story, group=None)
    assert wiring.data_folder() == data_dir


def test_the_practice_is_removed_after_a_yes(until: Until, data_dir: Path) -> None:
    """It is said when it is gone."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _hour(pilot, app, until, MONDAY)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, Question), "the question")
        assert (data_dir / "practice").is_dir()
        await pilot.press("right", "enter")
        await until(pilot, lambda: any("is removed" in told.message for told in app._notifications), "the end")
        assert isinstance(app.screen, HomeScreen)
        assert not (data_dir / "practice").exists()

    play(story, group=None)


def test_in_a_second_window_it_is_told_that_the_hour_is_open(until: Until, data_dir: Path) -> None:
    """Nothing is done there."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.begin_teaching()
        with ExitStack() as held:
            with data_in(data_dir / "practice"):
                assert hold_app(held)
            open_place(app, HOUR)
            await until(pilot, lambda: "open in another window" in on_screen(app), "what is told")

    play(story, group=None)
