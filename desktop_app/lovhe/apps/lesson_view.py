"""A lesson as a pupil or a teacher reads it: pages of Markdown, one for each step, with all that the kit puts in.

Both front ends show these pages. What stands in the page is in one language, the lesson's own where it lacks the user's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from lovhe.apps.language import LANGUAGES, Language, key
from lovhe.apps.lesson_forms import Beside, StepForms, nothing_beside
from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.circuits.parts_list import needed_parts
from lovhe.core.circuits.wiring_picture import WiringPicture
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep, Section, sections
from lovhe.core.messages import N_, Message

Draw = Callable[[WiringPicture, Language], str]
"""Makes a wiring picture something that can stand in Markdown."""

LANGUAGE_NAMES = {"az": "Azərbaycanca", "ru": "Русский", "en": "English"}


class LessonPage(msgspec.Struct, frozen=True):
    """One page. `id` is that of the step or section, "" for the first page; `command` is how the step is checked, "" where it is not."""

    id: str
    title: str
    markdown: str
    kind: str = ""
    command: str = ""


class LessonView(msgspec.Struct, frozen=True):
    """A lesson's pages in one language. `fallback` says so where it is not the one that was wanted."""

    lesson_id: str
    title: str
    language: str
    pages: list[LessonPage]
    fallback: Message | None = None


def student_view(
    lesson: Lesson, boards: Mapping[str, Board], parts: Mapping[str, Part], wanted: str, draw: Draw, beside: Beside | None = None
) -> LessonView:
    """What a pupil reads: title, goal and story, then each step in the form of its kind, then words and stretch tasks.

    `beside`: see `StepForms`.
    """
    code = language_for(wanted, lesson.texts)
    text, language = lesson.texts[code], Language(code)
    begin, found = _begin_of(text.body), sections(text.body)
    first = [f"# {text.title}", f"**{language.word(key('Goal:'))}** {text.goal}"]
    story = [section for section in found if section.id == "story"]
    first += [f"## {section.title}\n\n{section.text}" for section in story] or ([begin] if begin else [])
    forms = StepForms(lesson, boards[lesson.file.circuit.board], parts, language, draw, beside or nothing_beside)
    pages = [LessonPage("", text.title, "\n\n".join(first))]
    for section in found:
        step = lesson.step(section.id)
        if section.id != "story":
            pages.append(_page(lesson, section, step, forms))
    return LessonView(lesson.id, text.title, code, pages, _fallback(wanted, code))


def teacher_view(lesson: Lesson, boards: Mapping[str, Board], parts: Mapping[str, Part], wanted: str) -> LessonView | None:
    """What a teacher reads, with the list of what is needed; None where no such page is written."""
    if not lesson.teacher:
        return None
    code = language_for(wanted, lesson.teacher)
    language = Language(code)
    page = lesson.teacher[code]
    board = boards[lesson.file.circuit.board]
    table = [f"| {language.word(key('Part'))} | {language.word(key('How many'))} |", "|---|---|"]
    table += [f"| {language.text(needed.name)} | {needed.count} |" for needed in needed_parts(board, parts, lesson.file.circuit)]
    title = next((line[2:].strip() for line in page.split("\n") if line.startswith("# ")), lesson.id)
    begin = _begin_of(page) or f"# {title}"
    pages = [LessonPage("", title, begin)]
    for section in sections(page):
        text = "\n".join("\n".join(table) if line.strip() == "{parts}" else line for line in section.text.split("\n"))
        pages.append(LessonPage(section.id, section.title, f"## {section.title}\n\n{text}"))
    return LessonView(lesson.id, title, code, pages, _fallback(wanted, code))


def language_for(wanted: str, written: Mapping[str, object]) -> str:
    """The language that is wanted, or the one that stands in for it."""
    return next(code for code in (wanted, *LANGUAGES, *written) if code in written)


def _page(lesson: Lesson, section: Section, step: LessonStep | None, forms: StepForms) -> LessonPage:
    heading = f"## {section.title}\n\n"
    if step is None:
        return LessonPage(section.id, section.title, heading + section.text)
    return LessonPage(section.id, section.title, heading + forms.filled_in(step, section.text), step.kind, check_command(lesson, step))


def check_command(lesson: Lesson, step: LessonStep) -> str:
    """How the step is checked on the command line; "" for one that is only read."""
    if step.kind == "read":
        return ""
    if step == lesson.goal:
        return f"lovhe check {lesson.id} main.py"
    begin = f"lovhe check {lesson.id} --step {step.id}"
    if step.kind in ("predict", "measure"):
        return begin if step.number is not None else f"{begin} --answer a"
    if step.kind == "order":
        return f'{begin} --answer "3 1 2"'
    if step.kind == "fill":
        return f'{begin} --answer "{"; ".join("…" for _ in step.gaps)}"'
    return begin if step.kind == "wire" else f"{begin} {step.id}.py"


def _begin_of(body: str) -> str:
    """What stands before the first section; all of it in a text without sections."""
    found = sections(body)
    if not found:
        return body.strip()
    lines = body.split("\n")
    first = next(index for index, line in enumerate(lines) if line.rstrip().endswith(f"{{#{found[0].id}}}"))
    return "\n".join(lines[:first]).strip()


def _fallback(wanted: str, code: str) -> Message | None:
    if wanted == code:
        return None
    names = {"language": LANGUAGE_NAMES.get(wanted, wanted), "other": LANGUAGE_NAMES.get(code, code)}
    return N_("This lesson is not written in this language yet: {language}. It is shown in another one: {other}.", **names)
