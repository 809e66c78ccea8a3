"""machine.ADC, ADCBlock, DAC and TouchPad as MicroPython 1.28 has them.

Source: its adc.c, machine_adc.c, machine_adc_block.c, machine_dac.c and machine_touchpad.c.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.virtual.chip_harness import told
from tests.virtual.guest_harness import PRELUDE, BareBoard


def test_arguments_are_checked_as_the_chip_does(tmp_path: Path) -> None:
    """Pins without an ADC, attenuations and widths that do not exist, arguments of another kind."""
    code = """
from machine import ADC, Pin
T(lambda: ADC())
T(lambda: ADC(Pin(16)))
T(lambda: ADC(40))
T(lambda: ADC(34, 3))
T(lambda: ADC(34, atten='x'))
T(lambda: ADC(34, atten=4))
T(lambda: ADC(34, width=9))
T(lambda: ADC(34, atten=-1))
a = ADC(Pin(34), atten=ADC.ATTN_6DB)
print(a)
print(a is ADC(34), a)
T(lambda: a.atten(-1))
T(lambda: a.width(8))
T(lambda: a.init(atten=0))
print(a)
"""
    assert told(tmp_path, code)[0] == [
        "TypeError ('function missing 1 required positional arguments',)",
        "ValueError ('invalid pin',)",
        "ValueError ('invalid pin',)",
        "TypeError ('extra positional arguments given',)",
        'TypeError ("can\'t convert str to int",)',
        "ValueError ('invalid attenuation',)",
        "TypeError ('extra keyword arguments given',)",
        "ADC(Pin(34), atten=3)",
        "ADC(Pin(34), atten=2)",
        "True ADC(Pin(34), atten=3)",
        "ValueError ('invalid attenuation',)",
        "ValueError ('invalid bit-width',)",
        "None",
        "ADC(Pin(34), atten=0)",
    ]


def test_a_block_is_shared_by_its_pins(tmp_path: Path) -> None:
    """Width is the block's and goes back to 12 bits with each new ADC; after deinit none of its pins can be read."""
    code = """
from machine import ADC
a, b, c = ADC(34), ADC(35), ADC(4)
print(a.block() is b.block(), a.block() is c.block())
a.width(9)
print(b.read() < 512, c.read() < 512, a.block())
ADC(32)
print(b.read() > 2000)
a.width(10)
print(b.read_uv() // 1000000, b.read_u16() // 6000)
a.deinit()
T(lambda: b.read())
T(lambda: b.atten(0))
print(c.read() > 2000)
b.init()
print(a.read() > 2000)
"""
    lines, _ = told(tmp_path, code, world=[["mv", {"34": 1700, "35": 1700, "4": 1700}]])
    assert lines == [
        "True False",
        "True False ADCBlock(0, bits=9)",
        "True",
        "1 5",
        "OSError (1,)",
        "OSError (1,)",
        "True",
        "True",
    ]


def test_a_block_connects_its_own_channels(tmp_path: Path) -> None:
    """Blocks are 0 and 1 and want their bits; a channel, a pin, or both that belong together."""
    code = """
from machine import ADCBlock, Pin
T(lambda: ADCBlock())
T(lambda: ADCBlock(2, bits=12))
T(lambda: ADCBlock(0))
T(lambda: ADCBlock(0, 12))
T(lambda: ADCBlock(0, bits=13))
b = ADCBlock(0, bits=11)
T(lambda: b)
T(lambda: b.connect(6))
T(lambda: b.connect(Pin(35), atten=1))
T(lambda: b.connect(6, 34))
T(lambda: b.connect(5, 34))
T(lambda: b.connect(8))
T(lambda: b.connect(Pin(4)))
T(lambda: b.connect())
T(lambda: b.connect(1, 2, 3))
T(lambda: ADCBlock(1, bits=12).connect(0))
"""
    assert told(tmp_path, code)[0] == [
        "TypeError ('function missing 1 required positional arguments',)",
        "ValueError ('invalid block id',)",
        "ValueError ('invalid bit-width',)",
        "TypeError ('extra positional arguments given',)",
        "ValueError ('invalid bit-width',)",
        "ADCBlock(0, bits=11)",
        "ADC(Pin(34), atten=3)",
        "ADC(Pin(35), atten=1)",
        "ADC(Pin(34), atten=3)",
        "ValueError ('no matching ADC',)",
        "ValueError ('no matching ADC',)",
        "ValueError ('no matching ADC',)",
        "TypeError ('function missing 1 required positional arguments',)",
        "TypeError ('too many positional args',)",
        "ADC(Pin(4), atten=3)",
    ]


