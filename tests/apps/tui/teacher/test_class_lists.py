"""Class lists with keys alone, on the smallest screen: what is told is on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps.teaching.class_lists import read_classes, write_classes
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher.asking import Ask, Choose
from lovhe.apps.tui.teacher.class_choice import ClassChoice
from lovhe.apps.tui.teacher.class_lists import ClassListsScreen
from lovhe.apps.tui.teacher.class_pupils import ClassPupilsScreen
from lovhe.apps.tui.teacher.groups import GroupsScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.apps.tui.teacher.plan import PlanScreen
from lovhe.apps.tui.teacher.roster_screen import RosterScreen
from lovhe.apps.tui.teacher.take_over import TakeOverScreen
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from tests.school_classes import add_pupils

from ..conftest import Until
from ..stories import play
from ..who_stories import on_screen
from .conftest import shown, told


@pytest.fixture(autouse=True)
def _no_files_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lovhe.adapters.list_files.removable_drives", list)
    for name in ("downloads", "documents", "desktop"):
        monkeypatch.setattr(f"platformdirs.user_{name}_path", lambda name=name: tmp_path / name)


async def _class_lists(pilot: Pilot[None], app: LovheApp, until: Until) -> RosterScreen:
    """The screen, once the classes are read."""
    app.begin_teaching()
    open_place(app, next(place for place in PLACES if place.id == "class-lists"))
    await shown(pilot, app, until, ClassListsScreen)
    assert isinstance(app.screen, RosterScreen)
    return app.screen


def test_a_class_is_made_and_filled_by_hand(until: Until) -> None:
    """A wrong name is told where it was typed, and can be mended there."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        assert "There is no class yet" in on_screen(app)
        await pilot.press("f4")
        await shown(pilot, app, until, Ask)
        await pilot.press("?", "enter")
        assert "no name of a class" in " ".join(on_screen(app).split())
        await pilot.press("backspace", "7", "a", "enter")
        await shown(pilot, app, until, ClassPupilsScreen)
        await pilot.press("f3")
        await shown(pilot, app, until, Ask)
        await pilot.press(*"Aysel,Murad", "enter")
        await told(pilot, app, until, "2 pupils added to 7A")
        assert "Murad" in on_screen(app)

    play(story, group=None)
    [seven] = read_classes().all
    assert [(one.number, one.first_name) for one in seven.pupils] == [(1, "Aysel"), (2, "Murad")]


