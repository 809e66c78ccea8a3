"""`lovhe board test`: does every part of a circuit work, and is it wired right?"""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option, port_option
from lovhe.apps.cli.output import outcome_word, say, show_json, show_table
from lovhe.apps.cli.verdict import EXIT_CODES
from lovhe.apps.language import current_language, key, t
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.circuits.part_tests import PartTrial
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Message

_LONG_S = 8


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
    from lovhe.apps.cli.yes_or_no import YesOrNo
    from lovhe.core.checks.report import encode_report

    if (lesson is None) == (circuit is None):
        raise InputError(
            N_("It is not said which circuit is on the table."),
            N_("Give --lesson with a lesson, or --circuit with a file."),
        )
    board = wiring.choose_board(port)
    name, trials = plan_trials(board, lesson, circuit, parts)
    with wiring.results() as store, YesOrNo() as person:  # opened first: a test that cannot be kept is not begun
        with tested_board(board, name, trials, current_language().code, _ask, person) as tested:
            say(N_("Testing {n} part on {board} …", "Testing {n} parts on {board} …", n=len(trials), board=board.shown))
            report = tested.run(_Teller())
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


def test_step(lesson: Lesson, step: LessonStep, port: str | None, *, virtual: bool) -> tuple[str, Report]:
    """Test the parts that a step of a lesson builds: the board's name and the verdict on each part."""
    from lovhe.apps import wiring
    from lovhe.apps.board_testing import plan_trials, tested_bench, tested_board
    from lovhe.apps.cli.yes_or_no import YesOrNo

    if virtual:
        with tested_bench(lesson, step.parts) as tested:
            return "virtual", msgspec.structs.replace(tested.run(_Teller()), step=step.id)
    board = wiring.choose_board(port)
    name, trials = plan_trials(board, lesson.id, None, step.parts)
    with YesOrNo() as person, tested_board(board, name, trials, current_language().code, _ask, person) as tested:
        say(N_("Testing {n} part on {board} …", "Testing {n} parts on {board} …", n=len(trials), board=board.shown))
        return board.name, msgspec.structs.replace(tested.run(_Teller()), step=step.id)


class _Teller:
    """Says which part's turn it is, and at once what became of it."""

    def begins(self, trial: PartTrial, number: int, count: int) -> None:
        say()
        say(f"{number}/{count}  {t(trial.name)}: {trial.wires_text}")
        seconds = _seconds(trial)
        if seconds >= _LONG_S:
            say(N_("This part takes {n} second.", "This part takes {n} seconds.", n=seconds))

    def ended(self, trial: PartTrial, report: CheckReport) -> None:
        say(f"  {outcome_word(report.outcome)}")
        if report.outcome in ("failed", "unclear"):
            say("  " + t(N_("Expected: {text}", text=report.expected)))
            say("  " + t(N_("Seen: {text}", text=report.seen)))
        if report.outcome == "skipped":
            say(f"  {t(report.seen)}")
        for hint in report.hints:
            say(f"  • {t(hint)}")


def _ask(sentence: str) -> None:
    say(f"→ {sentence}")


def _seconds(trial: PartTrial) -> int:
    steps = [step for check in trial.lesson.file.check for step in check.step] if trial.lesson is not None else []
    return round(sum(parse_duration_ms(step.delay) for step in steps) / 1000)


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
