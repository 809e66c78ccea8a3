"""`lovhe class edit`, `rename`, `groups` and `new-year`: what a teacher changes in classes by hand."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import click
from msgspec.structs import replace

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say, show_table
from lovhe.apps.cli.yes_or_no import agreed
from lovhe.apps.language import key
from lovhe.core.errors import InputError
from lovhe.core.messages import N_


@click.command(
    "edit",
    cls=LovheCommand,
    help=key(
        "Change a pupil's name or number, or let them go to another class.\n\n"
        "NUMBER is the pupil's in the class. What they have done stays theirs."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("number", metavar="NUMBER", type=int)
@click.option("--name", metavar="NAME", help=key("The first name from now on."))
@click.option("--number", "new_number", metavar="N", type=int, help=key("The number from now on."))
@click.option("--to", "new_class", metavar="CLASS", help=key("Go to this class, with the number there that is next."))
def edit_command(class_name: str, number: int, name: str | None, new_number: int | None, new_class: str | None) -> None:
    """One thing or several at once."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called, pupil_numbered
    from lovhe.core.pupils.class_edits import edited, moved
    from lovhe.core.pupils.first_names import check_first_name

    if name is None and new_number is None and new_class is None:
        raise InputError(N_("Nothing is said that should be changed."), N_("Give --name, --number or --to."))
    with wiring.results() as store:
        roster = store.roster()
        classes = roster.classes()
        old = class_called(classes, class_name)
        pupil = pupil_numbered(old, number)
        if name is not None:
            pupil = replace(pupil, first_name=check_first_name(name))
        new = class_called(classes, new_class) if new_class is not None else old
        if new is not old:
            roster.change(moved(pupil, old, new, new_number))
        else:
            roster.change([edited(old, replace(pupil, number=pupil.number if new_number is None else new_number))])
        kept = roster.pupil(pupil.id)
    assert kept is not None
    say(N_("{pupil} is in {name} now, number {number}.", pupil=kept.first_name, name=kept.class_name, number=kept.number))


@click.command("rename", cls=LovheCommand, help=key("Give a class another name; its pupils and what they have done stay."))
@click.argument("class_name", metavar="CLASS")
@click.argument("new_name", metavar="NAME")
def rename_command(class_name: str, new_name: str) -> None:
    """Boards of a class set keep the name on their stickers."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.class_lists import free_class_name
    from lovhe.apps.teaching.classes import class_called
    from lovhe.core.pupils.class_edits import renamed

    with wiring.results() as store:
        roster = store.roster()
        classes = roster.classes()
        old = class_called(classes, class_name)
        wanted = free_class_name(classes, new_name, old)
        roster.change([renamed(old, wanted)])
    say(N_("The class {old} is called {name} now.", old=old.name, name=wanted))


@click.command(
    "groups",
    cls=LovheCommand,
    help=key(
        "Say who shares a keyboard: one to three pupils of a class.\n\n"
        "Each GROUP is their numbers, like 1,2,3. When one of them is chosen at the start, the app offers the others first. "
        "Without groups, all that the class has are taken away."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("groups", metavar="[GROUP…]", nargs=-1)
def groups_command(class_name: str, groups: Sequence[str]) -> None:
    """All groups of the class at once."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called
    from lovhe.core.pupils.class_edits import regrouped

    numbers = [_numbers(group) for group in groups]
    with wiring.results() as store:
        roster = store.roster()
        old = class_called(roster.classes(), class_name)
        change = regrouped(old, numbers)
        roster.change([change])
    if not groups:
        say(N_("{name} has no groups now.", name=old.name))
        return
    say(N_("{name} has {n} group now.", "{name} has {n} groups now.", name=old.name, n=len(groups)))
    alone = sum(not pupil.group for pupil in change.after.pupils)
    if alone:
        say(N_("{n} pupil is in no group.", "{n} pupils are in no group.", n=alone))


@click.command(
    "new-year",
    cls=LovheCommand,
    help=key(
        "Begin a new school year: each class goes up by one grade, 7A becomes 8A; the eleventh grade leaves school.\n\n"
        "Pupils and what they have done stay. A class that has left is not offered at the start any more."
    ),
)
@click.option("--yes", is_flag=True, help=key("Do it without asking."))
def new_year_command(yes: bool) -> None:
    """What would change is shown first; at a terminal it is asked."""
    from lovhe.apps import wiring
    from lovhe.core.pupils.class_edits import new_year

    with wiring.results() as store:
        roster = store.roster()
        changes = new_year(roster.classes(), datetime.datetime.now(datetime.UTC).astimezone().year)
        if not changes:
            say(N_("There is no class whose name begins with a grade, like 7A: nothing was changed."))
            return
        names = [(change.before.name if change.before is not None else "", change.after.name) for change in changes]
        show_table((key("Class"), key("New name")), names)
        if not yes and not agreed(N_("Begin the new school year?")):
            return
        roster.change(changes)
    say(N_("{n} class has a new name.", "{n} classes have new names.", n=len(changes)))


def _numbers(group: str) -> list[int]:
    parts = [part.strip() for part in group.split(",")]
    if not all(part.isdecimal() for part in parts):
        raise InputError(N_("“{group}” is no group.", group=group[:40]), N_("Write each group's numbers together, like 1,2,3."))
    return [int(part) for part in parts]
