"""`lovhe class keep` and `clean-up`: how long attempts are kept, and erasing those past their time."""

from __future__ import annotations

import datetime
import sys

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say, show, show_table
from lovhe.apps.cli.yes_or_no import agreed
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_


@click.command(
    "keep",
    cls=LovheCommand,
    help=key(
        "Show or say how long attempts are kept: those of classes that have left school, and those of guests.\n\n"
        "Without options it is shown. Nothing is ever erased by itself: `lovhe class clean-up` does it, and asks before."
    ),
)
@click.option("--months", metavar="N", type=int, help=key("For so many months after the newest attempt of the class."))
@click.option("--for-ever", is_flag=True, help=key("Until somebody erases them, as it is at first."))
def keep_command(months: int | None, for_ever: bool) -> None:
    """How many are past the time is told each time."""
    from lovhe.apps.teaching.kept_time import keep_for, read_kept_time
    from lovhe.apps.teaching.retention import check_months, kept_words

    if months is not None and for_ever:
        raise click.UsageError(t(key("Give --months or --for-ever, not both.")))
    wanted = check_months(months) if months is not None else None
    kept = keep_for(wanted, _now()) if wanted is not None or for_ever else read_kept_time(_now())
    show(kept_words(kept.months))
    found = kept.past
    if found is None:
        return
    show(N_("{n} pupil is past that time.", "{n} pupils are past that time.", n=len(found.pupils)))
    show(N_("{n} attempt of guests is past that time.", "{n} attempts of guests are past that time.", n=found.guests_attempts))
    if found.pupils or found.guests_attempts:
        say(N_("`lovhe class clean-up` shows who it is, and asks whether to erase them."))


@click.command(
    "clean-up",
    cls=LovheCommand,
    help=key(
        "Show who is past the time that `lovhe class keep` says, and erase them after a question. This cannot be taken back.\n\n"
        "They are all pupils of a class that has left school and in which nobody has handed in anything for that time, and attempts of "
        "guests that are older. Copies that were made before still have it: delete those, too."
    ),
)
@click.option("--yes", is_flag=True, help=key("Do it without asking."))
def clean_up_command(yes: bool) -> None:
    """It is asked at a terminal, and must be said without one."""
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.apps.cli.results import local_time
    from lovhe.apps.teaching.kept_time import erase_past, read_kept_time

    now = _now()
    found = read_kept_time(now).past
    if found is None:
        say(N_("Attempts are kept for ever: `lovhe class keep --months 24` says otherwise. Nothing was erased."))
        return
    if not found.pupils and not found.guests_attempts:
        say(N_("Nothing is past its time."))
        return
    say(N_("Today is {day}. This is from before {since}:", day=local_time(now.isoformat())[:10], since=local_time(found.since_utc)[:10]))
    if found.pupils:
        rows = [(one.pupil.class_name, str(one.pupil.number), one.pupil.first_name, _day(one.newest_utc)) for one in found.pupils]
        show_table((key("Class"), key("Number"), key("First name"), key("Newest attempt")), rows)
    if found.guests_attempts:
        show(N_("{n} attempt of guests", "{n} attempts of guests", n=found.guests_attempts))
    if not yes and not sys.stdin.isatty():
        raise InputError(N_("Nobody was erased: nobody can be asked here."), N_("Give --yes as well, if it is meant."))
    if not yes and not agreed(N_("Is the date of today right, and shall all of this be erased for good?")):
        return
    attempts = 0
    with progress_bar(len(found.pupils) + 1) as on_done:
        for erased in erase_past(found):
            attempts += erased.attempts
            on_done()
    say(N_("{n} pupil was erased.", "{n} pupils were erased.", n=len(found.pupils)))
    say(N_("{n} attempt was erased.", "{n} attempts were erased.", n=attempts))
    say(N_("Copies that were made before still have it: delete those, too."))


def _day(when_utc: str) -> str:
    from lovhe.apps.cli.results import local_time

    return local_time(when_utc)[:10] if when_utc else t(key("never"))


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
