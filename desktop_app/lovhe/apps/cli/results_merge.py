"""`lovhe results merge`: the results of several PCs in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError, ResultsError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.services.ports.merging import Merged


@click.command(
    "merge",
    cls=LovheCommand,
    help=key(
        "Bring the results of several computers together on this one.\n\n"
        "FILE is a copy that `lovhe results backup` wrote, or a folder with such copies. The order does not matter, and a copy may come "
        "more than once: nothing is counted twice. A class with the same name becomes one class, a pupil with the same number and first "
        "name one pupil. What is here now is kept beside, as a copy. Do it while nobody works at this computer."
    ),
)
@click.argument("places", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def merge_command(places: tuple[Path, ...], as_json: bool) -> int:
    """Exit code 2 where a file could not be used; the others are merged all the same."""
    from lovhe.apps.cli.results_backup import now
    from lovhe.apps.teaching import wiring
    from lovhe.apps.teaching.backups import before_restore
    from lovhe.apps.teaching.merging import copies_in

    files = copies_in(places)
    kept = wiring.back_up(before_restore(wiring.results_file(), now()))
    merged: list[Merged] = []
    refused: list[tuple[Path, InputError]] = []
    try:
        for file in files:
            try:
                merged.append(wiring.merge(file))
            except ResultsError:
                raise
            except InputError as problem:
                refused.append((file, problem))
                say(problem.what)
                say(problem.next_step)
            else:
                _tell(merged[-1], as_json)
    finally:
        _bring_along()
    if as_json:
        show_json({"kept": str(kept.file), "files": [_as_object(one) for one in merged], "refused": [_refused(*one) for one in refused]})
    elif merged:
        _tell_numbers(merged[-1])
        say(N_("What was here before is in {file}; `lovhe results restore` brings it back.", file=str(kept.file)))
    return refused[-1][1].exit_code if refused else 0


def _bring_along() -> None:
    """What pupils typed here follows them; who sat here last signs in anew, if they are known otherwise now."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching import wiring as teaching_wiring
    from lovhe.apps.teaching.merging import bring_along
    from lovhe.apps.workspace.wiring import load_desk, save_desk

    moved = teaching_wiring.moved_pupils()
    if not moved:
        return
    with wiring.results() as store:
        bring_along(moved, store.roster().classes(), teaching_wiring.all_work())
    desk = load_desk()
    if desk.group is not None and any(one.id in moved for one in desk.group.pupils):
        desk.stand_up()
        save_desk(desk)
    teaching_wiring.forget_moved()


def _tell(merged: Merged, as_json: bool) -> None:
    """On standard error where the rest is for programs."""
    tell = say if as_json else show
    tell(
        N_(
            "{file}: {n} new result; here already: {known}.",
            "{file}: {n} new results; here already: {known}.",
            n=merged.attempts,
            file=str(merged.file),
            known=merged.known,
        )
    )
    if merged.pupils:
        tell(N_("{n} new pupil came with it.", "{n} new pupils came with it.", n=merged.pupils))
    if merged.erased:
        tell(
            N_(
                "{n} pupil who was erased there is erased here, too.",
                "{n} pupils who were erased there are erased here, too.",
                n=merged.erased,
            )
        )
    if merged.otherwise:
        tell(
            N_(
                "{n} result stands otherwise in this file than here; the one here stays. Somebody may have changed that file.",
                "{n} results stand otherwise in this file than here; those here stay. Somebody may have changed that file.",
                n=merged.otherwise,
            )
        )
    if merged.altered:
        tell(N_("Changes by hand are not as they were written: `lovhe results audit` shows which, here and on that computer."))


def _tell_numbers(merged: Merged) -> None:
    for one in merged.renumbered:
        say(
            N_(
                "In {name} somebody else has the number {wanted}, too: {pupil} has the number {number} now.",
                name=one.class_name,
                wanted=one.wanted,
                pupil=one.first_name,
                number=one.number,
            )
        )
    if merged.renumbered:
        say(
            N_(
                "If two of these are one pupil, whose name is written in two ways, correct it on the computer where it is wrong; "
                "then merge a new copy from there."
            )
        )


def _as_object(merged: Merged) -> dict[str, object]:
    numbers = [{"class": one.class_name, "name": one.first_name, "wanted": one.wanted, "number": one.number} for one in merged.renumbered]
    return {
        "file": str(merged.file),
        "attempts": merged.attempts,
        "known": merged.known,
        "pupils": merged.pupils,
        "erased": merged.erased,
        "otherwise": merged.otherwise,
        "altered": merged.altered,
        "renumbered": numbers,
    }


def _refused(file: Path, problem: InputError) -> dict[str, str]:
    return {"file": str(file), "what": t(problem.what), "next_step": t(problem.next_step)}
