"""A lesson's steps one after another: freely back and forth, kept as they are left, checked into the database, and seen in the list."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.checks import ChecksPane
from lovhe.apps.tui.panes.instructions import Instructions
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.steps.order import OrderForm
from lovhe.apps.workspace.wiring import roster
from lovhe.core.pupils.group import Group
from textual.pilot import Pilot
from textual.widgets import Static

from tests.school_classes import add_pupils

from .conftest import Until
from .stories import BLINK, open_step, output, play, program_step, shown, write

SLOW = 'import time\nn = 0\nwhile True:\n    print("light:", n % 50)\n    n += 1\n    time.sleep_ms(20)\n'


def _said(screen: WorkspaceScreen) -> str:
    return "\n".join(str(line.content) for line in screen.query_one(ChecksPane).query(Static) if line.display)


def _pupils() -> Group:
    with roster() as pupils:
        return Group(pupils=tuple(add_pupils(pupils, "6A", ["Aysel", "Murad"])))


def test_back_and_forth_through_all_kinds_of_steps_each_stands_as_it_was_left(until: Until) -> None:
    """Answers, moved lines, filled gaps and a program, gone through to the end and back, by keys; no step waits for another."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        steps = [step.id for step in wiring.kit().lesson(BLINK).file.step]
        assert steps == ["build", "guess", "sort", "gaps", "forever", "lighthouse"]
        screen = await open_step(pilot, app, until, step="build")
        left: dict[str, str] = {}
        for step, keys in (
            ("build", ()),
            ("guess", ("2",)),
            ("sort", ("shift+down",)),
            ("gaps", ("7", "tab", "x")),
            ("forever", ("ctrl+end", "#", "f")),
            ("lighthouse", ("ctrl+end", "#", "l")),
        ):
            await until(pilot, lambda step=step: screen.step is not None and screen.step.id == step and not screen.rebuilding, step)
            screen.show_work()
            await until(pilot, lambda: screen.form.region.area, "the work")
            screen.form.take_focus()
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
            assert not keys or screen.form.text != screen.work.begin_of(screen.step), step
            left[step] = screen.form.text
            await pilot.press("f4")
        for step in reversed(steps):
            await until(pilot, lambda step=step: screen.step is not None and screen.step.id == step and not screen.rebuilding, step)
            await until(pilot, lambda step=step: screen.form.text == left[step], f"{step}: {screen.form.text!r} and {left[step]!r}")
            if step == "sort":
                assert isinstance(screen.form, OrderForm)
            await pilot.press("f3")
        assert app.desk.step == "build"

    play(story)


def test_a_verdict_is_in_the_database_when_it_is_read(until: Until, data_dir: Path) -> None:
    """Read by another connection in the moment in which the pane says it: outcome and points of each pupil; the list has them, too."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    group = _pupils()
    start_lesson_board(BLINK)

    def kept() -> list[tuple[str, str, int]]:
        with sqlite3.connect(f"file:{next(data_dir.glob('*.sqlite'))}?mode=ro", uri=True) as database:
            return database.execute("select step, outcome, points from attempts order by id").fetchall()

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        for program, outcome in (("print(1)\n", "failed"), (wiring.kit().lesson(BLINK).solutions["solution.py"], "passed")):
            await write(pilot, screen, until, program)
            await pilot.press("f6")
            await until(pilot, lambda: screen.checking.state.report is not None and screen.checking.state.phase == "over", outcome)
            step, last, points = kept()[-1]
            assert (step, last) == (program_step(), outcome)
            assert (points > 0) == (outcome == "passed")
            if outcome == "failed":
                assert "x failed" in _said(screen)
                assert "xpected" in _said(screen)
                assert "Seen" in _said(screen) or "seen" in _said(screen)
                assert "Hint" not in _said(screen)
                await pilot.press("f7")
                await until(pilot, lambda: "Hint 1 of" in _said(screen), "a hint when it is asked for")
            screen.checking.state.report = None
        await until(pilot, lambda: screen.job is None, "the end")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and "1 of 6 lessons checked" in shown(app), "the list")
        assert f" {kept()[-1][2]} of " in shown(app)

    play(story, group=group)
    assert [outcome for _, outcome, _ in kept()] == ["failed", "passed"]


def test_the_list_shows_where_one_is_and_leads_there(until: Until) -> None:
    """Enter on the lesson that was left opens the step that was left, today and in the next app."""

    async def leave(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, step="gaps")
        screen.show_work()
        await until(pilot, lambda: screen.form.region.area, "the work")
        screen.form.take_focus()
        await pilot.press("9")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the list")
        await back(pilot, app)

    async def back(pilot: Pilot[None], app: LovheApp) -> None:
        where = "Go on: The lighthouse: a blinking light, step 4"
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen) and where in shown(app), where)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen), "the lesson")
        assert isinstance(app.screen, WorkspaceScreen)
        assert app.screen.step is not None
        assert app.screen.step.id == "gaps"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LessonsScreen), "the list")

    play(leave, group=_pupils())
    play(back, group=None)


def test_panels_fold_on_the_smallest_screen(until: Until) -> None:
    """F8 gives the lower panel's lines to the work and takes them back; F9 puts the text in front, and the work again; typing goes on."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until)
        editor = await write(pilot, screen, until, "#\n")
        screen.show_below("tab-output")
        below = screen.query_one("#below")
        await until(pilot, lambda: below.region.area, "the panel")
        small = editor.region.height
        await pilot.press("f8")
        await until(pilot, lambda: not below.region.area and editor.region.height > small + 4, "more room")
        await pilot.press("a")
        await pilot.press("f9")
        await until(pilot, lambda: screen.query_one(Instructions).region.height > 12 and not screen.form.region.area, "the text")
        await pilot.press("f9")
        await until(pilot, lambda: editor.region.area and editor.has_focus, "the program")
        await pilot.press("b", "f8")
        await until(pilot, lambda: below.region.area and editor.region.height == small, "the panel again")
        await pilot.press("c")
        assert "abc" in editor.text
        assert {line for line in shown(app).split("\n") if line.startswith(" 1")}

    play(story)


