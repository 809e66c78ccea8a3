"""What a plot shows, and how; it outlives the pane, which is built anew in another language."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.core.checks.evidence import Event
from lovhe.core.messages import N_, Text
from lovhe.core.plots.series import MOST_POINTS, MOST_SERIES, Readings
from lovhe.core.plots.view import View


class PlotState:
    """The readings of the last run. `changes` counts whatever would be drawn otherwise."""

    def __init__(self, most_points: int = MOST_POINTS) -> None:
        self.readings = Readings(most_points)
        self.view = View()
        self.changes = 0

    def add(self, events: Sequence[Event]) -> None:
        """Take what happened; a program that begins has a plot of its own, which goes on."""
        if any(event.kind == "begin" for event in events):
            self.view.go_on()
            self.view.show_newest()
        self.readings.add(events)
        self.changes += 1

    @property
    def paused(self) -> bool:
        """Whether the picture stands still."""
        return self.view.paused_ms is not None

    def pause_or_go_on(self) -> None:
        """The picture stands still, or goes on; readings are kept in both."""
        if self.paused:
            self.view.go_on()
        else:
            self.view.pause(self.readings)
        self.changes += 1

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Show `factor` times the time."""
        self.view.zoom(self.readings, factor, at)
        self.changes += 1

    def zoom_heights(self, factor: float) -> None:
        """Show `factor` times the values."""
        self.view.zoom_heights(self.readings, factor)
        self.changes += 1

    def move(self, share: float, rise: float = 0.0) -> None:
        """Go by a share of the width, and of the height."""
        if share:
            self.view.move(self.readings, share)
        if rise:
            self.view.rise(self.readings, rise)
        self.changes += 1

    def show_all(self) -> None:
        """All that is kept."""
        self.view.show_all()
        self.changes += 1

    def show_newest(self) -> None:
        """The newest readings, as at first."""
        self.view.go_on()
        self.view.show_newest()
        self.changes += 1

    @property
    def notes(self) -> list[Text]:
        """What somebody who looks at the plot must know."""
        notes: list[Text] = []
        if self.paused and self.readings.any:
            notes.append(N_("Paused: the readings go on and are kept."))
        elif not self.view.follows:
            notes.append(N_("This is an earlier part; End goes to the newest readings."))
        if left_out := self.readings.left_out:
            notes.append(N_("A plot has room for {n} names; “{name}” is left out.", n=MOST_SERIES, name=left_out[0]))
        if self.readings.dropped:
            notes.append(N_("There were very many readings: the oldest {n} are gone.", n=self.readings.dropped))
        return notes
