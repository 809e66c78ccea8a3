"""The app as a whole: how soon something is on the screen, and what it holds in memory with everything open.

No program is known that does the same work, so the start stands beside the smallest program of the same library, which is what could
not be beaten, and memory beside the budget.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack

from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board

from tests.bench.app_process import F5, F6, Holds, cpu_s, drain, machine_load, opened, sit_down, until
from tests.bench.scale import own_folders
from tests.bench.table import Row

STARTS = 7
BUDGET_S = 0.7
BUDGET_MB = 150.0
LESSON = "6-01-blink"
BEGINS_SOON = "[6"  # the step's place in the row of steps
PROGRAM = """\
from lovhe.report import show
import time
i = 0
while True:
    show(a=i, b=-i, c=i / 2, d=i % 7)
    i += 1
    time.sleep_ms(50)
"""
F1, F2, SHIFT_F8, ESCAPE = "\x1bOP", "\x1bOQ", "\x1b[19;2~", "\x1b"
PANELS = (
    (F5, "a: "),
    (F2, "Menu"),
    ("Show the plot", ""),
    ("\r", "Pause"),
    (SHIFT_F8, "IO2"),
    (F2, "Menu"),
    ("History", ""),
    ("\r", "What this step was before"),
    (ESCAPE, ""),
    (F1, "Help"),
    (F1, ""),
    (F6, "point"),
)
"""Keys, and what is drawn then."""


def rows() -> Iterator[Row]:
    """The starts first, then a pupil's whole round through the panels."""
    yield from _starts()
    yield from _memory()


def _starts() -> Iterator[Row]:
    with own_folders():
        _first_paint("Who is here")  # compiles, and makes the results file
        smallest, who = [], []
        for _ in range(STARTS):
            smallest.append(_first_paint("Salam", "tests.bench.smallest_app"))
            who.append(_first_paint("Who is here"))
        sit_down(LESSON, PROGRAM)
        _first_paint(BEGINS_SOON)
        lesson = [_first_paint(BEGINS_SOON) for _ in range(STARTS)]
    at_least = statistics.median(wall_s for wall_s, _ in smallest)
    for what, found in (("nobody is here yet", who), ("a lesson that was open", lesson)):
        wall_s, busy_s = (statistics.median(times) for times in zip(*found, strict=True))
        yield Row(f"first paint, {what}", wall_s, "the budget", BUDGET_S, "s", f"the smallest app takes {at_least:.3f} s; {machine_load()}")
        yield Row("  the app's own processor time until then", busy_s, "the budget", BUDGET_S)


def _first_paint(words: str, module: str = "lovhe") -> tuple[float, float]:
    """The time from the start of the process until `words` are drawn, and the processor time that it took."""
    begin_s = time.monotonic()
    with opened(module=module) as terminal:
        until(terminal, words)
        return time.monotonic() - begin_s, cpu_s(terminal.process.pid)


def _memory() -> Iterator[Row]:
    """A program prints and is plotted, is checked, all panels have been in view, and so has the history."""
    with own_folders(), ExitStack() as ended:
        ended.callback(wiring.stop_virtual_boards)
        sit_down(LESSON, PROGRAM)
        board = start_lesson_board(LESSON)
        with opened(board.name, columns=120, lines=40) as terminal:
            pid = terminal.process.pid
            drain(terminal, 2.0)
            rest = Holds.now(pid)
            for keys, drawn in PANELS:
                begin = len(terminal.drawn)
                terminal.type(keys)
                until(terminal, drawn, begin)
                drain(terminal, 2.0)
            after = Holds.now(pid)
    note = f"{rest.memory_mb:.0f} MB when the lesson is open; {after.threads} threads"
    yield Row("memory with everything open", after.memory_mb, "the budget", BUDGET_MB, "M", note)
    yield Row("  of that the app's own", after.own_mb, "the budget", BUDGET_MB, "M")
