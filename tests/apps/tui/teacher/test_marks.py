"""The marks of a class: what is shown, corrected by hand, and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.teacher.choice import FolderChoice, ListChoice
from lovhe.apps.tui.teacher.class_choice import ClassChoice
from lovhe.apps.tui.teacher.correction import CorrectionScreen
from lovhe.apps.tui.teacher.marks import MarksScreen
from textual.pilot import Pilot
from textual.widgets import Button, Input

from .conftest import Teach, Until, letter, rows, said


@pytest.mark.usefixtures("school")
def test_points_by_lesson_and_by_skill_of_the_best_or_last_attempt(teach: Teach, until: Until) -> None:
    """Keys turn the tables; what can be had stands first; the other language changes the words and not the place."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: [row[1:3] for row in rows(app, "#marks")[1:]] == [["Aysel", "2"], ["Murad", "2"], ["Nigar", "0"]])
        assert "6-01" in said(app, "#marks-told")
        await pilot.press("f4")
        await until(pilot, lambda: "By skill" in said(app, "#marks-title") and rows(app, "#marks")[1][1] == "Aysel", "skills")
        await pilot.press("f4", "f5")
        await until(pilot, lambda: "Last attempt" in said(app, "#marks-title") and len(rows(app, "#marks")) == 4, "the last attempt")
        app.speak("az")
        await until(pilot, lambda: rows(app, "#marks") and "DigComp" in said(app, "#marks-title"), "another language")
        app.speak("en")
        await until(pilot, lambda: "By DigComp | 7A" in said(app, "#marks-title"), "English")

    teach("marks", story)


@pytest.mark.usefixtures("school")
def test_points_are_set_by_hand_and_taken_back(teach: Teach, until: Until) -> None:
    """With a sign that they were; without a reason nothing is set."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#marks")) == 4, "the table")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CorrectionScreen), "the question")
        await pilot.press("3", "enter", "enter")
        await until(pilot, lambda: "needs a reason" in said(app, "#correction-note"), "the refusal")
        await pilot.press("w", "h", "y", "enter")
        await until(pilot, lambda: isinstance(app.screen, MarksScreen) and rows(app, "#marks")[1][2:4] == ["3", "3 !"], "the points")
        await until(pilot, lambda: "Set by hand: why" in said(app, "#marks-told"), "the reason")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CorrectionScreen) and app.screen.query("#take-back"), "the question")
        app.screen.query_one("#reason", Input).value = "no"
        app.screen.query_one("#take-back", Button).press()
        await until(pilot, lambda: isinstance(app.screen, MarksScreen) and rows(app, "#marks")[1][2:4] == ["2", "2"], "the points")

    teach("marks", story)


@pytest.mark.usefixtures("school")
def test_the_marks_are_saved_in_a_folder_and_it_is_told_where(teach: Teach, until: Until, tmp_path: Path) -> None:
    """One that was typed, too; one that is not there is told, and nothing is saved."""

    async def save_in(folder: Path, pilot: Pilot[None], app: LovheApp) -> None:
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ListChoice), "which file")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, FolderChoice) and app.screen.query("#folder-typed"), "where to")
        app.screen.query_one("#folder-typed", Input).focus()
        app.screen.query_one("#folder-typed", Input).value = str(folder)
        await pilot.press("enter")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#marks")) == 4, "the table")
        await save_in(tmp_path / "gone", pilot, app)
        await until(pilot, lambda: any("no folder" in note.title for note in app._notifications), "the refusal")
        await save_in(tmp_path, pilot, app)
        await until(pilot, lambda: letter(app), "the letter")
        [file] = tmp_path.glob("*.csv")
        assert str(file) in letter(app)

    teach("marks", story)


@pytest.mark.usefixtures("school")
def test_another_class_is_chosen_and_stays(teach: Teach, until: Until) -> None:
    """Where nobody has handed in anything it is told; a place opened later shows the same class."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#marks")) == 4, "the table")
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, ClassChoice), "the classes")
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Nobody in 7B" in said(app, "#marks-told"), "the other class")
        assert app.teaching is not None
        assert app.teaching.class_name == "7B"
        await pilot.press("f6")
        assert isinstance(app.screen, MarksScreen)

    teach("marks", story)


def test_without_a_class_it_is_told(teach: Teach, until: Until) -> None:
    """And no key does harm."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "no class" in said(app, "#marks-told"), "the sentence")
        await pilot.press("f3", "f4", "f5", "f6", "enter")
        await until(pilot, lambda: isinstance(app.screen, MarksScreen) and "no class" in said(app, "#marks-told"), "the sentence")

    teach("marks", story)
