"""The board's clock: virtual time that costs nothing and is the same each time, and real time that keeps pace."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from tests.virtual.guest_harness import BareBoard

BLINK = """
from machine import Pin, Timer, mem32
import time
led = Pin(2, Pin.OUT)
levels = []
sampler = Timer(0)
sampler.init(period=5, callback=lambda t: levels.append(mem32[0x3FF44004]) if len(levels) < 10 else mem32[0x3FF44004])
end = time.ticks_add(time.ticks_ms(), 10_000)
while time.ticks_diff(end, time.ticks_ms()) > 0:
    led.toggle()
    time.sleep_ms(500)
print(len(levels))
"""


def run(folder: Path, code: str, grants_us: list[int] | None = None, **options: Any) -> tuple[str, str, list[list[Any]], float]:
    """What `code` prints, its traceback, the messages it caused, and how long that took."""

    async def session() -> tuple[str, str, list[list[Any]], float]:
        async with BareBoard(folder, **{"virtual_time": True, **options}) as board:
            await board.enter_raw()
            board.messages.clear()
            board.grants_us = grants_us or [-1]
            started = time.monotonic()
            out, err = await board.run(code, 60)
            return out, err, list(board.messages), time.monotonic() - started

    return asyncio.run(session())


def test_ten_virtual_seconds_of_blinking_are_quick(tmp_path: Path) -> None:
    """Sleeping costs nothing in virtual time, even with a sampler that runs every 5 ms."""
    out, err, messages, took_s = run(tmp_path, BLINK)
    assert (out, err) == ("10\n", "")
    edges = [entry for kind, *rest in messages if kind == "log" for entry in rest[0] if entry[2] == "level"]
    assert len(edges) == 21
    assert took_s < 1


def test_polling_loop_ends_in_virtual_time(tmp_path: Path) -> None:
    """A loop that only looks at the clock comes to its end: each turn costs what it costs on the chip."""
    code = "import time\nt = time.ticks_ms()\nn = 0\nwhile time.ticks_diff(time.ticks_ms(), t) < 2000: n += 1\nprint(100_000 < n < 200_000)"
    assert run(tmp_path, code)[:2] == ("True\n", "")


def test_empty_loop_costs_what_it_costs_on_the_chip(tmp_path: Path) -> None:
    """100,000 empty turns take 0.7 s on an ESP32."""
    code = "import time\nt = time.ticks_us()\nfor i in range(100_000): pass\nprint(time.ticks_diff(time.ticks_us(), t) // 1000)"
    assert run(tmp_path, code)[:2] == ("700\n", "")


PROGRAM = """
import time, random, os
from machine import ADC, Pin, Timer
import micropython
r = []
Timer(1).init(period=7, callback=lambda t: r.append(time.ticks_us()))
adc = ADC(35)
loose = Pin(4, Pin.IN)
for i in range(50):
    r.append((adc.read(), loose.value(), random.random()))
    print(i, 'x' * i)
    for _ in range(i * 10): pass
    time.sleep_ms(3)
print(r, os.urandom(4), time.ticks_us())
"""


def test_pins_that_change_all_the_time_do_not_fill_the_memory(tmp_path: Path) -> None:
    """What the pins did is told in small batches: a program that sets its PWM at each turn keeps its memory."""
    code = "import gc\nfrom machine import Pin, PWM\np = PWM(Pin(2), freq=500)\ngc.collect()\nbefore = gc.mem_free()\n"
    code += "for n in range(1500): p.duty(n & 1023)\ngc.collect()\nprint(before - gc.mem_free() < 20000)"

    async def session() -> tuple[str, str]:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.engine.send(["go", 10**9])
            return await board.run(code)

    assert asyncio.run(session()) == ("True\n", "")


def test_virtual_runs_are_alike(tmp_path: Path) -> None:
    """The same program and seed give the same output to the last digit, whatever the PC does meanwhile; another seed does not."""
    runs = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        folder.mkdir()
        out, err, messages, _ = run(folder, PROGRAM, seed=seed)
        assert err == ""
        runs.append((out, [message for message in messages if message[0] == "log"]))
    assert runs[0] == runs[1]
    assert runs[0][0] != runs[2][0]


def test_guest_stops_at_its_horizon(tmp_path: Path) -> None:
    """The program goes as far as it was granted, tells, and waits; what it printed before has arrived."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.messages.clear()
            board.grants_us = []
            board.engine.send(["go", 0])
            board.start_run(
                "import time\ntime.sleep_ms(2)\nt = time.ticks_ms()\n"
                "while True:\n  print(time.ticks_diff(time.ticks_ms(), t))\n  time.sleep_ms(100)"
            )
            await board.until(lambda: "sync" in [message[0] for message in board.messages])
            begun_us = board.messages.pop()[1]
            for step in (1, 2, 3):
                board.engine.send(["go", begun_us + step * 1_000_000])
                await board.until(lambda: "sync" in [message[0] for message in board.messages])
                now_us = board.messages.pop()[1]
                assert 0 <= now_us - begun_us - step * 1_000_000 < 200
                lines = [int(line) for line in board.output.removeprefix(b"OK").split()]
                assert max(lines) < 1000 * step + 5
                assert len(lines) == 10 * step
                board.messages.clear()
            board.engine.write(b"\x03")
            await board.read_until(b"KeyboardInterrupt")

    asyncio.run(session())


