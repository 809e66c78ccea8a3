"""Results as a table for Excel and LibreOffice: UTF-8 with byte order mark, numbers as numbers, no cell that is taken for a formula."""

from __future__ import annotations

import csv
import errno
import io
import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
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


def write_whole(path: Path, data: bytes, *, begins: bytes = b"") -> None:
    """Write a file under another name, then rename it: there is never half of it, and a link goes on leading where it led.

    With `begins` a file that is there is replaced only if it begins so: else it is somebody's work. Raises `InputError`.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe, such as /dev/stdout, stays what it is
        else:
            if begins and path.is_file():
                _refuse_somebodys(path, begins)
            _put(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise InputError(
            N_("The file {file} cannot be written: {reason}.", file=str(path), reason=reason_of(error)),
            N_("Give a file name in a folder that exists and that you may write to; if another program has the file open, close it there."),
        ) from error


def _put(place: Path, data: bytes) -> None:
    unfinished = place.with_name(f".{secrets.token_hex(8)}.new")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(place)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _refuse_somebodys(file: Path, begins: bytes) -> None:
    with file.open("rb") as there:
        head = there.read(len(begins))
    if head and not head.startswith(begins):
        raise InputError(
            N_("The file {file} is there already, and may hold somebody's work.", file=str(file)),
            N_("Give another file name, or delete that file if nobody needs it."),
        )
