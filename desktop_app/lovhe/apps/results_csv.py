"""Results as a table for Excel and LibreOffice: UTF-8 with byte order mark, numbers as numbers, no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from lovhe.apps.language import key
from lovhe.services.ports import Attempt

HEADINGS = (
    key("Time"),
    key("Lesson"),
    key("Step"),
    key("Student"),
    key("Board"),
    key("Result"),
    key("Points"),
    key("Out of"),
    key("Number"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: str) -> str:
    """A text that a spreadsheet would run as a formula, made a text by an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def results_table(
    attempts: Iterable[Attempt], word: Callable[[str], str], when: Callable[[str], str], who: Callable[[Attempt], str]
) -> bytes:
    """The whole file; `word` translates headings and outcomes, `when` turns a UTC time into the reader's, `who` names the pupils."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([word(heading) for heading in HEADINGS])
    for attempt in attempts:
        texts = (when(attempt.when_utc), attempt.lesson_id, attempt.step, who(attempt), attempt.board, word(attempt.outcome))
        writer.writerow([*map(defused, texts), attempt.points, attempt.total, attempt.id])
    return text.getvalue().encode("utf-8-sig", errors="replace")
