"""The drivers against the part models of a virtual board, which others wrote from the same datasheets; traced, as pupils run them."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

if find_spec("micropython_run") is None:
    pytest.skip("virtual boards need MicroPython, which has no wheel for this system", allow_module_level=True)

from lovhe.adapters.littlefs_image import files_regions
from lovhe.adapters.runtime_build import library_files
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frames import FrameDecoder
from lovhe.core.circuits.hardware import CircuitPart

from tests.virtual.guest_harness import FLASH_BYTES, VFS_OFFSET
from tests.virtual.wired_harness import WiredBoard, placed, world_of

FIRMWARE = Path(__file__).parents[3] / "firmware"
BUS = {"SCL": "IO22", "SDA": "IO21"}
I2C = "from machine import I2C, Pin\ni2c = I2C(0, scl=Pin(22), sda=Pin(21))\n"


class Ran:
    """What a traced program did: its evidence, its text, and what the parts show at its end."""

    def __init__(self, events: list[Event], states: dict[str, Any]) -> None:
        self.events = events
        self.states = states

    @property
    def text(self) -> str:
        return "".join(event.args[0] for event in self.events if event.kind == "text")

    @property
    def numbers(self) -> list[float]:
        return [float(word) for word in self.text.split()]

    def args(self, kind: str) -> list[list[Any]]:
        return [event.args for event in self.events if event.kind == kind]


def run(folder: Path, source: str, *parts: CircuitPart, **settings: str) -> Ran:
    """Run `source` under trace, in virtual time, on a board with these parts, in these surroundings (`part__quantity`)."""
    flash = bytearray(b"\xff" * FLASH_BYTES)
    for region in files_regions(library_files(FIRMWARE), VFS_OFFSET, FLASH_BYTES - VFS_OFFSET):
        flash[region.offset : region.offset + len(region.data)] = region.data
    (folder / "flash.bin").write_bytes(flash)

    async def session() -> Ran:
        async with WiredBoard(folder, world_of(*parts)) as board:
            for name, value in settings.items():
                board.stage.set(name.replace("__", "."), value)
            await board.enter_raw()
            out, err = await board.run(f"from lovhe import runner\nrunner.run_source('main.py', {source!r})", 30)
            assert err == ""
            decoder = FrameDecoder()
            events = decoder.feed(out.encode()) + decoder.finish()
            return Ran(events, {part.id: board.state(part.id) for part in parts})

    ran = asyncio.run(session())
    assert ran.args("gap") == []
    return ran


def whole(ran: Ran) -> Ran:
    """`ran`, whose program came to its end without an error."""
    assert ran.args("end") == [["done", "", "", 0]], (ran.args("end"), ran.text)
    return ran


@pytest.mark.parametrize("name", ["bmp280", "bme280"])
@pytest.mark.parametrize(("celsius", "hpa", "percent"), [("24", "1013.2", "45"), ("-15", "880", "5"), ("60", "1090", "95")])
def test_weather(tmp_path, name, celsius, hpa, percent):
    """Temperature, pressure and humidity are those of the surroundings; the transfers are evidence."""
    source = f"{I2C}from lovhe.drivers.{name} import {name.capitalize()}\ns = {name.capitalize()}(i2c)\nprint(*s.read())\n"
    source += "print(s.temperature(), s.pressure())\n"
    settings = {"air__temperature": celsius, "air__pressure": hpa}
    wanted = [float(celsius), float(hpa)]
    if name == "bme280":
        settings["air__humidity"] = percent
        wanted.append(float(percent))
    ran = whole(run(tmp_path, source, placed("air", name, BUS, address=0x77), **settings))
    assert ran.numbers == pytest.approx([*wanted, *wanted[:2]], abs=0.15)
    assert {address for address, _, _ in ran.args("i2c")} == {0x77}


@pytest.mark.parametrize("lux", ["0", "320", "50000"])
def test_light(tmp_path, lux):
    """The light of the surroundings, at the first call and later."""
    source = (
        f"{I2C}from lovhe.drivers.bh1750 import Bh1750\nimport time\ns = Bh1750(i2c)\nprint(s.light())\ntime.sleep(1)\nprint(s.light())\n"
    )
    ran = whole(run(tmp_path, source, placed("sky", "bh1750", BUS), sky__light=lux))
    assert ran.numbers == pytest.approx([float(lux)] * 2, abs=1, rel=0.001)


def test_motion(tmp_path):
    """Lying flat z feels 1 g; turned by 90° round x, y does; at rest nothing turns."""
    source = f"""{I2C}from lovhe.drivers.mpu6050 import Mpu6050
