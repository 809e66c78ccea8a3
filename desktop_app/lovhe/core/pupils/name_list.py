"""A teacher's list of first names: what may be a name, and which of a list's names are new in a class."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless

MOST_IN_CLASS = 60
MOST_LETTERS = 40

_SHOWN_LETTERS = 40
_COLUMN_SIGNS = ";,|"


def read_names(data: bytes, file: str) -> list[str]:
    """The first names in a text file, one a line; blank lines are left out. Raises `InputError` with the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise InputError(
            N_("Line {line} of {file} is not written in UTF-8.", line=line, file=file),
            N_("Save the list as plain text in UTF-8 (in Notepad: Save as, Encoding: UTF-8), then try again."),
        ) from problem
    names = [_first_name(line, number, file) for number, line in enumerate(_lines(text), 1) if line.strip()]
    if not names:
        raise InputError(N_("There is no name in {file}.", file=file), N_("Write one first name on each line."))
    if len(names) > MOST_IN_CLASS:
        raise _too_many(len(names))
    return names


def new_names(names: Iterable[str], present: Iterable[str]) -> list[str]:
    """Those of `names` that a class does not have yet, so that a list can be given again when it has grown.

    Two pupils of one name are two: a name is new as often as it stands in the list more often than in the class.
    """
    left = Counter(map(_same, present))
    fresh = []
    for name in names:
        if left[_same(name)] > 0:
            left[_same(name)] -= 1
        else:
            fresh.append(name)
    return fresh


def check_room(present: int, fresh: int) -> None:
    """Raises `InputError` where a class of `present` pupils would become too large with `fresh` more."""
    if present + fresh > MOST_IN_CLASS:
        raise _too_many(present + fresh)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _first_name(line: str, number: int, file: str) -> str:
    """A line as the name that it is. Raises `InputError`."""
    name = unicodedata.normalize("NFC", line.strip())
    shown = harmless(name[:_SHOWN_LETTERS])
    if any(sign in name for sign in _COLUMN_SIGNS) or "\t" in name:
        raise InputError(
            N_("Line {line} of {file} has more in it than a name: “{name}”.", line=number, file=file, name=shown.replace("\t", " ")),
            N_("Write one first name on each line and nothing else: no surnames, no columns."),
        )
    if any(unicodedata.category(letter)[0] == "C" for letter in name):
        raise InputError(
            N_("The name in line {line} of {file} has a sign in it that cannot be shown: “{name}”.", line=number, file=file, name=shown),
            N_("Delete the line and type the name anew."),
        )
    if not any(letter.isalpha() for letter in name):
        raise InputError(
            N_("Line {line} of {file} is no name: “{name}”.", line=number, file=file, name=shown),
            N_("Write one first name on each line and nothing else: no surnames, no columns."),
        )
    if len(name) > MOST_LETTERS:
        raise InputError(
            N_("The name in line {line} of {file} is too long: “{name}…”.", line=number, file=file, name=shown),
            N_("Write the first name alone, {n} letters at most.", n=MOST_LETTERS),
        )
    return " ".join(name.split())


def _same(name: str) -> str:
    return name.casefold()


def _too_many(count: int) -> InputError:
    return InputError(
        N_("These would be {count} pupils in one class; {n} is the most.", count=count, n=MOST_IN_CLASS),
        N_("Look whether the list is the right one. A larger class is best made two: 7A1 and 7A2."),
    )
