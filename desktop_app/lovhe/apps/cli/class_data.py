"""`lovhe class export` and `erase`: a pupil's data, given out or taken out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.cli.yes_or_no import agreed
from lovhe.apps.language import key
from lovhe.core.errors import InputError
from lovhe.core.messages import N_


@click.command(
    "export",
    cls=LovheCommand,
    help=key(
        "Write all that this computer keeps of a pupil into a ZIP file, to be given to them or their parents.\n\n"
        "NUMBER is the pupil's in the class. It has their attempts with programs and evidence, corrections, and what they typed."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("number", metavar="NUMBER", type=int)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def export_command(class_name: str, number: int, file: Path) -> None:
    """Others with whom they worked are not named in it."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called, pupil_numbered
    from lovhe.apps.teaching.pupil_data import pupil_zip
    from lovhe.apps.teaching.wiring import all_work
    from lovhe.apps.user_files import write_whole

    with wiring.results() as store:
        classes = store.roster().classes()
        pupil = pupil_numbered(class_called(classes, class_name), number)
        data = pupil_zip(pupil, classes, store, store.audit(), all_work())
    write_whole(file, data, begins=b"PK")
    say(N_("All that is kept of {pupil} is in {file}.", pupil=pupil.first_name, file=str(file)))


@click.command(
    "erase",
    cls=LovheCommand,
    help=key(
        "Erase a pupil, with all that they have done. This cannot be taken back.\n\n"
        "NUMBER is the pupil's in the class. What they did with others stays as the others'. Copies that were made before still have "
        "it: delete those, too. That somebody was erased is written down, without a name."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("number", metavar="NUMBER", type=int)
@click.option("--yes", is_flag=True, help=key("Do it without asking."))
def erase_command(class_name: str, number: int, yes: bool) -> None:
    """It is asked at a terminal, and must be said without one."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called, pupil_numbered
    from lovhe.apps.teaching.pupil_data import erase_for_good

    with wiring.results() as store:
        pupil = pupil_numbered(class_called(store.roster().classes(), class_name), number)
    if not yes and not sys.stdin.isatty():
        raise InputError(N_("Nobody was erased: nobody can be asked here."), N_("Give --yes as well, if it is meant."))
    question = N_("Erase {pupil} ({name}, number {number}) for good?", pupil=pupil.first_name, name=pupil.class_name, number=number)
    if not yes and not agreed(question):
        return
    erased = erase_for_good(pupil)
    say(N_("The pupil was erased, with {n} attempt.", "The pupil was erased, with {n} attempts.", n=erased.attempts))
    if erased.shared:
        say(N_("{n} attempt made with others stays as theirs.", "{n} attempts made with others stay as theirs.", n=erased.shared))
