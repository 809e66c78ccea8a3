"""A folder of lessons is looked at again and again: what changes is linted, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.writing import watch
from lovhe.apps.writing.lesson_files import find_written, first_folder, kit_lessons, languages_of
from lovhe.apps.writing.mends import mends_of
from lovhe.apps.writing.watch import LessonWatch
from lovhe.core.errors import InputError

from .conftest import SMALL, Waits

Begun = Callable[[Any], Any]

BLINK = "6-01-blink"


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


@pytest.fixture
def watched(lessons: Path, begun: Begun, wait_for: Waits) -> LessonWatch:
    """The folder, looked at for the first time."""
    found: LessonWatch = begun(LessonWatch(lessons, look_s=0.05))
    wait_for(lambda: found.looks, "the first look")
    return found


def test_a_lesson_is_linted_when_its_file_changes_and_no_other_is(
    lessons: Path, watched: LessonWatch, wait_for: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error comes with its file and line, a mend takes it away."""
    linted: list[str] = []
    real = watch.lint_written
    monkeypatch.setattr(watch, "lint_written", lambda lesson, stamp: (linted.append(lesson.id), real(lesson, stamp)))
    blink = watched.lessons[BLINK]
    assert list(watched.lessons) == [BLINK, "6-02-button-light", SMALL]
    assert [str(cell) for _, cell in (blink.lint_cell, blink.tests_cell)] == ["nothing to mend", "not run"]
    toml = lessons / BLINK / "lesson.toml"
    _edit(toml, "minutes = 45", "minutes = 45\nminuts = 45")
    wait_for(lambda: blink.errors, "the error")
    line = toml.read_text("utf-8").split("\n").index("minuts = 45") + 1
    mends = [mend for mend in mends_of(blink) if mend.sign == "wrong"]
    assert {(mend.file, mend.line) for mend in mends} == {("lesson.toml", line)}
    assert mends[0].head.startswith(f"lesson.toml:{line}  ")
    assert all(mend.more for mend in mends)
    _edit(toml, "minuts = 45\n", "")
    wait_for(lambda: blink.findings == [], "the mend")
    looks = watched.looks
    wait_for(lambda: watched.looks > looks + 2, "some more looks")
    assert set(linted) == {BLINK}
    assert len(linted) <= 4


def test_what_is_no_toml_is_told_with_its_line(lessons: Path, watched: LessonWatch, wait_for: Waits) -> None:
    """Half a file, as an editor may leave it."""
    small = watched.lessons[SMALL]
    (lessons / SMALL / "lesson.toml").write_bytes(b"grade = 6\norder =\n")
    wait_for(lambda: small.errors, "the error")
    assert ("lesson.toml", 2) in {(mend.file, mend.line) for mend in mends_of(small)}


def test_lessons_come_and_go(lessons: Path, watched: LessonWatch, wait_for: Waits) -> None:
    """A new folder is a new lesson; the folder as a whole may be put away and come back."""
    shutil.copytree(lessons / SMALL, lessons / "6-98-twin")
    wait_for(lambda: "6-98-twin" in watched.lessons and watched.lessons["6-98-twin"].findings is not None, "the new lesson")
    shutil.rmtree(lessons / "6-98-twin")
    wait_for(lambda: "6-98-twin" not in watched.lessons, "its end")
    away = lessons.with_name("away")
    lessons.rename(away)
    wait_for(lambda: watched.trouble is not None and not watched.lessons, "what is wrong with the folder")
    away.rename(lessons)
    wait_for(lambda: watched.trouble is None and BLINK in watched.lessons, "the folder")


def test_a_lesson_on_which_lint_breaks_stops_no_other(
    lessons: Path, watched: LessonWatch, wait_for: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is told in a sentence at that lesson."""

    def broken(lesson_id: str, *_: object) -> list[object]:
        if lesson_id == BLINK:
            raise RuntimeError("a fault of ours")
        return []

    monkeypatch.setattr("lovhe.core.lessons.lint.findings.find_in_lesson", broken)
    for name in (BLINK, SMALL):
        _edit(lessons / name / "solution.py", "\n", "\n\n")
    wait_for(lambda: watched.lessons[BLINK].problem is not None, "the problem")
    wait_for(lambda: watched.lessons[SMALL].findings == [], "the other lesson")
    assert str(watched.lessons[BLINK].lint_cell[1]) == "cannot be read"
    assert "did not foresee" in mends_of(watched.lessons[BLINK])[0].head


def test_a_folder_may_be_one_lesson_and_a_pack_says_its_languages(lessons: Path) -> None:
    """The pack's file is beside the lessons, or beside the one."""
    (lessons / "pack.toml").write_text('id = "mine"\nversion = "1.0"\nlicence = "CC-BY-SA-4.0"\nlanguages = ["az"]\n', "utf-8")
    places, problem = find_written(lessons)
    alone, _ = find_written(lessons / BLINK)
    assert list(alone) == [BLINK]
    assert problem is None
    assert languages_of(places[BLINK]) == languages_of(alone[BLINK]) == ["az"]
    (lessons / "pack.toml").write_text("id =", "utf-8")
    assert find_written(lessons)[1] is not None
    with pytest.raises(InputError):
        find_written(lessons / BLINK / "lesson.toml")


def test_the_folder_to_begin_with(lessons: Path) -> None:
    """The last one while it is there, else the kit's own."""
    assert first_folder(str(lessons)) == lessons
    assert first_folder(str(lessons / "nowhere")) == first_folder("") == kit_lessons()
