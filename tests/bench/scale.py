"""A class of virtual boards on one PC: how fast thirty start and are flashed, what they take, and whether they keep time.

There is no peer that runs thirty boards; each row stands beside the budget that the kit has set itself.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from lovhe.apps import wiring
from lovhe.apps.flash.wiring import class_flash
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo
from lovhe.services.running import run_program

from tests.bench.table import Row, seconds

COUNT = 30
IDLE_S = 20.0
BLINK_S = 15.0
PERIOD_MS = 500
PROGRAM = """
from machine import Pin
import time
led = Pin(2, Pin.OUT)
while True:
    led.on()
    time.sleep_ms(250)
    led.off()
    time.sleep_ms(250)
"""


def rows() -> Iterator[Row]:
    """Start, flash, rest, blink under trace, all thirty at once."""
    with own_folders():
        started: list[BoardInfo] = []
        budget = f"the budget, {COUNT} boards"
        took_s = seconds(lambda: started.extend(_start()))
        try:
            yield Row(f"start {COUNT} boards until all can be opened", took_s, budget, 15.0)
            yield Row(
                "  flash them all, MicroPython's stand-in and files", seconds(lambda: _flash(started)), "a lesson's first minute", 60.0
            )
            wiring.stop_virtual_boards()
            took_s = seconds(lambda: started.extend(_restart(started)))
            yield Row("  start them again: MicroPython runs on all", took_s, budget, 15.0)
            pids = [pid for entry in _entries() for pid in _family(entry)]
            yield Row("  memory of one board, shared pages divided", _memory_mb(pids) / COUNT, budget, 40.0, "M")
            yield Row("  CPU of all at rest, percent of one core", _cpu_percent(pids, IDLE_S), budget, 10.0, "%")
            periods = _blink(started)
            yield Row("  all blink under trace: worst mean period", max(_off(_mean(p)) for p in periods), budget, 5.0, "%")
            yield Row("  all blink under trace: worst single period", max(_off(one) for p in periods for one in p), budget, 5.0, "%")
        finally:
            wiring.stop_virtual_boards()


@contextmanager
def own_folders() -> Iterator[None]:
    """Folders of our own, so that boards of the one who measures are left in peace."""
    names = ("LOVHE_DATA_DIR", "LOVHE_RUNTIME_DIR")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(dict.fromkeys(names, folder))
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def _start() -> list[BoardInfo]:
    return wiring.start_virtual_boards(
        count=COUNT, name=None, lesson=None, circuit=None, chip="esp32", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
    )


def _flash(boards: Sequence[BoardInfo]) -> None:
    with class_flash(FlashWishes()) as flash:
        results = flash.flash(boards)
    assert not [result.error for result in results if result.error]
    _wait_until_ready()


def _restart(boards: list[BoardInfo]) -> list[BoardInfo]:
    boards.clear()
    again = _start()
    _wait_until_ready()
    return again


def _wait_until_ready() -> None:
    deadline_s = time.monotonic() + 30
    while any(board.state != "ready" for board in wiring.find_boards() if board.virtual):
        assert time.monotonic() < deadline_s, "a flashed board does not come up"
        time.sleep(0.1)


def _entries() -> list[int]:
    from lovhe.virtual.process.registry import list_boards

    return [entry.pid for entry in list_boards()]


def _family(pid: int) -> list[int]:
    """A board's process and its interpreter's."""
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def _memory_mb(pids: Sequence[int]) -> float:
    """Proportional set size: a page that thirty processes share counts a thirtieth for each."""
    lines = (line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return sum(int(line.split()[1]) for line in lines) / 1024


def _cpu_s(pids: Sequence[int]) -> float:
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _cpu_percent(pids: Sequence[int], duration_s: float) -> float:
    before_s, begin = _cpu_s(pids), time.monotonic()
    time.sleep(duration_s)
    return 100 * (_cpu_s(pids) - before_s) / (time.monotonic() - begin)


def _blink(boards: Sequence[BoardInfo]) -> list[list[float]]:
    """The periods that each board's evidence shows, the first one left out."""
    runtime = wiring.runtime()
    periods: dict[str, list[float]] = {}

    def blink(board: BoardInfo) -> None:
        link = wiring.open_link(board)
        try:
            events = list(run_program(PROGRAM, link, watch=(2,), runtime=runtime, duration_s=BLINK_S))
        finally:
            link.close()
        rises = [event.t_ms for event in events if event.kind == "level" and event.args[:2] == [2, 1]]
        periods[board.name] = [later - earlier for earlier, later in pairwise(rises[1:])]

    threads = [threading.Thread(target=blink, args=(board,)) for board in boards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(periods) == COUNT
    assert all(len(found) > BLINK_S * 1000 / PERIOD_MS * 0.8 for found in periods.values()), "a board blinked too seldom"
    return list(periods.values())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _off(period_ms: float) -> float:
    """Percent away from the period that the program means."""
    return 100 * abs(period_ms - PERIOD_MS) / PERIOD_MS
