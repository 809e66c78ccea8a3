"""`lovhe board test`: does every part of a circuit work, and is it wired right?"""

from __future__ import annotations

from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option, port_option
from lovhe.apps.cli.output import outcome_word, say, show_json, show_table
from lovhe.apps.cli.verdict import EXIT_CODES
from lovhe.apps.language import current_language, key, t
from lovhe.core.checks.report import Report
from lovhe.core.circuits.part_tests import PartTrial
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message

_HELP = key(
    "Test each part of a circuit: press, cover, warm and look as you are asked.\n\n"
    "PART is a part's name in the circuit, if not all are to be tested. The result of all parts is kept with the board. "
    "A virtual board needs nobody: its surroundings change by themselves."
)


@click.command("test", cls=LovheCommand, help=_HELP)
@click.argument("parts", metavar="[PART…]", nargs=-1)
@port_option
@click.option("--lesson", metavar="LESSON", help=key("The circuit of this lesson is on the table."))
@click.option("--circuit", metavar="FILE", type=click.Path(path_type=Path), help=key("The circuit in this TOML file is on the table."))
@json_option
def test_command(parts: tuple[str, ...], port: str | None, lesson: str | None, circuit: Path | None, as_json: bool) -> int:
    """All parts, or those that are named; only a test of all parts is kept."""
    from lovhe.apps import wiring
    from lovhe.apps.board_testing import plan_trials, tested_board
    from lovhe.apps.cli.judge_desk import TerminalDesk
    from lovhe.core.checks.report import encode_report

    if (lesson is None) == (circuit is None):
        raise InputError(
            N_("It is not said which circuit is on the table."),
            N_("Give --lesson with a lesson, or --circuit with a file."),
        )
    board = wiring.choose_board(port)
    name, trials = plan_trials(board, lesson, circuit, parts)
    desk = TerminalDesk()
    with wiring.results() as store, desk.person() as person:  # opened first: a test that cannot be kept is not begun
        with tested_board(board, name, trials, current_language().code, desk.asks, person, desk.cancelled) as tested:
            say(N_("Testing {n} part on {board} …", "Testing {n} parts on {board} …", n=len(trials), board=board.shown))
            report = tested.run(desk)
        class_set = store.class_set()
        if not parts:
            class_set.note_test(tested.mac, name, report.outcome, encode_report(report))
        record = class_set.board(tested.mac)
        shown = str(record.name) if record is not None and record.name is not None else board.shown
    if as_json:
        show_json(_as_object(report, trials, shown, tested.mac))
    else:
        _show(report, trials)
        say(_kept(shown, whole=not parts))
    return EXIT_CODES[report.outcome]


def _show(report: Report, trials: list[PartTrial]) -> None:
    say()
    rows = [(check.id, t(trial.name), outcome_word(check.outcome)) for trial, check in zip(trials, report.checks, strict=True)]
    show_table([key("Id"), key("Part"), key("Outcome")], rows)


def _kept(board: str, *, whole: bool) -> Message:
    if whole:
        return N_("The result is kept with the board {board}.", board=board)
    return N_("Not all parts were tested, so the result is not kept.")


def _as_object(report: Report, trials: list[PartTrial], board: str, mac: str) -> dict[str, object]:
    return {
        "board": board,
        "mac": mac,
        "circuit": report.lesson,
        "outcome": report.outcome,
        "parts": [
            {
                "id": check.id,
                "part": trial.part.id,
                "wires": dict(trial.wires),
                "outcome": check.outcome,
                "expected": t(check.expected),
                "seen": t(check.seen),
                "hints": [t(hint) for hint in check.hints],
            }
            for trial, check in zip(trials, report.checks, strict=True)
        ],
    }