def test_the_second_adc_reads_nothing_while_the_radio_is_on(tmp_path: Path) -> None:
    """With Wi-Fi active ADC2 gives 0, as the port overlooks that the chip refused; ADC1 goes on."""
    code = """
from machine import ADC
import network
first, second = ADC(34), ADC(4)
print(first.read() > 1000, second.read() > 1000)
w = network.WLAN()
w.active(True)
print(first.read() > 1000, second.read(), second.read_u16())
w.active(False)
print(second.read() > 1000)
"""
    lines, _ = told(tmp_path, code, world=[["mv", {"34": 1700, "4": 1700}]])
    assert lines == ["True True", "True 0 0", "True"]


@pytest.mark.parametrize(
    ("chip", "gpio", "full_mv"),
    [("esp32", 34, (1100, 1440, 2050, 3166)), ("esp32s3", 4, (1070, 1440, 2020, 3130)), ("esp32c3", 4, (819, 1126, 1536, 2805))],
)
def test_each_attenuation_has_its_range(tmp_path: Path, chip: str, gpio: int, full_mv: tuple[int, ...]) -> None:
    """In the middle of its range an ADC tells the voltage to some percent; above it stays at its end."""
    world = [["mv", {str(gpio): 500}]]
    code = f"""
from machine import ADC
a = ADC({gpio})
for atten in range(4):
    a.atten(atten)
    print(a.read_uv() // 1000)
"""
    lines, _ = told(tmp_path, code, chip, world)
    assert len(lines) == 4
    assert all(abs(int(line) - 500) < 12 for line in lines)
    (tmp_path / "high").mkdir()
    lines, _ = told(tmp_path / "high", code, chip, [["mv", {str(gpio): 3300}]])
    assert [int(line) for line in lines] == list(full_mv)


def test_a_dac_channel_is_given_out_once(tmp_path: Path) -> None:
    """The second DAC on a pin is refused until the chip is reset, also after a soft reset."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            code = "from machine import DAC, Pin\nT(lambda: DAC(Pin(25)))\nT(lambda: DAC(25))\nT(lambda: DAC(27))\nT(lambda: DAC())\n"
            code += "d = DAC(26)\nT(lambda: d.write(256))\nT(lambda: d.write('x'))\nT(lambda: d.write(128))\n"
            code += "print([x for x in dir(d) if x[0] != '_'])\n"
            out, err = await board.run(PRELUDE + code)
            assert err == ""
            assert out.splitlines() == [
                "DAC(Pin(25))",
                "OSError (-259, 'ESP_ERR_INVALID_STATE')",
                "ValueError ('invalid Pin for DAC',)",
                "TypeError ('function missing 1 required positional arguments',)",
                "ValueError ('value out of range',)",
                'TypeError ("can\'t convert str to int",)',
                "None",
                "['write']",
            ]
            board.engine.write(b"\x04")
            await board.restart_soft()
            await board.read_until(b"raw REPL; CTRL-B to exit\r\n>")
            out, _ = await board.run(PRELUDE + "from machine import DAC\nT(lambda: DAC(25))")
            assert out == "OSError (-259, 'ESP_ERR_INVALID_STATE')\n"

    asyncio.run(session())


def test_touch_pads_are_where_the_chip_has_them(tmp_path: Path) -> None:
    """Other pins are refused; an untouched pad reads its chip's usual number."""
    code = """
from machine import Pin, TouchPad
T(lambda: TouchPad(Pin(5)))
T(lambda: TouchPad())
p = TouchPad(4)
T(lambda: p.config('x'))
T(lambda: p.config(300))
print(400 < p.read() < 600)
"""
    assert told(tmp_path, code)[0] == [
        "ValueError ('invalid pin for touchpad',)",
        "TypeError ('function missing 1 required positional arguments',)",
        'TypeError ("can\'t convert str to int",)',
        "None",
        "True",
    ]