import time
s = Mpu6050(i2c)
time.sleep(2)  # it is turned by hand, which takes a while
print(*s.acceleration())
print(*s.rotation())
print(s.temperature())
"""
    flat = whole(run(tmp_path, source, placed("box", "mpu6050", BUS))).numbers
    assert flat[:3] == pytest.approx([0, 0, 1], abs=0.1)
    assert flat[3:6] == pytest.approx([0, 0, 0], abs=20)
    assert 10 < flat[6] < 50
    turned = whole(run(tmp_path, source, placed("box", "mpu6050", BUS), box__tilt_x="90")).numbers
    assert turned[:3] == pytest.approx([0, 1, 0], abs=0.1)


@pytest.mark.parametrize(("cm", "seen"), [("2", 2), ("10", 10), ("137", 137), ("400", 400), ("480", 400)])
def test_distance(tmp_path, cm, seen):
    """The distance of the surroundings within 2 %, again and again; beyond the range 400."""
    source = "from lovhe.drivers.hcsr04 import HcSr04\ns = HcSr04(5, 18)\nfor i in range(3):\n    print(s.distance_cm())\n"
    eyes = placed("eyes", "hc-sr04", {"VCC": "5V", "TRIG": "IO5", "ECHO": "IO18"})
    ran = whole(run(tmp_path, source, eyes, eyes__distance=cm))
    assert ran.numbers == pytest.approx([seen] * 3, rel=0.02, abs=0.4)


def test_text_on_the_lcd(tmp_path):
    """Latin letters, those of the ROM and drawn ones stand where they were written."""
    source = f'{I2C}from lovhe.drivers.lcd1602 import Lcd1602\nd = Lcd1602(i2c)\nd.write("Rütubət: 45 %")\nd.write("Ночь 7°C", 1)\n'
    ran = whole(run(tmp_path, source, placed("text", "lcd1602", BUS | {"VCC": "5V"})))
    assert ran.states["text"]["on"]
    assert ran.states["text"]["lines"] == ["Rütubət: 45 %   ", "Hoчь 7°C        "]
    assert {address for address, _, _ in ran.args("i2c")} == {0x27}


def test_text_on_the_large_lcd(tmp_path):
    """All four rows of an LCD2004, at an address of its own."""
    source = (
        f'{I2C}from lovhe.drivers.lcd1602 import Lcd1602\nd = Lcd1602(i2c, 20, 4, address=0x3F)\nd.write("a\\nb\\nc\\nd")\nd.backlight(0)\n'
    )
    ran = whole(run(tmp_path, source, placed("text", "lcd2004", BUS | {"VCC": "5V"}, address=0x3F)))
    assert not ran.states["text"]["on"]
    assert ran.states["text"]["lines"] == [letter.ljust(20) for letter in "abcd"]


@pytest.mark.parametrize(("name", "height"), [("ssd1306", 64), ("ssd1306-128x32", 32)])
def test_picture_on_the_oled(tmp_path, name, height):
    """Every dot is where it was drawn: a frame, a diagonal, and text the same as framebuf's; and it is as bright as was set."""
    source = f"""{I2C}from lovhe.drivers.ssd1306 import Ssd1306
d = Ssd1306(i2c, height={height})
d.rect(0, 0, 128, {height}, 1)
d.line(3, 2, 20, 19, 1)
d.text("Salam, şəhər!", 10, 21)
d.show()
d.brightness(128)
for y in range({height}):
    row = 0
    for x in range(128):
        row = row << 1 | d.pixel(x, y)
    print("%032x" % row)
"""
    ran = whole(run(tmp_path, source, placed("glass", name, BUS)))
    state = ran.states["glass"]
    assert state["on"]
    assert state["brightness_percent"] == pytest.approx(50, abs=1)
    assert state["bitmap"] == {"width": 128, "height": height, "rows": ran.text.split()}
    assert state["bitmap"]["rows"][0] == state["bitmap"]["rows"][-1] == "f" * 32


