"""The results of several PCs put together from the app: copies are marked, read, asked about, taken in, and all of it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.adapters.file_lock import file_lock
from lovhe.adapters.results_db.backups import back_up
from lovhe.adapters.results_db.store import SqlResults
from lovhe.apps import wiring
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Letter, Question
from lovhe.apps.tui.screens.who import WhoScreen
from lovhe.apps.tui.teacher.choice import FolderChoice
from lovhe.apps.tui.teacher.copies import CopiesScreen
from lovhe.apps.tui.teacher.other_pcs import OtherPcsScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input

from tests.merging_school import an_attempt
from tests.school_classes import add_pupils

from .conftest import Teach, Until, attempts, letter, rows, said


@pytest.fixture
def copies(tmp_path: Path, stick: Path) -> Path:
    """On the stick those of two PCs, on the second of which somebody else has a number of 7A."""
    for number, names in enumerate((["Aysel", "Murad"], ["Aysel", "Fatmə"]), 1):
        results = tmp_path / f"pc{number}" / "results.sqlite"
        with SqlResults(results) as store:
            for pupil in add_pupils(store.roster(), "7A", names):
                store.add(an_attempt(pupil))
        back_up(results, stick / f"pc{number}.sqlite")
    return stick


def _signs(app: LovheApp) -> dict[str, str]:
    """By the names of the files."""
    return {Path(file).name: sign.strip() for sign, *_, file in rows(app, "#copies")}


async def _mark_all(pilot: Pilot[None], app: LovheApp, until: Until, files: int = 2) -> OtherPcsScreen:
    """From “Copies”: all that are on the stick; with Enter and Space by turns."""
    await until(pilot, lambda: isinstance(app.screen, CopiesScreen) and app.screen.query("#copies"), "the copies")
    await pilot.press("f6")
    await until(pilot, lambda: isinstance(app.screen, OtherPcsScreen) and len(_signs(app)) == files, "the list")
    for number in range(files):
        await pilot.press("space" if number % 2 else "enter", "down")
    await until(pilot, lambda: set(_signs(app).values()) == {"√"}, "the marks")
    assert isinstance(app.screen, OtherPcsScreen)
    return app.screen


async def _agree(pilot: Pilot[None], app: LovheApp, until: Until) -> None:
    await until(pilot, lambda: isinstance(app.screen, Question) and letter(app), "the question")
    await pilot.press("right", "enter")


@pytest.mark.usefixtures("school")
def test_what_other_pcs_have_comes_to_what_is_here(teach: Teach, until: Until, copies: Path) -> None:
    """It is asked with the number of files, told with who may be one pupil, and a second time nothing is new; what was here is kept."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _mark_all(pilot, app, until)
        app.speak("ru")
        await until(pilot, lambda: not screen.rebuilding and set(_signs(app).values()) == {"√"}, "another language")
        app.speak("en")
        await until(pilot, lambda: not screen.rebuilding and "Nothing is taken away" in said(app, "#copies-told"), "English again")
        for new in (4, 0):
            await pilot.press("f5")
            await until(pilot, lambda: "2 copies are marked; together they have this many results: 4" in letter(app), "the question")
            assert "is kept on this computer" in letter(app)
            await _agree(pilot, app, until)
            await until(pilot, lambda: "What was here before is in" in letter(app), "what came")
            told, lines = letter(app), app.screen.query_one(VerticalScroll)
            await pilot.press("pagedown")
            await until(pilot, lambda lines=lines: lines.scroll_y > 0, "the rest of it")
            assert told.count(f"{new // 2} new results; here already: {2 - new // 2}.") == 2
            assert "In 7A somebody else has the number 2, too: Fatmə has the number 4 now." in told
            assert "lovhe results" not in told
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is screen and set(_signs(app).values()) == {""}, "the list")
            assert "What was here before is in" in said(app, "#copies-said")
            assert attempts() == 6
            await pilot.press("up", "enter", "down", "enter")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CopiesScreen) and len(rows(app, "#copies")) == 2, "what was here, twice")
        assert {row[2] for row in rows(app, "#copies")} == {str(wiring.data_folder())}

    teach("copies", story)