def test_inputs_change_only_at_the_horizon(tmp_path: Path) -> None:
    """What the world sends with a grant is seen by the program when the grant begins."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.messages = [["none"]]
            board.grants_us = []
            board.engine.send(["in", {"4": 1}])
            board.engine.send(["go", 0])
            board.start_run(
                "from machine import Pin\nimport time\ntime.sleep_ms(2)\np = Pin(4, Pin.IN)\nt = time.ticks_us()\n"
                "while p.value(): pass\nprint(time.ticks_diff(time.ticks_us(), t))"
            )
            await board.until(lambda: board.messages[-1][0] == "sync")
            board.engine.send(["go", board.messages[-1][1] + 250_000])
            board.messages.clear()
            await board.until(lambda: bool(board.messages) and board.messages[-1][0] == "sync")
            board.engine.send(["in", {"4": 0}])
            board.engine.send(["go", -1])
            out, err = await board.finish_run()
            assert err == ""
            assert abs(int(out) - 248_000) < 10

    asyncio.run(session())


def test_callbacks_do_not_nest_and_their_errors_are_told(tmp_path: Path) -> None:
    """A callback that raises prints its traceback and the program goes on; one that sleeps is not interrupted by another."""
    code = """
import micropython, time
from machine import Timer
def bad(t): raise ValueError('oops')
Timer(0).init(mode=Timer.ONE_SHOT, period=1, callback=bad)
r = []
def slow(t):
    r.append('(')
    time.sleep_ms(30)
    r.append(')')
