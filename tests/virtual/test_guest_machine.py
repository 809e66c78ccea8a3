"""machine's functions, Timer, RTC and WDT: what they take, refuse and do. Source: MicroPython 1.28's ports/esp32 and extmod."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lovhe.virtual.interpreter.engine import ExitReason, ResetCause

from tests.virtual.chip_harness import told
from tests.virtual.guest_harness import BareBoard

NUMBER = 'TypeError ("can\'t convert str to int",)'
NO_LIST = "TypeError (\"object 'int' isn't a tuple or list\",)"
NO_KEYWORDS = 'TypeError ("function doesn\'t take keyword arguments",)'
NO_BUFFER = "TypeError ('object with buffer protocol required',)"


def test_timers_arguments(tmp_path: Path) -> None:
    """Four timers, everything but the number by keyword, no hard ones; a number is one object."""
    code = """
from machine import Timer
T(lambda: Timer())
T(lambda: Timer('0'))
T(lambda: Timer(-1))
T(lambda: Timer(4))
T(lambda: Timer(0, 100))
T(lambda: Timer(0, tick=1))
T(lambda: Timer(0, hard=True))
T(lambda: Timer(0, period=1.5))
T(lambda: Timer(0, freq='1'))
T(lambda: Timer(0, period=250))
T(lambda: Timer(1, freq=2.5, mode=Timer.ONE_SHOT))
T(lambda: Timer(2, period=30, tick_hz=10))
T(lambda: Timer(3))
T(lambda: Timer(0) is Timer(0))
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "TypeError ('function missing 1 required positional arguments',)",
        NUMBER,
        "ValueError ('invalid Timer number',)",
        "ValueError ('invalid Timer number',)",
        "TypeError ('extra positional arguments given',)",
        "TypeError ('extra keyword arguments given',)",
        "ValueError ('hard Timers are not implemented',)",
        'TypeError ("can\'t convert float to int",)',
        'TypeError ("can\'t convert str to float",)',
        "Timer(0, mode=PERIODIC, period=250)",
        "Timer(1, mode=ONE_SHOT, period=400)",
        "Timer(2, mode=PERIODIC, period=3000)",
        "Timer(3, mode=ONE_SHOT, period=0)",
        "True",
    ]


def test_timers_run_and_tell_their_count(tmp_path: Path) -> None:
    """A period that is not whole milliseconds keeps its pace; `value` counts on after one shot and is gone after `deinit`."""
    code = """
from machine import Timer
import time
fired = []
t = Timer(0, freq=400, callback=lambda t: fired.append(t))
time.sleep_ms(1001)
print(len(fired), fired[0] is t, t.value() < 3)
once = Timer(1, mode=Timer.ONE_SHOT, period=10, callback=lambda t: fired.append(1))
time.sleep_ms(50)
print(fired.count(1), 49 <= once.value() <= 51)
once.deinit(); t.deinit()
T(once.value)
t.init(period=5, callback=None)
"""
    lines, _ = told(tmp_path, code)
    assert lines == ["400 True True", "1 True", "ValueError ('timer not set',)"]


