"""`lovhe results push`: a school's results, into a PostgreSQL database of the school or the ministry."""

from __future__ import annotations

import sys

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.cli.yes_or_no import agreed
from lovhe.apps.language import key
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

ADDRESS = "LOVHE_POSTGRES_URL"
"""In a word of a command anybody at the computer can see a password."""


@click.command(
    "push",
    cls=LovheCommand,
    help=key(
        "Send the results of this computer to a PostgreSQL database of the school or the ministry.\n\n"
        "Only what is not there yet is sent. If it is cut off, the same command goes on. Who was erased here is erased there. Keep the "
        "password out of the command: write the whole address into LOVHE_POSTGRES_URL, or the password into PGPASSWORD or .pgpass."
    ),
)
@click.option(
    "--to", "address", metavar="URL", envvar=ADDRESS, help=key("The database: postgresql://USER@HOST/DATABASE. Else LOVHE_POSTGRES_URL.")
)
@click.option("--school", metavar="NAME", help=key("The school's code, or its name and town. Needed once; then it is remembered."))
@click.option("--yes", is_flag=True, help=key("Do it without asking."))
def push_command(address: str | None, school: str | None, yes: bool) -> None:
    """What leaves the computer is told first; it is asked at a terminal, and must be said without one."""
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.apps.teaching import wiring
    from lovhe.core.pupils.school_name import check_school_name

    with wiring.outgoing() as own, wiring.school_db(given(address), writes=True) as db:
        name = check_school_name(school if school is not None else own.school())
        amount = own.amount()
        _tell(name, db.name, amount.pupils, amount.attempts, sum(row.pupils for row in wiring.report(db, name)))
        if not yes and not sys.stdin.isatty():
            raise InputError(N_("Nothing was sent: nobody can be asked here."), N_("Give --yes as well, if it is meant."))
        if not yes and not agreed(N_("Send it?")):
            return
        own.keep_school(name)
        with progress_bar(amount.attempts) as advance:

            def told(done: int) -> None:
                for _ in range(done):
                    advance()

            pushed = wiring.push(db, own, name, told)
    say(N_("{n} attempt was sent; the others were there.", "{n} attempts were sent; the others were there.", n=pushed.attempts))
    if pushed.pupils:
        say(N_("{n} pupil is new or changed there.", "{n} pupils are new or changed there.", n=pushed.pupils))
    if pushed.erased:
        say(N_("{n} pupil was erased there, too.", "{n} pupils were erased there, too.", n=pushed.erased))
    if pushed.kept_out:
        say(
            N_(
                "{n} pupil was erased from another computer, and was not sent again.",
                "{n} pupils were erased from another computer, and were not sent again.",
                n=pushed.kept_out,
            )
        )


def given(address: str | None) -> str:
    """The address of the database. Raises `InputError` where there is none."""
    if not address:
        raise InputError(
            N_("It is not said which database is meant."),
            N_("Write its address into LOVHE_POSTGRES_URL: postgresql://USER:PASSWORD@HOST/DATABASE."),
        )
    return address


def _tell(school: str, server: str, pupils: int, attempts: int, there: int) -> None:
    """What goes where, and what does not go."""
    say(N_("To {server}, as the school “{school}”, go:", server=server, school=school))
    say(N_("  {n} pupil: first name, number and class", "  {n} pupils: first name, number and class", n=pupils))
    say(
        N_(
            "  {n} attempt: program or answer, points, time, and what the board did",
            "  {n} attempts: program or answer, points, time, and what the board did",
            n=attempts,
        )
    )
    say(N_("  points that were set by hand, without the reasons"))
    say(N_("PINs, guests' attempts and what is still being typed stay on this computer."))
    if there:
        say(N_("{n} pupil of this school is there already.", "{n} pupils of this school are there already.", n=there))
    else:
        say(N_("This school is new there."))