Timer(1).init(period=10, callback=slow)
time.sleep_ms(200)
Timer(1).deinit()
time.sleep_ms(100)
print('()' * (len(r) // 2) == ''.join(r), len(r) > 4)
"""
    out, err, _, _ = run(tmp_path, code)
    assert err == ""
    assert out == 'Traceback (most recent call last):\n  File "<stdin>", line 4, in bad\nValueError: oops\nTrue True\n'


def test_schedule_queue_is_as_short_as_the_chips(tmp_path: Path) -> None:
    """Eight callbacks may wait; the ninth raises."""
    code = """
import micropython
r = []
def fill():
    micropython.schedule(r.append, 0)
    micropython.schedule(r.append, 1)
    micropython.schedule(r.append, 2)
    micropython.schedule(r.append, 3)
    micropython.schedule(r.append, 4)
    micropython.schedule(r.append, 5)
    micropython.schedule(r.append, 6)
    micropython.schedule(r.append, 7)
    micropython.schedule(r.append, 8)
try: fill()
except RuntimeError as e: print(e)
for i in range(3): pass
print(r)
"""
    assert run(tmp_path, code)[:2] == ("schedule queue full\n[0, 1, 2, 3, 4, 5, 6, 7]\n", "")


def test_a_busy_loop_sees_timers_and_stack_overflows_do_not_stop_time(tmp_path: Path) -> None:
    """Timers fire in a loop that calls nothing, also after the program has run into its recursion limit."""
    code = """
from machine import Timer
import time
n = [0]
def count(t): n[0] += 1
Timer(0).init(period=10, callback=count)
def deep(): deep()
try: deep()
except RuntimeError as e: print(e)
print('on')
while n[0] < 20: pass
print('done')
"""
    assert run(tmp_path, code)[:2] == ("maximum recursion depth exceeded\non\ndone\n", "")
    (tmp_path / "flash.bin").unlink()
    assert run(tmp_path, code, virtual_time=False)[:2] == ("maximum recursion depth exceeded\non\ndone\n", "")


def test_asyncio_sleeps_in_virtual_time(tmp_path: Path) -> None:
    """Tasks wake in the right order and at the right time, by the board's clock."""
    code = """
import asyncio, time
async def job(name, ms, times):
    for i in range(times):
        await asyncio.sleep_ms(ms)
        print(name, time.ticks_diff(time.ticks_ms(), t))
async def endless():
    try:
        while True: await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print('cancelled')
        raise
async def main():
    task = asyncio.create_task(endless())
    flag = asyncio.ThreadSafeFlag()
    from machine import Timer
    Timer(0).init(mode=Timer.ONE_SHOT, period=2500, callback=lambda t: flag.set())
    await asyncio.gather(job('a', 1000, 2), job('b', 1500, 1))
    await flag.wait()
    print('flag', time.ticks_diff(time.ticks_ms(), t))
    task.cancel()
    try: await task
    except asyncio.CancelledError: pass
    try: await asyncio.wait_for(endless(), 2)
    except asyncio.TimeoutError: print('timeout', time.ticks_diff(time.ticks_ms(), t) // 10)
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    event.set()
    print(await waiter)
t = time.ticks_ms()
asyncio.run(main())
"""
    out, err, _, took_s = run(tmp_path, code)
    assert err == ""
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == ["a", "b", "a", "flag", "cancelled", "cancelled", "timeout", "True"]
    times = [int(line.split()[1]) for line in lines if line.split()[0] in "ab" or line.startswith("flag")]
    assert [abs(shown - meant) <= 15 for shown, meant in zip(times, (1000, 1500, 2000, 2500), strict=True)] == [True] * 4
    assert lines[6] in ("timeout 450", "timeout 451", "timeout 452")
    assert took_s < 1


def test_real_time_keeps_pace(tmp_path: Path) -> None:
    """In real time a second is a second, whether the program sleeps or works: all ten turns of each, and the shortest more exactly."""
    code = """
import time
def slept():
    time.sleep_ms(30)
def worked():
    for i in range(3_000): pass
for act in slept, worked:
    for _ in range(10):
        t = time.ticks_us()
        act()
        print(time.ticks_diff(time.ticks_us(), t) / 1000)
"""
    out, err, _, took_s = run(tmp_path, code, virtual_time=False)
    assert err == ""
    took_ms = list(map(float, out.split()))
    assert 300 <= sum(took_ms[:10]) < 400
    assert 205 <= sum(took_ms[10:]) < 400
    assert 30 <= min(took_ms[:10]) < 40
    assert 20.5 <= min(took_ms[10:]) < 40
    assert took_s >= 0.5


def test_dates_are_the_chips(tmp_path: Path) -> None:
    """Time begins at 2000-01-01, which was a Saturday; mktime and gmtime undo each other over leap days."""
    code = """
import time
print(time.localtime(0), time.mktime((2024, 2, 29, 12, 30, 15, 0, 0)), time.gmtime(762525015))
print(all(time.mktime(time.gmtime(86400 * day)) == 86400 * day for day in range(0, 20000, 97)))
import machine
rtc = machine.RTC()
rtc.datetime((2026, 11, 21, 0, 8, 45, 0, 0))
print(rtc.datetime()[:6], time.localtime()[:5])
for wrong in ((2024, 2, 1.5, 0, 0, 0, 0, 0), '20240201', (2024, 2)):
    try: time.mktime(wrong)
    except TypeError as error: print(error)
for wrong in ('5', 1.5):
    try: time.gmtime(wrong)
    except TypeError as error: print(error)
"""
    out, err, _, _ = run(tmp_path, code)
    assert err == ""
    assert out.splitlines() == [
        "(2000, 1, 1, 0, 0, 0, 5, 1) 762525015 (2024, 2, 29, 12, 30, 15, 3, 60)",
        "True",
        "(2026, 11, 21, 5, 8, 45) (2026, 11, 21, 8, 45)",
        "can't convert float to int",
        "object 'str' isn't a tuple or list",
        "mktime needs a tuple of length 8 or 9",
        "can't convert str to int",
        "can't convert float to int",
    ]