def test_rtc_takes_what_the_chip_takes(tmp_path: Path) -> None:
    """No number for the RTC, eight whole numbers, the hour in another place for `init`, at most 2048 bytes of memory."""
    code = """
from machine import RTC
import time
T(lambda: RTC(0))
T(lambda: RTC(id=0))
r = RTC()
T(lambda: r is RTC())
T(lambda: r.datetime((2024, 2, 28, 0, 23, 59, 58)))
T(lambda: r.datetime(2024))
T(lambda: r.datetime((2024, 2, 28, 0, 23, 59, '58', 0)))
T(lambda: r.datetime([2024, 2, 28, 0, 23, 59, 58, 999000]))
time.sleep(1)
T(lambda: r.datetime()[:7])
time.sleep(1)
T(lambda: r.datetime()[:7])
T(lambda: time.localtime())
r.init((2025, 12, 31, 23, 59, 30, 0, 0))
T(lambda: r.datetime()[:7])
T(lambda: r.memory(bytes(2049)))
T(lambda: r.memory(7))
T(lambda: r.memory(bytearray(b'x' * 2048)))
T(lambda: r.memory() == b'x' * 2048)
T(lambda: r.memory('text'))
T(lambda: r.memory())
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "TypeError ('function takes 0 positional arguments but 1 were given',)",
        NO_KEYWORDS,
        "True",
        "ValueError ('requested length 8 but object has length 7',)",
        NO_LIST,
        NUMBER,
        "None",
        "(2024, 2, 28, 2, 23, 59, 59)",
        "(2024, 2, 29, 3, 0, 0, 1)",
        "(2024, 2, 29, 0, 0, 1, 3, 60)",
        "(2025, 12, 31, 2, 23, 59, 30)",
        "ValueError ('buffer too long',)",
        NO_BUFFER,
        "None",
        "True",
        "None",
        "b'text'",
    ]


def test_sleep_and_frequency_refuse_what_the_chip_refuses(tmp_path: Path) -> None:
    """Whole milliseconds without a keyword; the chip's own frequencies; an interrupt state must be given back."""
    code = """
import machine
T(lambda: machine.lightsleep('1'))
T(lambda: machine.lightsleep(1.5))
T(lambda: machine.lightsleep(time_ms=5))
T(lambda: machine.deepsleep(1, 2))
T(lambda: machine.freq())
T(lambda: machine.freq(100000000))
T(lambda: machine.freq(80000000))
T(lambda: machine.freq())
T(lambda: machine.disable_irq())
T(lambda: machine.enable_irq('0'))
T(lambda: machine.enable_irq(0))
T(lambda: machine.WDT(1))
T(lambda: machine.WDT(0, 0))
T(lambda: machine.WDT(0, -5))
T(lambda: machine.bootloader)
"""
    lines, _ = told(tmp_path, code)
    assert lines[:4] == [
        NUMBER,
        'TypeError ("can\'t convert float to int",)',
        NO_KEYWORDS,
        "TypeError ('function expected at most 1 arguments, got 2',)",
    ]
    assert lines[4:8] == ["160000000", "ValueError ('frequency must be 20MHz, 40MHz, 80Mhz, 160MHz or 240MHz',)", "None", "80000000"]
    assert lines[8:11] == ["0", NUMBER, "None"]
    assert lines[11:14] == ["ValueError ()", "ValueError ('WDT timeout too short',)", "ValueError ('WDT timeout too short',)"]
    assert lines[14].startswith("AttributeError")


def test_interrupts_wait_while_they_are_kept_out(tmp_path: Path) -> None:
    """What came meanwhile runs when the state is given back, and the inner of two pairs changes nothing."""
    code = """
import machine, time
from machine import Timer
fired = []
Timer(0, mode=Timer.ONE_SHOT, period=5, callback=lambda t: fired.append(1))
outer = machine.disable_irq()
inner = machine.disable_irq()
time.sleep_ms(20)
machine.enable_irq(inner)
time.sleep_ms(5)
print(fired)
machine.enable_irq(outer)
time.sleep_ms(1)
print(fired)
"""
    assert told(tmp_path, code)[0] == ["[]", "[1]"]


def test_bitstream_checks_its_arguments_in_the_chips_order(tmp_path: Path) -> None:
    """Pin, encoding, data, then the four times; times that no LED takes for bits light none."""
    code = """
from machine import Pin, bitstream
T(lambda: bitstream('4', 0, (1, 2, 3, 4), b''))
T(lambda: bitstream(Pin(4), 1, 0, b''))
T(lambda: bitstream(Pin(4), 1, 0, 5))
T(lambda: bitstream(Pin(4), 0, (1, 2, 3), b''))
T(lambda: bitstream(Pin(4), 0, 5, b''))
T(lambda: bitstream(4, 0, [400, 850, 800, 450], b'\\x01\\x02\\xff'))
T(lambda: bitstream(4, 0, (400, 850, 400, 850), b'abc'))
"""
    lines, log = told(tmp_path, code)
    assert lines == [
        "ValueError ('invalid pin',)",
        "ValueError ('encoding',)",
        NO_BUFFER,
        "ValueError ('requested length 4 but object has length 3',)",
        NO_LIST,
        "None",
        "None",
    ]
    assert log == [[4, "neo", "0102ff"]]


def test_the_world_is_told_of_no_more_colours_than_it_takes(tmp_path: Path) -> None:
    """What a program sends to a chain that no kit has is cut, so that the rest of its messages can be read."""
    lines, log = told(tmp_path, "import machine\nmachine.bitstream(4, 0, (400, 850, 800, 450), bytes(9000))")
    assert (lines, log) == ([], [[4, "neo", "00" * 4096]])


def test_star_import_of_machine_fails_as_on_the_chip(tmp_path: Path) -> None:
    """1.26 to 1.28 have a small frozen module before the chip's own, which hands on each name but none of `*`."""
    code = """
try:
    from machine import *
except AttributeError as error:
    print('AttributeError')
T(lambda: Pin)
from machine import Pin, Counter
try:
    from machine import Lamp
except AttributeError:
    print('AttributeError')
import umachine
print(umachine.Pin is Pin)
"""
    lines, _ = told(tmp_path, code)
    assert lines[0] == "AttributeError"
    assert lines[1].startswith("NameError")
    assert lines[2:] == ["AttributeError", "True"]


