"""`lovhe results audit`: is what was changed by hand still as it was written?"""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json, show_table
from lovhe.apps.language import key, t
from lovhe.core.messages import N_

_FAULTS = {
    "changed": key("changed afterwards"),
    "gap": key("one before it is missing, or another one"),
    "note changed": key("what it says was changed"),
    "note missing": key("what it says is missing"),
}


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

    with wiring.results() as store:
        found, (count, code) = store.audit().faults(), store.audit().head()
    if as_json:
        faults = [{"fault": fault, "entry": entry.id, "place": entry.place, "when": entry.when_utc} for fault, entry in found]
        show_json({"entries": count, "code": code, "faults": faults})
        return 1 if found else 0
    if not count:
        say(N_("Nothing was changed by hand yet."))
        return 0
    if found:
        show_table(
            (key("Time"), key("Number"), key("Wrong")),
            [(local_time(entry.when_utc), str(entry.place), t(_FAULTS[fault])) for fault, entry in found],
        )
        say(N_("The list of changes by hand was changed from outside. Look at an older copy of the results for what stood there."))
        return 1
    show(
        N_(
            "{n} change by hand, as it was written. Code: {code}",
            "{n} changes by hand, as they were written. Code: {code}",
            n=count,
            code=code,
        )
    )
    return 0