def test_the_plot_is_paused_zoomed_and_fitted_while_the_program_runs(until: Until, data_dir: Path) -> None:
    """By its buttons and its keys; readings that come meanwhile are kept; each kind of file can be saved alone."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, SLOW)
        await pilot.press("f5")
        await until(pilot, lambda: "light: 20" in output(screen), "readings")
        screen.action_show_plot()
        pane = screen.query_one(PlotPane)
        await until(pilot, lambda: screen.query_one("#plot-pause").region.area, "the plot")
        await pilot.click("#plot-pause")
        await until(pilot, lambda: screen.plot.paused, "the pause")
        await until(pilot, lambda: "Paused" in shown(app), "that it is paused")
        still, kept = screen.plot.view.window(screen.plot.readings), len(screen.plot.readings.series["light"].values)
        await until(pilot, lambda: len(screen.plot.readings.series["light"].values) > kept + 10, "readings that are kept meanwhile")
        assert screen.plot.view.window(screen.plot.readings) == still
        await pilot.click("#plot-pause")
        await until(pilot, lambda: not screen.plot.paused, "on again")
        await until(pilot, lambda: screen.plot.view.window(screen.plot.readings).to_ms > still.to_ms, "the newest readings")
        await pilot.press("shift+f5")
        await until(pilot, lambda: screen.job is None, "the end")
        pane.action_all()
        whole = screen.plot.view.window(screen.plot.readings)
        assert whole.low <= 0
        assert whole.high >= 49
        await pilot.click("#plot-closer")
        await until(pilot, lambda: _width(screen) < whole.to_ms - whole.from_ms, "closer")
        near = _width(screen)
        pane.take_focus()
        await pilot.press("minus")
        await until(pilot, lambda: _width(screen) > near, "farther")
        await pilot.press("left")
        await until(pilot, lambda: not screen.plot.view.follows, "earlier")
        await pilot.click("#plot-all")
        await until(pilot, lambda: screen.plot.view.window(screen.plot.readings) == whole, "all of it")
        for number, kind in enumerate(("csv", "png", "svg"), 1):
            await screen.run_action(f"save_plot_{kind}")
            await until(pilot, lambda number=number: not screen._saving and len(list((data_dir / "plots").glob("*"))) == number, kind)

    play(story)
    heads = {file.suffix: file.read_bytes()[:60] for file in (data_dir / "plots").iterdir()}
    assert heads[".png"].startswith(b"\x89PNG\r\n\x1a\n")
    assert b"<svg" in heads[".svg"] or b"<?xml" in heads[".svg"]
    assert b"light" in heads[".csv"]


def _width(screen: WorkspaceScreen) -> float:
    window = screen.plot.view.window(screen.plot.readings)
    return window.to_ms - window.from_ms
