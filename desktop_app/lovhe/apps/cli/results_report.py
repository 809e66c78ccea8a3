"""`lovhe results report`: what a school's classes, or all schools, have reached, from their PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show_json, show_table
from lovhe.apps.cli.results_push import ADDRESS, given
from lovhe.apps.language import current_language, key
from lovhe.core.errors import InputError
from lovhe.core.messages import N_


@click.command(
    "report",
    cls=LovheCommand,
    help=key(
        "Show what the classes of a school, or all schools, have reached: from the database to which they sent their results.\n\n"
        "Lessons are counted for each pupil. Somebody is stuck who handed in a step three times and never passed it."
    ),
)
@click.option(
    "--from", "address", metavar="URL", envvar=ADDRESS, help=key("The database: postgresql://USER@HOST/DATABASE. Else LOVHE_POSTGRES_URL.")
)
@click.option("--school", metavar="NAME", default="", help=key("A row a class of this school, instead of a row a school."))
@click.option("--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help=key("Write this table as text for Excel."))
@click.option("--xlsx", "xlsx_file", metavar="FILE", type=click.Path(path_type=Path), help=key("Write this table as an Excel file."))
@json_option
def report_command(address: str | None, school: str, csv_file: Path | None, xlsx_file: Path | None, as_json: bool) -> None:
    """Of a database that may only be read, too."""
    from lovhe.apps.teaching import wiring
    from lovhe.apps.teaching.report_table import report_table
    from lovhe.apps.user_files import write_whole
    from lovhe.core.pupils.school_name import check_school_name
    from lovhe.core.tables import csv_bytes

    name = check_school_name(school) if school else ""
    with wiring.school_db(given(address), writes=False) as db:
        rows = wiring.report(db, name)
    if name and not rows:
        raise InputError(
            N_("There are no pupils of a school “{school}” there.", school=name),
            N_("Look how it is written: without --school, `lovhe results report` shows all schools."),
        )
    if waiting := sum(row.waiting for row in rows):
        say(
            N_(
                "{n} pupil's newest results are not counted: `lovhe results push` was cut off at their school.",
                "{n} pupils' newest results are not counted: `lovhe results push` was cut off at their school.",
                n=waiting,
            )
        )
    sheet = report_table(rows, name)
    if csv_file is not None:
        write_whole(csv_file, csv_bytes(sheet, current_language().decimal_mark))
        say(N_("The report is in {file}.", file=str(csv_file)))
    if xlsx_file is not None:
        write_whole(xlsx_file, wiring.xlsx_bytes([sheet]))
        say(N_("The report is in {file}.", file=str(xlsx_file)))
    if as_json:
        show_json([{**msgspec.structs.asdict(row), "percent": row.percent} for row in rows])
    elif csv_file is None and xlsx_file is None:
        headings, *lines = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
        show_table(headings, lines)
