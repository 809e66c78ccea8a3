"""Saved plots have a name that a file can have."""

from __future__ import annotations

from lovhe.apps.workspace.plot_saving import save_plot
from lovhe.apps.workspace.plot_state import PlotState
from lovhe.core.checks.evidence import Event


def test_the_plot_of_a_pack_s_lesson_is_saved(data_dir: object) -> None:
    """Its id has a slash, which leads into another folder in no file's name."""
    plot = PlotState()
    plot.add([Event(0, "begin"), Event(10, "text", ["light: 4\n"])])
    (file,) = save_plot(plot.readings, plot.view.window(plot.readings), "forest-kit/6-01-owls", "Owls", ["csv"])
    assert file.name.startswith("forest-kit 6-01-owls 2")
    assert file.read_bytes()
