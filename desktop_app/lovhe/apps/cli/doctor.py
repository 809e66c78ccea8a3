"""`lovhe doctor`: is everything there that a lesson needs?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json, uses_colour
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.plug_watch import WATCH_S

if TYPE_CHECKING:
    from lovhe.apps.doctor.rounds import Told


@click.command("doctor", cls=LovheCommand, help=key("Look whether everything is there that a lesson needs, and say what to do."))
@click.option("--plug", is_flag=True, help=key("Watch while you plug a board in, and say what is wrong with cable, driver or rights."))
@click.option("--udev-rule", is_flag=True, help=key("Print the rule that lets everybody at a Linux PC use boards, for its administrator."))
@json_option
def doctor_command(plug: bool, udev_rule: bool, as_json: bool) -> int:
    """Exit code 1 when lessons cannot go on."""
    from lovhe.apps.doctor.rounds import all_findings, plugged_in
    from lovhe.apps.doctor.this_pc import ThisPc

    if udev_rule:
        if plug or as_json:
            raise InputError(N_("--udev-rule was given together with another option."), N_("Give it alone: it prints a file."))
        from lovhe.core.pc.rules.udev import udev_rule as rule_text

        click.echo(rule_text(), nl=False)
        return 0
    if plug:
        return _tell(plugged_in(ThisPc(), _countdown()), as_json, in_groups=False)
    return _tell(all_findings(ThisPc(before_slow=say)), as_json, in_groups=True)


def _tell(found: Iterable[Told], as_json: bool, *, in_groups: bool) -> int:
    told: list[Told] = []
    for one in found:
        if not as_json:
            if in_groups and (not told or told[-1].group != one.group):
                _show_heading(t(one.group))
            _show(one)
        told.append(one)
    outcomes = [one.finding.outcome for one in told]
    if as_json:
        show_json([_as_object(one) for one in told])
    elif failed := [one.subject for one in told if one.finding.outcome == "failed"]:
        subjects = ", ".join(t(subject) for subject in dict.fromkeys(failed))
        say(N_("{n} thing needs mending: {subjects}.", "{n} things need mending: {subjects}.", n=len(failed), subjects=subjects))
    elif unclear := outcomes.count("unclear"):
        say(N_("Lessons can go on; {n} thing is worth a look.", "Lessons can go on; {n} things are worth a look.", n=unclear))
    else:
        say(N_("All is well."))
    return 1 if "failed" in outcomes else 0


def _show_heading(words: str) -> None:
    show(click.style(words, bold=True) if uses_colour() else words)


def _show(one: Told) -> None:
    show(f"{outcome_mark(one.finding.outcome)} {t(one.subject)}: {t(one.finding.what)}")
    if one.finding.next_step is not None:
        show(f"    {t(one.finding.next_step)}")


def _as_object(one: Told) -> dict[str, str | None]:
    return {
        "group": one.group,
        "subject": one.subject,
        "outcome": one.finding.outcome,
        "what": t(one.finding.what),
        "next_step": t(one.finding.next_step) if one.finding.next_step is not None else None,
    }


def _countdown() -> Callable[[int], None]:
    """Say what to do now, then count the seconds down in one line of a terminal; nothing in a file."""
    say(N_("Plug the board into this PC now. If it is plugged in, pull it out and plug it in again. Watching for {n} s …", n=int(WATCH_S)))
    left = 0

    def tick(left_s: int) -> None:
        nonlocal left
        if left_s != left and sys.stderr.isatty():
            left = left_s
            click.echo(f"\r{left_s:3} s \r", nl=False, err=True)

    return tick
