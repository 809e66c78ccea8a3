"""Cross-checks of a lesson's texts: every check has its words, in every language, with the same hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Check, CheckText, Lesson, LessonText, ask_key
from lovhe.core.lessons.lint.mends import caught, choose, wrong
from lovhe.core.messages import N_


def text_problems(lesson: Lesson) -> Iterator[LessonError]:
    """What is wrong in any language: the first thing of the text as a whole, and of the words of each check."""
    for language, text in lesson.texts.items():
        file = f"{language}.md"
        yield from caught(_check_text, lesson, file, text)
        for check in lesson.file.check:
            yield from caught(_check_check, lesson, file, text, check)


def _check_text(lesson: Lesson, file: str, text: LessonText) -> None:
    ids = [check.id for check in lesson.file.check]
    for key, value in (("title", text.title), ("goal", text.goal), (N_("the text below +++"), text.body)):
        if not value.strip():
            raise LessonError(N_("{file}: {key} is empty.", file=file, key=key), N_("Write it: pupils read it."))
    for check_id in text.checks:
        if check_id not in ids:
            raise wrong(f"{file}, checks.{check_id}", N_("the lesson has no such check."), choose(check_id, ids))


def _check_check(lesson: Lesson, file: str, text: LessonText, check: Check) -> None:
    if check.id not in text.checks:
        raise wrong(
            file,
            N_("there are no texts for the check “{id}”.", id=check.id),
            N_("Add them under [checks.{id}]: title and hints.", id=check.id),
        )
    _check_check_text(f"{file}, checks.{check.id}", text.checks[check.id], _hint_count(lesson, check))
    check_asks(file, text, check)


def _hint_count(lesson: Lesson, check: Check) -> int:
    """As many hints as the language with the most has."""
    return max(len(text.checks[check.id].hints) for text in lesson.texts.values() if check.id in text.checks)


def _check_check_text(where: str, text: CheckText, hint_count: int) -> None:
    if not text.title.strip():
        raise wrong(f"{where}, title", N_("it is empty."), N_("Write in a few words what is checked."))
    if not text.hints or not all(hint.strip() for hint in text.hints):
        raise wrong(f"{where}, hints", N_("a hint is missing or empty."), N_("Write at least one: a question that gives a nudge."))
    if len(text.hints) < hint_count:
        raise wrong(
            f"{where}, hints",
            N_("there are {count} hints here and {other} in another language.", count=len(text.hints), other=hint_count),
            N_("Write the same hints in all languages."),
        )


def check_asks(file: str, text: LessonText, check: Check) -> None:
    """Raise a `LessonError` unless `text` says how a person changes what the check sets, and asks what it wants to be seen."""
    known = _keys([*text.ask, *text.checks[check.id].ask])
    questions = _keys(text.look)
    for step in check.step:
        for part, value in step.asked:
            if ask_key(part, value) not in known:
                key = ask_key(part, value)
                raise wrong(
                    f"{file}, [ask]",
                    N_("it does not say how a pupil does “{change}”.", change=f"{part} = {value}"),
                    N_("Add a line: {line}", line=f'"{key}" = "…"'),
                )
        for look in step.expect_look:
            if ask_key(look.part, look.see) not in questions:
                raise wrong(
                    f"{file}, [look]",
                    N_("it does not ask whether “{see}” can be seen.", see=f"{look.part} = {look.see}"),
                    N_("Add a line: {line}", line=f'"{ask_key(look.part, look.see)}" = "…?"'),
                )


def _keys(names: Iterable[str]) -> set[str]:
    return {ask_key(*name.split("=", 1)) for name in names if "=" in name}
