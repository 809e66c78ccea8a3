"""The output panel shows the newest lines, however many there were, and leaves alone who has scrolled back."""

from __future__ import annotations

import asyncio

from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.output import OutputPane
from lovhe.apps.workspace.run_output import MOST_LINES
from lovhe.core.checks.evidence import Event
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Log


class _Desk(App[None]):
    CSS_PATH = LovheApp.CSS_PATH

    def compose(self) -> ComposeResult:
        yield OutputPane()


def _bottom(log: Log) -> list[str]:
    rows = [log.render_line(y).text.rstrip() for y in range(log.size.height)]
    return [row for row in rows if row]


def _text(*numbers: int) -> list[Event]:
    return [Event(0, "text", ["".join(f"line {number}\n" for number in numbers)])]


def test_a_flood_leaves_the_newest_lines_in_view() -> None:
    """Also after more lines than are kept, after one who scrolled back has gone on, and in the next run."""

    async def play() -> None:
        app = _Desk()
        async with app.run_test(size=(80, 10)) as pilot:
            pane, log = app.query_one(OutputPane), app.query_one(Log)
            pane.begin("", typing=True)
            for begin in range(0, 3 * MOST_LINES, 50):
                pane.add(_text(*range(begin, begin + 50)), "")
                pane.draw()
            await pilot.pause()
            assert MOST_LINES - 1 <= log.line_count <= MOST_LINES
            assert _bottom(log)[-1] == f"line {3 * MOST_LINES - 1}"
            assert len(_bottom(log)) >= log.size.height - 1
            await _scrolled_back(pilot, pane, log)
            pane.begin("", typing=False)
            pane.add(_text(1, 2), "")
            pane.draw()
            await pilot.pause()
            assert _bottom(log) == ["line 1", "line 2"]

    async def _scrolled_back(pilot: Pilot[None], pane: OutputPane, log: Log) -> None:
        log.scroll_to(y=1_000, animate=False, immediate=True)
        await pilot.pause()
        seen = _bottom(log)
        pane.add(_text(*range(100)), "")
        pane.draw()
        await pilot.pause()
        assert _bottom(log) == seen

    asyncio.run(play())


def test_a_sentence_that_comes_before_the_panel_is_seen_has_its_whole_width() -> None:
    """The first run of a lesson opens the panel, and may be over before that is laid out."""

    async def play() -> None:
        app = _Desk()
        async with app.run_test(size=(80, 10)) as pilot:
            pane, log = app.query_one(OutputPane), app.query_one(Log)
            pane.display = False
            await pilot.pause()
            assert not pane.size.width
            pane.begin("led.of()\n", typing=True)
            pane.add([Event(9, "end", ["error", "AttributeError", "'Pin' object has no attribute 'of'", 1])], "led.of()\n")
            pane.draw()
            assert log.lines[0].startswith("! Line 1: There is no “.of” here. (AttributeError)")

    asyncio.run(play())
