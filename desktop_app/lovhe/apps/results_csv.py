"""Results as a table for Excel and LibreOffice: UTF-8 with byte order mark, numbers as numbers, no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from lovhe.apps.language import key
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_
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


def results_table(attempts: Iterable[Attempt], word: Callable[[str], str], when: Callable[[str], str]) -> bytes:
    """The whole file; `word` translates headings and outcomes, `when` turns a UTC time into the reader's."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([word(heading) for heading in HEADINGS])
    for attempt in attempts:
        texts = (when(attempt.when_utc), attempt.lesson_id, attempt.step, attempt.student, attempt.board, word(attempt.outcome))
        writer.writerow([*map(defused, texts), attempt.points, attempt.total, attempt.id])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, then rename it: there is never half of it. Raises `InputError`."""
    unfinished = path.with_name(path.name + ".new")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        raise InputError(
            N_("The file {file} cannot be written: {reason}.", file=str(path), reason=reason_of(error)),
            N_("Give a file name in a folder that exists and that you may write to; if another program has the file open, close it there."),
        ) from error
