"""Sixty class lists as schools have them, half of them damaged: every one is read right, or refused with the line and what to do."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lovhe.adapters.roster_files import read_roster
from lovhe.core.errors import InputError

from .rosters.damaged import DAMAGED
from .rosters.good import GOOD
from .rosters.writing import Case


def test_the_corpus_is_what_it_should_be() -> None:
    """Sixty files, half of them damaged, each with a name of its own."""
    assert (len(GOOD), len(DAMAGED)) == (30, 30)
    assert len({case.name for case in GOOD + DAMAGED}) == 60


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_list_is_read_right(case: Case) -> None:
    """Classes, numbers and first names, and nothing else."""
    found = read_roster(case.data, case.name)
    assert [(one.class_name, [(entry.number, entry.first_name) for entry in one.entries]) for one in found] == case.expected, case.why


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_a_damaged_list_is_refused(case: Case) -> None:
    """With the line, where the fault is in one, and what to do."""
    with pytest.raises(InputError) as caught:
        read_roster(case.data, case.name)
    told = re.search(r"[Ll]ine (\d+) of", str(caught.value.what))
    assert (int(told[1]) if told else None) == case.line, f"{case.why}: {caught.value}"
    assert str(caught.value.next_step)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["№", "Adı"])
    for number, name in enumerate(("Aysel", "Murad", "Əli"), 1):
        book.active.append([number, name])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_far_cell_costs_nothing() -> None:
    """A stray space in the last cell of the sheet is no reason to make a table of all cells."""
    book = openpyxl.load_workbook(io.BytesIO(_workbook()))
    book.active["XFD1048576"] = "x"
    file = io.BytesIO()
    book.save(file)
    [found] = read_roster(file.getvalue(), "far.xlsx")
    assert [entry.first_name for entry in found.entries] == ["Aysel", "Murad", "Əli"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_workbook_that_was_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    """Whichever byte of whichever part is another one, nothing but `InputError` comes out."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(_workbook())) as whole:
        parts = {name: bytearray(whole.read(name)) for name in whole.namelist()}
    part = parts[data.draw(st.sampled_from(sorted(parts)))]
    part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as damaged:
        for name, content in parts.items():
            damaged.writestr(name, bytes(content))
    try:
        found = read_roster(file.getvalue(), "damaged.xlsx")
    except InputError:
        return
    assert all(entry.first_name.isprintable() for one in found for entry in one.entries)
