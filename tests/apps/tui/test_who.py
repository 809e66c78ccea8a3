"""Who is here: each way to say so, with keys alone and with the mouse alone, on the smallest screen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from lovhe.adapters.results_db.roster import SqlRoster
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.workspace.wiring import load_desk, roster
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.pupil import SchoolClass, Shift
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList

from .conftest import Until
from .stories import play
from .who_stories import add_class, names_here, on_screen, text_at, who_screen


def test_without_a_class_a_guest_begins_at_once_and_one_sentence_says_how_to_add_one(until: Until) -> None:
    """Enter is all that a guest needs."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await who_screen(pilot, app, until)
        seen = " ".join(on_screen(app).split())
        assert all(words in seen for words in ("“Class lists”, where you add one", "Press Enter to begin", "Begin as a guest"))
        assert not any(words in seen for words in ("You are:", "Start"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert app.desk.group is not None
        assert app.desk.group.guest
        assert load_desk().group == app.desk.group

    play(story, group=None)


def test_three_pupils_by_name_number_and_list_with_keys_alone(until: Until) -> None:
    """The only class is chosen already; four keys, then three, then some arrows; Enter on Start."""
    add_class("7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        assert isinstance(app.focused, Input)
        await pilot.press("s", "e", "b", "enter", "1", "2", "enter", "down", "down", "enter")
        await pilot.pause()
        assert screen.signing is not None
        assert [pupil.first_name for pupil in screen.signing.chosen] == ["Şəbnəm", "Leyla", "Nigar"]
        assert app.focused is screen.query_one("#start")
        assert "●  3  Nigar" in on_screen(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert names_here(app) == ["Şəbnəm", "Leyla", "Nigar"]
        assert app.desk.class_name == "7A"

    play(story, group=None)


def test_one_pupil_alone_presses_enter_twice(until: Until) -> None:
    """Enter in an empty search starts once somebody is chosen, and does nothing before."""
    add_class("7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.signing is not None
        assert not screen.signing.chosen
        await pilot.press("a", "y", "t", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert names_here(app) == ["Aytən"]

    play(story, group=None)


def test_everything_with_the_mouse_alone(until: Until) -> None:
    """The class, two pupils, one of them taken off again on the right, another one, Start."""
    add_class("7A")
    add_class("7B", ["Ирина", "Юлия", "Анна"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        assert isinstance(app.focused, OptionList)
        await pilot.click("#classes", offset=(2, 1))
        await pilot.pause()
        await pilot.click("#pupils", offset=(4, 0))
        await pilot.click("#pupils", offset=(4, 1))
        await pilot.pause()
        assert screen.signing is not None
        assert [pupil.first_name for pupil in screen.signing.chosen] == ["Ирина", "Юлия"]
        await pilot.click("#chosen", offset=(4, 0))
        await pilot.pause()
        await pilot.click("#pupils", offset=(4, 2))
        await pilot.pause()
        await pilot.click("#start")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert names_here(app) == ["Юлия", "Анна"]

    play(story, group=None)


def test_who_types_before_the_classes_are_read_is_no_guest(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed is searched for as soon as they are there."""
    add_class("7A")
    read = threading.Event()
    slow = SqlRoster.classes

    def classes(self: SqlRoster) -> list[SchoolClass]:
        assert read.wait(60)
        return slow(self)

    monkeypatch.setattr(SqlRoster, "classes", classes)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "the screen")
        await pilot.press("1", "3", "enter")
        assert app.desk.group is None
        read.set()
        screen = await who_screen(pilot, app, until)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.signing is not None
        assert [pupil.first_name for pupil in screen.signing.chosen] == ["Zəhra"]

    play(story, group=None)


def test_a_fourth_pupil_is_told_that_they_are_three(until: Until) -> None:
    """Nobody is pushed out; a name that is pressed again goes."""
    add_class("7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        await pilot.press("1", "enter", "2", "enter", "3", "enter")
        await pilot.click("#pupils", offset=(4, 3))
        await pilot.pause()
        assert "three already" in " ".join(text_at(app, "#who-note").split())
        await pilot.click("#find")
        await pilot.press("2", "enter")
        await pilot.pause()
        assert screen.signing is not None
        assert [pupil.number for pupil in screen.signing.chosen] == [1, 3]

    play(story, group=None)


def test_of_several_classes_the_last_one_used_here_is_chosen_already(until: Until) -> None:
    """At the first start one is chosen with the arrow keys; after a group has left, its class is there."""
    add_class("7A")
    add_class("7B", ["Ирина", "Юлия"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await who_screen(pilot, app, until)
        assert "Choose your class first" in text_at(app, "#who-note")
        await pilot.press("down", "enter", "b", "h", "enter", "enter")  # «ир» on a keyboard that is still set to English
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert names_here(app) == ["Ирина"]
        await pilot.press("f10")
        screen = await who_screen(pilot, app, until)
        assert screen.signing is not None
        assert screen.signing.school_class is not None
        assert screen.signing.school_class.name == "7B"
        assert isinstance(app.focused, Input)

    play(story, group=None)


def test_a_class_of_35_is_reached_to_its_last_name(until: Until) -> None:
    """The list moves under the search; title, buttons and the line of keys stay on the screen."""
    add_class("7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        assert "Ziya" not in on_screen(app)
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await pilot.pause()
        assert "Enter chooses Ziya" in text_at(app, "#who-note")  # said, too: the colour of a line is not seen by everybody
        seen = on_screen(app)
        assert all(words in seen for words in ("35  Ziya", "Who is here?", "Start", "A guest", "Help"))
        assert all(screen.region.contains_region(widget.region) for widget in screen.query("#pupils, #start, #guest, #who-note"))
        await pilot.press("enter")
        await pilot.pause()
        assert screen.signing is not None
        assert [pupil.first_name for pupil in screen.signing.chosen] == ["Ziya"]

    play(story, group=None)


def test_who_cannot_read_this_language_sees_the_key_for_another_one(until: Until) -> None:
    """It is named by the languages themselves, and each press brings the next one."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await who_screen(pilot, app, until)
        assert "F3 az·ru·en" in " ".join(on_screen(app).split())
        for words in ("Кто здесь?", "Who is here?", "Burada kim var?"):
            await pilot.press("f3")
            await until(pilot, lambda words=words: words in on_screen(app), words)

    play(story, group=None, language="az")


def test_another_language_in_mid_choice_takes_nobody_away(until: Until) -> None:
    """Who is chosen and what is searched for stay."""
    add_class("7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        await pilot.press("2", "enter", "a", "y")
        app.speak("ru")
        await pilot.pause()
        assert screen.signing is not None
        assert [pupil.number for pupil in screen.signing.chosen] == [2]
        assert screen.query_one("#find", Input).value == "ay"
        assert screen.query_one("#pupils", OptionList).option_count == 3
        assert isinstance(app.focused, Input)

    play(story, group=None)


def test_a_results_file_that_cannot_be_read_leaves_the_guest(until: Until, data_dir: Path) -> None:
    """It is told, and the lessons can begin."""
    data_dir.mkdir(exist_ok=True)
    (data_dir / "results.sqlite").write_bytes(b"no database")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await who_screen(pilot, app, until)
        assert "not a results file" in text_at(app, "#who-none")
        assert "another folder" in text_at(app, "#who-none")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")

    play(story, group=None)


def test_the_buttons_of_nobody_do_nothing(until: Until) -> None:
    """Start waits for a name."""
    add_class("7A")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)
        assert screen.query_one("#start", Button).disabled
        await pilot.press("f10")
        await pilot.pause()
        assert app.screen is screen
        assert not any(binding.binding.id == "group.switch" for binding in screen.active_bindings.values())

    play(story, group=None)


def test_when_the_second_shift_begins_its_classes_come_first_by_themselves(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    """But not under the hands of somebody who is just saying who they are."""
    add_class("7A")
    add_class("7B")
    with roster() as pupils:
        before = pupils.classes()
        pupils.change([ClassChange(one, replace(one, shift=shift)) for one, shift in zip(before, (1, 2), strict=True)])
    now: list[Shift] = [1]
    monkeypatch.setattr("lovhe.apps.tui.screens.who.shift_at", lambda clock, begin: now[-1])
    monkeypatch.setattr("lovhe.apps.tui.screens.who._LOOK_S", 0.02)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await who_screen(pilot, app, until)

        def first() -> str:
            return screen.signing.classes[0].name if screen.signing is not None else ""

        assert first() == "7A"
        now.append(2)
        await until(pilot, lambda: first() == "7B", "the second shift")
        await who_screen(pilot, app, until)
        await pilot.press("enter", "a")
        await until(pilot, lambda: screen.signing is not None and screen.signing.typed == "a", "the search")
        now.append(1)
        screen._look_at_clock()
        await pilot.pause()
        assert (first(), screen.signing is not None and screen.signing.typed) == ("7B", "a")

    play(story, group=None)
