"""The 1-Wire bus bit by bit: sensors are found, told apart and read, and a wire without them says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.virtual.wired_harness import placed, run_wired, world_of

BOTH_TIMES = pytest.mark.parametrize("virtual", [True, False], ids=["virtual", "real"])
BUS = "from machine import Pin\nimport onewire, _onewire, ds18x20, time\nw = onewire.OneWire(Pin(4))\nd = ds18x20.DS18X20(w)\n"


@BOTH_TIMES
def test_many_sensors_on_one_wire(tmp_path: Path, virtual: bool) -> None:
    """A search finds each ROM once with a right check byte; 85 °C stand there until the first conversion is over."""
    code = f"""{BUS}
roms = d.scan()
print(len(roms), all(rom[0] == 0x28 and not w.crc8(rom) for rom in roms), len(set(bytes(rom) for rom in roms)))
print(sorted(d.read_temp(rom) for rom in roms))
d.convert_temp()
time.sleep_ms(751)
print(sorted(d.read_temp(rom) for rom in roms))
"""
    sensors = [placed(name, "ds18b20", {"DQ": "IO4"}) for name in ("one", "two", "three")]
    out = run_wired(
        tmp_path, world_of(*sensors), code, virtual, one__temperature="21.3", two__temperature="-10.125", three__temperature="100"
    )
    assert out.splitlines() == ["3 True 3", "[85.0, 85.0, 85.0]", "[-10.125, 21.3125, 100.0]"]


def test_a_chosen_rom_is_the_sensors(tmp_path: Path) -> None:
    """The option `rom` is the serial number; READ ROM gives it on a wire with one sensor."""
    code = f"{BUS}print(d.scan()[0].hex())\nw.reset(); w.writebyte(0x33)\nb = bytearray(8); w.readinto(b); print(b.hex())"
    out = run_wired(tmp_path, world_of(placed("one", "ds18b20", {"DQ": "IO4"}, rom=0x0000_0316_9260_4C)), code).split()
    assert out[0] == out[1]
    assert out[0].startswith("284c6092160300")


def test_resolution_decides_how_long_and_how_fine(tmp_path: Path) -> None:
    """While it converts, read slots give 0; nine bits take an eighth of twelve and leave half degrees."""
    code = f"""{BUS}
rom = d.scan()[0]
for config in (b'\\x4b\\x46\\x1f', b'\\x4b\\x46\\x7f'):
    d.write_scratch(rom, config)
    d.convert_temp()
    begin = time.ticks_ms()
    while not w.readbit(): pass
    print(round(time.ticks_diff(time.ticks_ms(), begin) / 10), d.read_temp(rom))
"""
    out = run_wired(tmp_path, world_of(placed("one", "ds18b20", {"DQ": "IO4"})), code, one__temperature="23.9")
    assert out.splitlines() == ["9 23.5", "75 23.875"]


def test_an_alarm_search_finds_who_is_too_warm(tmp_path: Path) -> None:
    """After a conversion only sensors outside their limits answer 0xEC."""
    code = f"""{BUS}
for rom in d.scan(): d.write_scratch(rom, b'\\x1e\\x0a\\x7f')
d.convert_temp(); time.sleep_ms(751)
w.reset(); w.writebyte(0xEC)
print(w.readbit(), w.readbit())
"""
    sensor = placed("one", "ds18b20", {"DQ": "IO4"})
    assert run_wired(tmp_path, world_of(sensor), code, one__temperature="31").split() == ["0", "1"]
    assert run_wired(tmp_path, world_of(sensor), code, one__temperature="20").split() == ["1", "1"]


def test_nobody_on_the_wire(tmp_path: Path) -> None:
    """An empty wire answers no reset, reads ones and has nothing to find."""
    code = f"""{BUS}
print(w.reset(), d.scan(), w.readbyte(), w.readbit())
try: d.convert_temp()
except onewire.OneWireError as error: print(repr(error))
"""
    assert run_wired(tmp_path, world_of(), code) == "False [] 255 1\nOneWireError()\n"


def test_a_wire_that_nothing_pulls_up(tmp_path: Path) -> None:
    """Without any pull-up the wire stays low: everything seems to answer, and what is read is 0."""
    code = f"{BUS}Pin(4, Pin.OPEN_DRAIN, None)\nprint(w.reset(), w.readbyte())\nPin(4, Pin.OPEN_DRAIN, Pin.PULL_UP)\nprint(len(d.scan()))"
    assert run_wired(tmp_path, world_of(placed("one", "ds18b20", {"DQ": "IO4"})), code) == "True 0\n1\n"


def test_slots_take_their_time(tmp_path: Path) -> None:
    """A reset takes about 960 µs and a byte eight slots of about 71 µs, as on the chip."""
    code = f"""{BUS}
def cost(function, *arguments):
    begin = time.ticks_us(); function(*arguments)
    return time.ticks_diff(time.ticks_us(), begin) // 100
p = Pin(4)
print(cost(_onewire.reset, p), cost(_onewire.readbyte, p), cost(_onewire.writebyte, p, 0xA5), cost(_onewire.readbit, p))
"""
    assert run_wired(tmp_path, world_of(placed("one", "ds18b20", {"DQ": "IO4"})), code) == "9 5 5 0\n"
