"""Every page of the kit's lessons, as the kit shows it on a screen of 80 columns."""

import io
import re
from functools import cache
from pathlib import Path

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.apps.language import Language
from lovhe.apps.lesson_forms import fenced
from lovhe.apps.lesson_view import LessonView, student_view, teacher_view
from lovhe.core.circuits.wiring_drawing import drawn_wiring
from lovhe.core.circuits.wiring_picture import WiringPicture
from rich.console import Console
from rich.markdown import Markdown

LESSONS = Path(__file__).parents[2] / "lessons"
KIT = KitFiles(LESSONS.parent)
LANGUAGES = ("az", "ru", "en")
IDS = sorted(path.parent.name for path in LESSONS.glob("*/lesson.toml"))


def _drawing(picture: WiringPicture, language: Language) -> str:
    return fenced("\n".join(drawn_wiring(picture, language.text)), "text")


@cache
def _views(lesson_id: str) -> list[LessonView]:
    """What pupils and teachers read, in each language in which it is written."""
    lesson, boards, parts = KIT.lesson(lesson_id), KIT.boards(), KIT.parts()
    pupils = [student_view(lesson, boards, parts, code, _drawing) for code in lesson.texts]
    teachers = [teacher_view(lesson, boards, parts, code) for code in lesson.teacher]
    return [*pupils, *(view for view in teachers if view is not None)]


@pytest.mark.parametrize("lesson_id", IDS)
def test_no_page_is_wider_than_the_screen(lesson_id):
    """No line is cut off, and no column of a table is so narrow that a word of it is broken; code may be."""
    for view in _views(lesson_id):
        for page in view.pages:
            screen = io.StringIO()
            Console(file=screen, width=80, force_terminal=False).print(Markdown(page.markdown))
            shown = screen.getvalue()
            assert max(len(line.rstrip()) for line in shown.split("\n")) <= 80
            rows = [re.sub(r"`[^`]*`|[*|\\]", " ", line) for line in page.markdown.split("\n") if line.startswith("|")]
            broken = [word for row in rows for word in row.split() if word.strip("-–") not in shown]
            assert not broken, (view.language, page.id)


@pytest.mark.parametrize("lesson_id", IDS)
def test_nothing_is_left_in_braces(lesson_id):
    """What the kit puts in is put in, and no heading shows its id."""
    for view in _views(lesson_id):
        for page in view.pages:
            outside = re.sub(r"^```.*?^```", "", page.markdown, flags=re.MULTILINE | re.DOTALL)
            assert not re.search(r"^\s*\{[^}]*\}\s*$|\{#", outside, re.MULTILINE), (view.language, page.id)


@pytest.mark.parametrize("lesson_id", IDS)
def test_the_right_order_is_not_the_one_that_is_shown(lesson_id):
    """An order step is a task in every lesson: the lines that are shown are not the program."""
    lesson = KIT.lesson(lesson_id)
    for step in lesson.file.step:
        if step.kind == "order":
            page = next(page for page in _views(lesson_id)[0].pages if page.id == step.id)
            right = [line for line in (lesson.begin_of(step) or "").split("\n") if line.strip()]
            numbered = re.findall(r"^ {0,2}\d{1,3}  (.*)$", page.markdown, re.MULTILINE)
            assert len(numbered) == len(right) - step.fixed + len(step.distractors)
            assert [line for line in numbered if line not in step.distractors] != right[step.fixed :]
