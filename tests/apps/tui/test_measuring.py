"""Sizes of widgets that are changed twice before they have asked for a layout."""

from __future__ import annotations

import asyncio

from lovhe.apps.tui.measuring import measure_whoever_changes
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static


class _SideBySide(App[None]):
    """Two texts; the row is as high as the longer one."""

    CSS = "Horizontal { height: auto } Static { width: 1fr; height: auto }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("a line", id="first")
            yield Static("a line", id="second")

    def on_mount(self) -> None:
        measure_whoever_changes(self.screen)


def test_a_text_that_grows_again_after_it_was_measured_has_room() -> None:
    """The one beside it has asked for the layout in between."""

    async def play() -> int:
        app = _SideBySide()
        async with app.run_test(size=(40, 10)) as pilot:
            first, second = app.query_one("#first", Static), app.query_one("#second", Static)
            first.update("one\ntwo")
            second.update("another line")
            second._check_refresh()
            app.screen._refresh_layout()
            assert first.region.height == 2
            first.update("one\ntwo\nthree\nfour")
            await pilot.pause(0.2)
            return first.region.height

    assert asyncio.run(play()) == 4
