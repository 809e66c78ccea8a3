"""Results as a table for Excel and LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lovhe.apps.language import key
from lovhe.core.tables import Cell, Sheet
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


def results_table(
    attempts: Iterable[Attempt], word: Callable[[str], str], when: Callable[[str], str], who: Callable[[Attempt], str]
) -> Sheet:
    """A row an attempt; `word` translates headings and outcomes, `when` turns a UTC time into the reader's, `who` names the pupils."""
    rows: list[list[Cell]] = [[word(heading) for heading in HEADINGS]]
    for attempt in attempts:
        texts = [when(attempt.when_utc), attempt.lesson_id, attempt.step, who(attempt), attempt.board, word(attempt.outcome)]
        rows.append([*texts, attempt.points, attempt.total, attempt.id])
    return Sheet("", rows)
