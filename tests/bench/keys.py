"""How soon a key is answered while thirty virtual boards print as fast as a line of 115,200 Bd carries it.

One of the boards is in use: its program runs, and its output is drawn below the editor. The other twenty-nine print to listeners beside
the app, as those of a class do, and the app sees them come and go as it does there. Two times are taken of each key: how long it takes
until the letter stands on the screen, and how much of the processor the app takes meanwhile, which a busy PC does not change.
"""

from __future__ import annotations

import random
import select
import statistics
import string
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.serial_ports import open_serial
from lovhe.apps import wiring
from lovhe.apps.virtual_processes import ServeOptions, start_boards
from lovhe.virtual.process.registry import BoardEntry

from tests.apps.cli.terminal import Terminal
from tests.bench.app_process import F5, cpu_s, drain, forget, machine_load, opened, sit_down, until
from tests.bench.scale import own_folders
from tests.bench.table import Row

BOARDS = 30
BAUD_BD = 115_200
KEYS = 400
GAP_S = (0.05, 0.25)
IN_A_LINE = 24
LESSON = "6-01-blink"
BUDGET_S = 0.05
SETTLES_S = 3.0
PROGRAM = """\
from machine import Pin
import time

led = Pin(2, Pin.OUT)
i = 0
while True:
    led.toggle()
    print("temperature:", i, "light: 512 sound: 77 humidity: 40")
    i += 1

"""
CTRL_END = "\x1b[1;5F"


def rows() -> Iterator[Row]:
    """Half of all keys, and all but one in a hundred, are answered by then; first while nothing runs."""
    with own_folders(), ExitStack() as ended:
        ended.callback(wiring.stop_virtual_boards)
        sit_down(LESSON, PROGRAM)
        [used] = _start(["desk-1"])
        with opened(used.name) as terminal:
            drain(terminal, SETTLES_S)
            yield from _answered("a key, nothing runs", terminal)
            others = _start([f"class-{number}" for number in range(1, BOARDS)])
            with _printing(others) as heard:
                terminal.type(F5)
                until(terminal, "temperature:")
                drain(terminal, SETTLES_S)
                before, begin_s = sum(heard), time.monotonic()
                yield from _answered(f"a key, {BOARDS} boards print", terminal)
                rate = (sum(heard) - before) / (time.monotonic() - begin_s) / (BOARDS - 1)
                yield Row("  bytes a second of one board", rate, "the line", BAUD_BD / 10, "B")


def _start(names: Sequence[str]) -> list[BoardEntry]:
    return start_boards(names, ServeOptions(lesson=LESSON, endpoint="pty", flashed=True, baud_limit_bd=BAUD_BD), tied=True)


@contextmanager
def _printing(boards: Sequence[BoardEntry]) -> Iterator[list[int]]:
    """The program runs on all of them, and what they print is read; how many bytes that were, by board."""
    heard = [0] * len(boards)
    over = threading.Event()
    with ExitStack() as lines:
        ports = []
        for board in boards:
            line = open_serial(board.serial_port)
            ReplLink(board.serial_port, line).start(PROGRAM)
            lines.enter_context(closing(line))
            ports.append(line)
        numbers = {line.fileno(): number for number, line in enumerate(ports)}

        def listen() -> None:
            while not over.is_set():
                for descriptor in select.select(list(numbers), [], [], 0.1)[0]:
                    number = numbers[descriptor]
                    heard[number] += len(ports[number].read(max(1, ports[number].in_waiting)))
                time.sleep(0.05)  # a listener that reads byte by byte would take the processor for itself

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield heard
        finally:
            over.set()
            listener.join()


def _answered(what: str, terminal: Terminal) -> Iterator[Row]:
    chance = random.Random(what)
    waits_s: list[float] = []
    costs_s: list[float] = []
    pid = terminal.process.pid
    line = ""
    for number in range(KEYS):
        if number % IN_A_LINE == 0:
            terminal.type(f"{CTRL_END}\r# ")
            line = "# "
            drain(terminal, 0.5)
        drain(terminal, chance.uniform(*GAP_S))
        line += chance.choice(string.ascii_letters)
        forget(terminal)
        begin, cpu_before_s, begin_s = len(terminal.drawn), cpu_s(pid), time.monotonic()
        terminal.type(line[-1])
        until(terminal, line, begin)
        waits_s.append(time.monotonic() - begin_s)
        costs_s.append(cpu_s(pid) - cpu_before_s)
    load = machine_load()
    yield Row(f"{what}: half are answered in", statistics.median(waits_s), "the budget", BUDGET_S, "s", load)
    yield Row("  all but one in a hundred", _of_a_hundred(waits_s, 99), "the budget", BUDGET_S, "s", f"worst {max(waits_s):.3f} s")
    yield Row("  the app's own processor time, half", statistics.median(costs_s), "the budget", BUDGET_S)
    yield Row("  the app's own processor time, all but one in a hundred", _of_a_hundred(costs_s, 99), "the budget", BUDGET_S)


def _of_a_hundred(values: Sequence[float], count: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * count // 100)]
