"""The same proof on a board, over its line and in real time: are the verdicts those of virtual time?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import msgspec

from lovhe.core.checks.judging import watched_gpios
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.programs import lesson_programs
from lovhe.services.checking import check_program
from lovhe.services.lesson_trial import ProgramTrial
from lovhe.services.ports import BoardLink, Stage

OpenBoard = Callable[[Lesson], AbstractContextManager[tuple[BoardLink, Stage]]]
"""Opens the board, for several programs of one step one after another; the lesson has that step's checks, as when a pupil is judged."""


class Difference(msgspec.Struct, frozen=True):
    """A check that came to one end in virtual time and to another on the board; "" where it was not judged at all."""

    check: str
    virtual: str
    real: str


def try_on_board(
    lesson: Lesson, open_board: OpenBoard, runtime: Mapping[str, bytes], on_done: Callable[[ProgramTrial], None]
) -> list[ProgramTrial]:
    """Judge all programs of the lesson, one after another, and tell of each when it is done. Takes as long as their steps say.

    After a fault the board is opened anew. Raises the fault if not even the first program could be judged.
    """
    lessons = {step.id: lesson.judged_by(step) for step in lesson.file.step} | {"": lesson}
    programs = lesson_programs(lesson)
    done: list[ProgramTrial] = []
    while len(done) < len(programs):
        step = programs[len(done)].step
        judged = lessons[step]
        try:
            with open_board(judged) as (link, stage):
                while len(done) < len(programs) and (program := programs[len(done)]).step == step:
                    report, _ = check_program(judged, program.source, link, stage, watch=watched_gpios(judged), runtime=runtime)
                    done.append(ProgramTrial(lesson.id, program, report))
                    on_done(done[-1])
        except LovheError as error:
            if not done:
                raise
            done.append(ProgramTrial(lesson.id, programs[len(done)], None, error))
            on_done(done[-1])
    return done


def differences(virtual: ProgramTrial, real: ProgramTrial) -> list[Difference]:
    """The checks whose verdicts differ, in their order."""
    here, there = _outcomes(virtual), _outcomes(real)
    ids: Sequence[str] = list(dict.fromkeys([*here, *there]))
    return [Difference(check, here.get(check, ""), there.get(check, "")) for check in ids if here.get(check) != there.get(check)]


def _outcomes(trial: ProgramTrial) -> dict[str, str]:
    return {check.id: check.outcome for check in trial.report.checks} if trial.report is not None else {}
