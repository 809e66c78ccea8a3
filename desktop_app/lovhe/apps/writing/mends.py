"""What is to be mended in a lesson, line by line: each with the place in its files that its writer wants to go to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from lovhe.apps.language import t
from lovhe.apps.writing.lesson_files import files_of
from lovhe.apps.writing.words import change_words, finding_sentence, place_words, score_words, seen_words, wanted_words
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lint.finding import Finding, Places, told_line
from lovhe.core.lessons.reading import LESSON_FILE
from lovhe.core.messages import N_, Text
from lovhe.services.lesson_mutation import LessonMutation, score

if TYPE_CHECKING:
    from lovhe.apps.writing.written import Outcome, Sign, WrittenLesson
    from lovhe.services.lesson_trial import LessonTrial, ProgramTrial


class Mend(msgspec.Struct, frozen=True):
    """One thing: `head` in a line, `more` below it, and the `line` of `file` (inside the lesson's folder) that it is about."""

    sign: Sign
    head: str
    more: tuple[str, ...] = ()
    file: str = ""
    line: int | None = None


def mends_of(lesson: WrittenLesson, arrow: str = "→") -> list[Mend]:
    """All that is known of a lesson in the language in use: its errors, tests and mutation, then warnings, then its files."""
    found = [*_errors(lesson)]
    if lesson.tests is not None:
        found += _about(lesson, lesson.tests, N_("Tests"))
        if lesson.tests.trial is not None:
            found += _tests(lesson, lesson.tests.trial)
    if lesson.mutation is not None:
        found += _about(lesson, lesson.mutation, N_("Mutation"))
        if lesson.mutation.mutation is not None:
            found += _mutation(lesson.mutation.mutation, arrow)
    return [*found, *_warnings(lesson), *_files(lesson)]


def _errors(lesson: WrittenLesson) -> Iterator[Mend]:
    if lesson.problem is not None:
        yield _problem(lesson.problem)
    yield from (_finding(finding) for finding in lesson.findings or () if finding.severity == "error")
    if lesson.findings == [] and lesson.problem is None:
        yield Mend("fine", t(N_("Nothing is to be mended in the files of {lesson}.", lesson=lesson.id)))


def _warnings(lesson: WrittenLesson) -> Iterator[Mend]:
    yield from (_finding(finding) for finding in lesson.findings or () if finding.severity == "warning")


def _finding(finding: Finding) -> Mend:
    head = f"{place_words(finding.file, finding.line)}  {finding_sentence(finding)}"
    file = finding.file.split(",")[0]  # of several that lack, the first
    return Mend("wrong" if finding.severity == "error" else "pity", head, (t(finding.mend),), file, finding.line)


def _problem(problem: LovheError) -> Mend:
    return Mend("wrong", t(problem.what), (t(problem.next_step),))


def _about(lesson: WrittenLesson, outcome: Outcome, name: Text) -> Iterator[Mend]:
    """Why there is no outcome, or that it is an old one."""
    if outcome.problem is not None:
        problem = outcome.problem
        yield Mend("wrong", f"{t(name)}: {t(problem.what)}", (t(problem.next_step),))
    elif lesson.is_old(outcome):
        yield Mend("old", t(N_("{what}: the files have changed since. What follows is how it was.", what=name)))


def _tests(lesson: WrittenLesson, trial: LessonTrial) -> Iterator[Mend]:
    off = [program for program in trial.programs if not program.right]
    count = len(trial.programs)
    if off:
        what = N_(
            "{n} program of {count} was not judged as it should be.",
            "{n} programs of {count} were not judged as they should be.",
            n=len(off),
            count=count,
        )
        yield Mend("wrong", t(what))
        yield from map(_program, off)
    else:
        yield Mend("fine", t(N_("All programs were judged as they should be: {count}.", count=count)))
    places = _places(lesson)
    for weak in trial.weak:
        line = places.line(LESSON_FILE, f"check “{weak.check}”") if places is not None else None
        yield Mend("pity", f"{place_words(LESSON_FILE, line)}  {t(weak.what)}", (t(weak.mend),), LESSON_FILE, line)


def _program(trial: ProgramTrial) -> Mend:
    """A program that was judged otherwise than wanted; the line is where it broke, or where it names its check."""
    program, line = trial.program, 1
    more = [t(N_("Wanted: {wanted}. Came to: {seen}.", wanted=wanted_words(trial), seen=seen_words(trial)))]
    if trial.report is not None:
        for check in [one for one in trial.report.checks if one.outcome in ("failed", "unclear")][:1]:
            more.append(t(N_("{check}: {seen}", check=check.id, seen=check.seen)))
            if program.form != "wrong":
                line = told_line(check.seen) or 1
    step = t(N_("step “{step}”", step=program.step)) if program.step else ""
    return Mend("wrong", f"{place_words(program.name, line)}  {step}".rstrip(), tuple(more), program.name, line)


def _places(lesson: WrittenLesson) -> Places | None:
    try:
        return Places(files_of(lesson.place))
    except LovheError:
        return None


def _mutation(done: LessonMutation, arrow: str) -> Iterator[Mend]:
    survived = [trial for trial in done.trials if trial.fate == "survived"]
    unclear = [trial for trial in done.trials if trial.fate == "unclear"]
    sign: Sign = "pity" if survived or unclear else "wrong" if done.unfit else "fine"
    yield Mend(sign, t(N_("Mutation: {score}", score=score_words(score([done])))))
    for name in done.unfit:
        told = N_("{program} does not pass itself and was not changed.", program=name)
        yield Mend("wrong", t(told), (t(N_("F5 runs the tests: they say why.")),), name, 1)
    for trial in survived:
        more = (t(N_("The checks let this change through.")),)
        yield Mend("pity", change_words(trial.mutant, arrow), more, trial.mutant.program, trial.mutant.line)
    for trial in unclear:
        more = (t(N_("Of this change nothing could be told.")),)
        yield Mend("pity", change_words(trial.mutant, arrow), more, trial.mutant.program, trial.mutant.line)


def _files(lesson: WrittenLesson) -> Iterator[Mend]:
    for name, _, _ in lesson.stamp or ():
        yield Mend("unknown", name, (), name)
