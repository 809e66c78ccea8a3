"""What programs do with pins reaches the world, and what the world does reaches programs."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.virtual.guest_harness import BareBoard


def run(
    folder: Path, code: str, world: list[list[Any]] | None = None, answers: dict[str, Any] | None = None
) -> tuple[str, str, list[list[Any]]]:
    """What `code` prints in virtual time, its traceback, and what the world was told; `world` is sent before."""

    async def session() -> tuple[str, str, list[list[Any]]]:
        async with BareBoard(folder, virtual_time=True) as board:
            board.answers = answers or {}
            for message in world or []:
                board.engine.send(message)
            await board.enter_raw()
            board.messages.clear()
            out, err = await board.run(code)
            return out, err, list(board.messages)

    return asyncio.run(session())


def log_of(messages: list[list[Any]]) -> list[list[Any]]:
    """The log's entries without their times."""
    return [entry[1:] for kind, *rest in messages if kind == "log" for entry in rest[0]]


def test_world_is_told_modes_and_levels(tmp_path: Path) -> None:
    """Modes with pulls, and each change of an output, once."""
    code = """
from machine import Pin
led = Pin(2, Pin.OUT, value=1)
led.on(); led.off(); led.off(); led.toggle()
Pin(4, Pin.IN, Pin.PULL_UP)
Pin(5, Pin.OPEN_DRAIN)
Pin(2, Pin.IN, None)
"""
    out, err, messages = run(tmp_path, code)
    assert (out, err) == ("", "")
    assert log_of(messages) == [
        [2, "mode", "out", "none"],
        [2, "level", 1],
        [2, "level", 0],
        [2, "level", 1],
        [4, "mode", "in", "up"],
        [5, "mode", "od", "none"],
        [5, "level", 0],
        [2, "mode", "in", "none"],
    ]


def test_times_of_the_log_are_the_boards(tmp_path: Path) -> None:
    """The log's times rise and keep the distances that the program slept."""
    _, _, messages = run(
        tmp_path, "from machine import Pin\nimport time\np = Pin(2, Pin.OUT)\nfor i in range(4):\n  p.toggle()\n  time.sleep_ms(250)"
    )
    times = [entry[0] for kind, *rest in messages if kind == "log" for entry in rest[0] if entry[2] == "level"][1:]
    assert [round((after - before) / 1000) for before, after in pairwise(times)] == [250, 250, 250]


def test_inputs_pulls_and_floating_pads(tmp_path: Path) -> None:
    """A driven pad reads its level, a free one its pull, and one without either reads noise; a pad that is no input reads 0."""
    code = """
from machine import Pin
high, low = Pin(4, Pin.IN, Pin.PULL_DOWN), Pin(5, Pin.IN, Pin.PULL_UP)
up, down = Pin(12, Pin.IN, Pin.PULL_UP), Pin(13, Pin.IN, Pin.PULL_DOWN)
print(high.value(), low.value(), up.value(), down.value())
loose = Pin(14, Pin.IN)
print(len({loose.value() for i in range(100)}))
shared = Pin(4, Pin.OPEN_DRAIN, value=1)
print(shared.value())
shared.value(0)
print(shared.value(), Pin(27).value())
"""
    out, err, _ = run(tmp_path, code, [["in", {"4": 1, "5": 0, "27": 1, "12": "z"}]])
    assert (out, err) == ("1 0 1 0\n2\n1\n0 0\n", "")


def test_edges_interrupt(tmp_path: Path) -> None:
    """A handler runs for the edges it asked for, with the pin, also while the program sleeps or spins."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            board.engine.send(["in", {"4": 1}])
            await board.enter_raw()
            board.messages = [["none"]]
            board.grants_us = []
            board.engine.send(["go", 0])
            board.start_run(
                "from machine import Pin\nimport time\ntime.sleep_ms(2)\nr = []\np = Pin(4, Pin.IN)\n"
                "p.irq(lambda pin: r.append((pin is p, pin.value())), Pin.IRQ_FALLING)\n"
                "time.sleep_ms(50)\nwhile len(r) < 2: pass\np.irq(None)\ntime.sleep_ms(50)\nprint(r)"
            )
            for level in (0, 1, 0, 1, 0, 1):
                await board.until(lambda: board.messages[-1][0] == "sync")
                now_us = board.messages[-1][1]
                board.messages.append(["none"])
                board.engine.send(["in", {"4": level}])
                board.engine.send(["go", now_us + 20_000])
            await board.until(lambda: board.messages[-1][0] == "sync")
            board.engine.send(["go", -1])
            assert await board.finish_run() == ("[(True, 0), (True, 0)]\n", "")

    asyncio.run(session())


def test_an_output_that_feeds_an_input_is_told_at_once(tmp_path: Path) -> None:
    """With a coupled output, the very next read sees what the part made of its change."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.engine.send(["couple", {"5": [4]}])
            plain = board.engine.on_message

            def mirror(message: list[Any]) -> None:
                if message[0] == "log":
                    for entry in message[1]:
                        if entry[1] == 5 and entry[2] == "level":
                            board.engine.send(["in", {"4": 1 - entry[3]}])
                plain(message)

            board.engine.on_message = mirror
            code = "from machine import Pin\nimport time\ntime.sleep_ms(2)\na, b = Pin(5, Pin.OUT), Pin(4, Pin.IN)\nr = []\n"
            code += "a(1); r.append(b()); a(0); r.append(b()); a(1); r.append(b())\nprint(r)"
            assert await board.run(code) == ("[0, 1, 0]\n", "")

    asyncio.run(session())


