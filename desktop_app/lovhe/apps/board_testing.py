"""Where the test of a board's parts meets boards, lessons and the class set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from lovhe.core.boards.choice import board_of, choose_board, move_circuit
from lovhe.core.checks.report import Report
from lovhe.core.circuits.hardware_check import check_circuit
from lovhe.core.circuits.part_tests import PartTrial, part_trials
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_
from lovhe.services.board_testing import TrialWatcher
from lovhe.services.ports import BoardInfo, Person, Stage

PATIENCE_S = 60.0
"""How long somebody has for one change, such as warming a sensor, and for one answer."""


class TestedBoard(msgspec.Struct, frozen=True):
    """A board whose parts can be tested now: `run` does so, `mac` names it for good."""

    mac: str
    run: Callable[[TrialWatcher], Report]


def plan_trials(board: BoardInfo, lesson: str | None, circuit: Path | None, only: Sequence[str]) -> tuple[str, list[PartTrial]]:
    """The circuit's name and the trials of its parts, or of those that are named. Raises `LovheError`s."""
    from lovhe.apps import wiring

    boards, parts = wiring.kit().boards(), wiring.kit().parts()
    if lesson is not None:
        found = wiring.kit().lesson(lesson)
        name, wanted = found.id, found.file.circuit
    else:
        file = circuit or Path()
        name, wanted = file.name, wiring.kit().circuit(file)
        check_circuit(board_of(boards, wanted, file.name), parts, wanted)
    if board.chip and any(kind.chip == board.chip for kind in boards.values()):
        wanted = move_circuit(wanted, choose_board(boards, wanted.board, chip=board.chip), parts)
    trials = part_trials(boards[wanted.board], parts, wanted)
    ids = [trial.id for trial in trials]
    for part in only:
        if part not in ids:
            raise InputError(N_("The circuit has no part “{id}”.", id=part[:60]), N_("Write one of these: {parts}.", parts=", ".join(ids)))
    return name, [trial for trial in trials if not only or trial.id in only]


@contextmanager
def tested_board(
    board: BoardInfo,
    name: str,
    trials: Sequence[PartTrial],
    language: str,
    ask: Callable[[str], None],
    person: Person,
    cancelled: Callable[[], bool],
) -> Iterator[TestedBoard]:
    """Open the board for a test, which `cancelled` can end.

    Raises `BoardError`s, and `InputError` for a virtual board that has nothing of the circuit.
    """
    from lovhe.apps import wiring
    from lovhe.services.board_testing import check_parts
    from lovhe.services.identifying import ask as ask_identity

    _refuse_an_empty_table(board, trials)
    link = wiring.open_link(board)

    def stage_for(lesson: Lesson) -> Stage:
        return wiring.open_stage(board, lesson, language, ask, person, PATIENCE_S)

    try:
        yield TestedBoard(
            board.mac or ask_identity(link).mac,
            lambda watcher: check_parts(name, trials, link, stage_for, watcher, runtime=wiring.runtime(), cancelled=cancelled),
        )
    finally:
        link.close()


@contextmanager
def tested_bench(lesson: Lesson, only: Sequence[str]) -> Iterator[TestedBoard]:
    """A fresh virtual board on which the lesson's circuit, or the parts of it that are named, can be tested in virtual time."""
    from lovhe.apps import wiring
    from lovhe.services.board_testing import check_parts

    kit, circuit = wiring.kit(), lesson.file.circuit
    trials = [trial for trial in part_trials(kit.boards()[circuit.board], kit.parts(), circuit) if not only or trial.id in only]
    with wiring.virtual_bench(lesson) as (link, stage):
        runtime = wiring.runtime()
        yield TestedBoard("", lambda watcher: check_parts(lesson.id, trials, link, lambda _: stage, watcher, runtime=runtime))


def _refuse_an_empty_table(board: BoardInfo, trials: Sequence[PartTrial]) -> None:
    """A virtual board was started with another circuit, or with none: its wires are not to blame."""
    from lovhe.apps.running_boards import look_at_wiring

    if not board.virtual:
        return
    there = {row.part for row in look_at_wiring(name=board.name, lesson=None, circuit=None).rows}
    if trials and there.isdisjoint(trial.id for trial in trials):
        raise InputError(
            N_("Nothing of this circuit is wired to the virtual board {board}.", board=board.shown),
            N_("Start one that has it, with `lovhe board start --lesson LESSON` or `--circuit FILE`, then test that."),
        )
