"""The data of a pupil: given out, or erased after a question; and the list of changes by hand."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.choice import FolderChoice, ListChoice
from lovhe.apps.tui.teacher.pupil_data import PupilDataScreen
from lovhe.core.pupils.pupil import Pupil
from textual.pilot import Pilot
from textual.widgets import Input

from .conftest import BLINK, Teach, Until, letter, rows, said


def test_a_pupil_is_erased_after_a_question_that_says_what_goes(teach: Teach, until: Until, school: list[Pupil]) -> None:
    """Enter answers no; after a yes the pupil is not in the list."""

    async def ask(pilot: Pilot[None], app: LovheApp) -> None:
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, Question) and letter(app), "the question")
        asked = letter(app)
        assert "1 attempt goes" in asked
        assert "1 attempt made with others stays as theirs." in asked
        assert "Erase Aysel (7A, number 1) for good?" in asked

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: ["1", "Aysel", "2"] in [row[:3] for row in rows(app, "#pupil-data")], "the table")
        await ask(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PupilDataScreen) and len(rows(app, "#pupil-data")) == 3, "the table")
        await ask(pilot, app)
        await pilot.press("right", "enter")
        await until(pilot, lambda: "was erased, with 1 attempt." in letter(app), "the letter")
        await pilot.press("enter")
        await until(pilot, lambda: [row[1] for row in rows(app, "#pupil-data")] == ["Murad", "Nigar"], "the table")
        with wiring.results() as store:
            assert store.roster().pupil(school[0].id) is None

    teach("pupil_data", story)


def test_all_that_is_kept_is_given_out(teach: Teach, until: Until, tmp_path: Path, school: list[Pupil]) -> None:
    """Of the pupil under the cursor, as one file; it is told where."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: len(rows(app, "#pupil-data")) == 3, "the table")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ListChoice), "what to do")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FolderChoice) and app.screen.query("#folder-typed"), "where to")
        app.screen.query_one("#folder-typed", Input).focus()
        app.screen.query_one("#folder-typed", Input).value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: "All that is kept of Murad is in" in letter(app), "the letter")
        [file] = tmp_path.glob("7A 2 Murad*.zip")
        assert str(file) in letter(app)
        with zipfile.ZipFile(file) as packed:
            assert school[1].id in packed.read("pupil.json").decode()

    teach("pupil_data", story)


def test_changes_from_outside_are_told_plainly(teach: Teach, until: Until, school: list[Pupil]) -> None:
    """Which entry, and what is wrong with it."""
    with wiring.results() as store:
        store.audit().correct(school[0].id, BLINK, 5, "why")
    with closing(sqlite3.connect(wiring.data_folder() / "results.sqlite")) as connection, connection:
        connection.execute("UPDATE audit_notes SET note = replace(note, '5', '9')")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await until(pilot, lambda: "from outside" in said(app, "#pupil-data-told"), "the sentence")
        await pilot.press("f4")
        await until(pilot, lambda: "number 1: what it says was changed." in letter(app), "the letter")

    teach("pupil_data", story)
