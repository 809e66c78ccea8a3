"""Ways that lead back or change nothing, the mouse's ways, and what stands where there is nothing to show."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps.teaching.class_lists import read_classes, write_classes
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.menu import entries_of
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher.asking import Ask, Choose
from lovhe.apps.tui.teacher.choice import FolderChoice, ListChoice
from lovhe.apps.tui.teacher.class_lists import ClassListsScreen
from lovhe.apps.tui.teacher.class_pupils import ClassPupilsScreen
from lovhe.apps.tui.teacher.correction import CorrectionScreen
from lovhe.apps.tui.teacher.groups import GroupsScreen
from lovhe.apps.tui.teacher.home import HomeScreen
from lovhe.apps.tui.teacher.lesson_choice import LessonChoice
from lovhe.apps.tui.teacher.marks import MarksScreen
from lovhe.apps.tui.teacher.places import PLACES
from lovhe.apps.tui.teacher.plan import PlanScreen
from lovhe.apps.tui.teacher.progress import ProgressScreen
from lovhe.apps.tui.teacher.pupil import PupilScreen
from lovhe.apps.tui.teacher.pupil_data import PupilDataScreen
from lovhe.apps.tui.teacher.settings import SettingsScreen
from lovhe.apps.tui.teacher.take_over import TakeOverScreen
from lovhe.apps.tui.teacher.value_choice import ValueChoice
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.pupils.pupil import Pupil
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.apps.tui.conftest import Until
from tests.apps.tui.who_stories import on_screen
from tests.school_classes import add_pupils

from .conftest import Teach, letter, rows, said, shown, told


def test_enter_opens_each_place_and_escape_leads_back(teach: Teach, until: Until, school: list[Pupil]) -> None:
    """In the order in which they are listed; the menu has them all, too, and the way out."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        for number, place in enumerate(PLACES):
            await pilot.press("home", *["down"] * number, "enter")
            await until(pilot, lambda name=place.screen[1]: type(app.screen).__name__ == name, place.id)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.screen.query_one(OptionList).has_focus, "the places")
        names = {entry.name for entry in await entries_of(app.screen)}
        assert {place.name for place in PLACES} | {"Leave"} <= names

    teach("", story)


def test_escape_at_the_door_leads_to_the_names(teach: Teach, until: Until) -> None:
    """Without a passphrase nobody comes in; F1 there says what to do when it is forgotten, at once and not after another page."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.end_teaching()
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "the names")
        await pilot.press("f4", "f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "the help")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert app.screen.topic == "passphrase"
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the names")
        assert app.teaching is None

    teach("", story)


@pytest.mark.parametrize("topic", ["settings", "marks"])
def test_a_page_of_the_help_is_the_first_that_isshown(teach: Teach, until: Until, topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However far it is from the first one in the list."""
    pages: list[str] = []
    page = HelpScreen._page

    def noted(screen: HelpScreen) -> str:
        pages.append(screen.topic)
        return page(screen)

    monkeypatch.setattr(HelpScreen, "_page", noted)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.push_screen(HelpScreen(topic))
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.query_one(OptionList).has_focus, "the help")
        await pilot.pause()
        assert set(pages) == {topic}
        await pilot.press("up")
        await until(pilot, lambda: pages[-1] != topic, "the page before")

    teach("", story)


