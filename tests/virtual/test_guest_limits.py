"""How much memory and how deep a stack a program has: what an ESP32 without more RAM has."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lovhe.virtual.interpreter.engine import HEAP_BYTES

from tests.virtual.guest_harness import BareBoard, last_line, run_programs

_CHIP_CALLS = 45
"""How deep `def f(n): print(n); f(n + 1)` gets on the chip; see guest/_stack.py."""


def test_recursion_ends_about_where_it_does_on_the_chip(tmp_path: Path) -> None:
    """A function without an end fails after as many calls as on the chip, with the chip's words; nothing is broken after it."""
    endless = "def f(n):\n    print(n)\n    f(n + 1)\nf(1)"
    results = run_programs(tmp_path, endless, "import time\ntime.sleep(1)\nprint('ok')", endless)
    for out, err in (results[0], results[2]):
        assert _CHIP_CALLS <= int(out.split()[-1]) <= _CHIP_CALLS + 5
        assert last_line(err) == "RuntimeError: maximum recursion depth exceeded"
    assert results[1] == ("ok\n", "")


def test_main_py_has_the_same_room_as_a_program_from_the_prompt(tmp_path: Path) -> None:
    """What calls itself without end in main.py gets as deep."""
    endless = "def f(n):\n    print(n)\n    f(n + 1)\nf(1)"

    async def session() -> bytes:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            await board.run(f"with open('main.py', 'w') as f: f.write({endless!r})")
            board.engine.write(b"\x02\x04")
            await board.ended()
            await board.start()
            board.output.clear()
            return await board.read_until(b"recursion depth exceeded")

    numbers = [int(line) for line in asyncio.run(session()).split() if line.isdigit()]
    assert _CHIP_CALLS <= max(numbers) <= _CHIP_CALLS + 5


def test_what_the_board_does_itself_needs_no_room_of_the_programs(tmp_path: Path) -> None:
    """Deep inside, where the program's stack is nearly used up, waiting, timers and pins work as on the chip, where they are C code."""
    code = """
import time
from machine import Pin, Timer
led = Pin(2, Pin.OUT)
ticks = []
Timer(0).init(period=5, callback=lambda t: ticks.append(1))
def deep(n):
    if n:
        return deep(n - 1)
    led.value(1)
    time.sleep_ms(21)
    return len(ticks)
print(deep(40))
"""
    assert run_programs(tmp_path, code) == [("4\n", "")]


@pytest.mark.parametrize(("chip", "heap_bytes"), HEAP_BYTES.items())
def test_memory_is_what_the_chip_has_without_psram(tmp_path: Path, chip: str, heap_bytes: int) -> None:
    """About that much is free at the start, a list of numbers grows about as far as there, and the error has the chip's words."""
    code = """
import gc
gc.collect()
print(gc.mem_free())
numbers = []
try:
    while True:
        numbers.append(1)
except MemoryError as error:
    print(len(numbers), error)
"""
    ((out, err),) = run_programs(tmp_path, code, chip=chip)
    assert err == ""
    free, rest = out.split("\n", 1)
    assert heap_bytes - 10_000 <= int(free) <= heap_bytes
    count, _, message = rest.partition(" ")
    assert 14_000 <= int(count) <= 33_000
    assert message.startswith("memory allocation failed, allocating ")


def test_modules_may_import_each_other_as_deep_as_on_the_chip(tmp_path: Path) -> None:
    """The PC's interpreter keeps 4 KB of its stack for each import, the chip 128 bytes: a chain of eight is fine on both."""
    code = """
for n in range(8):
    with open("m%d.py" % n, "w") as f:
        f.write("import m%d" % (n + 1) if n < 7 else "print('deep')")
import m0
def f(n):
    print(n)
    f(n + 1)
f(1)
"""
    ((out, err),) = run_programs(tmp_path, code)
    lines = out.splitlines()
    assert lines[0] == "deep"
    assert _CHIP_CALLS <= int(lines[-1]) <= _CHIP_CALLS + 5
    assert last_line(err) == "RuntimeError: maximum recursion depth exceeded"


def test_a_module_of_the_chip_takes_no_memory_of_the_programs(tmp_path: Path) -> None:
    """What is in the chip's flash is not on its heap: importing it leaves about as much free as before."""
    code = """
import gc
gc.collect()
before = gc.mem_free(), gc.mem_alloc()
import bluetooth, network, esp32, neopixel, espnow, btree
gc.collect()
print(abs(before[0] - gc.mem_free()) < 5000, abs(before[1] - gc.mem_alloc()) < 3000)
"""
    assert run_programs(tmp_path, code) == [("True True\n", "")]


def test_asking_how_long_something_took_agrees_with_what_calls_cost(tmp_path: Path) -> None:
    """In virtual time a loop of pin reads takes so many microseconds, the same in each run."""
    code = """
import time
from machine import Pin
pin = Pin(4, Pin.IN, Pin.PULL_UP)
start = time.ticks_us()
for turn in range(1000):
    pin.value()
print(time.ticks_diff(time.ticks_us(), start) // 1000)
"""
    results = run_programs(tmp_path, code, code)
    assert results[0] == results[1]
    assert 8 <= int(results[0][0]) <= 16


def test_time_cannot_be_added_up_beyond_its_turn(tmp_path: Path) -> None:
    """ticks_add refuses more than half of what the ticks count to, as on the chip."""
    ((out, err),) = run_programs(tmp_path, "import time\nprint(time.ticks_add(0, 2**29 - 1))\ntime.ticks_add(0, 2**29)")
    assert out == "536870911\n"
    assert last_line(err) == "OverflowError: ticks interval overflow"
