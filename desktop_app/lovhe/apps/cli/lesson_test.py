"""`lovhe lesson test`: prove that a lesson works before a class sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option, port_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json, show_table
from lovhe.apps.language import key, t
from lovhe.apps.writing.words import seen_words, wanted_words
from lovhe.core.errors import InputError, LessonError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.core.lessons.lesson import Lesson
    from lovhe.services.lesson_trial import LessonTrial, ProgramTrial


@click.command(
    "test",
    cls=LovheCommand,
    help=key("Check that all solutions of a lesson pass and each wrong program is caught by the check it names."),
)
@click.argument("lesson_ids", metavar="[ID…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Test all lessons."))
@click.option("--repeat", type=click.IntRange(1, 1000), default=1, metavar="N", help=key("Judge every program N times."))
@click.option("--verbose", is_flag=True, help=key("Show what is right, too; with one lesson that is always so."))
@click.option("--real", is_flag=True, help=key("Judge them on a board in real time, too, and compare; with --port."))
@click.option(
    "--pace",
    type=click.Choice(["prompt", "human"]),
    default="prompt",
    help=key("How soon a virtual board's surroundings change with --real: at once, or as a pupil reads and acts."),
)
@port_option
@json_option
def test_command(
    lesson_ids: tuple[str, ...], every: bool, repeat: int, verbose: bool, real: bool, pace: str, port: str | None, as_json: bool
) -> int:
    """In virtual time, on all cores of this PC; with `--real` also on a board."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.apps.writing.judging import refuse_unjudged
    from lovhe.services.lesson_trial import count_jobs, try_lessons

    if real and (every or len(lesson_ids) != 1 or repeat > 1):
        raise InputError(N_("On a board one lesson is tested at a time."), N_("Give the id of one lesson: lovhe lesson test --real ID"))
    if port is not None and not real:
        raise InputError(N_("A serial port was given without --real."), N_("Add --real to test on a board, or leave --port out."))
    if pace != "prompt" and not real:
        raise InputError(N_("A pace was given without --real."), N_("Add --real and --port with a virtual board, or leave --pace out."))
    lessons, broken = named_lessons(lesson_ids, every)
    if real:
        from lovhe.apps.cli.lesson_real import prove_on_board

        return prove_on_board(lessons[0], port, human=pace == "human", as_json=as_json)
    count = count_jobs(lessons, repeat)
    say(N_("Judging {n} program …", "Judging {n} programs …", n=count - len(lessons)))  # without the kit's own, which only print
    with progress_bar(count) as on_done:
        trials = try_lessons(lessons, wiring.virtual_bench, wiring.runtime(), repeat=repeat, on_done=on_done)
    refuse_unjudged(trials)
    if as_json:
        show_json(_as_object(trials))
    else:
        for trial in trials:
            _show(trial, verbose or (len(lessons) == 1 and repeat == 1))
    return max(_summary(trials), min(1, broken))


def named_lessons(lesson_ids: Sequence[str], every: bool) -> tuple[list[Lesson], int]:
    """The lessons that a command's arguments name, and how many of all could not be read, which is told. Raises `InputError`."""
    from lovhe.apps import wiring

    if bool(lesson_ids) == every:
        raise InputError(
            N_("It is not said which lessons are meant."), N_("Give the ids of some lessons, or --all; `lovhe lessons` shows them.")
        )
    kit = wiring.kit()
    if not every:
        return [kit.lesson(lesson_id, draft=True) for lesson_id in lesson_ids], 0
    broken: list[LessonError] = []
    lessons = kit.lessons(broken=broken.append)
    if not lessons and broken:
        raise broken[0]
    for problem in broken:
        say(problem.what)
        say(problem.next_step)
    return lessons, len(broken)


def _show(trial: LessonTrial, whole: bool) -> None:
    shown = [program for program in trial.programs if whole or not program.right]
    if not shown and not trial.weak:
        return
    show(trial.lesson.id)
    if shown:
        show_table(("", key("Program"), key("Expected"), key("Result")), [_as_row(program) for program in shown])
    for weak in trial.weak:
        show(f"{outcome_mark('unclear')} {t(weak.what)}")
        show(f"    {t(weak.mend)}")
    show()


def _as_row(trial: ProgramTrial) -> tuple[str, ...]:
    return outcome_mark("passed" if trial.right else "failed"), trial.program.name, wanted_words(trial), seen_words(trial)


def _summary(trials: Iterable[LessonTrial]) -> int:
    programs = [program for trial in trials for program in trial.programs]
    off = sum(not program.right for program in programs)
    weak = sum(len(trial.weak) for trial in trials)
    if weak:
        say(N_("{n} check is weak.", "{n} checks are weak.", n=weak))
    if off:
        say(
            N_(
                "{n} program of {count} was not judged as it should be.",
                "{n} programs of {count} were not judged as they should be.",
                n=off,
                count=len(programs),
            )
        )
        return 1
    say(N_("All programs were judged as they should be: {count}.", count=len(programs)))
    return 0


def _as_object(trials: Iterable[LessonTrial]) -> dict[str, object]:
    return {
        "programs": [_program_as_object(program) for trial in trials for program in trial.programs],
        "weak": [
            {"lesson": trial.lesson.id, "check": weak.check, "weakness": weak.kind, "what": t(weak.what), "mend": t(weak.mend)}
            for trial in trials
            for weak in trial.weak
        ],
    }


def _program_as_object(trial: ProgramTrial) -> dict[str, object]:
    return {
        "lesson": trial.lesson_id,
        "step": trial.program.step or None,
        "program": trial.program.name,
        "form": trial.program.form,
        "right": trial.right,
        "outcome": trial.report.outcome if trial.report else None,
        "failed": trial.failed,
        "caught_by": trial.program.caught_by or None,
        "error": t(trial.error.what) if trial.error else None,
    }
