"""A class list saved as text, with whatever letters and separators its program uses: its rows, or the line that cannot be read.

Excel saves with the separator of the system's region (";" in Azerbaijan and Russia) and, unless told otherwise, in the old encoding
of its language: cp1251 for Russian, cp1254 for Azerbaijani in Latin letters, which has no "ə" and gets a "?" instead.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_

MOST_ROWS = 5000

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEPARATORS = (";", "\t", ",", "|")
_SAID_SEPARATOR = re.compile(r"sep=(.)\Z", re.IGNORECASE)
_RUSSIAN = re.compile(r"[A-Za-z?]+|[А-Яа-яЁё?]+")
_AZERBAIJANI = re.compile(r"[A-Za-zçğıöşüÇĞİÖŞÜ?]+")
_WORDS = re.compile(r"(?:[^\W\d_]|\?)+")  # with what a lost letter became
_LOOKED_AT_ROWS = 50


class Row(msgspec.Struct, frozen=True):
    """One row of a list. `line` is counted from 1, as an editor or Excel counts it; `cells` are without spaces around."""

    line: int
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """The rows of a file, or of one sheet of it, that have anything in them. `title` is the sheet's, "" for a text file."""

    title: str
    rows: list[Row]


def read_text_table(data: bytes, file: str) -> Table:
    """The rows of a list saved as text. Raises `InputError`."""
    lines = _decoded(data, file).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = 0
    said = _SAID_SEPARATOR.match(lines[0])  # for Excel, which does not show this line
    if said:
        lines[0], first = "", 1
    separator = said[1] if said else _separator(lines)
    try:
        rows = [row for row in _rows(lines, separator) if any(row.cells)]
    except csv.Error as problem:
        raise no_list(file) from problem
    if len(rows) - first > MOST_ROWS:
        raise too_long(file)
    return Table("", rows)


def too_long(file: str) -> InputError:
    """For a list with more rows than a school has pupils."""
    return InputError(
        N_("There are more than {n} rows in {file}.", n=MOST_ROWS, file=file),
        N_("Give a list with the pupils of one school and nothing else."),
    )


def no_list(file: str) -> InputError:
    """For bytes that are no list of names at all."""
    return InputError(
        N_("{file} is no list of names.", file=file),
        N_("Give a list as Excel (.xlsx) or as text: in Excel “Save as”, then “CSV UTF-8”."),
    )


def _decoded(data: bytes, file: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded_as(data[len(mark) :], encoding, file)
    if b"\0" in data:
        if len(data) % 2 or 4 * data.count(b"\0") < len(data):
            raise no_list(file)
        return _decoded_as(data, "utf-16-be" if not data[0] else "utf-16-le", file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _decoded_old(data, problem.start, file)


def _decoded_as(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, errors="ignore")
        raise _unreadable(len(_lines_of(before)), file) from problem


def _decoded_old(data: bytes, first_byte: int, file: str) -> str:
    """Text in one of the two old encodings: the one in which its words are words of one alphabet."""
    cyrillic = data.decode("cp1251", errors="replace")
    latin = data.decode("cp1254", errors="replace")
    strange = [_strange_line(cyrillic, _RUSSIAN), _strange_line(latin, _AZERBAIJANI)]
    if strange[0] is None:
        return cyrillic
    if strange[1] is None:
        return latin
    line = max(strange[0], strange[1], 1 + data[:first_byte].count(b"\n"))
    raise _unreadable(line, file)


def _strange_line(text: str, is_word: re.Pattern[str]) -> int | None:
    """The first line with a word, or a sign, that is not of the language; None where there is none."""
    for number, line in enumerate(_lines_of(text), 1):
        if any(not is_word.fullmatch(word) for word in _WORDS.findall(line)) or any(_is_strange(sign) for sign in line):
            return number
    return None


def _is_strange(sign: str) -> bool:
    """Not a letter, and beyond ASCII: of those, lists have dashes, quotation marks and "№" alone."""
    return not sign.isascii() and not sign.isalpha() and sign not in "–—«»“”„’‘…№\xa0"


def _unreadable(line: int, file: str) -> InputError:
    return InputError(
        N_("The letters in line {line} of {file} cannot be read.", line=line, file=file),
        N_("Save the list anew: in Excel “Save as”, then “CSV UTF-8” or .xlsx; in Notepad “Save as”, Encoding: UTF-8."),
    )


def _lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _separator(lines: list[str]) -> str:
    """The sign that parts most rows into the same number of columns; a sign that is in no row is none."""
    shown = [line for line in lines if line.strip()][:_LOOKED_AT_ROWS]
    best, best_rows = "", 0
    for sign in _SEPARATORS:
        counts = [len(row.cells) for row in _rows(shown, sign)]
        parted = [count for count in counts if count > 1]
        alike = max(map(parted.count, parted), default=0)
        if alike > best_rows:
            best, best_rows = sign, alike
    return best


def _rows(lines: list[str], separator: str) -> Iterator[Row]:
    """The rows, by the lines on which they begin; without a separator each line is one cell."""
    if not separator:
        for number, line in enumerate(lines, 1):
            yield Row(number, (tidy(line),))
        return
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=separator)
    begin = 1
    for cells in reader:
        yield Row(begin, tuple(map(tidy, cells)))
        begin = reader.line_num + 1


def tidy(cell: str) -> str:
    """A cell's text in composed letters, with single spaces, and none around."""
    return unicodedata.normalize("NFC", " ".join(re.split(r"[ \xa0]+", cell.strip(" \xa0"))))