def test_a_pupil_has_points_on_the_smallest_screen(teach: Teach, until: Until, school: list[Pupil]) -> None:
    """Whatever the language calls the rest; who has handed in nothing has a sentence instead."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, ProgressScreen) and len(rows(app, "#progress")) == 3, "the class")
        app.push_screen(PupilScreen(school[0]))
        for language in ("ru", "az", "en"):
            app.speak(language)
            await until(
                pilot, lambda: isinstance(app.screen, PupilScreen) and not app.screen.rebuilding and "2/9" in on_screen(app), language
            )
        app.push_screen(PupilScreen(school[2]))
        await until(pilot, lambda: "Nothing has been handed in yet." in said(app, "#pupil-told"), "the sentence")
        await pilot.press("enter", "escape", "escape")
        assert isinstance(app.screen, ProgressScreen)

    teach("progress", story)


def test_nobody_at_work_and_no_class_aretold(teach: Teach, until: Until) -> None:
    """A class that has not begun is no empty table."""

    async def empty(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "There is no class" in said(app, "#progress-told"), "the sentence")
        await pilot.press("f3", "f4", "enter")
        assert isinstance(app.screen, ProgressScreen)

    async def idle(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "Nobody has handed in anything" in said(app, "#progress-told"), "the sentence")
        await pilot.press("f4")
        assert "the goal of the lesson is passed" in said(app, "#progress-told")

    teach("progress", empty)
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))
    teach("progress", idle)


def test_a_class_is_renamed_and_comes_back_to_school(teach: Teach, until: Until) -> None:
    """Escape and Cancel change nothing; what is so already is told."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))

    async def choose(pilot: Pilot[None], app: LovheApp, *keys: str) -> None:
        await pilot.press("f6")
        await shown(pilot, app, until, Choose)
        await pilot.press(*keys)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await shown(pilot, app, until, ClassListsScreen)
        await pilot.press("enter")
        await shown(pilot, app, until, ClassPupilsScreen)
        await choose(pilot, app, "escape")
        await choose(pilot, app, "enter")
        await shown(pilot, app, until, Ask)
        await pilot.press("8")
        await pilot.click("#cancel")
        await shown(pilot, app, until, ClassPupilsScreen)
        await choose(pilot, app, "enter")
        await shown(pilot, app, until, Ask)
        await pilot.press(*"8C")
        await pilot.click("#ok")
        await told(pilot, app, until, "The class 7A is called 8C now.")
        await choose(pilot, app, "down", "enter")
        await until(pilot, lambda: "four digits" in on_screen(app), "the kinds")
        await pilot.press("enter")
        await told(pilot, app, until, "That is so already")
        await choose(pilot, app, "end", "enter")
        await shown(pilot, app, until, Question)
        await pilot.press("right", "enter")
        await told(pilot, app, until, "8C is put away.")
        await choose(pilot, app, "end", "enter")
        await told(pilot, app, until, "8C is at school again.")

    teach("class-lists", story)
    [one] = read_classes().all
    assert (one.name, one.has_left, len(one.pupils)) == ("8C", False, 1)


def test_pupils_leave_their_groups(teach: Teach, until: Until) -> None:
    """One by a mark and F5; all of them after a question, for they have groups."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel", "Murad", "Nigar", "Orxan"]))

    async def all_at_once(pilot: Pilot[None], app: LovheApp, *keys: str) -> None:
        await pilot.press("f6")
        await shown(pilot, app, until, Choose)
        await pilot.press(*keys, "enter")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.push_screen(GroupsScreen("7A"))
        await shown(pilot, app, until, GroupsScreen)
        await all_at_once(pilot, app)
        await told(pilot, app, until, "7A has 2 groups now.")
        await pilot.press("enter", "f5")
        await told(pilot, app, until, "They are in no group now.")
        assert not read_classes().all[0].pupils[0].group
        await all_at_once(pilot, app, "end")
        await shown(pilot, app, until, Question)
        await pilot.press("enter")
        await shown(pilot, app, until, GroupsScreen)
        await all_at_once(pilot, app, "end")
        await shown(pilot, app, until, Question)
        await pilot.press("right", "enter")
        await told(pilot, app, until, "7A has no groups now.")

    teach("class-lists", story)
    assert not any(one.group for one in read_classes().all[0].pupils)


def test_a_doubtful_pupil_of_a_list_is_said_to_be_the_same(teach: Teach, until: Until, tmp_path: Path) -> None:
    """By Enter on the line; the buttons look again in a folder, go back, and do it."""
    write_classes(lambda roster: (add_pupils(roster, "7A", ["Aysel"]), add_pupils(roster, "7B", ["Murad"])))
    ids = {one.first_name: one.id for each in read_classes().all for one in each.pupils}
    (tmp_path / "list.csv").write_text("Sinif;Ad\n7A;Aysel\n7A;Murad\n7B;Nigar\n", "utf-8-sig")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await shown(pilot, app, until, ClassListsScreen)
        await pilot.press("f3")
        await shown(pilot, app, until, TakeOverScreen)
        await pilot.click("#back")
        await shown(pilot, app, until, ClassListsScreen)
        await pilot.press("f3")
        await shown(pilot, app, until, TakeOverScreen)
        await pilot.click("#again")
        path = app.screen.query_one("#list-path", Input)
        path.value = str(tmp_path)
        path.focus()
        await pilot.press("enter")
        await until(pilot, lambda: "list.csv" in on_screen(app), "the file of the folder")
        path.value = ""
        app.screen.query_one("#list-files").focus()
        await pilot.press("enter")
        await shown(pilot, app, until, PlanScreen)
        assert "new; or from 7B?" in on_screen(app)
        await pilot.click("#back")
        await shown(pilot, app, until, TakeOverScreen)
        await pilot.press("enter")
        await shown(pilot, app, until, PlanScreen)
        doubtful = next(place for place, row in enumerate(rows(app, "#roster")) if "7B?" in row[-1])
        await pilot.press(*["down"] * doubtful, "enter")
        await until(pilot, lambda: "comes from 7B" in on_screen(app), "the same pupil")
        await pilot.click("#do-it")
        await shown(pilot, app, until, ClassListsScreen)

    teach("class-lists", story)
    seven_a = next(one for one in read_classes().all if one.name == "7A")
    assert {one.first_name: one.id for one in seven_a.pupils} == ids


def test_a_list_of_those_who_are_there_changes_nothing(teach: Teach, until: Until, tmp_path: Path) -> None:
    """F4 says so, instead of doing nothing."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))
    (tmp_path / "list.csv").write_text("Sinif;Ad\n7A;Aysel\n", "utf-8")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await shown(pilot, app, until, ClassListsScreen)
        await pilot.press("f3")
        await shown(pilot, app, until, TakeOverScreen)
        path = app.screen.query_one("#list-path", Input)
        path.value = str(tmp_path / "list.csv")
        path.focus()
        await pilot.press("enter")
        await shown(pilot, app, until, PlanScreen)
        await pilot.press("f4")
        await told(pilot, app, until, "Nothing would change.")

    teach("class-lists", story)


