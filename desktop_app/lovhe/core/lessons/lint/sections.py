"""Cross-checks of the sections of a lesson's texts: one for each step, in the order of the steps, each ending in something to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Lesson, LessonText, StepText
from lovhe.core.lessons.lint.mends import caught, choose, wrong
from lovhe.core.lessons.steps import RESERVED_SECTIONS, LessonStep, Section, sections
from lovhe.core.messages import N_

HINTS = 3
TEACHER_SECTIONS = ("aim", "plan", "parts", "answers", "freedom", "errors", "groups", "without", "assess")
TEACHER_MAY_HAVE = ("early",)

_INSERT = re.compile(r"\{[^{}\s]*\}")
_SEE = re.compile(r"\*\*[^*\n]+:\*\*\s*\S")


def step_text_problems(lesson: Lesson) -> Iterator[LessonError]:
    """What is wrong in any language with the texts of the lesson's steps: the first thing of each check, section and step."""
    steps = [step.id for step in lesson.file.step]
    for language, text in lesson.texts.items():
        file = f"{language}.md"
        for check in lesson.file.check:
            yield from caught(_check_hints, f"{file}, checks.{check.id}, hints", text.checks[check.id].hints)
        found = sections(text.body)
        by_id = {section.id: section for section in found}
        yield from caught(_check_headings, file, text.body)
        yield from caught(_check_row, file, found, steps)
        for section in (one for one in found if one.id in steps or one.id in RESERVED_SECTIONS):
            yield from caught(_check_inserts, lesson, file, [section])
        for step in lesson.file.step:
            if step.id in by_id:
                yield from caught(_check_ends_in_something_to_see, file, by_id[step.id])
            yield from caught(_check_words, f"{file}, steps.{step.id}", step, text)
        yield from caught(_check_steps_known, file, text, steps)


def teacher_text_problems(lesson: Lesson) -> Iterator[LessonError]:
    """What is wrong with a teacher's page in any language: headings, sections that it lacks, or that nobody expects there."""
    for language, page in lesson.teacher.items():
        file = f"teacher.{language}.md"
        found = sections(page)
        ids = [section.id for section in found]
        yield from caught(_check_headings, file, page)
        yield from caught(_check_once, file, ids)
        for wanted in TEACHER_SECTIONS:
            yield from caught(_check_there, file, wanted, ids)
        for section in found:
            yield from caught(_check_teacher_section, file, section)


def _check_hints(where: str, hints: list[str]) -> None:
    if len(hints) != HINTS:
        raise wrong(where, N_("there are not three hints."), N_("Write three: a question that gives a nudge, the idea, nearly the code."))


def _check_steps_known(file: str, text: LessonText, steps: list[str]) -> None:
    for step_id in text.steps:
        if step_id not in steps:
            raise wrong(f"{file}, steps.{step_id}", N_("the lesson has no such step."), choose(step_id, steps))


def _check_there(file: str, wanted: str, ids: list[str]) -> None:
    if wanted not in ids:
        raise wrong(
            file,
            N_("the section {id} is missing.", id=f"{{#{wanted}}}"),
            N_("Write it, under a heading like this: {line}", line=f"## … {{#{wanted}}}"),
        )


def _check_teacher_section(file: str, section: Section) -> None:
    where = f"{file}, {{#{section.id}}}"
    if section.id not in (*TEACHER_SECTIONS, *TEACHER_MAY_HAVE):
        raise wrong(where, N_("nobody expects this section."), choose(section.id, list(TEACHER_SECTIONS)))
    for word in inserts(section.text):
        if word != "parts":
            raise wrong(where, N_("{word} is nothing that is put in.", word=f"{{{word}}}"), choose(word, ["parts"]))
    if section.id == "parts" and "parts" not in inserts(section.text):
        raise wrong(
            where, N_("the list of board and parts is not put in."), N_("Write a line that holds nothing but {line}.", line="{parts}")
        )


