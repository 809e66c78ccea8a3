"""The rows of the teacher's boards: where each is, when it was flashed and tested, what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from lovhe.apps.board_words import short_firmware
from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_boards import BoardLine, local_day
from lovhe.apps.tui.fitted_text import shortened
from lovhe.apps.tui.panes.step_bar import NOT_BEGUN, PASSED
from lovhe.core.shown_text import harmless

_WRONG = "!"
_PLACE, _FIRMWARE, _LEAST_WRONG = 14, 10, 12
_GAP, _SCROLLBAR = 2, 2


def board_rows(lines: Sequence[BoardLine], width: int) -> list[list[str]]:
    """The heads, then a row a board; what is wrong gets the room that is left."""
    heads = [t(key("Board")), t(key("Now at")), t(key("Last flash")), t(key("Firmware")), t(key("Tested")), t(key("What is wrong"))]
    rows = [heads, *(_row(line) for line in lines)]
    taken = sum(max(map(cell_len, column)) + _GAP for column in list(zip(*rows, strict=True))[:-1])
    room = max(width - taken - _GAP - _SCROLLBAR, _LEAST_WRONG)
    return [[*row[:-1], shortened(row[-1], room)] for row in rows]


def _row(line: BoardLine) -> list[str]:
    record, wrong = line.record, ", ".join(t(words) for words in line.wrong)
    sign = _WRONG if wrong else PASSED if line.here is not None and record is not None else NOT_BEGUN
    place = shortened(harmless(line.here.name), _PLACE) if line.here is not None else t(key("not here"))
    if record is None:
        return [f"{sign} {line.short_label}", place, "", "", "", wrong]
    tested = local_day(record.tested_utc)
    return [
        f"{sign} {line.short_label}",
        place,
        local_day(record.flashed_utc),
        shortened(harmless(short_firmware(record.firmware)), _FIRMWARE),
        tested,
        wrong,
    ]
