"""What is kept of a pupil's name: the first name alone, also where a list has full names in one cell."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless

MOST_LETTERS = 40

Order = Literal["first", "second", "unknown", "alone"]
"""Where the first name stands in a cell: as its first or second word, nobody knows, or all of the cell is the first name."""

_SHOWN_LETTERS = 40
_SIGNS = re.compile(r"[^\w \-–'’‘ʼ`.()]|_")
_FATHER = re.compile(r"oğlu|oglu|qızı|qizi|gizi|оглы|кызы|гызы", re.IGNORECASE)
_PATRONYMIC = re.compile(r"\w{2,}(ович|евич|ьич|овна|евна|ична|ovich|evich|ovna|evna)", re.IGNORECASE)
_SURNAME = re.compile(
    r"\w{2,}(ov|ova|ev|eva|zadə|zade|zada|skiy|skaya|ов|ова|ев|ева|ёв|ёва|заде|ский|ская|ской|цкий|цкая|енко)", re.IGNORECASE
)
_WRONG_READINGS = ("cp1252", "cp1251", "cp1254")


def first_name(cell: str, order: Order, line: int, file: str) -> str:
    """The first name in a cell, which is composed and tidy. Raises `InputError` with the line where it is no name."""
    _check(cell, line, file)
    words = cell.replace(".", ". ").replace(" .", ".").split()
    name = " ".join(_first_words(words, order))
    if len(name) > MOST_LETTERS:
        raise InputError(
            N_("The name in line {line} of {file} is too long: “{name}…”.", line=line, file=file, name=harmless(name[:_SHOWN_LETTERS])),
            N_("Write the first name alone, {n} letters at most.", n=MOST_LETTERS),
        )
    return name


def check_first_name(typed: str) -> str:
    """A first name that somebody types, in composed letters and with single spaces. Raises `InputError`."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if _SIGNS.search(name) or not name[:1].isalpha() or len(name) > MOST_LETTERS:
        raise InputError(
            N_("“{name}” is no first name.", name=harmless(name[:_SHOWN_LETTERS])),
            N_("Write the first name alone, {n} letters at most.", n=MOST_LETTERS),
        )
    return name


def _first_words(words: list[str], order: Order) -> list[str]:
    """Those of a full name's words that are the first name."""
    if order == "alone" or len(words) == 1:
        return words
    named = [word for word in words if not _PATRONYMIC.fullmatch(word)]
    father = next((index for index, word in enumerate(words) if _FATHER.fullmatch(word)), None)
    if father is not None and father > 1:  # the father's name and "son of" or "daughter of"
        named = words[: father - 1] + words[father + 1 :]
    if order == "unknown":
        return _without_surname(words, named, father)
    place = 0 if order == "first" else 1
    return named[place : place + 1] or named[-1:]


def _without_surname(words: list[str], named: list[str], father: int | None) -> list[str]:
    if len(named) < 2:
        return named
    surnames = [word for word in named if _SURNAME.fullmatch(word)]
    if len(surnames) == 1:
        return [word for word in named if word not in surnames]
    if len(named) == len(words):
        return named  # neither is told to be the surname: a first name of two words
    at_end = father == len(words) - 1 or (father is None and bool(_PATRONYMIC.fullmatch(words[-1])))
    return named[1:] if at_end else named[:1]


def _check(cell: str, line: int, file: str) -> None:
    shown = harmless(cell[:_SHOWN_LETTERS]).replace("\t", " ").replace("\n", " ")
    if any(unicodedata.category(sign)[0] == "C" for sign in cell):
        raise InputError(
            N_("The name in line {line} of {file} has a sign in it that cannot be shown: “{name}”.", line=line, file=file, name=shown),
            N_("Delete the line and type the name anew."),
        )
    if "?" in cell or "\ufffd" in cell or _is_garbled(cell):
        raise InputError(
            N_("Letters of the name in line {line} of {file} were lost in saving: “{name}”.", line=line, file=file, name=shown),
            N_("Open the list where it was made and save it anew: in Excel “Save as”, then .xlsx or “CSV UTF-8”, which keep all letters."),
        )
    if _SIGNS.search(cell) or not cell[:1].isalpha():
        raise InputError(
            N_("Line {line} of {file} is no name: “{name}”.", line=line, file=file, name=shown),
            N_("Delete that line, or write the first name alone there."),
        )


def _is_garbled(cell: str) -> bool:
    """Whether the letters are UTF-8 that was taken for an old encoding."""
    for encoding in _WRONG_READINGS:
        try:
            if cell.encode(encoding).decode("utf-8") != cell:
                return True
        except UnicodeError:
            continue
    return False
