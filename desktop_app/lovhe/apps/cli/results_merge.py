"""`lovhe results merge`: the results of several PCs in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json
from lovhe.apps.language import key, t

if TYPE_CHECKING:
    from lovhe.core.errors import InputError
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
    from lovhe.apps.teaching.copies import keep_results
    from lovhe.apps.teaching.merge_words import how_it_is_now, what_came
    from lovhe.apps.teaching.merging import Refused, copies_in, merge_each

    files = copies_in(places)
    kept = keep_results()
    merged: list[Merged] = []
    refused: list[Refused] = []
    for one in merge_each(files):
        if isinstance(one, Refused):
            refused.append(one)
        else:
            merged.append(one)
        tell = say if as_json or isinstance(one, Refused) else show
        for sentence in what_came(one):
            tell(sentence)
    if as_json:
        show_json({"kept": str(kept), "files": [_as_object(one) for one in merged], "refused": [_refused(*one) for one in refused]})
    elif merged:
        for sentence in how_it_is_now(merged[-1], kept):
            say(sentence)
    return refused[-1].problem.exit_code if refused else 0


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
