"""`lovhe lesson …`: read a lesson, and prove that it works before a class sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, rich_console, say, show, show_json, show_table
from lovhe.apps.language import current_language, key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Localized

if TYPE_CHECKING:
    from lovhe.services.lesson_trial import ProgramTrial


@click.group("lesson", cls=LovheGroup, help=key("Read a lesson, or prove that its checks are right."))
def lesson_command() -> None:
    """Nothing by itself."""


@lesson_command.command("show", help=key("Show what the student reads, or with --teacher the teacher."))
@click.argument("lesson_id", metavar="ID")
@click.option("--teacher", is_flag=True, help=key("Show the teacher's text."))
def show_lesson(lesson_id: str, teacher: bool) -> None:
    """Formatted in a terminal, Markdown elsewhere."""
    from lovhe.apps import wiring

    lesson = wiring.kit().lesson(lesson_id)
    bodies = lesson.teacher if teacher else {code: f"# {text.title}\n\n{text.goal}\n\n{text.body}" for code, text in lesson.texts.items()}
    markdown = current_language().text(Localized(bodies))
    console = rich_console()
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(markdown))
    else:
        show(markdown)


@lesson_command.command(
    "test", help=key("Check that all solutions of a lesson pass and each wrong program is caught by the check it names.")
)
@click.argument("lesson_ids", metavar="[ID…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Test all lessons."))
@click.option("--repeat", type=click.IntRange(1, 1000), default=1, metavar="N", help=key("Judge every program N times."))
@json_option
def test_lessons(lesson_ids: tuple[str, ...], every: bool, repeat: int, as_json: bool) -> int:
    """In virtual time, on two workers."""
    from lovhe.apps import wiring
    from lovhe.services.lesson_trial import try_lessons

    kit = wiring.kit()
    if bool(lesson_ids) == every:
        raise InputError(
            N_("It is not said which lessons to test."), N_("Give the ids of some lessons, or --all; `lovhe lessons` shows them.")
        )
    lessons = kit.lessons() if every else [kit.lesson(lesson_id) for lesson_id in lesson_ids]
    count = sum(1 + len(lesson.solutions) + len(lesson.wrong) for lesson in lessons) * repeat
    say(N_("Judging {n} program …", "Judging {n} programs …", n=count))
    trials = try_lessons(lessons, wiring.virtual_bench, wiring.runtime(), repeat=repeat)
    if all(trial.error for trial in trials) and trials[0].error:
        raise trials[0].error  # nothing could be judged here
    if as_json:
        show_json([_as_object(trial) for trial in trials])
    else:
        rows = [_as_row(trial) for trial in trials if not trial.right or repeat == 1]
        if rows:
            show_table((key("Lesson"), key("Program"), key("Expected"), key("Result"), ""), rows)
    off = sum(not trial.right for trial in trials)
    if off:
        say(
            N_(
                "{n} program of {count} was not judged as it should be.",
                "{n} programs of {count} were not judged as they should be.",
                n=off,
                count=len(trials),
            )
        )
        return 1
    say(N_("All programs were judged as they should be: {count}.", count=len(trials)))
    return 0


def _as_row(trial: ProgramTrial) -> tuple[str, ...]:
    wanted = t(N_("caught by {check}", check=trial.caught_by)) if trial.caught_by else t(trial.wanted)
    seen = t(trial.error.what) if trial.error else t(trial.report.outcome) if trial.report else ""
    if trial.failed:
        seen += f" ({', '.join(trial.failed)})"
    right = f"{outcome_mark('passed')} {t(key('right'))}" if trial.right else f"{outcome_mark('failed')} {t(key('not right'))}"
    return trial.lesson_id, trial.program, wanted, seen, right


def _as_object(trial: ProgramTrial) -> dict[str, object]:
    return {
        "lesson": trial.lesson_id,
        "program": trial.program,
        "right": trial.right,
        "outcome": trial.report.outcome if trial.report else None,
        "failed": trial.failed,
        "caught_by": trial.caught_by or None,
        "error": t(trial.error.what) if trial.error else None,
    }
