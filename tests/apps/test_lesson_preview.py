"""A preview keeps its place and what could be read, whatever happens to the files."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.apps.lesson_preview import Keys, LessonPreview
from lovhe.apps.lesson_screen import PreviewScreen
from lovhe.apps.lesson_view import LessonView, check_command, student_view, teacher_view
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import read_lesson
from lovhe.core.messages import N_
from rich.console import Console

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
    """An arrow comes as several characters, of which the first alone means to end; it may come in two pieces."""
    assert Keys().told("n\x1b[C\x1b[Dq") == ["n", "\x1b[C", "\x1b[D", "q"]
    keys = Keys()
    assert [keys.told(piece) for piece in ("n\x1b", "[", "C", "\x1b", "")] == [["n"], [], ["\x1b[C"], [], ["\x1b"]]
    preview = LessonPreview(Files().read, show, "en", "guess")
    assert preview.page is not None
    assert preview.page.id == "guess"
    preview.press("\x1b")
    assert preview.ended


@pytest.mark.parametrize("typed", ["\x1bOP", "\x1b[15~", "\x1b[2~", "\x1b[1;5C", "\x1bq", "\x1b[Z", "\x1b[200~"])
def test_keys_without_a_meaning_do_nothing(typed: str) -> None:
    """F1, F5, Insert, Ctrl with an arrow, Alt with a letter: none of them ends the preview, nor does what they are made of."""
    preview = LessonPreview(Files().read, show, "en")
    assert [preview.press(one) for one in Keys().told(typed)] == [False]
    assert (preview.number, preview.ended) == (0, False)


def test_home_and_end_are_the_first_and_the_last_page() -> None:
    """In either of the ways in which terminals send them."""
    preview = LessonPreview(Files().read, show, "en")
    for home, end in (("\x1b[H", "\x1b[F"), ("\x1bOH", "\x1bOF"), ("\x1b[1~", "\x1b[4~")):
        assert preview.press(end)
        assert preview.page is not None
        assert preview.page.id == "stretch"
        assert preview.press(home)
        assert preview.number == 0


def test_page_keys_scroll_before_they_turn() -> None:
    """A page of 25 lines on a screen of 10: two screens further, then the next page; back is the end of the one before."""
    preview = LessonPreview(Files().read, show, "en")
    places = []
    for _ in range(3):
        preview.shown(25, 10)
        preview.press("\x1b[6~")
        places.append((preview.number, min(preview.down, 15)))
    assert places == [(0, 9), (0, 15), (1, 0)]
    preview.shown(5, 10)
    preview.press("\x1b[5~")
    preview.shown(25, 10)
    assert (preview.number, preview.down, preview.below) == (0, 15, 0)


def test_what_is_wrong_is_shown_letter_by_letter() -> None:
    """Square brackets name tables of the author's files; they are no orders to the screen."""
    files = Files()
    preview = LessonPreview(files.read, show, "en")
    files.now = LessonError(N_("en.md, {where}: it is empty.", where="[ask]"), N_("Mend [/ask] it."))
    preview.look()
    screen = Console(width=80, height=24, file=io.StringIO(), record=True)
    screen.print(PreviewScreen(preview))
    shown = screen.export_text()
    assert "! en.md, [ask]: it is empty." in shown
    assert "! Mend [/ask] it." in shown


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
