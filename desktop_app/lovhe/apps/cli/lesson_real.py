"""`lovhe lesson test --real`: a lesson's programs on a board, beside their verdicts in virtual time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lovhe.apps.cli.output import outcome_mark, say, show, show_json
from lovhe.apps.language import t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.core.lessons.lesson import Lesson
    from lovhe.services.lesson_trial import ProgramTrial
    from lovhe.services.ports import BoardLink, Stage
    from lovhe.services.real_trial import Difference


def prove_on_board(lesson: Lesson, port: str | None, *, human: bool, as_json: bool) -> int:
    """Exit code 1 if a verdict is not right, or not the one of virtual time. `human`: a virtual board's pupil reads and acts first."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.judge_desk import TerminalDesk
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.apps.step_judging import on_board
    from lovhe.services.lesson_trial import count_jobs, try_lessons
    from lovhe.services.real_trial import differences, try_on_board

    board = wiring.choose_board(port)
    wiring.refuse_unfit_board(board, lesson)
    if human and not board.virtual:
        raise InputError(
            N_("The people at a real board have a pace of their own."),
            N_("Leave --pace out, or give a virtual board with --port."),
        )

    @contextmanager
    def opened(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        with on_board(one, board, TerminalDesk()) as (link, stage):
            yield link, wiring.at_human_pace(one, stage) if human else stage

    count = count_jobs([lesson])
    say(N_("First {n} program in virtual time …", "First {n} programs in virtual time …", n=count))
    with progress_bar(count) as on_done:
        (virtual,) = try_lessons([lesson], wiring.virtual_bench, wiring.runtime(), on_done=on_done)
    say(N_("Now each of them on {board}, as long as it takes …", board=board.name))
    left = iter(virtual.programs)
    rows: list[tuple[ProgramTrial, list[Difference]]] = []

    def tell(real: ProgramTrial) -> None:
        rows.append((real, differences(next(left), real)))
        if not as_json:
            _show(*rows[-1])

    try_on_board(lesson, opened, wiring.runtime(), tell)
    if as_json:
        show_json([_as_object(real, found) for real, found in rows])
    return _summary(rows)


def _show(real: ProgramTrial, found: Sequence[Difference]) -> None:
    right = real.right and not found
    seen = t(real.error.what) if real.error else ", ".join(real.failed) or (t(real.report.outcome) if real.report else "")
    show(f"{outcome_mark('passed' if right else 'failed')} {real.program.name}  {seen}")
    for one in found:
        differs = N_(
            "{check}: in virtual time {virtual}, on the board {real}", check=one.check, virtual=_word(one.virtual), real=_word(one.real)
        )
        show(f"    {t(differs)}")


def _word(outcome: str) -> str:
    return t(outcome) if outcome else "–"


def _summary(rows: Sequence[tuple[ProgramTrial, list[Difference]]]) -> int:
    off = sum(bool(found) or not real.right for real, found in rows)
    if off:
        say(
            N_(
                "{n} program of {count} was judged wrongly, or not as in virtual time.",
                "{n} programs of {count} were judged wrongly, or not as in virtual time.",
                n=off,
                count=len(rows),
            )
        )
        return 1
    say(N_("All verdicts are right and the same as in virtual time: {count}.", count=len(rows)))
    return 0


def _as_object(real: ProgramTrial, found: Sequence[Difference]) -> dict[str, object]:
    return {
        "step": real.program.step or None,
        "program": real.program.name,
        "form": real.program.form,
        "right": real.right,
        "outcome": real.report.outcome if real.report else None,
        "failed": real.failed,
        "error": t(real.error.what) if real.error else None,
        "differences": [{"check": one.check, "virtual": one.virtual or None, "real": one.real or None} for one in found],
    }
