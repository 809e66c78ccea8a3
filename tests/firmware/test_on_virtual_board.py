"""The board's files on a virtual board: real MicroPython, the chip's modules, its interrupts and its resets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

if find_spec("micropython_run") is None:
    pytest.skip("virtual boards need MicroPython, which has no wheel for this system", allow_module_level=True)

from lovhe.adapters.runtime_build import library_files
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frames import FrameDecoder

from tests.virtual.guest_harness import PATIENCE_S, BareBoard

FIRMWARE = Path(__file__).parents[2] / "firmware"
HARD_RESET = 2
Stop = Callable[[BareBoard], Awaitable[None]]


async def _put(board: BareBoard, path: str, content: bytes) -> None:
    assert await board.run(f"f = open({path!r}, 'wb')\nf.write({content!r})\nf.close()") == ("", "")


async def _ctrl_c(board: BareBoard) -> None:
    """Ctrl-C as a host sends it: again and again until the program has ended."""
    while board.output.count(b"\x04") < 2:
        board.engine.write(b"\x03")
        await asyncio.sleep(0.05)


def trace(folder: Path, source: str, *, virtual_time: bool = False, stop_after: bytes = b"", watch: tuple[int, ...] = ()) -> list[Event]:
    """The evidence of a program; with `stop_after`, Ctrl-C comes once the board has sent that."""

    async def session() -> list[Event]:
        async with BareBoard(folder, virtual_time=virtual_time) as board:
            await board.enter_raw()
            assert await board.run("import os\nos.mkdir('/lib')\nos.mkdir('/lib/lovhe')\nos.mkdir('/lib/lovhe/drivers')") == ("", "")
            for path, content in library_files(FIRMWARE).items():
                await _put(board, path, content)
            board.start_run(f"from lovhe import runner\nrunner.run_source('main.py', {source!r}, watch={watch})")
            if stop_after:
                await board.until(lambda: stop_after in board.output)
                await asyncio.wait_for(_ctrl_c(board), PATIENCE_S)
            out, err = await board.finish_run()
            assert err == ""
            assert (await board.run("print(1 + 1)"))[0] == "2\n"
            decoder = FrameDecoder()
            return decoder.feed(out.encode()) + decoder.finish()

    return asyncio.run(session())


def levels(events: list[Event], gpio: int) -> list[int]:
    """The levels of one pin, in order."""
    return [e.args[i + 1] for e in events if e.kind == "level" for i in range(0, len(e.args), 2) if e.args[i] == gpio]


def _turns(events: list[Event]) -> list[int]:
    """How long the LED was on, off, on, …"""
    changes = [event.t_ms for event in events if event.kind == "level" and event.args[:1] == [2]]
    return [later - sooner for sooner, later in pairwise(changes[-6:])]


BLINK = """
from machine import Pin
import time
led = Pin(2, Pin.OUT)
for i in range(3):
    led.on()
    time.sleep_ms(100)
    led.off()
    print('blink', i)
    time.sleep_ms(100)
"""


def test_real_and_virtual_time_give_the_same_evidence(tmp_path):
    """The same events in the same order, at the same times within some samples, and the LED's turns as long within two."""
    (tmp_path / "real").mkdir()
    (tmp_path / "virtual").mkdir()
    real = trace(tmp_path / "real", BLINK)
    virtual = trace(tmp_path / "virtual", BLINK, virtual_time=True)
    assert levels(real, 2)[-6:] == levels(virtual, 2)[-6:] == [1, 0] * 3

    def rest(events: list[Event]) -> list[list[object]]:
        return [[e.kind, *e.args] for e in events if e.kind not in ("level", "print")]

    assert rest(real) == rest(virtual)
    real_turns, virtual_turns = _turns(real), _turns(virtual)
    assert len(real_turns) == len(virtual_turns) == 5
    assert abs(median(real_turns) - median(virtual_turns)) <= 10
    assert abs(real[-1].t_ms - virtual[-1].t_ms) < 30
    assert real[-1].t_ms >= virtual[-1].t_ms - 10