@pytest.mark.usefixtures("school")
def test_nothing_is_corrected_or_saved_without_an_answer(teach: Teach, until: Until) -> None:
    """Escape and Cancel leave all as it was; a folder is typed whole; points of a skill are not corrected."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#marks")) == 4, "the table")
        for leave in ("escape", "cancel"):
            await pilot.press("enter")
            await shown(pilot, app, until, CorrectionScreen)
            await pilot.press("3")
            await (pilot.press(leave) if leave == "escape" else pilot.click("#cancel"))
            await shown(pilot, app, until, MarksScreen)
        assert rows(app, "#marks")[1][2:4] == ["2", "2"]
        await pilot.press("f6")
        await shown(pilot, app, until, ListChoice)
        await pilot.press("escape", "f6", "enter")
        await until(pilot, lambda: isinstance(app.screen, FolderChoice) and app.screen.query("#folder-typed"), "where to")
        app.screen.query_one("#folder-typed", Input).focus()
        await pilot.press("x", "enter")
        assert "whole name" in said(app, "#folder-none")
        await pilot.press("escape", "f4", "enter")
        await until(pilot, lambda: any("corrected in the table by lesson" in note.message for note in app._notifications), "why not")

    teach("marks", story)


@pytest.mark.usefixtures("school")
def test_the_list_of_a_pupils_data_leads_to_erasing_too(teach: Teach, until: Until) -> None:
    """And F3 to another class."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#pupil-data")) == 3, "the table")
        await pilot.press("enter")
        await shown(pilot, app, until, ListChoice)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Question) and "for good?" in letter(app), "the question")
        await pilot.press("escape")
        await shown(pilot, app, until, PupilDataScreen)
        await pilot.press("f3")
        await shown(pilot, app, until, ListChoice)
        await pilot.press("down", "enter")
        await until(pilot, lambda: [row[1] for row in rows(app, "#pupil-data")] == ["Orxan"], "7B")

    teach("pupil_data", story)


def test_a_value_is_left_as_it_is(teach: Teach, until: Until) -> None:
    """By Escape, and by choosing the one that holds."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and len(rows(app, "#settings")) > 1, "the settings")
        before = app.settings
        for leave in ("escape", "enter"):
            await pilot.press("enter")
            await shown(pilot, app, until, ValueChoice)
            await pilot.press(leave)
            await shown(pilot, app, until, SettingsScreen)
        assert app.settings is before

    teach("settings", story)


def test_a_lesson_is_chosen_from_those_that_have_parts(teach: Teach, until: Until) -> None:
    """Escape chooses none."""
    chosen: list[Lesson] = []

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        for keys in (("escape",), ("down", "enter")):
            app.push_screen(LessonChoice(chosen.append))
            await until(
                pilot, lambda: isinstance(app.screen, LessonChoice) and app.screen.query_one(OptionList).option_count > 2, "lessons"
            )
            await pilot.press(*keys)
            await shown(pilot, app, until, HomeScreen)

    teach("", story)
    [lesson] = chosen
    assert lesson.file.circuit.part
