"""A plot of every named reading while the program runs."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Button, Static

from lovhe.apps.language import current_language, key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.panes.plot_canvas import ReadingsPlot
from lovhe.apps.tui.panes.plot_legend import ON_DARK, ON_LIGHT, SIGNS, legend, legend_width
from lovhe.apps.workspace.plot_state import PlotState
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import N_
from lovhe.core.plots.view import IN_VIEW, Trace, traces

_DRAW_S = 0.1
_MOST_SHARE = 0.25
"""Drawing takes this share of the time at most: a slow PC draws less often, and answers keys all the same."""
_ZOOM = 0.7


class PlotPane(Vertical):
    """Up to eight series. `state` outlives the pane, which draws only while it is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "zoom(1)", key("Closer"), id="plot.closer", show=False),
        Binding("minus", "zoom(-1)", key("Farther"), id="plot.farther", show=False),
        Binding("left", "move(-0.1)", key("Earlier"), id="plot.earlier", show=False),
        Binding("right", "move(0.1)", key("Later"), id="plot.later", show=False),
        Binding("pageup", "move(-0.9)", key("Earlier by a whole picture"), id="plot.page-earlier", show=False),
        Binding("pagedown", "move(0.9)", key("Later by a whole picture"), id="plot.page-later", show=False),
        Binding("up", "rise(0.1)", key("Higher"), id="plot.higher", show=False),
        Binding("down", "rise(-0.1)", key("Lower"), id="plot.lower", show=False),
        Binding("shift+up", "stretch(1)", key("Taller"), id="plot.taller", show=False),
        Binding("shift+down", "stretch(-1)", key("Flatter"), id="plot.flatter", show=False),
        Binding("home", "all", key("All readings"), id="plot.all", show=False),
        Binding("end", "newest", key("The newest readings"), id="plot.newest", show=False),
    ]

    class SaveWanted(Message):
        """The plot is to be saved as files of all kinds."""

    def __init__(self, state: PlotState | None = None) -> None:
        super().__init__()
        self.state = state if state is not None else PlotState()
        self._drawn: tuple[int, Size, Size, str] | None = None
        self._next_s = 0.0

    def compose(self) -> ComposeResult:
        with Horizontal(id="plot-body"):
            with Vertical(id="plot-place"):
                with Horizontal(id="plot-buttons"):
                    yield Button(t(key("Pause")), id="plot-pause", compact=True)
                    yield Button("+", id="plot-closer", compact=True)
                    yield Button("-", id="plot-farther", compact=True)
                    yield Button(t(key("All")), id="plot-all", compact=True)
                    yield Button(t(key("Save")), id="plot-save", compact=True)
                yield Static(id="plot-none", markup=False)
                yield ReadingsPlot(current_language().decimal_mark, screen_glyphs())
            yield Static(id="plot-legend", markup=False)
        yield Static(id="plot-notes", markup=False)

    def on_mount(self) -> None:
        self.query_one(ReadingsPlot).display = False
        self.set_interval(_DRAW_S, self.draw)

    def add(self, events: list[Event]) -> None:
        """Take the readings among the events; they are drawn ten times a second at most."""
        self.state.add(events)

    def show_state(self, state: PlotState) -> None:
        """Other readings from now on."""
        if state is not self.state:
            self.state, self._drawn = state, None

    @property
    def seen(self) -> bool:
        """Whether somebody can see the pane."""
        return self.is_attached and self.screen.is_current and self.size.area > 0 and self.is_on_screen

    def take_focus(self) -> None:
        """The keys go to the plot."""
        plot = self.query_one(ReadingsPlot)
        (plot if plot.display else self.query_one("#plot-pause", Button)).focus()

    # --- drawing ---

    def draw(self) -> None:
        """Show what has changed, if somebody can see it."""
        if not self.seen:
            return
        state = self.state
        plot = self.query_one(ReadingsPlot)
        now = (state.changes, self.size, plot.size, self.app.theme)
        if now == self._drawn or time.monotonic() < self._next_s:
            return
        begin_s = time.monotonic()
        self._show_words(plot)
        self._drawn = now
        if not (state.readings.any and plot.size.area):
            return
        window = state.view.window(state.readings)
        drawn = traces(state.readings, window, min(IN_VIEW, 2 * plot.columns))
        self._show_legend(drawn)
        plot.draw(drawn, window, SIGNS, self._colours)
        self.call_after_refresh(self._measure, begin_s)

    def _measure(self, begin_s: float) -> None:
        now_s = time.monotonic()
        self._next_s = now_s + (now_s - begin_s) * (1 / _MOST_SHARE - 1)

    @property
    def _colours(self) -> tuple[str, ...]:
        return ON_DARK if self.app.current_theme.dark else ON_LIGHT

    def _show_words(self, plot: ReadingsPlot) -> None:
        state = self.state
        none = self.query_one("#plot-none", Static)
        if not state.readings.any:
            none.update(t(N_("No readings yet. A line such as {line} in your program makes a plot.", line='print("light:", value)')))
        none.display, plot.display = not state.readings.any, state.readings.any
        self.query_one("#plot-pause", Button).label = t(key("Go on")) if state.paused else t(key("Pause"))
        notes = self.query_one("#plot-notes", Static)
        notes.update(" ".join(t(note) for note in state.notes))
        notes.display = bool(state.notes)

    def _show_legend(self, drawn: list[Trace]) -> None:
        shown = self.query_one("#plot-legend", Static)
        rows = max(1, shown.size.height or self.size.height)
        width = legend_width(len(drawn), rows, self.size.width)
        shown.styles.width = width
        shown.update(legend(drawn, rows, width, self._colours, current_language().decimal_mark))

    # --- what somebody wants ---

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        match event.button.id:
            case "plot-pause":
                self.action_pause()
            case "plot-closer":
                self.action_zoom(1)
            case "plot-farther":
                self.action_zoom(-1)
            case "plot-all":
                self.action_all()
            case "plot-save":
                self.post_message(self.SaveWanted())

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.state.pause_or_go_on()
        self._soon()

    def action_zoom(self, by: int) -> None:
        """Closer, or farther away."""
        self.state.zoom(_ZOOM**by)
        self._soon()

    def action_stretch(self, by: int) -> None:
        """The values closer, or farther away."""
        self.state.zoom_heights(_ZOOM**by)
        self._soon()

    def action_move(self, share: float) -> None:
        """Earlier or later."""
        self.state.move(share)
        self._soon()

    def action_rise(self, share: float) -> None:
        """Higher or lower."""
        self.state.move(0, share)
        self._soon()

    def action_all(self) -> None:
        """All readings, as high as they need."""
        self.state.show_all()
        self._soon()

    def action_newest(self) -> None:
        """The newest readings, as at first."""
        self.state.show_newest()
        self._soon()

    def on_readings_plot_wheel(self, event: ReadingsPlot.Wheel) -> None:
        """Closer or farther, about what is under the mouse."""
        event.stop()
        self.state.zoom(_ZOOM if event.up else 1 / _ZOOM, event.at)

    def on_readings_plot_dragged(self, event: ReadingsPlot.Dragged) -> None:
        """Along with the mouse."""
        event.stop()
        self.state.move(event.across, event.up)

    def _soon(self) -> None:
        """What somebody asked for is drawn at once."""
        self._next_s = 0.0
        self.draw()
