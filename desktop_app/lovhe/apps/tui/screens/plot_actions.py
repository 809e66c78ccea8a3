"""What can be done with the plot while a lesson is open, from its panel and from the menu."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from lovhe.apps.language import current_language
from lovhe.apps.lesson_view import language_for
from lovhe.apps.tui.panes.plot import PlotPane
from lovhe.apps.tui.screens.keeping import KeepingScreen
from lovhe.apps.workspace.jobs import unforeseen
from lovhe.apps.workspace.plot_saving import KINDS, save_plot
from lovhe.apps.workspace.plot_state import PlotState
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_
from lovhe.core.plots.series import Readings
from lovhe.core.plots.view import Window

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

log = logging.getLogger(__name__)


class PlotActions(KeepingScreen):
    """The part of the workspace that is about the plot. `plot` is what it shows."""

    plot: PlotState
    _saving = False

    def show_below(self, tab: str) -> None:
        """Open the lower panel at a tab."""
        raise NotImplementedError

    def action_show_plot(self) -> None:
        """The plot's panel."""
        self.show_below("tab-plot")
        self.query_one(PlotPane).take_focus()

    def action_pause_plot(self) -> None:
        """Pause, or go on."""
        self.action_show_plot()
        self.query_one(PlotPane).action_pause()

    def action_all_of_plot(self) -> None:
        """All readings in view."""
        self.action_show_plot()
        self.query_one(PlotPane).action_all()

    def action_newest_of_plot(self) -> None:
        """The newest readings in view."""
        self.action_show_plot()
        self.query_one(PlotPane).action_newest()

    @on(PlotPane.SaveWanted)
    def action_save_plot(self) -> None:
        """All kinds of files."""
        self._save_plot(KINDS)

    def action_save_plot_csv(self) -> None:
        """The table."""
        self._save_plot(("csv",))

    def action_save_plot_png(self) -> None:
        """The picture of pixels."""
        self._save_plot(("png",))

    def action_save_plot_svg(self) -> None:
        """The picture of lines."""
        self._save_plot(("svg",))

    def _save_plot(self, kinds: Sequence[str]) -> None:
        if self._saving:
            self.lovhe.say(N_("The plot is still being saved."))
            return
        self._saving = True
        readings = self.plot.readings.copy()
        window = self.plot.view.window(self.plot.readings)
        self.lovhe.say(N_("The plot is being saved …"))
        write = partial(self._write_plot, self.lovhe, readings, window, self.plot_title, kinds)
        self.run_worker(write, thread=True, exit_on_error=False)

    def _write_plot(self, lovhe: LovheApp, readings: Readings, window: Window, title: str, kinds: Sequence[str]) -> None:
        """In a thread."""
        try:
            files = save_plot(readings, window, self.lesson.id, title, kinds)
            kinds_text = ", ".join(file.suffix[1:].upper() for file in files)
            said = N_("Saved in {folder} as “{name}” ({kinds}).", folder=str(files[0].parent), name=files[0].stem, kinds=kinds_text)
            lovhe.call_from_thread(lovhe.say, said)
        except LovheError as problem:
            lovhe.call_from_thread(lovhe.tell_problem, problem)
        except Exception:
            log.exception("the plot is not saved")
            lovhe.call_from_thread(lovhe.tell_problem, unforeseen())
        finally:
            self._saving = False

    @property
    def plot_title(self) -> str:
        """What stands above the picture: the lesson's title."""
        return self.lesson.texts[language_for(current_language().code, self.lesson.texts)].title
