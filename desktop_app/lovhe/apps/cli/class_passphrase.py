"""`lovhe class passphrase`: another passphrase for the teacher's side of the app, for who has forgotten it."""

from __future__ import annotations

import sys

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_


@click.command(
    "passphrase",
    cls=LovheCommand,
    help=key(
        "Choose another passphrase for the teacher's side of the app (F4 on its first screen), where the old one is forgotten.\n\n"
        "Nothing else is changed. Who can give this command can read the results anyway: give pupils an account of their own."
    ),
)
def passphrase_command() -> None:
    """It is typed twice, and not shown."""
    from getpass import getpass

    from lovhe.apps import wiring
    from lovhe.apps.teaching.wiring import passphrase_hashing
    from lovhe.core.passphrase import as_meant, check_new
    from lovhe.services.teacher_entry import choose_passphrase

    if not sys.stdin.isatty():
        raise InputError(N_("No passphrase was chosen: nobody can be asked here."), N_("Give the command in a terminal."))
    say(N_("What you type is not shown."))
    typed = check_new(getpass(f"{t(key('The new passphrase:'))} ", sys.stderr))
    if as_meant(getpass(f"{t(key('The same once more:'))} ", sys.stderr)) != typed:
        raise InputError(N_("These were not the same: the passphrase stays as it was."), N_("Give the command again."))
    with wiring.results() as store:
        choose_passphrase(store.teacher_door(), passphrase_hashing(), typed)
    say(N_("The new passphrase holds from now on."))
