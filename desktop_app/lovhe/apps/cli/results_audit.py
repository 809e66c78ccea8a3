"""`lovhe results audit`: is what was changed by hand still as it was written?"""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json, show_table
from lovhe.apps.language import key, t


@click.command(
    "audit",
    cls=LovheCommand,
    help=key(
        "Look whether all changes by hand are as they were written: points that were set, and pupils who were erased.\n\n"
        "The code is another one after each change. Written down now, it tells later whether anything before was changed."
    ),
)
@json_option
def audit_command(as_json: bool) -> int:
    """Exit code 1 where something was changed afterwards."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.results import local_time
    from lovhe.apps.teaching.audit_state import FAULT_WORDS, audit_state

    with wiring.results() as store:
        state = audit_state(store.audit())
    if as_json:
        faults = [{"fault": fault, "entry": entry.id, "place": entry.place, "when": entry.when_utc} for fault, entry in state.faults]
        show_json({"entries": state.count, "code": state.code, "faults": faults})
    elif state.faults:
        show_table(
            (key("Time"), key("Number"), key("Wrong")),
            [(local_time(entry.when_utc), str(entry.place), t(FAULT_WORDS[fault])) for fault, entry in state.faults],
        )
        say(state.told)
    elif state.count:
        show(state.told)
    else:
        say(state.told)
    return 1 if state.faults else 0
