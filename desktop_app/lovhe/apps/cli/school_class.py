"""`lovhe class`: the pupils of a class by first name and number, and how they show who they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click

from lovhe.apps.cli.command import LovheCommand, LovheGroup
from lovhe.apps.cli.options import json_option, read_bytes
from lovhe.apps.cli.output import say, show_json, show_table
from lovhe.apps.cli.yes_or_no import agreed
from lovhe.apps.language import key, t
from lovhe.core.messages import N_
from lovhe.core.pupils.class_changes import ClassChange, ListedClass
from lovhe.core.pupils.pupil import SchoolClass, SecretKind

_KINDS = {"none": key("nothing"), "pin": key("four digits"), "pictures": key("three pictures")}

_HEADINGS = {"pin": key("Four digits"), "pictures": key("Three pictures")}


_HERE = "lovhe.apps.cli"


@click.group(
    "class",
    cls=LovheGroup,
    where={
        **dict.fromkeys(("edit", "rename", "groups", "new-year"), f"{_HERE}.class_edits"),
        "marks": f"{_HERE}.class_marks",
        "correct": f"{_HERE}.class_correct",
        "report": f"{_HERE}.class_report",
        "privacy": f"{_HERE}.class_privacy",
        **dict.fromkeys(("export", "erase"), f"{_HERE}.class_data"),
        **dict.fromkeys(("keep", "clean-up"), f"{_HERE}.class_retention"),
        "passphrase": f"{_HERE}.class_passphrase",
    },
    help=key("The classes on this computer: who is in them, and how pupils show who they are."),
)
def class_command() -> None:
    """A group of commands."""


@class_command.command(
    "add",
    cls=LovheCommand,
    help=key(
        "Add pupils to a class; a class that is not there yet is made.\n\n"
        "CLASS is its name, like 7A; without it, FILE must say for each pupil or each sheet which class it is. FILE is a list from "
        "Excel (.xlsx), or text: one first name on each line, or columns as Excel saves them. Of surnames, fathers' names and other "
        "columns nothing is kept.\n\n"
        "Nobody is ever removed: a list that has grown can be given again, and only who is new is added."
    ),
)
@click.argument("words", metavar="[CLASS] FILE", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help=key("Add them without asking."))
def add_pupils(words: Sequence[str], yes: bool) -> None:
    """What would change is shown first; at a terminal it is asked."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import listed_classes
    from lovhe.apps.teaching.wiring import load_settings, read_roster

    *class_name, file = words
    if len(class_name) > 1:
        raise click.UsageError(t(key("Give a class and a file, or a file alone.")))
    lists = read_roster(read_bytes(Path(file)), Path(file).name)
    with wiring.results() as store:
        roster = store.roster()
        listed = listed_classes(roster.classes(), lists, class_name[0] if class_name else None, load_settings().secret_kind)
        for one in listed:
            _show_change(one)
        changes = [one.change for one in listed if one.change.before != one.change.after]
        if not changes:
            say(N_("There is nobody to add. A second pupil of the same name is one whose name stands in the list twice."))
            return
        if not yes and not agreed(N_("Add them?")):
            return
        roster.change(changes)
    for change in changes:
        _say_changed(change)


@class_command.command("list", cls=LovheCommand, help=key("Show the classes, or with CLASS its pupils."))
@click.argument("class_name", metavar="[CLASS]", required=False)
@json_option
def list_classes(class_name: str | None, as_json: bool) -> None:
    """A secret is never shown, only whether it is chosen."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called

    with wiring.results() as store:
        roster = store.roster()
        classes = roster.classes()
        shown = classes if class_name is None else [class_called(classes, class_name)]
        chosen = {pupil.id: bool(roster.secret(pupil.id).hashed) for one in shown for pupil in one.pupils if class_name or as_json}
    if as_json:
        show_json([_as_object(one, chosen) for one in shown])
    elif class_name is not None:
        _show_pupils(shown[0], chosen)
    elif classes:
        _show_classes(classes)
    else:
        say(N_("There is no class yet: `lovhe class add {name} names.txt` adds it.", name="7A"))


@class_command.command(
    "secret",
    cls=LovheCommand,
    help=key(
        "Say how the pupils of a class show who they are: none, pin (four digits) or pictures (three pictures).\n\n"
        "Each pupil chooses them at the next start. This keeps classmates out of each other's work; it is no bank's safe."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("kind", metavar="none|pin|pictures", type=click.Choice(tuple(_KINDS)))
def set_secret_kind(class_name: str, kind: str) -> None:
    """What was chosen of another kind is forgotten."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called

    with wiring.results() as store:
        roster = store.roster()
        school_class = class_called(roster.classes(), class_name)
        roster.set_secret_kind(school_class.name, cast("SecretKind", kind))
    if school_class.secret_kind == kind:
        say(N_("That is so already: nothing was changed."))
    elif kind == "none":
        say(N_("The pupils of {name} choose their names, and nothing else is asked.", name=school_class.name))
    elif kind == "pin":
        say(
            N_("Each pupil of {name} chooses four digits at the next start, and types them each time from then on.", name=school_class.name)
        )
    else:
        say(
            N_(
                "Each pupil of {name} chooses three pictures at the next start, and shows them each time from then on.",
                name=school_class.name,
            )
        )


