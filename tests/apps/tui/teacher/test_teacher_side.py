"""The way to the teacher's side and through it, on the smallest screen; and that nobody else gets there."""

from __future__ import annotations

import datetime

import pytest
import uuid_utils
from lovhe.adapters.passphrases import Argon2
from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import Entry, entries_of
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher import base
from lovhe.apps.tui.teacher.class_choice import ClassChoice
from lovhe.apps.tui.teacher.home import HomeScreen
from lovhe.apps.tui.teacher.passphrase import PassphraseScreen
from lovhe.apps.tui.teacher.progress import ProgressScreen
from lovhe.apps.tui.teacher.pupil import PupilScreen
from lovhe.apps.tui.teacher.replay import ReplayScreen
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import CheckReport, encode_report, make_report
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.teacher_settings import TeacherSettings
from lovhe.services.ports import Attempt
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList, Static

from tests.apps.tui.conftest import Until
from tests.apps.tui.stories import play
from tests.apps.tui.who_stories import on_screen
from tests.school_classes import add_pupils

PASSPHRASE = "göy qurşağı"


def _choose_passphrase() -> None:
    with wiring.results() as store:
        store.teacher_door().choose(Argon2().hashed(PASSPHRASE))


def _hand_in(pupil: Pupil, program: str, *, passed: bool) -> None:
    check = CheckReport("blinks", "passed" if passed else "failed", N_("Expected."), N_("It stays dark."), points=int(passed), total=1)
    report = encode_report(make_report("6-01-blink", [check], "lighthouse"))
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    events = [Event(0, "begin", ["1", 5, "main.py"]), Event(100, "text", ["salam\n"]), Event(2000, "end", ["done", "", 0])]
    with wiring.results() as store:
        key, outcome = str(uuid_utils.uuid7()), "passed" if passed else "failed"
        store.add(Attempt(key, "6-01-blink", "7A-1", (pupil.id,), now, program, outcome, int(passed), 1, report, events, "lighthouse"))


async def _at_the_door(pilot: Pilot[None], app: LovheApp, until: Until) -> PassphraseScreen:
    await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "who is here")
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(app.screen, PassphraseScreen) and app.screen._asking, "the door")
    assert isinstance(app.screen, PassphraseScreen)
    return app.screen


async def _type(pilot: Pilot[None], app: LovheApp, text: str) -> None:
    app.screen.query_one(Input).value = text
    await pilot.press("enter")


def _told(app: LovheApp) -> str:
    return str(app.screen.query_one("#passphrase-note", Static).content)


def test_the_first_time_a_passphrase_is_chosen_twice_the_same(until: Until) -> None:
    """One that is too easy is refused with what to do; F10 leads out, and then it is asked for."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        door = await _at_the_door(pilot, app, until)
        await _type(pilot, app, "1234")
        assert "two or three words" in _told(app)
        await _type(pilot, app, PASSPHRASE)
        await _type(pilot, app, "something else")
        assert "not the same" in _told(app)
        await _type(pilot, app, PASSPHRASE)
        await _type(pilot, app, PASSPHRASE)
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the places")
        assert app.teaching is not None
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        assert app.teaching is None
        assert door not in app.screen_stack
        door = await _at_the_door(pilot, app, until)
        assert door._asking == "show"

    play(story, group=None)


def test_a_wrong_passphrase_leads_nowhere_and_the_sixth_waits(until: Until) -> None:
    """Also after the app was closed; the right one has to wait then, too."""
    _choose_passphrase()

    async def wrong(pilot: Pilot[None], app: LovheApp) -> None:
        door = await _at_the_door(pilot, app, until)
        for number in range(1, 6):
            await _type(pilot, app, f"a wrong one {number}")
            await until(pilot, lambda: not door._trying and "not right" in _told(app), "the answer")
            door._note = None
            door._show()
        assert door._wait_s > 20

    async def right(pilot: Pilot[None], app: LovheApp) -> None:
        door = await _at_the_door(pilot, app, until)
        await until(pilot, lambda: door._wait_s > 0, "the wait")
        await _type(pilot, app, PASSPHRASE)
        await pilot.pause(0.3)
        assert app.screen is door
        assert app.teaching is None

    play(wrong, group=None)
    play(right, group=None)


def test_pupils_have_no_way_to_it() -> None:
    """Neither a key nor the menu leads from where they sit to the teacher's side, and its door does not open for them."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        assert app.desk.group is not None
        names = {entry.name for entry in await _menu(app)}
        assert names
        assert not names & {"For teachers", "Progress", "Write lessons"}
        for key in [f"f{n}" for n in range(3, 10)]:
            await pilot.press(key)
            assert not any(isinstance(screen, PassphraseScreen | base.TeacherScreen) for screen in app.screen_stack)

    play(story)


