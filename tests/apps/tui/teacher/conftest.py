"""A class on this PC, and the teacher's side of the app opened for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.screens.question import Letter
from lovhe.apps.tui.teacher.home import HomeScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.apps.tui.teacher.roster_screen import RosterScreen
from lovhe.apps.workspace import wiring as work_wiring
from lovhe.core.checks.report import Report
from lovhe.core.pupils.pupil import Pupil
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, DataTable, Static

from tests.school_classes import add_pupils

BLINK = "6-01-blink"

Story = Callable[[Pilot[None], LovheApp], Awaitable[None]]
Until = Callable[..., Awaitable[None]]
Teach = Callable[..., None]


@pytest.fixture
def school() -> list[Pupil]:
    """In 7A Aysel has handed in alone, Aysel and Murad together, Nigar nothing; in 7B there is Orxan."""
    with wiring.results() as store:
        aysel, murad, nigar = add_pupils(store.roster(), "7A", ["Aysel", "Murad", "Nigar"])
        add_pupils(store.roster(), "7B", ["Orxan"])
        lesson = wiring.kit().lesson(BLINK)
        step = next(one.id for one in lesson.file.step if one.kind == "make")
        for points, pupils in ((1, [aysel]), (2, [aysel, murad])):
            report = Report(BLINK, "failed", points, 9, [], step=step)
            record_attempt(store, lesson, report, [], board="b", program="", pupils=pupils)
    return [aysel, murad, nigar]


@pytest.fixture
def teach(until: Until) -> Teach:
    """Lets `story` happen at a place of the teacher's side, in English, on a screen of 80 columns unless told otherwise."""

    def play(place_id: str, story: Story, size: tuple[int, int] = (80, 24)) -> None:
        async def played() -> None:
            app = LovheApp()
            async with app.run_test(size=size) as pilot:
                app.speak("en")
                app.begin_teaching()
                await until(pilot, lambda: isinstance(app.screen, HomeScreen) and not app.screen.rebuilding, "the places")
                if place_id:
                    open_place(app, next(place for place in PLACES if place.id == place_id))
                await story(pilot, app)

        asyncio.run(played())

    return play


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one stick that is plugged in; no documents on this computer."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(work_wiring, "stick_folders", lambda: [folder])
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


def attempts() -> int:
    """How many there are on this PC."""
    with wiring.results() as store:
        return store.copy_notes().attempts()


async def shown(pilot: Pilot[None], app: LovheApp, until: Until, kind: type[Screen[None]]) -> None:
    """A screen of this kind is on top, with what it reads."""

    def there() -> bool:
        screen = app.screen
        return isinstance(screen, kind) and (not isinstance(screen, RosterScreen) or screen.known is not None)

    await until(pilot, there, kind.__name__)
    await pilot.pause()


async def told(pilot: Pilot[None], app: LovheApp, until: Until, words: str) -> None:
    """A sentence above a list of classes or pupils, which comes when something is on the disk."""
    await until(pilot, lambda: words in said(app, "#roster-told"), words)


def said(app: LovheApp, selector: str) -> str:
    """What a line of the screen says."""
    return str(app.screen.query_one(selector, Static).content)


def rows(app: LovheApp, selector: str) -> list[list[str]]:
    """What stands in a table."""
    table = app.screen.query_one(selector, DataTable)
    return [[str(cell) for cell in table.get_row_at(row)] for row in range(table.row_count)]


def letter(app: LovheApp) -> str:
    """What a letter or a question on top of the screen says; "" where there is none, or not all of it yet."""
    screen = app.screen
    return " ".join(str(line.content) for line in screen.query(Static)) if isinstance(screen, Letter) and screen.query(Button) else ""
