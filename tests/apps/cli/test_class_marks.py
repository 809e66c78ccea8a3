"""`lovhe class marks`: on the screen, as JSON and as files for Excel."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.core.checks.report import Report

from tests.school_classes import add_pupils

from .terminal import Terminal

Command = Callable[..., tuple[str, str]]
LESSONS = ("6-01-blink", "6-02-button-light")


@pytest.fixture
def handed_in(command: Command) -> None:
    """Aysel and Murad together, then Murad alone; Nigar nothing. Nobody has begun any other lesson."""
    with wiring.results() as store:
        aysel, murad, _ = add_pupils(store.roster(), "7A", ["Aysel", "Murad", "Nigar"])
        for name, points, pupils in ((LESSONS[0], 1, (aysel, murad)), (LESSONS[1], 3, (murad,)), (LESSONS[1], 2, (murad,))):
            lesson = wiring.kit().lesson(name)
            step = next(one.id for one in lesson.file.step if one.kind == "make")
            record_attempt(store, lesson, Report(name, "failed", points, 9, [], step=step), [], board="b", program="", pupils=pupils)


def _totals() -> list[int]:
    from lovhe.core.lessons.progress import lesson_progress, points_of

    found = []
    for name in LESSONS:
        lesson = wiring.kit().lesson(name)
        goal = next(one for one in lesson.file.step if one.kind == "make")
        found.append(lesson_progress(lesson, (), ()).total - points_of(lesson, goal) + 9)
    return found


@pytest.mark.usefixtures("handed_in")
def test_a_class_sees_its_points(command: Command) -> None:
    """By lesson and by skill; what a pupil has not begun is empty; the best attempt counts, with --last the newest."""
    rows = [line.split() for line in command("class", "marks", "7a")[0].splitlines()]
    assert rows[0][-3:] == ["6-01", "6-02", "Sum"]
    assert [row[-1] for row in rows[1:]] == [str(sum(_totals())), "1", "4", "0"]
    assert [line.split()[-1] for line in command("class", "marks", "7A", "--last")[0].splitlines()][3] == "3"
    by_skill = command("class", "marks", "7A", "--by", "strands")[0].splitlines()
    assert "Algorithms" in by_skill[0]
    assert by_skill[3].split()[:3] == ["2", "Murad", "4"]
    assert "3.4 Programming" in command("class", "marks", "7A", "--by", "digcomp")[0]
    found = json.loads(command("class", "marks", "7A", "--json")[0])
    assert found["lessons"] == dict(zip(LESSONS, _totals(), strict=True))
    murad = found["pupils"][1]
    assert (murad["points"], murad["lessons"][LESSONS[1]]["attempts"], found["pupils"][2]["lessons"]) == (4, 2, {})


@pytest.mark.usefixtures("handed_in")
@pytest.mark.parametrize(("language", "separator", "heading"), [("az", ";", "Maksimum"), ("ru", ";", "Максимум"), ("en", ",", "Maximum")])
def test_files_for_excel_have_the_same_numbers(command: Command, tmp_path: Path, language: str, separator: str, heading: str) -> None:
    """As text in the way of the user's language, and as a workbook with the skills on sheets of their own."""
    for name in ("marks.csv", "marks.xlsx"):
        said = command("class", "marks", "7A", f"--{name[6:]}", str(tmp_path / name), "--lang", language)[1]
        assert name in said
    rows = list(csv.reader(io.StringIO((tmp_path / "marks.csv").read_text(encoding="utf-8-sig"), newline=""), delimiter=separator))
    assert rows[1][1:] == [heading, *map(str, _totals()), str(sum(_totals()))]
    assert [row[2:] for row in rows[2:]] == [["1", "", "1"], ["1", "3", "4"], ["", "", "0"]]
    assert rows[0][2].startswith("6-01 ")
    book = openpyxl.load_workbook(tmp_path / "marks.xlsx")
    assert [[cell.value for cell in row][2:] for row in book.worksheets[0].iter_rows(min_row=3)] == [
        [1, None, 1],
        [1, 3, 4],
        [None, None, 0],
    ]
    assert len(book.worksheets) == 4
    assert [cell.value for cell in book.worksheets[1][4]][:3] == [2, "Murad", 4]


@pytest.mark.usefixtures("handed_in")
def test_points_that_are_set_by_hand_count_and_are_told(command: Command, tmp_path: Path) -> None:
    """With the reason; none takes them back; a change from outside is found out."""
    assert "Nothing was changed by hand" in command("results", "audit")[1]
    assert "Nigar has 6 of" in command("class", "correct", "7A", "3", "6-01", "6", "--reason", "Kağızda yazdı")[1]
    out, said = command("class", "marks", "7A")
    assert "Some points were set by hand" in said
    assert out.splitlines()[-1].split()[-1] == "6"
    command("class", "marks", "7A", "--xlsx", str(tmp_path / "marks.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "marks.xlsx").worksheets[3]
    assert [cell.value for cell in sheet[2]][3:] == [6, "Kağızda yazdı"]
    assert json.loads(command("class", "marks", "7A", "--json")[0])["pupils"][2]["lessons"][LESSONS[0]]["reason"] == "Kağızda yazdı"
    assert "1 change by hand, as it was written. Code: " in command("results", "audit")[0]
    assert "again the points" in command("class", "correct", "7A", "3", LESSONS[0], "none", "--reason", "səhv")[1]
    assert command("class", "marks", "7A")[0].splitlines()[-1].split()[-1] == "0"
    with closing(sqlite3.connect(wiring.data_folder() / "results.sqlite")) as db, db:
        db.execute("UPDATE audit_notes SET note = replace(note, '6', '9')")
    assert "changed from outside" in command("results", "audit", code=1)[1]
    assert {one["fault"] for one in json.loads(command("results", "audit", "--json", code=1)[0])["faults"]} == {"note changed"}


@pytest.mark.usefixtures("handed_in")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("7A", "1", "6-01", "9999", "--reason", "x"), "cannot be had"),
        (("7A", "1", "6-01", "two", "--reason", "x"), "is no number of points"),
        (("7A", "1", "6-0", "2", "--reason", "x"), "more than one begins so"),
        (("7A", "1", "none", "2", "--reason", "x"), "There is no lesson"),
        (("7A", "1", "6-01", "2", "--reason", " "), "needs a reason"),
        (("7A", "1", "6-01", "2"), "--reason"),
        (("7A", "9", "6-01", "2", "--reason", "x"), "nobody has the number 9"),
    ],
)
def test_a_correction_that_cannot_be_is_told(command: Command, words: tuple[str, ...], sentence: str) -> None:
    """And nothing is written down."""
    assert sentence in command("class", "correct", *words, code=2)[1]
    assert json.loads(command("results", "audit", "--json")[0])["entries"] == 0


def test_nothing_handed_in_and_no_such_class_are_told(command: Command) -> None:
    """With what to do."""
    assert "There is no class 7A" in command("class", "marks", "7A", code=2)[1]
    with wiring.results() as store:
        add_pupils(store.roster(), "7A", ["Aysel"])
    assert "Nobody in 7A has handed in anything yet." in command("class", "marks", "7A")[1]


@pytest.mark.usefixtures("handed_in")
def test_what_does_not_fit_on_the_screen_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest columns are those that stay."""
    monkeypatch.delenv("COLUMNS", raising=False)
    terminal = Terminal("class", "marks", "7A", "--by", "digcomp", columns=40)
    try:
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "no room here" in terminal.drawn
    assert "5.3" in terminal.drawn
