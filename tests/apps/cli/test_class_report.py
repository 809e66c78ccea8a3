"""`lovhe class report`: a page a pupil, read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.core.checks.report import Report

from tests.box_font import box_font
from tests.pdf_words import pdf_pages
from tests.school_classes import add_pupils

Command = Callable[..., tuple[str, str]]
LETTERS = [*map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x180), 0x18F, 0x259, *range(0x400, 0x460), 0x2013, 0x2026])]


@pytest.fixture(autouse=True)
def _fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fonts this PC has."""
    (tmp_path / "fonts").mkdir()
    box_font(tmp_path / "fonts" / "arial.ttf", "".join(LETTERS))
    monkeypatch.setattr("lovhe.adapters.label_fonts.font_folders", lambda: [tmp_path / "fonts"])


@pytest.fixture
def seven_a(command: Command) -> None:
    """Aysel and Murad have tried the goal of the first lesson, Murad that of the second, too; Nigar nothing; 6-03 is corrected."""
    with wiring.results() as store:
        aysel, murad, _ = add_pupils(store.roster(), "7A", ["Aysel", "Murad", "Nigar"])
        for name, outcome, points, pupils in (("6-01-blink", "failed", 1, (aysel, murad)), ("6-02-button-light", "passed", 9, (murad,))):
            lesson = wiring.kit().lesson(name)
            assert lesson.goal is not None
            report = Report(name, outcome, points, 9, [], step=lesson.goal.id)
            record_attempt(store, lesson, report, [], board="b", program="", pupils=pupils)
        store.audit().correct(aysel.id, "6-03-night-light", 5, "Kağızda yazdı")


@pytest.mark.usefixtures("seven_a")
def test_a_class_is_a_file_with_a_page_a_pupil(command: Command, tmp_path: Path) -> None:
    """By number; with points, attempts and what was set by hand; nothing of one pupil stands on another's page."""
    file = tmp_path / "7A.pdf"
    assert "3 reports are in" in command("class", "report", "7a", "--pdf", str(file))[1]
    aysel, murad, nigar = (" ".join(page) for page in pdf_pages(file))
    assert "Aysel" in aysel
    assert "Class 7A, number 1" in aysel
    assert "6-03 " in aysel
    assert "Set by the teacher: Kağızda yazdı" in aysel
    assert "6-02 The cellar light" in aysel.partition("What comes next")[2]
    assert "Kağızda" not in murad
    assert "2 lessons that were begun. 2 attempts were handed in." in murad
    assert "3.4 Programming" in murad
    assert "Nothing has been handed in yet." in nigar
    assert not {"Murad", "Nigar"} & set(aysel.split())


@pytest.mark.usefixtures("seven_a")
@pytest.mark.parametrize(("language", "word"), [("az", "Dərslər"), ("ru", "Уроки"), ("en", "Lessons")])
def test_one_pupil_is_one_page_in_the_users_language(command: Command, tmp_path: Path, language: str, word: str) -> None:
    """An older report is replaced, another file is not."""
    file = tmp_path / "murad.pdf"
    for _ in range(2):
        command("class", "report", "7A", "2", "--pdf", str(file), "--lang", language)
    (page,) = pdf_pages(file)
    assert word in page
    assert "Murad" in page
    file.write_text("mine")
    assert "may hold somebody's work" in command("class", "report", "7A", "2", "--pdf", str(file), code=2)[1]
    assert file.read_text() == "mine"


@pytest.mark.usefixtures("seven_a")
def test_in_a_folder_each_pupil_gets_a_file(command: Command, tmp_path: Path) -> None:
    """Called by class and number, and nothing else is left there."""
    folder = tmp_path / "reports"
    folder.mkdir()
    assert "3 reports are in" in command("class", "report", "7A", "--pdf", str(folder))[1]
    assert sorted(file.name for file in folder.iterdir()) == ["7A-01.pdf", "7A-02.pdf", "7A-03.pdf"]
    assert "Murad" in pdf_pages(folder / "7A-02.pdf")[0]
    assert "nobody has the number 9" in command("class", "report", "7A", "9", "--pdf", str(folder), code=2)[1]
    assert "cannot be written" in command("class", "report", "7A", "--pdf", str(folder / "none" / "a.pdf"), code=2)[1]