def test_every_wrapper_works_with_the_chips_own_classes(tmp_path):
    """ADC, PWM (whose timer makes 998 Hz of 1000), Timer, I2C and NeoPixel behave as on a board that is not traced, and are seen."""
    program = """
from machine import *
import time, neopixel
a = ADC(Pin(34), atten=ADC.ATTN_11DB)
print(0 <= a.read() <= 4095, 0 <= a.read_u16() <= 65535)
p = PWM(Pin(5), freq=1000, duty=512)
print(p.freq(), p.duty(), p)
p.duty_u16(0)
time.sleep_ms(50)
p.deinit()
fired = []
t = Timer(3)
t.init(period=20, mode=Timer.PERIODIC, callback=lambda t: fired.append(t))
time.sleep_ms(110)
t.deinit()
print(len(fired), fired[0] is t)
n = neopixel.NeoPixel(Pin(13), 1)
n[0] = (1, 2, 3)
n.write()
print(I2C(0).scan())
"""
    events = trace(tmp_path, program, virtual_time=True)
    text = "".join(event.args[0] for event in events if event.kind == "text")
    assert text == "True True\n998 512 PWM(Pin(5), freq=998, duty=512)\n5 True\n[]\n"
    assert {event.kind for event in events} >= {"adc", "pwm", "neo"}
    assert events[-1].args == ["done", "", "", 0]


def test_a_program_with_all_timers_runs_and_is_traced(tmp_path):
    """The sampler's place is taken; the program's callbacks sample instead."""
    program = """
from machine import Pin, Timer
led = Pin(2, Pin.OUT)
count = 0
def work(t):
    global count
    count += 1
timers = [Timer(n, period=20, callback=work) for n in range(3)]
blink = Timer(3, period=100, callback=lambda t: led.toggle())
import time
time.sleep_ms(1010)
for t in timers + [blink]:
    t.deinit()
print(count)
"""
    events = trace(tmp_path, program, virtual_time=True)
    assert [e.args for e in events if e.kind == "less"] == [["timers"]]
    assert len(levels(events, 2)) in (10, 11)
    assert [e.args[0] for e in events if e.kind == "text"] == ["150\n"]


def test_an_endless_program_is_stopped(tmp_path):
    """Ctrl-C ends a loop that calls nothing, and the REPL is there again."""
    events = trace(tmp_path, "print('on')\nwhile True:\n    pass\n", stop_after=b"on")
    assert events[-1].args == ["stopped", "", "", 0]


def test_interrupts_left_behind_are_sampled_and_then_off(tmp_path):
    """A program that only sets an interrupt goes on until Ctrl-C."""
    program = "from machine import Pin\nPin(4, Pin.IN, Pin.PULL_UP).irq(lambda p: 0)\nprint('set')\n"
    events = trace(tmp_path, program, stop_after=b"set", watch=(4,))
    assert events[-1].args[0] == "stopped"
    assert levels(events, 4)[-1] == 1


def test_a_deaf_endless_main_is_passed_over_by_ctrl_c_at_start(tmp_path):
    """A main.py that turns Ctrl-C off and never ends leaves the board recoverable: reset, and repeat Ctrl-C."""
    main = b"import micropython\nmicropython.kbd_intr(-1)\nprint('deaf')\nwhile True:\n    pass\n"

    async def session() -> str:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            await _put(board, "/boot.py", (FIRMWARE / "boot.py").read_bytes())
            await _put(board, "/main.py", main)
            board.engine.kill()
            await board.ended()
            board.output.clear()
            await board.start(reset_cause=HARD_RESET)
            await board.read_until(b"deaf")
            board.engine.kill()
            await board.ended()
            board.output.clear()
            await board.start(reset_cause=HARD_RESET)
            async with asyncio.timeout(PATIENCE_S):
                while b">>> " not in board.output:
                    board.engine.write(b"\x03")
                    await asyncio.sleep(0.03)
            assert b"deaf" not in board.output
            return bytes(board.output).decode()

    assert "KeyboardInterrupt" in asyncio.run(session())


def test_a_ctrl_c_in_the_wait_of_boot_says_that_main_was_not_run(tmp_path):
    """A wait long enough to be met for certain ends with one Ctrl-C, and its sentence tells why the program did not start."""
    boot = (FIRMWARE / "boot.py").read_bytes()
    assert boot.count(b"time.sleep_ms(120)") == 1

    async def session() -> str:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            await _put(board, "/boot.py", boot.replace(b"time.sleep_ms(120)", b"print('waits'); time.sleep_ms(60_000)"))
            await _put(board, "/main.py", b"print('deaf')\n")
            board.engine.kill()
            await board.ended()
            board.output.clear()
            await board.start(reset_cause=HARD_RESET)
            await board.read_until(b"waits")
            board.engine.write(b"\x03")
            return (await board.read_until(b">>> ")).decode()

    said = asyncio.run(session())
    assert "Ctrl-C at start: main.py was not run." in said
    assert "deaf" not in said
