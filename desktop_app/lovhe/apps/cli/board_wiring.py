"""`lovhe board wiring`: a circuit as a table to build from, and in words all that is wrong or doubtful with it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show, show_json, show_table
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.core.circuits.wiring_picture import WiringPicture
    from lovhe.core.circuits.wiring_rules.finding import Finding
    from lovhe.core.circuits.wiring_table import TableRow

_HEADINGS = {
    "error": key("Wrong; a board does not start with it, and nobody should build it:"),
    "warning": key("Doubtful; it may harm something, or work only sometimes:"),
    "note": key("Good to know:"),
}


@click.command("wiring", cls=LovheCommand, help=key("Show how a circuit is wired, and all that is wrong or doubtful with it."))
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--lesson", metavar="LESSON", help=key("Look at this lesson's circuit."))
@click.option("--circuit", metavar="FILE", type=click.Path(path_type=Path), help=key("Look at the circuit in this TOML file."))
@click.option("--svg", metavar="FILE", type=click.Path(path_type=Path), help=key("Write a drawing that browsers and word processors show."))
@json_option
def wiring_command(name: str | None, lesson: str | None, circuit: Path | None, svg: Path | None, as_json: bool) -> int:
    """Of a running board, also what its program does to the wires now. Ends with 1 when something is wrong."""
    from lovhe.apps import running_boards

    if sum(given is not None for given in (name, lesson, circuit)) > 1:
        raise InputError(
            N_("A board's name, --lesson and --circuit each name a circuit, and more than one was given."), N_("Give one of them.")
        )
    if name is None and lesson is None and circuit is None:
        name = running_boards.only_virtual_board(N_("Give the name of one, or --lesson or --circuit."))
    looked_at = running_boards.look_at_wiring(name=name, lesson=lesson, circuit=circuit)
    if svg is not None:
        _write_svg(svg, looked_at.picture)
    if as_json:
        show_json(_as_object(looked_at.board, looked_at.rows, looked_at.findings))
    else:
        _show_table(looked_at.rows)
        _show_drawing(looked_at.picture)
        show_findings(looked_at.findings)
    return int(any(finding.severity == "error" for finding in looked_at.findings))


def _show_table(rows: Sequence[TableRow]) -> None:
    if not rows:
        show(N_("Nothing is wired to this board."))
        return
    lines, before = [], None
    for row in rows:
        part = row.part if row.kind == row.part else f"{row.part} ({row.kind})"
        end = f"{row.board_pin} ({row.printed})" if row.printed else row.board_pin
        lines.append(("" if row.part == before else part, row.pin, row.in_wire or "–", end or "–"))
        before = row.part
    show_table((key("Part"), key("Its pin"), key("In the wire"), key("Board pin")), lines)
    show()


def _show_drawing(picture: WiringPicture) -> None:
    from lovhe.core.circuits.wiring_drawing import drawn_wiring, lines_for

    for line in drawn_wiring(picture, t, lines_for(sys.stdout.encoding)):
        click.echo(line)
    show()


def _write_svg(file: Path, picture: WiringPicture) -> None:
    from lovhe.apps.user_files import write_whole
    from lovhe.core.circuits.wiring_svg import wiring_svg

    write_whole(file, wiring_svg(picture, t).encode())
    say(N_("Written: {file}", file=str(file)))


def show_findings(findings: Sequence[Finding]) -> None:
    """All findings, under a heading for each severity; or that there is nothing to find."""
    for severity, heading in _HEADINGS.items():
        of_this = [finding for finding in findings if finding.severity == severity]
        if of_this:
            show(t(heading))
        for finding in of_this:
            show(f"- {t(finding.what)}")
            show(f"  {t(finding.next_step)}")
    if not any(finding.severity in ("error", "warning") for finding in findings):
        show(N_("Nothing is wrong or doubtful with this circuit."))


def say_warnings(findings: Sequence[Finding], board: str) -> None:
    """At a board's start: what is doubtful, without the mends, and where those are told."""
    warnings = [finding for finding in findings if finding.severity == "warning"]
    for finding in warnings:
        say(t(finding.what))
    if warnings:
        say(N_("`lovhe board wiring {board}` says what to do about it.", board=board))


def _as_object(board: str, rows: Sequence[TableRow], findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "board": board,
        "wires": [
            {
                "part": row.part,
                "kind": row.kind,
                "pin": row.pin,
                "in_wire": row.in_wire,
                "board_pin": row.board_pin,
                "printed": row.printed,
            }
            for row in rows
        ],
        "findings": [
            {"severity": finding.severity, "rule": finding.rule, "what": t(finding.what), "next_step": t(finding.next_step)}
            for finding in findings
        ],
    }
