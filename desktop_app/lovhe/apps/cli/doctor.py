"""`lovhe doctor`: is everything there that a lesson needs?"""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json
from lovhe.apps.language import key, t
from lovhe.core.messages import N_


@click.command("doctor", cls=LovheCommand, help=key("Look whether everything is there that a lesson needs, and say what to do."))
@json_option
def doctor_command(as_json: bool) -> int:
    """Exit code 1 when lessons cannot go on."""
    from lovhe.apps.findings import findings

    found = []
    for finding in findings():
        found.append(finding)
        if not as_json:
            show(f"{outcome_mark(finding.outcome)} {t(finding.subject)}: {t(finding.what)}")
            if finding.next_step is not None:
                show(f"    {t(finding.next_step)}")
    if as_json:
        show_json(
            [
                {
                    "subject": finding.subject,
                    "outcome": finding.outcome,
                    "what": t(finding.what),
                    "next_step": t(finding.next_step) if finding.next_step is not None else None,
                }
                for finding in found
            ]
        )
    failed = sum(finding.outcome == "failed" for finding in found)
    if failed:
        say(N_("{n} thing needs mending.", "{n} things need mending.", n=failed))
    return 1 if failed else 0
