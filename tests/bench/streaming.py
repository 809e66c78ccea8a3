"""An hour of a program that shows eight readings a hundred times a second, sped up: what the app still holds afterwards.

The board is in virtual time, so it says in minutes what it would say in an hour; all else is as it is in class: the app's process in a
terminal, its run, its panels. Before the hour that counts, the output panel and the plot have been filled once, which hold so much and
no more.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board

from tests.apps.cli.terminal import Terminal
from tests.bench.app_process import F5, SHIFT_F5, Holds, drain, forget, machine_load, opened, sit_down, until
from tests.bench.scale import own_folders
from tests.bench.sped_up_app import LESSON
from tests.bench.table import Row, seconds

PROGRAM = """\
from lovhe.report import show
import time
i = 0
while True:
    show(a=i, b=-i, c=i / 2, d=i % 7, e=i + 1, f=1, g=i & 1, h=i % 50)
    i += 1
    time.sleep_ms(10)
"""
FILLED_MIN = 30
"""The plot keeps 100,000 readings a series, which is a little more than 16 minutes; then what it lets go is taken for what comes."""
HOUR_MIN = 60
PATIENCE_S = 1800.0


def rows() -> Iterator[Row]:
    """The time it takes, and what the app's process holds before and after."""
    with own_folders():
        sit_down(LESSON, PROGRAM)
        board = start_lesson_board(LESSON)  # the one in use, whose place the board in virtual time takes
        try:
            with opened(board.name, module="tests.bench.sped_up_app") as terminal:
                pid = terminal.process.pid
                empty = Holds.now(pid)
                terminal.type(F5)
                until(terminal, "a: ")
                _until_minute(terminal, FILLED_MIN)
                before = Holds.now(pid)
                took_s = seconds(lambda: _until_minute(terminal, FILLED_MIN + HOUR_MIN))
                after = Holds.now(pid)
                forget(terminal)
                terminal.type(SHIFT_F5)
                until(terminal, "stopped")
        finally:
            wiring.stop_virtual_boards()
    yield Row(f"{HOUR_MIN} min of 8 readings a hundred times a second", took_s, "real time", HOUR_MIN * 60.0, "s", machine_load())
    what = f"held before; {empty.own_mb:.0f} MB before the run"
    yield Row("  memory of the app's own that has grown", after.own_mb - before.own_mb, what, before.own_mb, "M")
    yield Row("  files left open", after.files - before.files, "open before", before.files, "n")
    yield Row("  threads left", after.threads - before.threads, "there before", before.threads, "n")


def _until_minute(terminal: Terminal, minute: int) -> None:
    """Wait until so much of the board's time is over."""
    end_s = time.monotonic() + PATIENCE_S
    file = wiring.data_folder() / "minutes"
    while not file.exists() or int(file.read_text() or 0) < minute:
        assert time.monotonic() < end_s, f"the board is at {file.read_text()} minutes"
        drain(terminal, 0.2)
