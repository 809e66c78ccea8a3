"""Check a student's program: run it under trace through the lesson's steps, then judge the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lovhe.core.evidence import Event
from lovhe.core.lesson import Lesson
from lovhe.core.report import Report
from lovhe.services.ports import BoardLink, Stage


def check_program(
    lesson: Lesson,
    source: str,
    link: BoardLink | Callable[[], BoardLink],
    stage: Stage,
    *,
    name: str = "main.py",
    watch: Sequence[int] = (),
    runtime: Mapping[str, bytes] | None = None,
    on_event: Callable[[Event], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Report, list[Event]]:
    """Judge `source` against `lesson`: the report and the evidence it rests on.

    A syntax error is reported before anything is sent: `link` may be a callable that opens the board only when needed.
    `name` is what tracebacks call the program, `watch` the GPIO numbers of the lesson's circuit (see `core.judging`),
    `on_event` sees every event live. Blocks for the lesson's duration in real time. Raises `BoardError`s until the program
    has begun; a board that goes away later makes the report unclear.
    """
    raise NotImplementedError
