"""Many programs on few boards: each gets the verdict that it would get alone."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
from lovhe.apps import wiring
from lovhe.core.errors import BoardSilentError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_
from lovhe.services.ports import BoardLink, Stage
from lovhe.services.program_pool import SHARE, Job, JudgingStopped, judge_programs

from .small_lesson import BLINKS, DARK, LIT, small_lesson

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

# Each run leaves a file, and is dark if one is there already.
LEAVES_A_FILE = """\
import os
from machine import Pin
led = Pin(2, Pin.OUT)
led.value("left.txt" not in os.listdir())
open("left.txt", "w").close()
while True:
    pass
"""


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """A lesson of one second."""
    return small_lesson()


def outcomes(lesson: Lesson, sources: list[str], **how: object) -> list[str]:
    """The verdicts on real virtual boards, in the order of `sources`."""
    judged = judge_programs([Job(lesson, source) for source in sources], wiring.virtual_bench, wiring.runtime(), **how)  # type: ignore[arg-type]
    return [one.report.outcome if one.report else "" for one in judged]


def test_verdicts_come_in_the_order_of_the_programs(lesson: Lesson) -> None:
    """More programs than one board takes, right and wrong ones mixed, on several boards at once."""
    sources = [LIT, DARK, "x = ", LIT, BLINKS] * (SHARE // 4)
    told: list[int] = []
    assert outcomes(lesson, sources, on_done=lambda: told.append(1)) == ["passed", "failed", "failed", "passed", "failed"] * (SHARE // 4)
    assert len(told) == len(sources)


def test_a_run_is_broken_off_only_once_it_has_failed(lesson: Lesson) -> None:
    """The first check that fails decides; what passes is judged to its end."""
    sources = [LIT, DARK, BLINKS]
    assert outcomes(lesson, sources, first_failure_ends=True) == outcomes(lesson, sources)


def test_what_one_program_leaves_behind_another_does_not_find(lesson: Lesson) -> None:
    """A program that writes files has a board of its own, so its verdict does not depend on the order."""
    assert outcomes(lesson, [LEAVES_A_FILE, LIT, LEAVES_A_FILE, LEAVES_A_FILE], workers=1) == ["passed"] * 4


def test_a_board_that_fails_is_replaced(lesson: Lesson) -> None:
    """A fault of ours is tried once more on a fresh board; if it stays, it is told of that program alone."""
    opened = 0

    @contextlib.contextmanager
    def bench(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        nonlocal opened
        opened += 1
        if opened <= 3:
            raise BoardSilentError(N_("A board did not start."), N_("Try again."))
        with wiring.virtual_bench(one) as bench:
            yield bench

    judged = judge_programs([Job(lesson, LIT), Job(lesson, DARK)], bench, wiring.runtime(), workers=1)
    assert isinstance(judged[0].error, BoardSilentError)
    assert judged[1].report is not None
    assert judged[1].report.outcome == "failed"
    assert opened == 4


@pytest.mark.parametrize("times", [1, 2])
def test_a_fault_that_nobody_foresaw_is_tried_once_more(lesson: Lesson, times: int) -> None:
    """The other programs' verdicts are not lost by it; one that stays is not hidden."""
    opened = 0

    @contextlib.contextmanager
    def bench(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        nonlocal opened
        opened += 1
        if opened <= times:
            raise OSError("no room for a folder")
        with wiring.virtual_bench(one) as bench:
            yield bench

    with contextlib.nullcontext() if times == 1 else pytest.raises(OSError, match="no room"):
        judged = judge_programs([Job(lesson, LIT)], bench, wiring.runtime(), workers=1)
        assert judged[0].report is not None
        assert judged[0].report.outcome == "passed"
    assert opened == 2


def test_judging_that_is_stopped_ends_in_the_middle_and_takes_its_boards_along(lesson: Lesson) -> None:
    """What was begun is broken off, what is left is not begun, and there are no verdicts that look whole."""
    stopped, open_boards, done = threading.Event(), list[int](), list[int]()

    @contextlib.contextmanager
    def bench(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        with wiring.virtual_bench(one) as bench:
            open_boards.append(1)
            try:
                yield bench
            finally:
                open_boards.pop()

    def on_done() -> None:
        done.append(1)
        stopped.set()

    with pytest.raises(JudgingStopped):
        judge_programs([Job(lesson, LIT)] * SHARE * 4, bench, wiring.runtime(), workers=1, on_done=on_done, stopped=stopped)
    assert done == [1]
    assert not open_boards
