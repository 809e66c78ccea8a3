"""`lovhe board fault`: cables, supplies and chips that go wrong, so that a teacher sees what a class will see."""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json
from lovhe.apps.language import key, t
from lovhe.core.boards.fault_words import what_one_sees, write_fault
from lovhe.core.messages import N_

_HELP = key(
    "Let something go wrong with a virtual board, as it does in class.\n\n"
    "unplug pulls the cable (unplug=5000: after 5000 bytes), plug puts it back. drop=0.1% loses and flip=0.1% changes bytes on the "
    "line, slow=57600 makes it slow (in baud). brownout lets the supply sag (brownout=5000: after 5000 bytes). no-loader and "
    "stuck-loader are boards that do not go into their loader, or do not leave it. chip=esp32c3 is the wrong chip.\n\n"
    "drop=off ends one fault, --clear ends all. Without a fault it says what is wrong with the board now."
)


@click.command("fault", cls=LovheCommand, help=_HELP)
@click.argument("name", metavar="NAME")
@click.argument("words", metavar="[FAULT…]", nargs=-1)
@click.option("--clear", is_flag=True, help=key("End all faults; an unplugged board is plugged in again."))
@click.option(
    "--seed", type=click.IntRange(min=0), metavar="N", help=key("Which bytes get lost or changed: the same again for the same number.")
)
@json_option
def fault_command(name: str, words: tuple[str, ...], clear: bool, seed: int | None, as_json: bool) -> None:
    """All faults of one command, or none."""
    from lovhe.apps import running_boards

    ordered, armed = running_boards.change_faults(name, words, seed, clear)
    if as_json:
        show_json([{"fault": fault.name, "value": fault.value, "sees": t(what_one_sees(fault, name))} for fault in armed])
        return
    for fault in ordered:
        if fault.value is None and fault not in armed:
            say(what_one_sees(fault, name))  # it happened and is over
    if not armed:
        show(N_("Nothing is wrong with {board}.", board=name))
        return
    for fault in armed:
        show(f"{write_fault(fault)}: {t(what_one_sees(fault, name))}")
