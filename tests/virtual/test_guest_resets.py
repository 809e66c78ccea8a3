"""What a reset keeps and what it loses, what wakes a sleeping chip, and what the watchdog does."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lovhe.virtual.interpreter.engine import ExitReason, ResetCause

from tests.virtual.guest_harness import RAW_BANNER, BareBoard

SET_CLOCK = "from machine import RTC\nRTC().datetime((2026, 3, 20, 4, 8, 30, 0, 0))\nRTC().memory(b'\\x00kept')"
SHOW_CLOCK = "from machine import RTC\nprint(RTC().datetime()[:7], RTC().memory())"


async def begin_run(board: BareBoard) -> None:
    """From the friendly prompt of a fresh life into the raw REPL."""
    board.output.clear()
    await board.enter_raw()


def test_soft_reset_keeps_the_time_and_the_rtc_memory(tmp_path: Path) -> None:
    """The calendar goes on over a soft reset, and `RTC.memory` holds its bytes."""

    async def session() -> tuple[str, str]:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            await board.run(SET_CLOCK + "\nimport time\ntime.sleep(2)")
            await board.fresh_raw()
            return await board.run(SHOW_CLOCK)

    assert asyncio.run(session()) == ("(2026, 3, 20, 4, 8, 30, 2) b'\\x00kept'\n", "")


def test_reset_from_inside_keeps_what_a_loss_of_power_loses(tmp_path: Path) -> None:
    """After `machine.reset()` the calendar and the memory are there; after the power was gone they are not."""

    async def session() -> list[str]:
        seen = []
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.start_run(SET_CLOCK + "\nimport machine, time\ntime.sleep(5)\nmachine.reset()")
            await board.restart_hard()
            await begin_run(board)
            seen.append((await board.run(SHOW_CLOCK + "\nimport machine, time\nprint(machine.reset_cause(), time.ticks_ms() < 2000)"))[0])
            board.engine.kill()
            await board.ended()
            await board.start()
            await begin_run(board)
            seen.append((await board.run(SHOW_CLOCK))[0])
        return seen

    assert asyncio.run(session()) == ["(2026, 3, 20, 4, 8, 30, 5) b'\\x00kept'\n2 True\n", "(2000, 1, 1, 5, 0, 0, 0) b''\n"]


def test_deep_sleep_is_a_reset_after_its_time(tmp_path: Path) -> None:
    """The pads let go, the time passes, and the next life knows what woke it; Ctrl-C does not wake a sleeping chip."""

    async def session() -> tuple[list[object], list[object], str]:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.grants_us = [50_000_000, -1]
            board.engine.send(["go", 1])
            code = "import machine\nfrom machine import Pin\nPin(2, Pin.OUT, value=1)\nmachine.RTC().memory(b'1')\nmachine.deepsleep(60000)"
            board.start_run(code)
            await board.until(
                lambda: any(entry[2:4] == ["mode", "off"] for kind, *rest in board.messages if kind == "log" for entry in rest[0])
            )
            board.engine.write(b"\x03\x03")
            ended = await board.ended()
            await board.restart_hard()
            await begin_run(board)
            out, err = await board.run(
                "import machine\nr = machine.RTC()\n"
                "print(machine.reset_cause() == machine.DEEPSLEEP_RESET, machine.wake_reason(), r.memory(), r.datetime()[5:7])"
            )
            assert err == ""
            await board.fresh_raw()
            again, _ = await board.run("import machine\nprint(machine.reset_cause() == machine.SOFT_RESET, machine.wake_reason())")
            return [ended.reason, ended.reset_cause], [out, again], ""

    causes, shown, _ = asyncio.run(session())
    assert causes == [ExitReason.HARD_RESET, ResetCause.DEEP_SLEEP]
    assert shown == ["True 4 b'1' (1, 0)\n", "True 4\n"]


def test_a_wake_pin_ends_deep_sleep_at_its_level(tmp_path: Path) -> None:
    """`wake_on_ext0` waits for its level, keeps its pull-up in the sleep, and is the wake reason afterwards."""

    async def session() -> str:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            board.engine.send(["in", {"33": 1}])
            board.start_run(
                "import machine, esp32\nfrom machine import Pin\nesp32.wake_on_ext0(Pin(33, Pin.IN, Pin.PULL_UP), esp32.WAKEUP_ALL_LOW)\n"
                "print('good night')\nmachine.deepsleep()"
            )
            await board.read_until(b"good night")
            assert board.exit is None
            board.engine.send(["in", {"33": 0}])
            await board.restart_hard()
            await begin_run(board)
            return (
                await board.run(
                    "import machine\nprint(machine.wake_reason() == machine.EXT0_WAKE, machine.wake_reason() == machine.PIN_WAKE)"
                )
            )[0]

    assert asyncio.run(session()) == "True True\n"


def test_light_sleep_goes_on_in_the_next_line(tmp_path: Path) -> None:
    """It takes its time, and a timer stands still in it."""
    code = """
