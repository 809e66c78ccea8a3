"""Places that are kept in view, while the widgets above and below them change in their own time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from lovhe.apps.tui.aim import Aim
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

_LINES = "\n".join(["a line"] * 50)


class _Busy(Static):
    """Has no time to ask for a layout."""

    async def work(self) -> None:
        await asyncio.sleep(0.3)


class _Growing(App[None]):
    """A text that grows above another one."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield _Busy("one line", id="above")
            yield Static(_LINES, id="below")

    def on_mount(self) -> None:
        below = self.query_one("#below")
        self.aim = Aim(self.query_one(VerticalScroll), lambda: below.virtual_region.y)


def _play(story: Callable[[Pilot[None], _Growing, VerticalScroll], Awaitable[None]]) -> None:
    async def played() -> None:
        app = _Growing()
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            await story(pilot, app, app.query_one(VerticalScroll))

    asyncio.run(played())


async def _until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("waited in vain")


def test_what_is_aimed_at_is_in_view_once_a_busy_widget_has_grown() -> None:
    """The screen may refresh long before that."""

    async def story(pilot: Pilot[None], app: _Growing, view: VerticalScroll) -> None:
        above = app.query_one("#above", _Busy)
        above.call_later(above.work)
        above.update(_LINES)
        app.aim.take()
        app.query_one("#below", Static).update(_LINES + "\nmore")
        await _until(pilot, lambda: view.scroll_y == 50)

    _play(story)


def test_whoever_scrolls_stays_where_he_is() -> None:
    """Until something new is aimed at."""

    async def story(pilot: Pilot[None], app: _Growing, view: VerticalScroll) -> None:
        above = app.query_one("#above", _Busy)
        app.aim.take()
        above.update(_LINES)
        await _until(pilot, lambda: view.scroll_y == 50)
        view.scroll_to(y=20, animate=False, immediate=True)
        above.update(_LINES + "\nmore")
        await _until(pilot, lambda: app.query_one("#below").virtual_region.y == 51)
        assert view.scroll_y == 20
        app.aim.take()
        above.update(_LINES)
        await _until(pilot, lambda: view.scroll_y == 50)

    _play(story)


def test_a_text_that_became_shorter_than_the_aim_is_no_scrolling_by_hand() -> None:
    """The view is moved by its end then, and comes back when there is room."""

    async def story(pilot: Pilot[None], app: _Growing, view: VerticalScroll) -> None:
        above, below = app.query_one("#above", _Busy), app.query_one("#below", Static)
        above.update(_LINES)
        app.aim.take()
        await _until(pilot, lambda: view.scroll_y == 50)
        below.update("one line")
        await _until(pilot, lambda: view.scroll_y == view.max_scroll_y == 41)
        below.update(_LINES)
        await _until(pilot, lambda: view.scroll_y == 50)

    _play(story)