async def _menu(app: LovheApp) -> list[Entry]:
    return await entries_of(app.screen)


def test_progress_leads_to_a_pupil_and_to_an_attempt_as_it_happened(until: Until) -> None:
    """By keys alone; Escape goes back step by step, and out."""
    with wiring.results() as store:
        aysel, murad = add_pupils(store.roster(), "7A", ["Aysel", "Murad"])
    _hand_in(murad, "print('old')", passed=False)
    _hand_in(murad, "print('new')", passed=False)
    _hand_in(aysel, "print('good')", passed=True)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.begin_teaching()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.screen.query_one(OptionList).has_focus, "the places")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgressScreen) and app.screen.query_one(DataTable).row_count == 2, "the class")
        seen = " ".join(on_screen(app).split())
        assert "1 is stuck." in seen
        assert seen.index("Murad") < seen.index("Aysel")
        assert "! 2 tries" in seen
        await pilot.press("f4")
        assert "6-01" in on_screen(app)
        assert "This lesson" in on_screen(app)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: isinstance(app.screen, PupilScreen) and app.screen.query_one(DataTable).row_count == 2, "the pupil")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReplayScreen) and app.screen._replay, "the attempt")
        replay = app.screen
        assert isinstance(replay, ReplayScreen)
        assert "It stays dark." in on_screen(app)
        await pilot.press("f6", "f6")
        seen = on_screen(app)
        assert "print('old')" in seen
        assert "print('new')" in seen
        await pilot.press("f6")
        assert "salam" in on_screen(app)
        await pilot.press("home")
        assert "salam" not in on_screen(app)
        await pilot.press("right")
        assert "salam" in on_screen(app)
        await pilot.press("f3")
        await until(pilot, lambda: "first attempt" in on_screen(app), "the attempt before")
        await pilot.press("escape", "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        assert app.teaching is None

    play(story, group=None)


async def _replay(pilot: Pilot[None], app: LovheApp, until: Until, pupil: Pupil) -> ReplayScreen:
    """The oldest of what a pupil has handed in."""
    await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
    app.begin_teaching()
    with wiring.results() as store:
        screen = ReplayScreen(pupil, store.progress_of([pupil.id]), 0)
    app.push_screen(screen)
    return screen


def test_a_replay_goes_on_by_itself(until: Until) -> None:
    """F5 from the end begins anew, and stops where the run ended."""
    with wiring.results() as store:
        aysel = add_pupils(store.roster(), "7A", ["Aysel"])[0]
        _hand_in(aysel, "print('good')", passed=True)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _replay(pilot, app, until, aysel)
        await until(pilot, lambda: screen._replay is not None, "the attempt")
        await pilot.press("f5")
        await until(pilot, lambda: screen._replay is not None and 0 < screen._replay.t_ms < 2000, "some time")
        await until(pilot, lambda: screen._plays_from is None, "the end")
        assert screen._replay is not None
        assert screen._replay.t_ms == 2000

    play(story, group=None)


def test_a_replay_goes_where_a_key_or_the_mouse_points(until: Until) -> None:
    """From moment to moment, by tenths, to both ends; and to other attempts as long as there are any."""
    with wiring.results() as store:
        aysel = add_pupils(store.roster(), "7A", ["Aysel"])[0]
        for passed in (False, True):
            _hand_in(aysel, "print('salam')", passed=passed)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _replay(pilot, app, until, aysel)

        async def is_at(t_ms: int) -> None:
            await until(pilot, lambda: screen._replay is not None and screen._replay.t_ms == t_ms, f"{t_ms} ms")

        await is_at(2000)
        for pressed, t_ms in (("pageup", 1800), ("home", 0), ("pagedown", 200), ("left", 100), ("end", 2000)):
            await pilot.press(pressed)
            await is_at(t_ms)
        await pilot.click("#time-line", offset=(3, 0))
        await is_at(0)
        await pilot.click("#--content-tab-tab-output")
        await until(pilot, lambda: screen._tab == "output", "the page")
        for key, told in (("f4", "newest attempt"), ("f3", ""), ("f3", "first attempt"), ("f4", "")):
            await pilot.press(key)
            await until(pilot, lambda told=told: any(told in note.message for note in app._notifications), told)
        assert screen._at == 0

    play(story, group=None)


def test_another_class_is_chosen_from_a_list(until: Until) -> None:
    """And stays chosen; other places show the same."""
    with wiring.results() as store:
        add_pupils(store.roster(), "7A", ["Aysel"])
        add_pupils(store.roster(), "7B", ["Murad", "Nigar"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.begin_teaching()
        app.push_screen(ProgressScreen())
        await until(pilot, lambda: isinstance(app.screen, ProgressScreen) and app.screen.query_one(DataTable).row_count == 1, "7A")
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, ClassChoice) and app.screen.query_one(OptionList).has_focus, "the list")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ProgressScreen) and app.screen.query_one(DataTable).row_count == 2, "7B")
        assert app.teaching is not None
        assert app.teaching.class_name == "7B"

    play(story, group=None)