import machine, time
from machine import Timer
fired = []
t = Timer(0); t.init(period=300, callback=lambda t: fired.append(time.ticks_ms()))
begin = time.ticks_ms()
machine.lightsleep(1000)
print(time.ticks_diff(time.ticks_ms(), begin) // 10, machine.wake_reason() == machine.TIMER_WAKE, len(fired))
time.sleep_ms(500)
print(len(fired), (fired[0] - begin) // 50)
"""

    async def session() -> tuple[str, str]:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            return await board.run(code)

    assert asyncio.run(session()) == ("100 True 0\n1 26\n", "")


def test_light_sleep_in_real_time(tmp_path: Path) -> None:
    """It takes its time and no more (a busy PC may wake late, not each time), a timer stands still, and a pin's level may end it early."""
    code = """
import machine, time, esp32
from machine import Pin, Timer
fired, edges, slept = [], [], []
button = Pin(4, Pin.IN, Pin.PULL_DOWN)
button.irq(lambda p: edges.append(1), Pin.IRQ_RISING)
first = time.ticks_ms()
t = Timer(0); t.init(period=300, callback=lambda t: fired.append(time.ticks_ms()))
for _ in range(5):
    begin = time.ticks_ms()
    machine.lightsleep(200)
    slept.append(time.ticks_diff(time.ticks_ms(), begin))
print(min(slept) // 10, machine.wake_reason() == machine.TIMER_WAKE)
while not fired: time.sleep_ms(10)
print(time.ticks_diff(fired[0], first) >= 1300)
esp32.wake_on_ext1(pins=(button,), level=esp32.WAKEUP_ANY_HIGH)
machine.lightsleep(60000)
print(machine.wake_reason() == machine.EXT1_WAKE, edges, button.value())
"""

    async def session() -> tuple[str, str]:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            board.engine.send(["in", {"4": 0}])
            board.start_run(code)
            await board.until(lambda: board.output.count(b"\r\n") >= 2)
            board.engine.send(["in", {"4": 1}])
            return await board.finish_run()

    assert asyncio.run(session()) == ("20 True\nTrue\nTrue [] 1\n", "")


def test_a_watchdog_that_is_not_fed_resets_the_chip(tmp_path: Path) -> None:
    """Feeding keeps it quiet, a second WDT is the same one, and it bites even after a soft reset."""

    async def session() -> tuple[list[object], str, str]:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            code = "from machine import WDT\nimport time\nw = WDT(timeout=2000)\nfor i in range(10): time.sleep(1); w.feed()\n"
            fed = await board.run(code + "WDT(timeout=5000)\nprint('well fed')")
            await board.fresh_raw()
            board.start_run("import time\ntime.sleep(4)\nprint('still here')\ntime.sleep(4)\nprint('not here')")
            ended = await board.ended()
            text = bytes(board.output).decode()
            await board.restart_hard()
            await begin_run(board)
            cause, _ = await board.run("import machine\nprint(machine.reset_cause() == machine.WDT_RESET, machine.wake_reason())")
            return [fed, ended.reset_cause], text, cause

    (fed, cause), text, after = asyncio.run(session())
    assert fed == ("well fed\n", "")
    assert cause == ResetCause.WATCHDOG
    assert "still here" in text
    assert "not here" not in text
    assert "Task watchdog got triggered" in text
    assert after == "True 0\n"


def test_wake_sources_outlive_a_soft_reset_alone(tmp_path: Path) -> None:
    """What was asked for stands in the chip's own variables, which a soft reset leaves as they are."""

    async def session() -> str:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            await board.run("import esp32\nesp32.wake_on_ext0(4, True)")
            await board.fresh_raw()
            out, _ = await board.run("import esp32\ntry: esp32.wake_on_touch(True)\nexcept ValueError as e: print(e)")
            board.start_run("import machine\nmachine.reset()")
            await board.restart_hard()
            await begin_run(board)
            after, _ = await board.run("import esp32\nprint(esp32.wake_on_touch(True))")
            return out + after

    assert asyncio.run(session()) == "no resources\nNone\n"


def test_a_forged_memory_of_the_last_life_is_left(tmp_path: Path) -> None:
    """A program may have sent the host anything in the chip's name: the next life starts as after a loss of power."""

    async def session() -> list[str]:
        seen = []
        for kept in ("", "[", "[{}]", '[{"rtc_us": 5}, 7]', "null"):
            async with BareBoard(tmp_path, virtual_time=True, raw_repl_start=True, kept=kept) as board:
                await board.read_until(RAW_BANNER)
                seen.append((await board.run("from machine import RTC\nprint(RTC().memory())"))[0])
        return seen

    assert asyncio.run(session()) == ["b''\n"] * 5
