"""The plot in the app, with a real virtual board: none of eight hundred readings a second is lost, on the screen or in the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.tui.work_commands import WorkCommands
from lovhe.apps.workspace.jobs import ProgramRun
from lovhe.apps.workspace.told import Happened, Told
from lovhe.core.plots.series import MOST_SERIES
from textual.command import DiscoveryHit
from textual.pilot import Pilot

from .conftest import Until
from .stories import play

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSON = "6-02-button-light"
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h")
COUNT = 400
PROGRAM = f"""\
from lovhe.report import show
from time import ticks_add, ticks_diff, ticks_ms, sleep_ms
next_ms = ticks_ms()
for i in range({COUNT}):
    show(a=i, b=-i, c=i / 2, d=i % 7, e=i + 1, f=1, g=i & 1, h=i % 50)
    next_ms = ticks_add(next_ms, 10)
    wait_ms = ticks_diff(next_ms, ticks_ms())
    if wait_ms > 0:
        sleep_ms(wait_ms)
"""

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]
Typed = Callable[[str, str], str]


async def _run(pilot: Pilot[None], app: LovheApp, until: Until, step: str) -> WorkspaceScreen:
    await until(pilot, lambda: app.board is not None, "the board")
    app.open_lesson(LESSON, step)
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(PlotPane), "the workspace")
    screen = app.screen
    assert isinstance(screen, WorkspaceScreen)
    await pilot.press("f5")
    await until(pilot, lambda: screen.job is not None or screen.seen.any, "the run")
    screen.action_show_plot()
    await until(pilot, lambda: screen.job is None, "the end of the run")
    return screen


def test_a_hundred_readings_a_second_in_eight_series_are_all_there(
    data_dir: Path, until: Until, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each one that the board sends, in its order, while they are drawn; then in the table, which is saved with both pictures.

    A board on a PC that is too busy sends less than the program shows, and says so; what it sent is written down before the app takes it.
    """
    start_lesson_board(LESSON)
    step = typed(LESSON, PROGRAM)
    sent: list[dict[str, float]] = []
    lost: list[int] = []
    ends: list[object] = []
    tell = ProgramRun.tell

    def told(job: ProgramRun, what: Told) -> None:
        for event in what.events if isinstance(what, Happened) else ():
            sent.extend(event.args[:1] if event.kind == "show" else ())
            lost.extend(event.args[:1] if event.kind in ("lost", "gap") else ())
            ends.extend(event.args[:1] if event.kind == "end" else ())
        tell(job, what)

    monkeypatch.setattr(ProgramRun, "tell", told)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _run(pilot, app, until, step)
        series = screen.plot.readings.series
        assert ends == ["done"]
        assert len(sent) + sum(lost) >= COUNT
        assert len(sent) > COUNT / 2
        assert set(series) == set(NAMES)
        for name in NAMES:
            assert list(series[name].values) == [shown[name] for shown in sent]
        await until(pilot, lambda: screen.query_one(PlotPane)._drawn is not None, "the drawn plot")
        screen.action_save_plot()
        folder = data_dir / "plots"
        await until(pilot, lambda: not screen._saving and len(list(folder.glob("*"))) == 3, "the files")
        assert sorted(file.suffix for file in folder.iterdir()) == [".csv", ".png", ".svg"]
        table = next(folder.glob("*.csv")).read_bytes().decode("utf-8-sig")
        heading, *rows = csv.reader(io.StringIO(table, newline=""))
        assert heading[0] == "time (s)"
        assert set(heading[1:]) == set(NAMES)
        column = heading.index("a")
        assert [row[column] for row in rows if row[column]] == [str(shown["a"]) for shown in sent]
        assert sum(bool(cell) for row in rows for cell in row[1:]) == MOST_SERIES * len(sent)

    play(story)


def test_the_plot_stays_in_another_language_and_goes_with_the_step(data_dir: Path, until: Until, typed: Typed) -> None:
    """Readings outlive the panes; another step has a plot of its own."""
    start_lesson_board(LESSON)
    step = typed(LESSON, 'for i in range(30):\n    print("light:", i)\n')

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await _run(pilot, app, until, step)
        assert list(screen.plot.readings.series["light"].values) == list(range(30))
        app.speak("az")
        await until(pilot, lambda: not screen.rebuilding and screen.query(PlotPane), "the plot in Azerbaijani")
        assert screen.query_one(PlotPane).state is screen.plot
        assert screen.query_one(PlotPane).state.readings.any
        screen.action_step(-1)
        await until(pilot, lambda: screen.query(PlotPane) and screen.query_one(PlotPane).state is screen.plot, "the other step")
        assert not screen.plot.readings.any

    play(story)


def test_the_menu_has_the_plot_and_says_what_it_cannot_save(data_dir: Path, until: Until, typed: Typed) -> None:
    """Without a reading nothing is written, and a sentence says why."""
    step = typed(LESSON, "pass\n")

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        app.open_lesson(LESSON, step)
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.query(PlotPane), "the workspace")
        hits = [hit async for hit in WorkCommands(app.screen).discover()]
        names = {str(hit.display) for hit in hits if isinstance(hit, DiscoveryHit)}
        assert {"Show the plot", "Save the plot", "Save the plot as CSV", "Save the plot as PNG", "Save the plot as SVG"} <= names
        await app.screen.run_action("save_plot_csv")
        await until(pilot, lambda: any("nothing to save" in note.title for note in app._notifications), "the sentence")
        assert not (data_dir / "plots").exists()

    play(story)
