"""A plot becomes files: a table for a spreadsheet, pictures for a report."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lovhe.apps.language import current_language, key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.plots.csv_table import csv_table
from lovhe.core.plots.picture import picture
from lovhe.core.plots.series import Readings
from lovhe.core.plots.view import Window, traces
from lovhe.core.tables import defused
from lovhe.core.work.stick import plain_name

KINDS = ("csv", "png", "svg")
_MOST_LETTERS = 120


def save_plot(readings: Readings, window: Window, name: str, title: str, kinds: Sequence[str] = KINDS) -> list[Path]:
    """Save what was read as `kinds` of files, under a `name` with date and time; where they are. Not for the event loop.

    The table has all that is kept, a picture what is in view. Raises `InputError`.
    """
    from lovhe.apps.workspace.wiring import write_plot

    if not readings.any:
        raise InputError(N_("There is nothing to save yet."), N_("Run a program that prints readings first."))
    stem = plain_name(f"{name.replace('/', ' ')} {time.strftime('%Y-%m-%d %H-%M-%S')}", _MOST_LETTERS)
    return write_plot(stem, lambda: _files(readings, window, title, kinds))


def _files(readings: Readings, window: Window, title: str, kinds: Sequence[str]) -> Mapping[str, Iterable[bytes]]:
    from lovhe.apps.workspace.wiring import png_picture

    mark = current_language().decimal_mark
    drawn = picture(traces(readings, window), window, title, t(key("time (s)")), mark)
    headings = [t(key("time (s)")), *(defused(series.shown) for series in readings.series.values())]
    files: dict[str, Iterable[bytes]] = {}
    for kind in kinds:
        match kind:
            case "csv":
                files[kind] = csv_table(readings, headings, mark)
            case "svg":
                from lovhe.core.plots.svg_picture import svg_picture

                files[kind] = [svg_picture(drawn)]
            case "png":
                files[kind] = [png_picture(drawn)]
    return files
