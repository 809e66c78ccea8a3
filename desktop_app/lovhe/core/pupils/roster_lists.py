"""From a table as teachers keep it to lists of first names and numbers, a list a class; nothing else of the table is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from lovhe.core.boards.names import MAX_NUMBER, check_class_name
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.first_names import Order, first_name
from lovhe.core.pupils.roster_text import Row, Table
from lovhe.core.shown_text import harmless
from lovhe.core.typed_words import plain

MOST_IN_CLASS = 60

Column = Literal["number", "class", "name", "surname", "first then surname", "surname then first", "full", "other"]

_HEADER_ROWS = 15
_WORDS: dict[Column, str] = {
    "number": "n|no|nr|nomre|nomresi|sira|sira n|sira no|sira nomresi|s s|sn|s n|номер|номер п п|п п|n п п|number|#",
    "class": "sinif|sinfi|класс|class",
    "name": "ad|adi|имя|name|first name|given name",
    "surname": "soyad|soyadi|familiya|familiyasi|фамилия|surname|last name|family name|ata adi|atasinin adi|ata|отчество|patronymic",
    "first then surname": "ad soyad|adi soyadi|ad ve soyad|adi ve soyadi|имя фамилия|имя и фамилия|name surname|first and last name",
    "surname then first": (
        "soyad ad|soyadi adi|soyad ve ad|soyadi ve adi|soyad ad ata adi|soyadi adi ata adi|soyadi adi atasinin adi|"
        "soyadi adi ve ata adi|soyadi adi ve atasinin adi|s a a|saa|a s a|asa|фио|ф и о|ф и|фи|фамилия имя|фамилия и имя|"
        "фамилия имя отчество|surname name|last name first name"
    ),
    "full": (
        "sagird|sagirdin adi|sagirdler|sagirdin adi soyadi|usaq|ученик|ученики|ученица|учащийся|учащиеся|"
        "student|students|pupil|pupils|full name"
    ),
    "other": "dogum tarixi|tevellud|telefon|fin|cins|cinsi|unvan|qeyd|дата рождения|телефон|пол|адрес|примечание|birth date|phone|note",
}
_COLUMNS: dict[str, Column] = {plain(word): column for column, words in _WORDS.items() for word in words.split("|")}
_ORDERS: dict[Column, Order] = {"name": "alone", "first then surname": "first", "surname then first": "second", "full": "unknown"}
_NUMBER = re.compile(r"0*([0-9]{1,6})[.)]?(?:[.,]0+)?")
_EXCEL_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


class Entry(msgspec.Struct, frozen=True):
    """A pupil in a list. `number` is None where the list has none; `line` is where they stand, counted from 1."""

    line: int
    first_name: str
    number: int | None = None


class ClassList(msgspec.Struct, frozen=True):
    """Those of a list who are in one class; `class_name` is "" where the list does not tell."""

    class_name: str
    entries: list[Entry]


class _Columns(msgspec.Struct, frozen=True):
    """Which of a table's columns are which, counted from 0; -1 for none. The pupils stand below `header`, a line, 0 for none."""

    name: int
    order: Order
    number: int = -1
    of_class: int = -1
    surnames: tuple[int, ...] = ()
    header: int = 0


def class_lists(tables: Sequence[Table], file: str) -> list[ClassList]:
    """The lists in all tables of a file, in their order; tables that are empty are left out. Raises `InputError` with the line."""
    found = [one for table in tables if table.rows for one in _lists_of(table, file)]
    if not found:
        raise InputError(N_("There is no name in {file}.", file=file), N_("Write one first name on each line."))
    return found


def _lists_of(table: Table, file: str) -> list[ClassList]:
    place = f"{file} ({table.title})" if table.title else file
    columns = _columns(table.rows, place)
    lists: dict[str, list[Entry]] = {}
    for row in table.rows:
        if row.line <= columns.header or not _has_pupil(row, columns, place):
            continue
        class_name = _class_of(row, columns, place) or _class_in(table.title)
        entries = lists.setdefault(class_name, [])
        entries.append(_entry(row, columns, place))
        _check_list(entries, class_name, place)
    if len(lists) > 1 and "" in lists:
        raise InputError(
            N_("The class is missing in line {line} of {file}.", line=lists[""][0].line, file=place),
            N_("Write it there, or delete the line."),
        )
    return [ClassList(name, entries) for name, entries in lists.items()]


def _check_list(entries: Sequence[Entry], class_name: str, file: str) -> None:
    """The last entry must have a number of its own, and room."""
    last = entries[-1]
    twin = next((one for one in entries[:-1] if last.number is not None and one.number == last.number), None)
    if twin is not None:
        raise InputError(
            N_(
                "The number {number} stands in line {line} of {file} and in line {other} before.",
                number=last.number,
                line=last.line,
                other=twin.line,
                file=file,
            ),
            N_("Give each pupil of a class a number of their own, or leave the numbers out."),
        )
    if len(entries) > MOST_IN_CLASS:
        raise too_many(len(entries))