def inserts(text: str) -> list[str]:
    """The words that stand in braces, alone in their lines, outside fenced blocks: what the kit puts in there."""
    return [line.strip()[1:-1] for fenced, line in _lines(text) if not fenced and _INSERT.fullmatch(line.strip())]


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it belongs to a fenced block."""
    fenced = False
    for line in text.split("\n"):
        fence = line.lstrip().startswith("```")
        yield fenced or fence, line
        fenced ^= fence


def _check_headings(file: str, body: str) -> None:
    known = len(sections(body))
    headings = [line for fenced, line in _lines(body) if not fenced and line.startswith("## ")]
    if len(headings) > known:
        bare = next(line for line in headings if not sections(line))
        raise wrong(
            f"{file}, “{bare[3:].strip()}”",
            N_("the heading does not say which section begins here."),
            N_("Write the section's id behind it, in small letters: {line}", line=f"{bare.strip()[:50]} {{#…}}"),
        )


def _check_once(file: str, ids: list[str]) -> None:
    for index, section_id in enumerate(ids):
        if section_id in ids[:index]:
            raise wrong(f"{file}, {{#{section_id}}}", N_("two sections have this id."), N_("Give each section an id of its own."))


def _check_row(file: str, found: list[Section], steps: list[str]) -> None:
    """The sections are the steps in their order; the story before them, words and stretch tasks after them."""
    ids = [section.id for section in found]
    _check_once(file, ids)
    for section_id in ids:
        if section_id not in steps and section_id not in RESERVED_SECTIONS:
            raise wrong(f"{file}, {{#{section_id}}}", N_("the lesson has no such step."), choose(section_id, [*steps, *RESERVED_SECTIONS]))
    for step in steps:
        if step not in ids:
            raise wrong(
                file,
                N_("the step “{id}” has no section.", id=step),
                N_("Write one, under a heading like this: {line}", line=f"## … {{#{step}}}"),
            )
    wanted = [*(word for word in ("story",) if word in ids), *steps, *(word for word in ("words", "stretch") if word in ids)]
    for section_id, here in zip(wanted, ids, strict=True):
        if section_id != here:
            raise wrong(
                f"{file}, {{#{here}}}",
                N_("here the section {id} should stand.", id=f"{{#{section_id}}}"),
                N_("The order is: the story, the steps as in lesson.toml, words, stretch."),
            )


def _check_inserts(lesson: Lesson, file: str, found: list[Section]) -> None:
    for section in found:
        step = lesson.step(section.id)
        where = f"{file}, {{#{section.id}}}"
        words = inserts(section.text)
        for word in words:
            if word not in ("wiring", "program"):
                raise wrong(where, N_("{word} is nothing that is put in.", word=f"{{{word}}}"), choose(word, ["wiring", "program"]))
            if words.count(word) > 1:
                raise wrong(where, N_("{word} stands here twice.", word=f"{{{word}}}"), N_("Leave one of them."))
            if word == "wiring" and (step is None or step.kind != "wire"):
                raise wrong(where, N_("the wiring is shown in a wire step only."), N_('Delete the line, or make it kind = "wire".'))
            if word == "program" and (step is None or lesson.begin_of(step) is None):
                raise wrong(where, N_("there is no program to be put in here."), N_("Delete the line, or write the step's program."))
        if step is not None and step.kind == "wire" and "wiring" not in words:
            raise wrong(where, N_("it does not show how to wire."), N_("Write a line that holds nothing but {line}.", line="{wiring}"))


def _check_ends_in_something_to_see(file: str, section: Section) -> None:
    """Its last paragraph, or the one before a last table, list or block of text, begins with bold words and a colon."""
    blocks = [block for block in re.split(r"\n\s*\n", section.text) if block.strip()]
    if not any(_SEE.match(block.strip()) for block in blocks[-2:]):
        raise wrong(
            f"{file}, {{#{section.id}}}",
            N_("it does not end in something to see."),
            N_("End it with a paragraph such as: {line}", line="**You should see:** …"),
        )


def _check_words(where: str, step: LessonStep, text: LessonText) -> None:
    """A question wherever something is answered, and words for just the choices there are."""
    words = text.steps.get(step.id, StepText())
    if step.kind in ("predict", "measure") and not words.question.strip():
        raise wrong(f"{where}, question", N_("it is missing or empty."), N_("Write what the pupil is asked."))
    for choice in words.choices:
        if choice not in step.choices:
            raise wrong(f"{where}, choices", N_("the step has no choice “{id}”.", id=choice), choose(choice, step.choices))
    for choice in step.choices:
        if not words.choices.get(choice, "").strip():
            raise wrong(
                f"{where}, choices", N_("there are no words for “{id}”.", id=choice), N_("Add them: {line}", line=f'{choice} = "…"')
            )
