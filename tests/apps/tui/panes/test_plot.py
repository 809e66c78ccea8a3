"""The plot's panel: lines with signs and last values, in little room, redrawn only while it is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.keys_in_turn import KeysInTurn
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.panes.plot_canvas import ReadingsPlot
from lovhe.apps.tui.panes.plot_legend import SIGNS
from lovhe.apps.workspace.plot_state import PlotState
from lovhe.core.checks.evidence import Event
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Button, Static, TabbedContent, TabPane

from tests.apps.tui.conftest import Until

Story = Callable[[Pilot[None], PlotPane], Awaitable[None]]


class _Desk(KeysInTurn):
    CSS_PATH = LovheApp.CSS_PATH

    def __init__(self, state: PlotState) -> None:
        super().__init__()
        self._state = state

    def compose(self) -> ComposeResult:
        with TabbedContent(id="tabs"):
            with TabPane("Plot", id="plot"):
                yield PlotPane(self._state)
            with TabPane("Other", id="other"):
                yield Static("else")

    CSS = """
    TabbedContent, TabPane { height: 1fr; padding: 0; }
    ContentTabs { display: none; }
    """


def _play(story: Story, size: tuple[int, int] = (80, 8), most_points: int = 100_000) -> None:
    async def play() -> None:
        app = _Desk(PlotState(most_points))
        async with app.run_test(size=size) as pilot:
            await story(pilot, app.query_one(PlotPane))

    asyncio.run(play())


def _screen(pilot: Pilot[None]) -> str:
    return "\n".join("".join(part.text for part in line).rstrip() for line in pilot.app.screen._compositor.render_strips())


def _shown(*names: str, count: int = 400, begin: int = 0) -> list[Event]:
    return [
        Event(number * 10, "show", [{name: (number * (place + 1)) % 97 for place, name in enumerate(names)}])
        for number in range(begin, begin + count)
    ]


async def _drawn(pilot: Pilot[None], pane: PlotPane, until: Until) -> None:
    def drawn() -> bool:
        return (
            pane._drawn is not None
            and pane._drawn[0] == pane.state.changes
            and pane._drawn[2] == pane.query_one(ReadingsPlot).size
            and pane.query_one(ReadingsPlot).display
        )

    await until(pilot, drawn, "the plot")
    await pilot.pause()


def test_without_readings_there_is_a_word_what_to_do(until: Until) -> None:
    """With the line that makes one."""

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        await until(pilot, lambda: 'print("light:", value)' in _screen(pilot), "the sentence")
        pane.add([Event(0, "text", ["no number here\n"])])
        await pilot.pause(0.2)
        assert not pane.query_one(ReadingsPlot).display
        pane.action_pause()
        await until(pilot, lambda: "Go on" in _screen(pilot), "the pause")
        assert pane.state.notes == []

    _play(story)


@pytest.mark.parametrize("size", [(80, 8), (80, 7), (60, 9), (120, 20)])
def test_eight_series_have_sign_name_and_last_value(until: Until, size: tuple[int, int]) -> None:
    """In eighty columns and eight lines, in less, and in more."""
    names = ["light", "temp", "noise", "speed", "height", "mass", "volt", "amp"]

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        pane.add(_shown(*names))
        await _drawn(pilot, pane, until)
        await until(pilot, lambda: "& amp" in _screen(pilot), "the last entry")
        screen = _screen(pilot)
        for sign, name, series in zip(SIGNS, names, pane.state.readings.series.values(), strict=True):
            assert f"{sign} {name}" in screen
            assert str(int(series.values[-1])) in screen.split(f"{sign} {name}")[1][:16]
        buttons = [line for line in screen.splitlines() if "Pause" in line]
        assert len(buttons) == 1
        assert "Save" in buttons[0]
        assert " s" in screen
        assert all(sign in screen.replace(f"{sign} {name}", "") for sign, name in zip(SIGNS, names, strict=True))

    _play(story, size)


def test_keys_move_the_view_and_pause_keeps_reading(until: Until) -> None:
    """None of the keys is a letter, so every layout has them."""

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        state = pane.state
        pane.add(_shown("light", count=2_000))
        await _drawn(pilot, pane, until)
        pane.take_focus()
        await until(pilot, lambda: pilot.app.focused is pane.query_one(ReadingsPlot), "the focus")
        first = state.view.window(state.readings)
        await pilot.press("plus")
        nearer = state.view.window(state.readings)
        assert nearer.to_ms - nearer.from_ms < first.to_ms - first.from_ms
        await pilot.press("left", "pageup")
        assert state.view.window(state.readings).to_ms < first.to_ms
        await until(pilot, lambda: "earlier part" in _screen(pilot), "the note")
        await pilot.press("up", "shift+down")
        assert state.view.heights is not None
        await pilot.press("home")
        assert state.view.window(state.readings).from_ms == 0
        await pilot.press("end", "minus")
        assert state.view.follows
        await pilot.click("#plot-pause")
        await until(pilot, lambda: state.paused, "the pause")
        still = state.view.window(state.readings)
        pane.add(_shown("light", count=500, begin=2_000))
        assert len(state.readings.series["light"]) == 2_500
        assert state.view.window(state.readings) == still
        await until(pilot, lambda: "Go on" in _screen(pilot) and "Paused" in _screen(pilot), "the sign of the pause")
        await until(pilot, lambda: not pilot.app.query_one("#plot-pause").has_class("-active"), "the button to come up again")
        await pilot.click("#plot-pause")
        await until(pilot, lambda: not state.paused, "the end of the pause")
        assert state.view.window(state.readings).to_ms == state.readings.last_ms

    _play(story, (80, 12))


def test_the_mouse_does_what_keys_do(until: Until) -> None:
    """The wheel zooms about where it is, drawing aside moves, buttons do the rest."""

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        state = pane.state
        pane.add(_shown("light", count=2_000))
        await _drawn(pilot, pane, until)
        plot = pane.query_one(ReadingsPlot)
        first = state.view.window(state.readings)
        plot.post_message(plot.Wheel(True, 0.0))
        await until(pilot, lambda: state.view.window(state.readings) != first, "the nearer view")
        nearer = state.view.window(state.readings)
        assert nearer.from_ms == first.from_ms
        assert nearer.to_ms < first.to_ms
        plot.post_message(plot.Dragged(-0.25, 0.0))
        await until(pilot, lambda: state.view.window(state.readings) != nearer, "another part")
        assert state.view.window(state.readings).to_ms == nearer.to_ms - (nearer.to_ms - nearer.from_ms) / 4
        dragged = state.view.window(state.readings)
        await pilot.click("#plot-farther")
        await until(pilot, lambda: state.view.window(state.readings) != dragged, "the farther view")
        assert (w := state.view.window(state.readings)).to_ms - w.from_ms > nearer.to_ms - nearer.from_ms
        await pilot.click("#plot-all")
        await until(pilot, lambda: state.view.whole, "the whole")

    _play(story, (80, 12))


def test_what_cannot_be_shown_is_told(until: Until) -> None:
    """A ninth name, and the oldest readings that had to go."""

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        pane.add(_shown(*(f"n{number}" for number in range(9)), count=2_000))
        await until(pilot, lambda: "“n8” is left out" in " ".join(_screen(pilot).split()), "the ninth name")
        await until(pilot, lambda: "are gone" in " ".join(_screen(pilot).split()), "the oldest")

    _play(story, (100, 14), most_points=1_280)


def test_it_is_drawn_only_while_it_is_seen(until: Until) -> None:
    """And has all readings when it is seen again; a name that looks like a command is only a name."""

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        tabs = pilot.app.query_one(TabbedContent)
        tabs.active = "other"
        await until(pilot, lambda: not pane.seen, "the other tab")
        pane.add(_shown("[red]a[/]"))
        await pilot.pause(0.3)
        assert not pane.query_one(ReadingsPlot).display
        tabs.active = "plot"
        await _drawn(pilot, pane, until)
        await until(pilot, lambda: "o [red]a[/]" in _screen(pilot), "the name")
        drawn = pane._drawn
        tabs.active = "other"
        await until(pilot, lambda: not pane.seen, "the other tab")
        pane.add(_shown("b"))
        await pilot.pause(0.3)
        assert pane._drawn == drawn

    _play(story, (80, 10))


def test_hostile_numbers_are_drawn(until: Until) -> None:
    """One reading alone, the same again and again, very great and very small ones."""

    async def story(pilot: Pilot[None], pane: PlotPane) -> None:
        for values in ([5.0], [5.0] * 30, [1e100, -1e100] * 20, [1e-90, 2e-90], [float("inf"), float("nan"), 3.0]):
            pane.add([Event(0, "begin", [1, 1, "main.py"])])
            pane.add([Event(number * 10, "show", [{"a": value}]) for number, value in enumerate(values)])
            await _drawn(pilot, pane, until)
            await until(pilot, lambda: "o a" in _screen(pilot), "the name")
            pane.action_stretch(1)
            pane.action_zoom(-1)
            await pilot.pause()
        assert pane.query_one("#plot-pause", Button).is_attached

    _play(story)
