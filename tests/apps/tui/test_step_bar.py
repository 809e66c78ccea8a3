"""The row of steps: one line in every language, each step's state by a sign, and a click goes there."""

from __future__ import annotations

import asyncio

import pytest
from lovhe.apps import wiring
from lovhe.apps.language import use_language
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.step_bar import StepBar
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from rich.cells import cell_len
from textual.pilot import Pilot

from .conftest import GROUP, Until

BLINK = "6-01-blink"
LESSONS = [lesson.id for lesson in wiring.kit().lessons(broken=lambda _: None)]


@pytest.mark.parametrize("width", [40, 71, 80, 120])
@pytest.mark.parametrize("code", ["az", "ru", "en"])
def test_it_is_never_wider_than_the_screen(code: str, width: int) -> None:
    """Whatever the lesson is called, whoever is here."""
    use_language(code)
    for lesson_id in LESSONS:
        lesson = wiring.kit().lesson(lesson_id)
        for step in lesson.file.step:
            bar = StepBar(lesson, step, {}, "Gülşən, Məhəmmədəli, Şəhriyar", "kiçik-mavi-lövhə-17")
            line = bar.line(width)
            assert cell_len(line) <= width, (lesson_id, step.id)
            assert f"[{lesson.file.step.index(step) + 1}" in line


def test_signs_tell_how_each_step_stands() -> None:
    """Tried, passed, not begun; the step in view stands in brackets, with its kind in words."""
    lesson = wiring.kit().lesson(BLINK)
    bar = StepBar(lesson, lesson.step("sort"), {"build": "passed", "guess": "failed", "sort": "unclear"}, "Aysel", "desk-1")
    line = bar.line(120)
    assert " 1√  2~ [3~] 4○  5○  6○  Put in order" in line
    assert line.startswith("The lighthouse: a blinking light")
    assert line.endswith("Aysel | desk-1")


def test_what_has_no_room_is_shortened_with_dots() -> None:
    """The steps stay."""
    lesson = wiring.kit().lesson(BLINK)
    bar = StepBar(lesson, lesson.step("sort"), {}, "Aysel, Kamran, Leyla Məmmədova", "desk-1")
    line = bar.line(71)
    assert "…" in line
    assert " 1○  2○ [3○] 4○  5○  6○ " in line


def test_hostile_names_command_no_terminal() -> None:
    """A pupil's and a board's name are shown as they are, without their control characters."""
    lesson = wiring.kit().lesson(BLINK)
    line = StepBar(lesson, lesson.file.step[0], {}, "\x1b[31mRed", "[b]\x07board").line(120)
    assert "\x1b" not in line
    assert "\x07" not in line
    assert "[b]" in line


def test_a_click_on_a_step_goes_there(until: Until) -> None:
    """The mouse does what F3 and F4 do."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.open_lesson(BLINK, "build")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(StepBar), "the workspace")
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await until(pilot, lambda: "5○" in str(screen.query_one(StepBar).content), "the row")
        column = str(screen.query_one(StepBar).content).index("5○")
        await pilot.click(StepBar, offset=(column, 0))
        await until(pilot, lambda: screen.step is not None and screen.step.id == "forever", "the fifth step")
        await until(pilot, lambda: "[5○]" in str(screen.query_one(StepBar).content), "the row")

    async def play() -> None:
        app = LovheApp()
        app.desk.language = "en"
        app.desk.sit_down(GROUP)
        async with app.run_test(size=(80, 24)) as pilot:
            await story(pilot, app)

    asyncio.run(play())
