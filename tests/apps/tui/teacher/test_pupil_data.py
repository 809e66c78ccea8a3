"""The data of a pupil: given out, or erased after a question; how long it is kept; and the list of changes by hand."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from uuid import UUID

from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.choice import FolderChoice, ListChoice
from lovhe.apps.tui.teacher.pupil_data import PupilDataScreen
from lovhe.core.pupils.class_changes import listed_class
from lovhe.core.pupils.class_edits import renamed
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.pupils.roster_lists import Entry
from textual.pilot import Pilot
from textual.widgets import Input

from tests.school_classes import add_pupils

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


def test_how_long_things_are_kept_is_settled_and_what_is_past_it_erased(teach: Teach, until: Until) -> None:
    """A class that left in 2020 is past any time, a class at school never; nothing goes before a yes that names who it is."""
    with wiring.results() as store:
        roster = store.roster()
        made = listed_class(None, "11A", [Entry(0, "Aysel")], lambda: str(UUID(int=1_600_000_000_000 << 80 | 7 << 76 | 2 << 62))).change
        roster.change([made])
        roster.change([renamed(one, one.name, has_left=True) for one in roster.classes()])
        add_pupils(roster, "7B", ["Orxan"])

    async def how_long(pilot: Pilot[None], app: LovheApp, *keys: str) -> None:
        await until(pilot, lambda: isinstance(app.screen, PupilDataScreen) and app.screen.found is not None, "the table")
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ListChoice), "the list")
        await pilot.press(*keys, "enter")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await how_long(pilot, app, "down", "down")
        await until(pilot, lambda: "kept for 12 months" in letter(app), "the letter")
        assert "1 pupil is past that time." in letter(app)
        await pilot.press("enter")
        for answer in ("left", "right"):
            await how_long(pilot, app, "end")
            await until(pilot, lambda: isinstance(app.screen, Question) and "11A 1 Aysel" in letter(app), "the question")
            await pilot.press(answer, "enter")
        await until(pilot, lambda: "1 pupil was erased." in letter(app), "the letter")
        await pilot.press("enter")
        await until(pilot, lambda: [row[1] for row in rows(app, "#pupil-data")] == ["Orxan"], "the class that is there")

    teach("pupil_data", story)
    with wiring.results() as store:
        assert (store.retention().months(), [one.first_name for each in store.roster().classes() for one in each.pupils]) == (12, ["Orxan"])