@pytest.mark.parametrize(("millivolts", "raw"), [(0, 0), (1650, 2040), (3300, 4095), (1000, 1162)])
def test_adc_reads_millivolts(tmp_path: Path, millivolts: int, raw: int) -> None:
    """An ADC at 11 dB has the chip's range: dead below 0.14 V, full at 3.2 V, a little noise between."""
    code = "from machine import ADC, Pin\na = ADC(Pin(34))\nr = [a.read() for i in range(50)]\n"
    code += "print(sum(r) // 50, max(r) - min(r), a.read_uv())"
    out, err, _ = run(tmp_path, code, [["mv", {"34": millivolts}]])
    assert err == ""
    mean, spread, microvolts = map(int, out.split())
    assert abs(mean - raw) < 12
    assert spread < 16
    assert abs(microvolts - min(max(1000 * millivolts, 142_000), 3_166_000)) < 12_000


def test_adc_width_and_attenuation(tmp_path: Path) -> None:
    """Fewer bits and less attenuation do what they do on the chip; wrong ones are refused with its words."""
    code = """
from machine import ADC
a = ADC(34, atten=ADC.ATTN_0DB)
print(a.read(), a)
a.atten(ADC.ATTN_11DB); a.width(ADC.WIDTH_9BIT)
print(250 < a.read() < 260, 32000 < a.read_u16() < 33300)
for wrong in (lambda: a.atten(4), lambda: a.width(13), lambda: ADC(16), lambda: ADC('34')):
    try: wrong()
    except ValueError as e: print(e)
print(ADC(34) is a, a.read() > 511)
"""
    out, err, _ = run(tmp_path, code, [["mv", {"34": 1650}]])
    assert (out, err) == (
        "4095 ADC(Pin(34), atten=0)\nTrue True\ninvalid attenuation\ninvalid bit-width\ninvalid pin\ninvalid pin\nTrue True\n",
        "",
    )


def test_pwm_is_told_and_let_go(tmp_path: Path) -> None:
    """Frequency and duty go to the world, in 16 bits; deinit ends it, a new pin mode hides it; at most eight frequencies."""
    code = """
from machine import PWM, Pin
w = PWM(Pin(2), freq=500, duty_u16=16384)
w.duty(1023)
w.duty_ns(1_000_000)
print(w, w.duty_u16(), w.freq())
w.deinit()
try: w.freq()
except RuntimeError as e: print(e)
v = PWM(4, 440)
Pin(4, Pin.OUT)
many = []
try:
    for i, gpio in enumerate((12, 13, 14, 15, 16, 17, 18, 19, 21)): many.append(PWM(gpio, freq=100 + i))
except RuntimeError as e: print(len(many), e)
"""
    out, err, messages = run(tmp_path, code)
    assert err == ""
    assert out.splitlines() == ["PWM(Pin(2), freq=500, duty_ns=1000000) 32768 500", "PWM is inactive", "7 out of PWM channels:16"]
    assert [entry for entry in log_of(messages) if entry[0] in (2, 4) and entry[1] == "pwm"] == [
        [2, "pwm", 500, 16384],
        [2, "pwm", 500, 65535],
        [2, "pwm", 500, 32768],
        [2, "pwm", 0, 0],
        [4, "pwm", 440, 32768],
        [4, "pwm", 0, 0],
    ]


def test_registers_write_and_read(tmp_path: Path) -> None:
    """The GPIO registers set, clear and show outputs, their enables and the inputs of both banks."""
    code = """
from machine import Pin, mem32, mem8, mem16
G = 0x3FF44000
p, q = Pin(2, Pin.OUT), Pin(33, Pin.OUT)
mem32[G + 8] = 1 << 2
mem32[G + 0x14] = 1 << 1
print(p(), q(), mem32[G + 4], mem32[G + 0x10], mem8[G + 4], mem16[G + 0x10])
mem32[G + 0xC] = 1 << 2
mem32[G + 0x10] = 0
print(p(), q(), mem32[G + 0x20], mem32[G + 0x2C])
Pin(4, Pin.IN); Pin(34, Pin.IN)
print(mem32[G + 0x3C] & 0x14, mem32[G + 0x40] & 4)
mem32[G + 0x28] = 4
print(mem32[G + 0x20])
try: mem32[G + 1]
except ValueError as e: print(e)
"""
    out, err, _ = run(tmp_path, code, [["in", {"4": 1, "34": 1}]])
    assert err == ""
    assert out.splitlines() == ["1 1 4 2 4 2", "0 0 4 2", "16 4", "0", "address 3ff44001 is not aligned to 4 bytes"]


