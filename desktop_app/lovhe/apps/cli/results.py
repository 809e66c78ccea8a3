"""`lovhe results`: what was recorded, as a list, a table for Excel, or judged again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_word, say, show_json, show_table
from lovhe.apps.cli.verdict import EXIT_CODES, show_report
from lovhe.apps.language import current_language, key, t
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt

SHOWN_ID = 13
"""A UUIDv7's first 13 characters are its millisecond: enough to name a result by."""


_BACKUP = "lovhe.apps.cli.results_backup"


@click.group(
    "results",
    cls=LovheGroup,
    invoke_without_command=True,
    where={
        "backup": _BACKUP,
        "restore": _BACKUP,
        "merge": "lovhe.apps.cli.results_merge",
        "audit": "lovhe.apps.cli.results_audit",
        "push": "lovhe.apps.cli.results_push",
        "report": "lovhe.apps.cli.results_report",
    },
    help=key("Show the recorded results."),
)
@json_option
@click.option(
    "--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help=key("Write a table that Excel and LibreOffice read.")
)
@click.pass_context
def results_command(ctx: click.Context, as_json: bool, csv_file: Path | None) -> None:
    """Without a subcommand, all results, oldest first."""
    if ctx.invoked_subcommand:
        return
    from lovhe.apps import wiring
    from lovhe.apps.attempts import by_id, made_by
    from lovhe.apps.results_table import results_table
    from lovhe.apps.user_files import write_whole
    from lovhe.core.tables import csv_bytes

    with wiring.results() as store:
        attempts = store.attempts()
        pupils = by_id(store.roster().classes()) if any(attempt.pupils for attempt in attempts) else {}
    if csv_file is not None:
        table = results_table(attempts, t, local_time, lambda attempt: made_by(attempt, pupils))
        write_whole(csv_file, csv_bytes(table, current_language().decimal_mark))
        say(N_("{n} result written to {file}.", "{n} results written to {file}.", n=len(attempts), file=str(csv_file)))
    if as_json:
        show_json([_as_object(attempt, pupils) for attempt in attempts])
    elif csv_file is None and attempts:
        show_results(attempts, pupils)
    elif csv_file is None:
        say(N_("No result has been recorded yet; `lovhe check` records them."))


@results_command.command("replay", help=key("Judge a recorded run again, from its evidence."))
@click.argument("id_start", metavar="ID")
@json_option
def replay_result(id_start: str, as_json: bool) -> int:
    """The lesson as it is now judges what happened then."""
    from lovhe.apps import wiring
    from lovhe.apps.step_answers import judged_again
    from lovhe.core.checks.report import report_json

    with wiring.results() as store:
        attempt = store.attempt(id_start)
    lesson = wiring.kit().lesson(attempt.lesson_id)
    report = judged_again(lesson, attempt)
    if as_json:
        show_json(report_json(report, t))
    else:
        show_report(report, lesson)
    if (report.outcome, report.points) != (attempt.outcome, attempt.points):
        say(
            N_(
                "This differs from what was recorded ({outcome}, {points} of {total}): the lesson's checks have changed since.",
                outcome=t(attempt.outcome),
                points=attempt.points,
                total=attempt.total,
            )
        )
    return EXIT_CODES[report.outcome]


def show_results(attempts: list[Attempt], pupils: Mapping[str, Pupil]) -> None:
    """The results as a table; the columns of steps and students are there when they hold something."""
    from lovhe.apps.attempts import made_by

    empty = {"Step"} - {"Step" for attempt in attempts if attempt.step} | {"Student"} - {
        "Student" for attempt in attempts if attempt.pupils
    }
    headings = [key("Number"), key("Time"), key("Lesson"), key("Step"), key("Board"), key("Student"), key("Result"), key("Points")]
    rows = []
    for attempt in attempts:
        who = [attempt.board, made_by(attempt, pupils)]
        verdict = [outcome_word(attempt.outcome), f"{attempt.points}/{attempt.total}"]
        rows.append([attempt.id[:SHOWN_ID], local_time(attempt.when_utc), attempt.lesson_id, attempt.step, *who, *verdict])
    shown = [index for index, heading in enumerate(headings) if heading not in empty]
    show_table([headings[index] for index in shown], [[row[index] for index in shown] for row in rows])


def local_time(when_utc: str) -> str:
    """A stored time on the clock of the place, to the minute."""
    return datetime.datetime.fromisoformat(when_utc).astimezone().strftime("%Y-%m-%d %H:%M")


def _as_object(attempt: Attempt, pupils: Mapping[str, Pupil]) -> dict[str, object]:
    return {
        "id": attempt.id,
        "when": attempt.when_utc,
        "lesson": attempt.lesson_id,
        "step": attempt.step,
        "board": attempt.board,
        "pupils": [_pupil_as_object(one, pupils.get(one)) for one in attempt.pupils],
        "outcome": attempt.outcome,
        "points": attempt.points,
        "total": attempt.total,
    }


def _pupil_as_object(pupil_id: str, pupil: Pupil | None) -> dict[str, object]:
    if pupil is None:  # the results file with their class is elsewhere
        return {"id": pupil_id}
    return {"id": pupil_id, "class": pupil.class_name, "number": pupil.number, "name": pupil.first_name}