EXTRA = {"esp32": {"DAC", "TouchPad", "Counter", "Encoder"}, "esp32s3": {"TouchPad", "Counter", "Encoder", "bootloader"}}
ESP32_NAMES = {
    "esp32": {"raw_temperature", "wake_on_ext0", "wake_on_ext1", "wake_on_touch", "wake_on_ulp", "PCNT", "ULP"},
    "esp32s3": {"mcu_temperature", "wake_on_ext0", "wake_on_ext1", "wake_on_touch", "wake_on_ulp", "PCNT", "ULP"},
}


@pytest.mark.parametrize("chip", ["esp32", "esp32s3", "esp32c3"])
def test_each_chip_has_its_own_names(tmp_path: Path, chip: str) -> None:
    """What a chip lacks is not in its modules; `wake_on_gpio` is there for who asks by name."""
    code = "import machine, esp32\nprint(*dir(machine))\nprint(*dir(esp32))\nprint(esp32.wake_on_gpio, esp32.RMT, machine.I2S)"
    lines, _ = told(tmp_path, code, chip)
    names = {name for name in lines[0].split() if name[0] != "_"}
    assert names & {"DAC", "TouchPad", "Counter", "Encoder", "bootloader"} == EXTRA.get(chip, {"bootloader"})
    assert {"I2S", "SDCard", "RTC", "WDT", "Timer", "deepsleep", "const"} <= names
    shown = {name for name in lines[1].split() if name[0] != "_"}
    common = {"HEAP_DATA", "HEAP_EXEC", "NVS", "Partition", "RMT", "WAKEUP_ALL_LOW", "WAKEUP_ANY_HIGH", "gpio_deep_sleep_hold"}
    assert shown - {"wake_on_gpio"} == common | {"idf_heap_info"} | ESP32_NAMES.get(chip, {"mcu_temperature"})


def test_the_c3_wakes_by_its_own_pads_alone(tmp_path: Path) -> None:
    """In deep sleep only its pads 0 to 5 are awake; the ESP32's are not by this way at all."""
    code = "import machine, esp32\nesp32.wake_on_gpio((8,), False)\nT(machine.deepsleep)\nT(lambda: esp32.wake_on_ext0)"
    lines, _ = told(tmp_path, code, "esp32c3")
    assert lines[0] == "ValueError ('wake-up pin not supported',)"
    assert lines[1].startswith("AttributeError")
    code = "import machine, esp32\nesp32.wake_on_gpio((4,), False)\nT(machine.deepsleep)"
    assert told(tmp_path, code)[0] == ["ValueError ('DEEPSLEEP with gpio pins not supported on this chip',)"]


def test_wake_sources_exclude_each_other(tmp_path: Path) -> None:
    """ext0 and touch share a circuit; only pads of the real-time domain can wake from deep sleep."""
    code = """
import esp32
T(lambda: esp32.wake_on_ext0(4, esp32.WAKEUP_ANY_HIGH))
T(lambda: esp32.wake_on_ext0(pin=5))
T(lambda: esp32.wake_on_touch(True))
T(lambda: esp32.wake_on_ext0(None))
T(lambda: esp32.wake_on_touch(True))
T(lambda: esp32.wake_on_ext0(4))
T(lambda: esp32.wake_on_touch(False))
T(lambda: esp32.wake_on_ext1(pins=(4, 18)))
T(lambda: esp32.wake_on_ext1(pins=4))
T(lambda: esp32.wake_on_ext1([4, 39], True))
T(lambda: esp32.wake_on_gpio((18,), False))
T(lambda: esp32.wake_on_ulp(True))
"""
    none, busy, pin = "None", "ValueError ('no resources',)", "ValueError ('invalid pin',)"
    assert told(tmp_path, code)[0] == [none, pin, busy, none, none, busy, none, pin, NO_LIST, none, none, busy]


def test_bootloader_is_a_reset_into_the_loader(tmp_path: Path) -> None:
    """The S3 and the C3 can be sent there by a program."""

    async def session() -> list[object]:
        async with BareBoard(tmp_path, chip="esp32c3") as board:
            await board.enter_raw()
            board.start_run("import machine\nmachine.bootloader()")
            ended = await board.ended()
            return [ended.reason, ended.reset_cause]

    assert asyncio.run(session()) == [ExitReason.HARD_RESET, ResetCause.INTO_LOADER]