@pytest.mark.parametrize("language", ["az", "ru"])
def test_each_screen_is_there_in_other_languages_too(until: Until, language: str) -> None:
    """What is shown stays the same when the language changes."""
    with wiring.results() as store:
        aysel = add_pupils(store.roster(), "7A", ["Aysel"])[0]
    _hand_in(aysel, "print('good')", passed=True)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.begin_teaching()
        app.push_screen(ProgressScreen())
        await until(pilot, lambda: app.screen.query_one(DataTable).row_count == 1, "the class")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PupilScreen) and app.screen.query_one(DataTable).row_count == 1, "the pupil")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReplayScreen) and app.screen._replay, "the attempt")
        app.speak(language)
        await until(pilot, lambda: not any(getattr(screen, "rebuilding", False) for screen in app.screen_stack), language)
        assert "Play" not in on_screen(app)
        await pilot.press("f6", "f6", "f6")
        assert "salam" in on_screen(app)
        await pilot.press("escape")
        assert app.screen.query_one(DataTable).row_count == 1

    play(story, group=None)


def test_it_closes_by_itself_when_nobody_is_there_any_more(until: Until) -> None:
    """A key or the mouse puts that off."""
    teaching = base.Teaching()
    begin_s = teaching._since_s
    assert teaching.idle_s(0, teaching._seen[1], begin_s + 100) == 100
    assert teaching.idle_s(1, teaching._seen[1], begin_s + 100) == 0

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.begin_teaching()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the places")
        home = app.screen
        assert isinstance(home, HomeScreen)
        app.settings = TeacherSettings(idle_min=0)

        def closed() -> bool:
            home.look_whether_idle()
            return app.teaching is None

        await until(pilot, closed, "the end")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")

    play(story, group=None)


def test_what_the_teacher_saw_is_nowhere_afterwards(until: Until) -> None:
    """No screen of theirs stays, and who sits down next begins at the lessons."""
    with wiring.results() as store:
        add_pupils(store.roster(), "7A", ["Aysel"])

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.begin_teaching()
        app.push_screen(ProgressScreen())
        app.copy_to_clipboard("Aysel 4")
        await until(pilot, lambda: app.screen.query_one(DataTable).row_count == 1, "the class")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "who is here")
        assert not any(isinstance(screen, base.TeacherScreen) for screen in app.screen_stack)
        assert app.clipboard == ""
        await pilot.press("a", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the lessons")
        assert not {entry.name for entry in await _menu(app)} & {"Progress", "For teachers"}

    play(story, group=None)
