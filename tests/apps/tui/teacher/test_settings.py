"""What a teacher settles, as it is chosen on the screen and as it then holds for pupils."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps.language import current_language
from lovhe.apps.teaching.copies import CopyState
from lovhe.apps.teaching.wiring import load_settings, save_settings
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.menu import Entry, entries_of
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.teacher.home import HomeScreen
from lovhe.apps.tui.teacher.passphrase import PassphraseScreen
from lovhe.apps.tui.teacher.settings import SettingsScreen
from lovhe.apps.tui.teacher.value_choice import ValueChoice
from lovhe.core.checks.report import CheckReport, make_report
from lovhe.core.messages import N_
from lovhe.core.teacher_settings import TeacherSettings
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList

from tests.apps.tui.conftest import Until
from tests.apps.tui.form_stories import BLINK, play_step
from tests.apps.tui.stories import play
from tests.apps.tui.who_stories import on_screen

HINTS, PASSPHRASE = 3, 9


async def _settings(pilot: Pilot[None], app: LovheApp, until: Until) -> SettingsScreen:
    await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
    app.begin_teaching()
    await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the places")
    screen = SettingsScreen()
    app.push_screen(screen)
    await until(pilot, lambda: screen.query_one(DataTable).row_count == PASSPHRASE + 1, "the settings")
    return screen


def test_a_value_is_chosen_from_those_that_there_are(until: Until) -> None:
    """It holds, is on the disk, and the table shows it; also in another language, with the cursor where it was."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _settings(pilot, app, until)
        await pilot.press(*["down"] * HINTS, "enter")
        await until(pilot, lambda: isinstance(app.screen, ValueChoice) and app.screen.query_one(OptionList).highlighted == 4, "the values")
        await pilot.press("up", "up", "up", "enter")
        await until(pilot, lambda: app.settings.most_hints == 1, "the choice")
        assert load_settings() == TeacherSettings(most_hints=1)
        assert "1 hint" in on_screen(app)
        app.speak("ru")
        await until(pilot, lambda: not screen.rebuilding and screen.query_one(DataTable).cursor_row == HINTS, "Russian")

    play(story, group=None)


def test_a_disk_that_refuses_changes_nothing(until: Until, data_dir: Path) -> None:
    """And it is told."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _settings(pilot, app, until)
        (data_dir / "settings.json").mkdir()
        await pilot.press(*["down"] * HINTS, "enter")
        await until(pilot, lambda: isinstance(app.screen, ValueChoice), "the values")
        await pilot.press("up", "enter")
        await until(pilot, lambda: any("settings.json" in (told.title or "") for told in app._notifications), "the problem")
        assert app.settings == TeacherSettings()

    play(story, group=None)


def test_a_new_passphrase_is_chosen_twice(until: Until) -> None:
    """It is said when it holds."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _settings(pilot, app, until)
        await pilot.press(*["down"] * PASSPHRASE, "enter")
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen) and app.screen._asking == "choose", "the question")
        for asking in ("again", ""):
            app.screen.query_one(Input).value = "uzun bir yol"
            await pilot.press("enter")
            await until(pilot, lambda: not asking or getattr(app.screen, "_asking", "") == asking, "the next question")  # noqa: B023
        await until(pilot, lambda: any("passphrase holds" in told.message for told in app._notifications), "that it holds")

    play(story, group=None)


def test_it_closes_also_while_something_is_asked(until: Until) -> None:
    """A question that a teacher has left open guards nothing."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _settings(pilot, app, until)
        await pilot.press(*["down"] * PASSPHRASE, "enter")
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen), "the question")
        app.settings = TeacherSettings(idle_min=0)

        def closed() -> bool:
            screen.look_whether_idle()
            return app.teaching is None

        await until(pilot, closed, "the end")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")

    play(story, group=None)


def test_whoever_comes_next_begins_as_it_is_settled(until: Until) -> None:
    """In that language and with those looks; F3 and the menu have the languages that are settled."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _settings(pilot, app, until)
        app.settings = TeacherSettings(language="ru", languages=("az", "ru"), theme="lovhe-light")
        assert (current_language().code, app.theme) == ("en", "lovhe-dark")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen) and app.screen.signing is not None, "who is here")
        assert (current_language().code, app.theme) == ("ru", "lovhe-light")
        assert "az·ru" in on_screen(app)
        assert "az·ru·en" not in on_screen(app)
        names = [entry.name for entry in await entries_of(app.screen) if isinstance(entry, Entry)]
        assert ("Azərbaycanca" in names, "English" in names) == (True, False)
        await pilot.press("f3")
        await until(pilot, lambda: current_language().code == "az", "the next language")

    play(story, group=None)


@pytest.mark.parametrize(("days", "reminded"), [(7, True), (0, False)])
def test_nobody_is_reminded_of_copies_who_does_not_want_to_be(until: Until, days: int, reminded: bool) -> None:
    """Results of which there is no copy yet."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")
        app.settings = TeacherSettings(backup_reminder_days=days)
        app.begin_teaching()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.screen.query("#teacher-reminder"), "the places")
        home = app.screen
        assert isinstance(home, HomeScreen)
        home._remind(CopyState(None, attempts=1))
        assert home.query_one("#teacher-reminder").display == reminded

    play(story, group=None)


@pytest.mark.usefixtures("data_dir")
def test_pupils_are_told_how_long_the_next_hint_waits(until: Until) -> None:
    """F7 gives none before."""
    save_settings(TeacherSettings(hint_wait_min=5))

    async def story(pilot: Pilot[None], app: LovheApp, screen: WorkspaceScreen) -> None:
        words = N_("Words.")
        report = make_report(BLINK, [CheckReport("blinks", "failed", words, words, [N_("nudge")])])
        screen.checking.state.over(report, None)
        await pilot.press("f7")
        await until(pilot, lambda: any("next hint is there in 5 minutes" in told.message for told in app._notifications), "how long")
        assert screen.checking.state.rows[0].hints == 0

    play_step(until, BLINK, "lighthouse", story)