@pytest.mark.usefixtures("school")
def test_copies_that_cannot_be_used_are_told_before_anything_is_done(teach: Teach, until: Until, copies: Path) -> None:
    """Nothing is changed, and those that can be used stay marked; what is no copy of another PC is not even listed."""
    (copies / "broken.sqlite").write_bytes((copies / "pc1.sqlite").read_bytes()[:9000])
    (copies / "photo.sqlite").write_bytes(b"rubbish" * 1000)
    (copies / "results.before-2026-11-20-083000.sqlite").write_bytes((copies / "pc1.sqlite").read_bytes())

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _mark_all(pilot, app, until, files=4)
        await pilot.press("f5")
        await until(pilot, lambda: letter(app), "the refusals")
        assert "photo.sqlite is no copy of results" in letter(app)
        assert "broken.sqlite" in letter(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and "2 copies are marked" in said(app, "#copies-said"), "the list")
        assert _signs(app) == {"pc1.sqlite": "√", "pc2.sqlite": "√", "photo.sqlite": "", "broken.sqlite": ""}
        assert attempts() == 2
        assert not list(wiring.data_folder().glob("results.before-*"))

    teach("copies", story)


@pytest.mark.usefixtures("school")
def test_a_stick_that_was_pulled_out_is_told(teach: Teach, until: Until, copies: Path) -> None:
    """After the question: the copies that are gone are left out, and nothing is said to have come."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _mark_all(pilot, app, until)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, Question) and letter(app), "the question")
        for file in copies.iterdir():
            file.unlink()
        await _agree(pilot, app, until)
        await until(pilot, lambda: letter(app).count("There is no file") == 2 and not isinstance(app.screen, Question), "the refusal")
        assert "Is the stick plugged in?" in letter(app)
        assert "before" not in letter(app)
        assert attempts() == 2

    teach("copies", story)


@pytest.mark.usefixtures("school")
def test_a_folder_that_is_typed_is_listed_beside_the_stick(teach: Teach, until: Until, copies: Path, tmp_path: Path) -> None:
    """Marks stay; without a mark nothing is begun."""
    (tmp_path / "typed").mkdir()
    (copies / "pc2.sqlite").rename(tmp_path / "typed" / "pc2.sqlite")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _mark_all(pilot, app, until, files=1)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, FolderChoice) and app.screen.query("#folder-typed"), "which folder")
        app.screen.query_one("#folder-typed", Input).focus()
        app.screen.query_one("#folder-typed", Input).value = str(tmp_path / "typed")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and _signs(app) == {"pc1.sqlite": "√", "pc2.sqlite": ""}, "both")
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: _signs(app) == {"pc1.sqlite": "", "pc2.sqlite": "√"}, "the other one")
        await pilot.press("f5")
        await until(pilot, lambda: "1 copy is marked" in letter(app), "the question")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "no")
        assert attempts() == 2

    teach("copies", story)


@pytest.mark.usefixtures("school", "copies")
def test_leaving_is_asked_while_results_are_put_together(teach: Teach, until: Until) -> None:
    """With F10, with Ctrl+Q, with Escape, and another place waits; stopped, what is still to come is left out, and told."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _mark_all(pilot, app, until)
        await pilot.press("f5")
        with file_lock(wiring.data_folder() / "results.sqlite.incoming.lock", 0.0):  # another program's turn
            await _agree(pilot, app, until)
            await until(pilot, lambda: "copy 1 of 2" in said(app, "#copies-said"), "its own turn")
            for key in ("f10", "ctrl+q", "escape"):
                await pilot.press(key)
                await until(pilot, lambda: isinstance(app.screen, Question) and "are being put together" in letter(app), key)
                await pilot.press("escape" if key != "escape" else "right")
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is screen and screen.job is not None and screen.job.stopped.is_set(), "the stop")
            open_place(app, PLACES[0])
            assert app.screen is screen
        await until(pilot, lambda: "1 copy was left out" in letter(app), "what came")
        assert letter(app).count("2 new results") == 1
        assert attempts() == 4
        await pilot.press("enter", "f10")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen), "who is here")

    teach("copies", story)


@pytest.mark.usefixtures("school", "copies")
def test_without_a_copy_of_what_is_here_nothing_is_begun(teach: Teach, until: Until) -> None:
    """The results file cannot be read any more: that is told."""
    file = wiring.data_folder() / "results.sqlite"

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await _mark_all(pilot, app, until)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, Question) and letter(app), "the question")
        file.rename(file.with_name("moved.sqlite"))
        file.mkdir()
        await _agree(pilot, app, until)
        await until(pilot, lambda: "results.sqlite" in said(app, "#copies-said"), "the refusal")
        assert not isinstance(app.screen, Letter)
        assert not list(wiring.data_folder().glob("results.before-*"))

    teach("copies", story)
