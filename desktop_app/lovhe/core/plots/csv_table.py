"""Readings as a table that Excel and LibreOffice open by a double click in the language of the one who saved it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from lovhe.core.plots.series import Readings, Series
from lovhe.core.tables import BOM, separator

_ROWS_AT_ONCE = 1_000


def csv_table(readings: Readings, headings: Sequence[str], decimal_mark: str = ".") -> Iterator[bytes]:
    """The file in pieces: UTF-8 with a byte order mark, a row for each time in seconds, a column for each series.

    `headings` are that of the time, then those of the series in
    their order. Two readings of one name at the same time get a row each.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator(decimal_mark))
    writer.writerow(headings)
    yield BOM + _taken(text)
    for number, (t_ms, values) in enumerate(_rows(list(readings.series.values())), 1):
        time = f"{t_ms / 1000:.3f}".replace(".", decimal_mark)
        writer.writerow([time, *("" if value is None else _number(value, decimal_mark) for value in values)])
        if number % _ROWS_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _rows(all_series: list[Series]) -> Iterator[tuple[int, list[float | None]]]:
    at = [0] * len(all_series)
    while True:
        times = [series.times_ms[index] for series, index in zip(all_series, at, strict=True) if index < len(series)]
        if not times:
            return
        now = min(times)
        values: list[float | None] = []
        for place, series in enumerate(all_series):
            here = at[place] < len(series) and series.times_ms[at[place]] == now
            values.append(series.values[at[place]] if here else None)
            at[place] += here
        yield now, values


def _number(value: float, decimal_mark: str) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value).replace(".", decimal_mark)


def _taken(text: io.StringIO) -> bytes:
    data = text.getvalue().encode("utf-8", errors="replace")
    text.seek(0)
    text.truncate()
    return data
