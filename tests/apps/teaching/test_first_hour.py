"""The practice of the first hour: a class and a page in a folder of its own, and nothing of it elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from lovhe.apps import wiring
from lovhe.apps.data_places import data_in
from lovhe.apps.teaching.first_hour import CLASS, LESSON, keep_page, last_page, practice_class, practice_folder, remove_practice, save_marks
from lovhe.apps.teaching.first_hour_pages import PAGES
from lovhe.apps.teaching.practice_pupils import play_classmates
from lovhe.core.errors import InputError


def test_each_page_has_a_name_and_the_first_lesson_is_there() -> None:
    """What F5 does on a page is said in its sentences."""
    assert len({page.id for page in PAGES}) == len(PAGES)
    assert all("F5" in " ".join(page.sentences) for page in PAGES if page.do)
    assert wiring.kit().lesson(LESSON).file.step


def test_the_hour_goes_on_where_it_was(tmp_path: Path) -> None:
    """At the first page where nothing can be read, or a page of another release stands."""
    folder = tmp_path / "practice"
    assert last_page(folder) == 0
    keep_page(folder, 3)
    assert last_page(folder) == 3
    for damaged in (b"", b"\xff", b'{"page": "another"}', b'{"page": 3}'):
        (folder / "first-hour.json").write_bytes(damaged)
        assert last_page(folder) == 0


def test_the_practice_class_is_made_once_and_is_not_among_the_others(data_dir: Path) -> None:
    """The teacher is its first pupil."""
    folder = practice_folder()
    assert folder == data_dir / "practice"
    with data_in(folder):
        first = practice_class()
        assert practice_class() == first
        assert [pupil.first_name for pupil in first.pupils] == ["Teacher", "Aysel", "Murad"]
        file = save_marks(folder)
    sheet = openpyxl.load_workbook(io.BytesIO(file.read_bytes())).worksheets[0]
    assert "Teacher" in [row[1].value for row in sheet.iter_rows()]
    with wiring.results() as store:
        assert CLASS not in [one.name for one in store.roster().classes()]


def test_data_lie_elsewhere_only_meanwhile(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody has said before where they are to lie."""
    with data_in(tmp_path / "other"):
        assert wiring.data_folder() == tmp_path / "other"
    assert wiring.data_folder() == data_dir
    monkeypatch.delenv("LOVHE_DATA_DIR")
    home = wiring.data_folder()
    with data_in(tmp_path / "other"):
        pass
    assert wiring.data_folder() == home


def test_practice_is_removed_as_a_whole(tmp_path: Path) -> None:
    """What is gone already is no problem; what cannot be removed is told."""
    folder = tmp_path / "practice"
    keep_page(folder, 1)
    (folder / "work").mkdir()
    remove_practice(folder)
    assert not folder.exists()
    remove_practice(folder)
    folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(InputError, match="cannot be removed"):
        remove_practice(folder)


def test_classmates_hand_in_once_and_one_of_them_is_stuck(data_dir: Path) -> None:
    """Their programs are run and judged as all others are."""
    school_class = practice_class()
    for _ in range(2):
        play_classmates(school_class)
    teacher, aysel, murad = school_class.pupils
    with wiring.results() as store:
        handed_in = [[one.outcome for one in store.progress_of([pupil.id])] for pupil in (teacher, aysel, murad)]
    assert handed_in == [[], ["failed", "failed"], ["passed"]]