def too_many(count: int) -> InputError:
    """For a class that would become too large."""
    return InputError(
        N_("These would be {count} pupils in one class; {n} is the most.", count=count, n=MOST_IN_CLASS),
        N_("Look whether the list is the right one. A larger class is best made two: 7A1 and 7A2."),
    )


def _columns(rows: Sequence[Row], file: str) -> _Columns:
    for row in rows[:_HEADER_ROWS]:
        known = [_COLUMNS.get(_heading(cell), "") for cell in row.cells]
        if sum(map(bool, known)) >= min(2, len(_filled(row))) and any(known):
            return _named_columns(row, known, file)
    return _unnamed_columns(rows, file)


def _named_columns(header: Row, known: Sequence[Column | str], file: str) -> _Columns:
    for column, order in _ORDERS.items():
        if column in known:
            surnames = tuple(index for index, one in enumerate(known) if one == "surname")
            if column == "full" and surnames:
                order = "alone"
            return _Columns(known.index(column), order, _place(known, "number"), _place(known, "class"), surnames, header.line)
    raise _which_column(header.line, file)


def _unnamed_columns(rows: Sequence[Row], file: str) -> _Columns:
    """One column of names, with one of numbers before it at most."""
    texts = {index for row in rows for index, cell in _filled(row) if not _NUMBER.fullmatch(cell)}
    numbers = {index for row in rows for index, cell in _filled(row)} - texts
    if not texts:
        raise InputError(
            N_("Line {line} of {file} is no name: “{name}”.", line=rows[0].line, file=file, name=harmless(_filled(rows[0])[0][1][:40])),
            N_("Delete that line, or write the first name alone there."),
        )
    if len(texts) > 1 or len(numbers) > 1:
        raise _which_column(rows[0].line, file)
    return _Columns(texts.pop(), "unknown", numbers.pop() if numbers else -1)


def _which_column(line: int, file: str) -> InputError:
    return InputError(
        N_("In line {line} of {file} nothing says which column has the first names.", line=line, file=file),
        N_("Write the columns' names into the first line, like: №; Soyadı; Adı. Or give one first name on each line and nothing else."),
    )


def _has_pupil(row: Row, columns: _Columns, file: str) -> bool:
    """Whether a row is a pupil's; lines that a printed form keeps free are nobody's, and a surname alone is no pupil yet."""
    if _cell(row, columns.name):
        return True
    if any(_cell(row, index) for index in columns.surnames):
        raise InputError(
            N_("The first name is missing in line {line} of {file}.", line=row.line, file=file),
            N_("Write it there, or delete the line."),
        )
    return False


def _entry(row: Row, columns: _Columns, file: str) -> Entry:
    cell = _cell(row, columns.name)
    if cell in _EXCEL_ERRORS:
        raise InputError(
            N_("Line {line} of {file} is no name: “{name}”.", line=row.line, file=file, name=cell),
            N_("Delete that line, or write the first name alone there."),
        )
    name = first_name(cell, columns.order, row.line, file)
    typed = _cell(row, columns.number)
    if not typed:
        return Entry(row.line, name)
    number = _NUMBER.fullmatch(typed)
    if number is None or not 1 <= int(number[1]) <= MAX_NUMBER:
        raise InputError(
            N_("“{typed}” in line {line} of {file} is no number of a pupil.", typed=harmless(typed[:40]), line=row.line, file=file),
            N_("Write a number from 1 to {most}, or leave the cell empty.", most=MAX_NUMBER),
        )
    return Entry(row.line, name, int(number[1]))


def _class_of(row: Row, columns: _Columns, file: str) -> str:
    typed = _cell(row, columns.of_class)
    if not typed:
        return ""
    try:
        return check_class_name(re.sub(r"[\s\"'“”«»\-]", "", typed))
    except InputError as problem:
        raise InputError(
            N_("“{name}” in line {line} of {file} is no name of a class.", name=harmless(typed[:40]), line=row.line, file=file),
            problem.next_step,
        ) from problem


def _class_in(title: str) -> str:
    """The class whose name a sheet has: it begins with its grade."""
    found = re.fullmatch(r"\s*([0-9]{1,2})\s*[-\"'“”«»]*\s*(\w{1,3})[\"'“”«»]*(?:\s+(?:sinfi|sinif|класс|class))?\s*", title, re.IGNORECASE)
    return check_class_name(found[1] + found[2]) if found and not found[2].isdecimal() else ""


def _heading(cell: str) -> str:
    return " ".join(re.findall(r"[\w#№]+", plain(cell.replace("№", "n ").replace("(", " ("))))


def _place(known: Sequence[Column | str], column: Column) -> int:
    return known.index(column) if column in known else -1


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(index, cell) for index, cell in enumerate(row.cells) if cell]


def _cell(row: Row, index: int) -> str:
    return row.cells[index] if 0 <= index < len(row.cells) else ""