@class_command.command(
    "forget-secret",
    cls=LovheCommand,
    help=key("Forget a pupil's digits or pictures, so that they choose anew. NUMBER is the pupil's in the class."),
)
@click.argument("class_name", metavar="CLASS")
@click.argument("number", metavar="NUMBER", type=int)
def forget_secret(class_name: str, number: int) -> None:
    """Waiting after wrong tries is over, too."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called, pupil_numbered

    with wiring.results() as store:
        roster = store.roster()
        school_class = class_called(roster.classes(), class_name)
        pupil = pupil_numbered(school_class, number)
        roster.set_secret(pupil.id, "")
    if school_class.secret_kind == "none":
        say(N_("In {name} nothing is asked: {pupil} only chooses the name.", name=school_class.name, pupil=pupil.first_name))
    else:
        say(
            N_(
                "{pupil} ({name}, number {number}) chooses anew at the next start.",
                pupil=pupil.first_name,
                name=school_class.name,
                number=number,
            )
        )


def _show_change(listed: ListedClass) -> None:
    """What a list would change in a class."""
    change, name = listed.change, listed.change.after.name
    if change.before is None:
        say(N_("The class {name} is new.", name=name))
    if listed.known:
        say(
            N_(
                "{n} name of the list is in {name} already and stays.",
                "{n} names of the list are in {name} already and stay.",
                n=listed.known,
                name=name,
            )
        )
    if listed.unlisted:
        say(
            N_(
                "{n} pupil of {name} is not in the list, and stays, too: {names}.",
                "{n} pupils of {name} are not in the list, and stay, too: {names}.",
                n=len(listed.unlisted),
                name=name,
                names=", ".join(pupil.first_name for pupil in listed.unlisted),
            )
        )
    for old, pupil in change.renumbered:
        say(N_("{pupil} gets the number {number} instead of {old}.", pupil=pupil.first_name, number=pupil.number, old=old))
    if change.added:
        say(N_("This pupil is added to {name}:", "These {n} pupils are added to {name}:", n=len(change.added), name=name))
        show_table((key("Number"), key("First name")), [(str(pupil.number), pupil.first_name) for pupil in change.added])


def _say_changed(change: ClassChange) -> None:
    name = change.after.name
    if change.added:
        say(N_("{n} pupil added to {name}.", "{n} pupils added to {name}.", n=len(change.added), name=name))
    if change.renumbered:
        say(N_("{n} pupil of {name} has a new number.", "{n} pupils of {name} have new numbers.", n=len(change.renumbered), name=name))


def _show_classes(classes: Sequence[SchoolClass]) -> None:
    rows = [(one.name, str(len(one.pupils)), t(key("has left school")) if one.has_left else t(_KINDS[one.secret_kind])) for one in classes]
    show_table((key("Class"), key("Pupils"), key("They show")), rows)


def _show_pupils(school_class: SchoolClass, chosen: dict[str, bool]) -> None:
    if not school_class.pupils:
        say(N_("The class {name} has no pupils yet.", name=school_class.name))
        return
    rows = [[str(pupil.number), pupil.first_name] for pupil in school_class.pupils]
    headings = [key("Number"), key("First name")]
    if any(pupil.group for pupil in school_class.pupils):
        headings.append(key("Group"))
        for row, pupil in zip(rows, school_class.pupils, strict=True):
            row.append(str(pupil.group or ""))
    if school_class.secret_kind != "none":
        headings.append(_HEADINGS[school_class.secret_kind])
        for row, pupil in zip(rows, school_class.pupils, strict=True):
            row.append(t(key("chosen")) if chosen[pupil.id] else t(key("not yet")))
    show_table(headings, rows)


def _as_object(school_class: SchoolClass, chosen: dict[str, bool]) -> dict[str, object]:
    return {
        "class": school_class.name,
        "secret": school_class.secret_kind,
        "has_left": school_class.has_left,
        "pupils": [
            {"id": one.id, "number": one.number, "name": one.first_name, "group": one.group, "secret_chosen": chosen[one.id]}
            for one in school_class.pupils
        ],
    }
