"""A preview keeps its place and what could be read, whatever happens to the files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.apps.lesson_preview import LessonPreview, keys_in
from lovhe.apps.lesson_view import LessonView, check_command, student_view, teacher_view
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import read_lesson
from lovhe.core.messages import N_

from tests.step_lesson import SECTIONS, step_lesson_files

KIT = KitFiles()


def a_lesson(change: Callable[[dict[str, bytes]], object] = lambda files: None) -> Lesson:
    """A lesson with a step of every kind, changed."""
    files = step_lesson_files()
    change(files)
    return read_lesson("6-99-steps", files, KIT.boards(), KIT.parts())


def show(lesson: Lesson, language: str) -> LessonView:
    """Its pages, without drawings."""
    return student_view(lesson, KIT.boards(), KIT.parts(), language, lambda picture, words: "")


class Files:
    """A lesson's files as somebody works on them: `now` is what they hold, a lesson or what is wrong."""

    def __init__(self) -> None:
        self.now: Lesson | LessonError = a_lesson()

    def read(self) -> Lesson:
        """As the kit would."""
        if isinstance(self.now, LessonError):
            raise self.now
        return self.now


def test_pages_are_turned_between_the_first_and_the_last() -> None:
    """The first page, one for each step, words and stretch tasks; further is nowhere."""
    preview = LessonPreview(Files().read, show, "en")
    seen = []
    for _ in range(len(SECTIONS) + 5):
        assert preview.page is not None
        seen.append(preview.page.id)
        preview.press("n")
    assert seen == ["", *SECTIONS, "words", "stretch", "stretch", "stretch"]
    for _ in seen:
        preview.press("p")
    assert preview.number == 0


@pytest.mark.parametrize(("typed", "number"), [("n", 1), ("N", 1), ("т", 1), ("\x1b[C", 1), (" ", 1), ("x", 0), ("ü", 0)])
def test_keys_mean_the_same_on_every_layout(typed: str, number: int) -> None:
    """A Cyrillic layout gives another letter for the same key; a key without a meaning does nothing."""
    preview = LessonPreview(Files().read, show, "en")
    assert preview.press(typed) is bool(number)
    assert preview.number == number
    assert not preview.ended


def test_arrows_are_told_from_the_key_that_ends() -> None:
    """An arrow comes as several characters, of which the first alone means to end."""
    assert keys_in("n\x1b[C\x1b[Dq") == ["n", "\x1b[C", "\x1b[D", "q"]
    preview = LessonPreview(Files().read, show, "en", "guess")
    assert preview.page is not None
    assert preview.page.id == "guess"
    preview.press("\x1b")
    assert preview.ended


def test_a_broken_lesson_shows_what_could_be_read_before() -> None:
    """The problem stands beside it and goes when it is mended; the place in the lesson is kept."""
    files = Files()
    preview = LessonPreview(files.read, show, "en", "gaps")
    assert not preview.look()
    files.now = LessonError(N_("It is broken."), N_("Mend it."))
    assert preview.look()
    assert not preview.look()
    assert preview.problem is files.now
    files.now = a_lesson(lambda changed: changed.update({"en.md": changed["en.md"].replace(b"Title of gaps", b"Gaps")}))
    assert preview.look()
    assert preview.problem is None
    assert preview.page is not None
    assert (preview.page.id, preview.page.title) == ("gaps", "5. Gaps")


def test_a_lesson_that_was_broken_from_the_begin_is_shown_when_it_is_mended() -> None:
    """Even at the step that was asked for."""
    files = Files()
    whole, files.now = files.now, LessonError(N_("It is broken."), N_("Mend it."))
    preview = LessonPreview(files.read, show, "en", "sort")
    assert preview.page is None
    preview.press("n")
    preview.press("l")
    files.now = whole
    assert preview.look()
    assert preview.page is not None
    assert preview.page.id == "sort"


def test_the_language_changes_and_a_missing_one_is_said_to_be() -> None:
    """Round and round through az, ru and en."""
    preview = LessonPreview(Files().read, show, "en")
    assert preview.view is not None
    assert preview.view.fallback is None
    preview.press("l")
    assert (preview.language, preview.view.language) == ("az", "en")
    assert "Azərbaycanca" in str(preview.view.fallback)


def test_each_step_says_how_it_is_checked() -> None:
    """The commands are those that `lovhe check` takes."""
    lesson = a_lesson()
    commands = {step.id: check_command(lesson, step).removeprefix("lovhe check 6-99-steps ") for step in lesson.file.step}
    assert commands == {
        "start": "",
        "build": "--step build",
        "guess": "--step guess --answer a",
        "sort": '--step sort --answer "3 1 2"',
        "gaps": '--step gaps --answer "…; …"',
        "faster": "--step faster faster.py",
        "count": "--step count",
        "own": "main.py",
    }


def test_a_lesson_without_steps_is_one_text() -> None:
    """As lessons of the format before are."""
    lesson = a_lesson(
        lambda files: files.update(
            {
                "lesson.toml": files["lesson.toml"].split(b"[[step]]")[0] + b"[[check]]" + files["lesson.toml"].split(b"[[check]]", 1)[1],
                "en.md": files["en.md"].split(b"+++\n## ")[0] + b"+++\nWrite a program.\n",
            }
        )
    )
    view = show(lesson, "en")
    assert [page.id for page in view.pages] == [""]
    assert "Write a program." in view.pages[0].markdown


def test_a_lesson_without_a_teachers_page_has_none() -> None:
    """The front end says so."""
    assert teacher_view(a_lesson(lambda files: files.pop("teacher.en.md")), KIT.boards(), KIT.parts(), "en") is None