def test_neopixels(tmp_path: Path) -> None:
    """Colours go out in wire order: green, red, blue."""
    code = "from machine import Pin\nimport neopixel\nn = neopixel.NeoPixel(Pin(4), 2)\nn[0] = (255, 16, 1)\nn.write()\nprint(n[0], len(n))"
    out, err, messages = run(tmp_path, code)
    assert (out, err) == ("(255, 16, 1) 2\n", "")
    assert log_of(messages)[-1] == [4, "neo", "10ff01000000"]


def test_dht_sensor(tmp_path: Path) -> None:
    """A sensor's five bytes become temperature and humidity, after the time the chip takes."""
    code = """
import dht, time
from machine import Pin
d = dht.DHT11(Pin(4))
t = time.ticks_ms()
d.measure()
print(d.temperature(), d.humidity(), 260 < time.ticks_diff(time.ticks_ms(), t) < 290)
e = dht.DHT22(Pin(4))
e.buf[:] = b'\\x02\\x8c\\x80\\x65\\x00'
print(round(e.temperature(), 1), round(e.humidity(), 1))
"""
    out, err, messages = run(tmp_path, code, answers={"dht": [45, 0, 23, 0, 68]})
    assert (out, err) == ("23 45 True\n-10.1 65.2\n", "")
    request = next(message for message in messages if message[0] == "dht")
    assert request[2] == 4


def test_i2c_parts_answer_or_not(tmp_path: Path) -> None:
    """Memory reads go to the part; nobody at an address is ENODEV."""
    code = """
from machine import I2C, SoftI2C, Pin
i = I2C(0, scl=Pin(22), sda=Pin(21), freq=100_000)
print(i.readfrom_mem(0x76, 0xD0, 2), i)
b = bytearray(2); i.readfrom_mem_into(0x76, 0x1234, b, addrsize=16); print(b)
print(i.writeto(0x76, b'\\x01\\x02'), i.scan()[:3])
"""
    out, err, messages = run(tmp_path, code, answers={"i2c": "5860"})
    assert (out, err) == ("b'X`' I2C(0, scl=22, sda=21, freq=100000, timeout=50000)\nbytearray(b'X`')\n2 [8, 9, 10]\n", "")
    asked = [message[2:6] for message in messages if message[0] == "i2c"]
    assert asked[:3] == [[[22, 21], 0x76, "d0", 2], [[22, 21], 0x76, "1234", 2], [[22, 21], 0x76, "0102", 0]]
    code = "from machine import SoftI2C, Pin\ni = SoftI2C(Pin(22, Pin.IN, Pin.PULL_UP), Pin(21, Pin.IN, Pin.PULL_UP))\nprint(i.scan())\n"
    code += "try: i.readfrom(8, 1)\nexcept OSError as e: print(e)"
    assert run(tmp_path, code)[:2] == ("[]\n[Errno 19] ENODEV\n", "")


def test_pulses(tmp_path: Path) -> None:
    """Silence and an endless level take their time and are told apart as on the chip."""
    code = "from machine import Pin, time_pulse_us\nimport time\nt = time.ticks_us()\nr = time_pulse_us(Pin(4, Pin.IN), 1, 30_000)\n"
    code += "d = time.ticks_diff(time.ticks_us(), t) // 100\nprint(r)\nprint(d)"
    assert run(tmp_path, code, [["in", {"4": 0}]])[0] == "-2\n300\n"
    assert run(tmp_path, code, [["in", {"4": 1}]])[0] == "-1\n300\n"


def test_signal_inverts(tmp_path: Path) -> None:
    """A Signal turns levels round, over a pin or the arguments of one."""
    code = """
from machine import Pin, Signal
s = Signal(Pin(2, Pin.OUT), invert=True)
s.on(); print(Pin(2).value(), s.value(), s())
s(0); print(Pin(2).value())
t = Signal(4, Pin.OUT, invert=True, value=1); print(Pin(4).value(), t.value())
try: Signal(Pin(2), Pin.OUT)
except TypeError: print('TypeError')
"""
    assert run(tmp_path, code)[:2] == ("0 1 1\n1\n0 1\nTypeError\n", "")