@pytest.mark.parametrize(
    ("shown", "text"), [('"12:34"', "12.34"), ("-5", "  -5"), ("23.5", " 23.5"), ('"21°C"', "21°C"), ("99999", "----"), ('"StoP"', "5toP")]
)
def test_digits(tmp_path, shown, text):
    """The four digits show what was written, as bright as was set; a colon is the point of the second digit."""
    source = f"from lovhe.drivers.tm1637 import Tm1637\nd = Tm1637(19, 18)\nd.show({shown})\nd.brightness(2)\n"
    ran = whole(run(tmp_path, source, placed("clock", "tm1637", {"CLK": "IO19", "DIO": "IO18"})))
    state = ran.states["clock"]
    assert (state["on"], state["text"], state["brightness_percent"]) == (True, text, 25)


@pytest.mark.parametrize("key", ["1", "A", "5", "*", "0", "#", "D", "none"])
def test_key_that_is_down(tmp_path, key):
    """Each key by its name, None without one."""
    source = "from lovhe.drivers.keypad import Keypad\nk = Keypad((13, 12, 14, 27), (26, 25, 33, 32))\nprint(k.key(), k.key())\n"
    wires = {f"R{n}": f"IO{gpio}" for n, gpio in enumerate((13, 12, 14, 27), 1)}
    wires |= {f"C{n}": f"IO{gpio}" for n, gpio in enumerate((26, 25, 33, 32), 1)}
    ran = whole(run(tmp_path, source, placed("keys", "keypad", wires), keys__key=key))
    assert ran.text.split() == [key if key != "none" else "None"] * 2


def test_servo_turns(tmp_path):
    """The arm stands where it was told to, and the pulses are evidence: 50 Hz, 1.925 ms of 20."""
    source = "from lovhe.drivers.servo import Servo\nimport time\ns = Servo(13)\ns.angle(0)\ntime.sleep(1)\ns.angle(135)\ntime.sleep(1)\n"
    ran = whole(run(tmp_path, source, placed("arm", "servo", {"VCC": "5V", "SIG": "IO13"})))
    assert ran.states["arm"]["angle_deg"] == pytest.approx(135, abs=1)
    gpio, freq, duty = [args for args in ran.args("pwm") if args[1]][-1]
    assert (gpio, freq) == (13, 50)
    assert duty / 65536 * 20 == pytest.approx(1.925, abs=0.02)


def test_a_part_that_is_not_there_is_told(tmp_path):
    """The program ends with an OSError that names the part and its wires; the friendly text is made of it on the PC."""
    source = f"{I2C}from lovhe.drivers.bme280 import Bme280\nBme280(i2c)\n"
    assert run(tmp_path, source).args("end") == [
        ["error", "OSError", "[Errno 19] ENODEV: BME280 at 0x76 or 0x77 does not answer: check SDA, SCL, 3V3, GND", 4],
    ]
    source = "from lovhe.drivers.tm1637 import Tm1637\nTm1637(19, 18)\n"
    assert run(tmp_path, source).args("end") == [
        ["error", "OSError", "[Errno 19] ENODEV: TM1637 does not answer: check CLK, DIO, VCC, GND", 2],
    ]
    source = "from lovhe.drivers.hcsr04 import HcSr04\nHcSr04(5, 18).distance_cm()\n"
    assert run(tmp_path, source).args("end") == [
        ["error", "OSError", "[Errno 19] ENODEV: HC-SR04 does not answer: check TRIG, ECHO, 5V, GND", 2]
    ]
