"""Copies of the results, from the app: made with a key, listed, put back after a question; and the reminder among the places."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.teaching.copy_jobs import MakeCopy
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.choice import FolderChoice
from lovhe.apps.tui.teacher.copies import CopiesScreen
from lovhe.apps.workspace import wiring as work_wiring
from lovhe.services.ports.copy_notes import LastCopy
from textual.pilot import Pilot
from textual.widgets import Input

from .conftest import Teach, Until, attempts, letter, rows, said


@pytest.mark.usefixtures("school")
def test_a_key_copies_to_the_stick_and_enter_puts_it_back(teach: Teach, until: Until, stick: Path) -> None:
    """It is told where, after the copy was read back; what is here when it is put back is kept, and listed."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "No copy was found" in said(app, "#copies-told"), "the list")
        await pilot.press("f5")
        await until(pilot, lambda: "the copy was read back" in said(app, "#copies-said"), "the copy")
        [file] = stick.glob("lovhe-results-*.sqlite")
        assert str(file) in said(app, "#copies-said")
        await until(pilot, lambda: len(rows(app, "#copies")) == 1 and "Nothing has changed" in said(app, "#copies-told"), "the list")
        with wiring.results() as store:
            store.roster().erase(store.roster().classes()[0].pupils[2].id)
            assert len(store.roster().classes()[0].pupils) == 2
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Question) and "has 2 results" in letter(app), "the question")
        assert "Here are 2 results now" in letter(app)
        await pilot.press("right", "enter")
        await until(pilot, lambda: "What was here before is in" in said(app, "#copies-said"), "it is put back")
        await until(pilot, lambda: len(rows(app, "#copies")) == 2, "what was here")
        app.speak("ru")
        await until(pilot, lambda: len(rows(app, "#copies")) == 2 and said(app, "#copies-said"), "another language")

    teach("copies", story)


@pytest.mark.usefixtures("school")
def test_a_damaged_copy_is_told_and_nothing_is_changed(teach: Teach, until: Until, stick: Path) -> None:
    """Before anything is asked."""
    (stick / "lovhe-results-2026-11-20-083000.sqlite").write_bytes(b"rubbish" * 1000)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#copies")) == 1, "the list")
        assert rows(app, "#copies")[0] == ["20.11.2026 08:30", "1 MB", str(stick)]
        await pilot.press("enter")
        await until(pilot, lambda: "is no copy of results" in said(app, "#copies-said"), "the refusal")
        assert isinstance(app.screen, CopiesScreen)
        assert attempts() == 2

    teach("copies", story)


@pytest.mark.usefixtures("school")
def test_without_a_stick_it_is_asked_where_to(teach: Teach, until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there is told; one that was typed is listed afterwards."""
    monkeypatch.setattr(work_wiring, "stick_folders", list)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "typed").mkdir()

    async def copy_to(folder: Path, pilot: Pilot[None], app: LovheApp) -> None:
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, FolderChoice) and app.screen.query("#folder-typed"), "where to")
        app.screen.query_one("#folder-typed", Input).focus()
        app.screen.query_one("#folder-typed", Input).value = str(folder)
        await pilot.press("enter")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "No copy was found" in said(app, "#copies-told"), "the list")
        await copy_to(tmp_path / "gone", pilot, app)
        await until(pilot, lambda: "There is no folder" in said(app, "#copies-said"), "the refusal")
        await copy_to(tmp_path / "typed", pilot, app)
        await until(pilot, lambda: "the copy was read back" in said(app, "#copies-said"), "the copy")
        await until(pilot, lambda: len(rows(app, "#copies")) == 1, "the list")

    teach("copies", story)


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize("days", [None, 3, 30])
def test_among_the_places_an_old_copy_is_told_of(teach: Teach, until: Until, days: int | None) -> None:
    """Until there is a new one; one of this week is not told of."""
    if days is not None:
        when = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
        with wiring.results() as store:
            store.copy_notes().note(LastCopy(when.isoformat(), 1))

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: app.screen.query("#teacher-reminder"), "the places")
        if days == 3:
            await app.workers.wait_for_complete()
            assert not app.screen.query_one("#teacher-reminder").display
            return
        await until(pilot, lambda: app.screen.query_one("#teacher-reminder").display, "the reminder")
        assert ("No copy" if days is None else "last copy") in said(app, "#teacher-reminder")

    teach("", story)


@pytest.mark.usefixtures("school")
def test_leaving_is_asked_while_a_copy_is_made(teach: Teach, until: Until, stick: Path) -> None:
    """With F10 and Ctrl+Q; who stays has the copy."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "No copy was found" in said(app, "#copies-told"), "the list")
        screen = app.screen
        assert isinstance(screen, CopiesScreen)
        screen.job = job = MakeCopy(stick)
        for pressed in ("f10", "ctrl+q"):
            await pilot.press(pressed)
            await until(pilot, lambda: isinstance(app.screen, Question) and "are being copied" in letter(app), pressed)
            await pilot.press("escape")
        job.begin()
        await until(pilot, lambda: "the copy was read back" in said(app, "#copies-said"), "the copy")

    teach("copies", story)
