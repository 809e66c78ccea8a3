"""`lovhe class report`: a page a pupil, to be printed."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.messages import N_


@click.command(
    "report",
    cls=LovheCommand,
    help=key(
        "Write a page a pupil as PDF, for them and their parents: points, skills, what went well and what comes next.\n\n"
        "With NUMBER it is that pupil's page, else those of the whole class. In a folder each pupil gets a file."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("number", metavar="[NUMBER]", type=int, required=False)
@click.option(
    "--pdf", "where", metavar="FILE|FOLDER", type=click.Path(path_type=Path), required=True, help=key("Where the pages are written to.")
)
def report_command(class_name: str, number: int | None, where: Path) -> None:
    """The best attempt at each step counts, as in `class marks`."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.apps.teaching.classes import class_called, pupil_numbered
    from lovhe.apps.teaching.pupil_report import report_files
    from lovhe.apps.user_files import write_whole
    from lovhe.core.marks.class_marks import class_marks

    lessons = wiring.kit().lessons(broken=lambda problem: say(problem.what))
    with wiring.results() as store:
        school_class = class_called(store.roster().classes(), class_name)
        wanted = school_class.pupils if number is None else [pupil_numbered(school_class, number)]
        ids = [pupil.id for pupil in school_class.pupils]
        marks = class_marks(lessons, school_class.pupils, store.progress_of(ids), corrections=store.audit().corrections(ids))
    if not wanted:
        say(N_("The class {name} has no pupils yet.", name=school_class.name))
        return
    today = datetime.datetime.now(datetime.UTC).astimezone().date()
    with progress_bar(len(wanted)) as on_done:
        for file, data in report_files(marks, wanted, today, where):
            write_whole(file, data, begins=b"%PDF-")
            on_done()
    if where.is_dir():
        say(N_("{n} report is in {folder}.", "{n} reports are in {folder}.", n=len(wanted), folder=str(where)))
    else:
        say(N_("{n} report is in {file}.", "{n} reports are in {file}.", n=len(wanted), file=str(where)))
