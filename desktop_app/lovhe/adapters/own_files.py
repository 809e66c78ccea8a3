"""The file that a pupil edits with an editor of their own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from lovhe.adapters.plain_files import read_plain
from lovhe.adapters.whole_files import keep_beside, write_whole
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_

_MOST_BYTES = 1 << 20


def read_text(file: Path) -> str | None:
    """The text; None where the file is not there, as it is for a moment while an editor saves. Raises `InputError`."""
    try:
        data = read_plain(file, _MOST_BYTES)
    except FileNotFoundError:
        return None
    except PermissionError:
        return None  # Windows: the editor has it open for a moment
    except OSError as problem:
        raise InputError(
            N_("The file {file} cannot be read: {reason}.", file=str(file), reason=reason_of(problem)),
            N_("Save it in your editor once more."),
        ) from problem
    text = _decoded(data)
    if text is None:
        raise InputError(N_("{file} is not saved as UTF-8.", file=str(file)), N_("Choose UTF-8 in your editor, and save again."))
    return text


def put_text(file: Path, text: str, known: str | None = None) -> None:
    """Write it; a file with a text that is neither this one nor `known` is kept under another name. Raises `InputError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode("utf-8", "replace")
        there = None
        with suppress(FileNotFoundError):
            there = read_plain(file, _MOST_BYTES)
        if there == data:
            return
        if there is not None and there.strip() and (known is None or _decoded(there) != known):
            keep_beside(file)
        write_whole(file, data)
    except OSError as problem:
        raise InputError(
            N_("The file {file} cannot be written: {reason}.", file=str(file), reason=reason_of(problem)),
            N_("Choose another folder."),
        ) from problem


def _decoded(data: bytes) -> str | None:
    """The text, with plain line ends; None for what is none in UTF-8."""
    try:
        return None if b"\0" in data else data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