def test_a_list_is_found_looked_at_and_taken_over(until: Until, tmp_path: Path) -> None:
    """It does not tell its class, so that is asked; what would change is seen, and nothing is changed before Yes."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "list.txt").write_text("Aysel\nƏli\n", "utf-8")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("f3")
        await shown(pilot, app, until, TakeOverScreen)
        await until(pilot, lambda: app.screen.query_one("#list-files", OptionList).option_count, "the file")
        await pilot.press("enter")
        await shown(pilot, app, until, Ask)
        await pilot.press("7", "a", "enter")
        await shown(pilot, app, until, PlanScreen)
        assert "Əli" in on_screen(app)
        assert len(read_classes().all[0].pupils) == 1
        await pilot.press("f4")
        await shown(pilot, app, until, ClassListsScreen)
        await told(pilot, app, until, "on the disk: 1 new pupil.")

    play(story, group=None)
    assert [one.first_name for one in read_classes().all[0].pupils] == ["Aysel", "Əli"]


def test_a_file_that_is_no_list_is_told_and_nothing_changes(until: Until, tmp_path: Path) -> None:
    """Also one whose path was typed, and that is not there."""
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.4 nothing of ours")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("f3")
        await shown(pilot, app, until, TakeOverScreen)
        for name, words in (("none.csv", "There is no file"), ("x.csv", "x.csv")):
            path = app.screen.query_one("#list-path")
            path.value = f'"{tmp_path / name}"'  # type: ignore[attr-defined]
            path.focus()
            await pilot.press("enter")
            await until(pilot, lambda words=words: words in str(app.screen.query_one("#list-told", Static).content), words)

    play(story, group=None)
    assert not read_classes().all


def test_a_pupil_is_changed_and_goes_to_another_class(until: Until) -> None:
    """Name and number, then the class: each is told when it is on the disk."""
    write_classes(lambda roster: (add_pupils(roster, "7A", ["Aysel", "Murad"]), add_pupils(roster, "7B", ["Nigar"])))
    ids = [one.id for one in read_classes().all[0].pupils]

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("enter")
        await shown(pilot, app, until, ClassPupilsScreen)
        await pilot.press("enter")
        await shown(pilot, app, until, Choose)
        await pilot.press("enter")
        await shown(pilot, app, until, Ask)
        await pilot.press(*"Aysu", "enter")
        await told(pilot, app, until, "Aysel is called Aysu now.")
        await pilot.press("f4")
        await shown(pilot, app, until, Choose)
        await pilot.press("down", "enter")
        await shown(pilot, app, until, Ask)
        await pilot.press("backspace", "2", "enter")
        assert "Murad has the number 2" in " ".join(on_screen(app).split())
        await pilot.press("backspace", "9", "enter")
        await told(pilot, app, until, "Aysu has the number 9 now.")
        await pilot.press("down", "f4")
        await shown(pilot, app, until, Choose)
        await pilot.press("down", "down", "enter")
        await shown(pilot, app, until, ClassChoice)
        await pilot.press("enter")
        await told(pilot, app, until, "is in 7B now, number 2.")

    play(story, group=None)
    seven_a, seven_b = read_classes().all
    assert {one.id for one in (*seven_a.pupils, *seven_b.pupils)} >= set(ids)
    assert len(seven_b.pupils) == 2


def test_a_secret_is_asked_for_forgotten_and_a_class_put_away(until: Until) -> None:
    """Before something that pupils have chosen is forgotten, there is a question."""
    write_classes(lambda roster: (add_pupils(roster, "7A", ["Aysel"]), roster.set_secret_kind("7A", "pin")))
    [aysel] = read_classes().all[0].pupils
    write_classes(lambda roster: roster.set_secret(aysel.id, "hash"))

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("enter")
        await shown(pilot, app, until, ClassPupilsScreen)
        assert "chosen" in on_screen(app)
        await pilot.press("f4")
        await shown(pilot, app, until, Choose)
        await pilot.press("end", "enter")
        await shown(pilot, app, until, Question)
        await pilot.press("right", "enter")
        await told(pilot, app, until, "chooses anew")
        assert not read_classes().with_secret
        await pilot.press("f6")
        await shown(pilot, app, until, Choose)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "three pictures" in on_screen(app), "the kinds")
        await pilot.press("end", "enter")
        await told(pilot, app, until, "three pictures at the next start")
        await pilot.press("f6")
        await shown(pilot, app, until, Choose)
        await pilot.press("end", "enter")
        await shown(pilot, app, until, Question)
        await pilot.press("right", "enter")
        await told(pilot, app, until, "7A is put away.")

    play(story, group=None)
    [seven] = read_classes().all
    assert (seven.secret_kind, seven.has_left) == ("pictures", True)


def test_groups_are_made_at_once_and_by_hand(until: Until) -> None:
    """All at once first; then two others are marked and put together."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel", "Murad", "Nigar", "Əli"]))

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("enter")
        await shown(pilot, app, until, ClassPupilsScreen)
        await pilot.press("f5")
        await shown(pilot, app, until, GroupsScreen)
        await pilot.press("f4")
        assert "Mark one, two or three" in on_screen(app)
        await pilot.press("f6")
        await shown(pilot, app, until, Choose)
        await pilot.press("enter")
        await told(pilot, app, until, "7A has 2 groups now.")
        await pilot.press("enter", "down", "down", "down", "enter")
        await told(pilot, app, until, "Marked: 1, 4.")
        await pilot.press("f4")
        await told(pilot, app, until, "They share a keyboard now.")

    play(story, group=None)
    assert [one.group for one in read_classes().all[0].pupils] == [1, 2, 3, 1]


def test_classes_of_the_second_shift_are_offered_first_when_it_has_begun(until: Until) -> None:
    """It begins at midnight here, so it always has; who comes then sees them first."""
    write_classes(lambda roster: [add_pupils(roster, name, ["Aysel"]) for name in ("7A", "7B")])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("down", "f5")
        await told(pilot, app, until, "7B belongs to the first shift.")
        await pilot.press("f5")
        await told(pilot, app, until, "7B belongs to the second shift")
        await pilot.press("f6")
        await shown(pilot, app, until, Ask)
        await pilot.press(*["backspace"] * 5, *"0:00", "enter")
        await told(pilot, app, until, "The second shift begins at 00:00.")
        app.end_teaching()
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "the names")
        assert isinstance(app.screen, WhoScreen)
        assert app.screen.signing is not None
        assert [one.name for one in app.screen.signing.classes] == ["7B", "7A"]

    play(story, group=None)


def test_a_new_school_year_is_seen_before_it_begins(until: Until) -> None:
    """In the teacher's language, also when that changes meanwhile."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _class_lists(pilot, app, until)
        await pilot.press("f7")
        await shown(pilot, app, until, PlanScreen)
        app.speak("az")
        await until(pilot, lambda: "8A" in on_screen(app) and "Sinif" in on_screen(app), "the new names")
        assert read_classes().all[0].name == "7A"
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ClassListsScreen), "the classes")

    play(story, group=None)
    assert read_classes().all[0].name == "8A"


def test_what_another_window_has_changed_is_not_overwritten(until: Until) -> None:
    """It is told, and shown as it is now; then it can be tried again."""
    write_classes(lambda roster: add_pupils(roster, "7A", ["Aysel"]))

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _class_lists(pilot, app, until)
        write_classes(lambda roster: add_pupils(roster, "7A", ["Murad"]))
        await pilot.press("f5")
        await told(pilot, app, until, "changed meanwhile")
        await until(pilot, lambda: screen.known is not None and len(screen.known.all[0].pupils) == 2, "what is there now")
        await pilot.press("f5")
        await told(pilot, app, until, "7A belongs to the first shift.")

    play(story, group=None)
    assert read_classes().all[0].shift == 1
