"""The voltage that a DAC gives reaches parts, other pins and who looks at the board."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lovhe.core.circuits.hardware import CircuitPart

from tests.virtual.wired_harness import WiredBoard, run_wired, world_of


def test_an_adc_measures_what_a_dac_gives_through_a_wire(tmp_path: Path) -> None:
    """Steps of the DAC come back through a jumper wire, each at once. Source: ESP32 data sheet, 8 bits from about 0.08 to 3.14 V."""
    world = world_of(CircuitPart("wire", "jumper", {"1": "IO25", "2": "IO34"}))
    code = """
from machine import ADC, DAC, Pin
d = DAC(Pin(25)); a = ADC(Pin(34), atten=ADC.ATTN_11DB)
for value in (50, 100, 200, 0):
    d.write(value)
    print(a.read_uv() // 1000)
"""
    read = [int(line) for line in run_wired(tmp_path, world, code).split()]
    assert len(read) == 4
    assert all(abs(mv - (80 + value * 12)) < 30 for mv, value in zip(read, (50, 100, 200), strict=False)), read
    assert read[3] < 250  # near the bottom an ADC of the ESP32 sees little


def test_an_led_at_a_dac_glows_and_goes_out(tmp_path: Path) -> None:
    """It is lit from its forward voltage on; the board's view tells the voltage; the pin made an output gives levels again."""
    world = world_of(CircuitPart("led", "led", {"anode": "IO26", "cathode": "GND"}, {"anode": "220 Ω"}))

    async def session() -> None:
        async with WiredBoard(tmp_path, world) as board:
            await board.enter_raw()
            for code, mv, lit in (
                ("from machine import DAC, Pin\nd = DAC(Pin(26))\nd.write(200)", 2480, True),
                ("d.write(20)", 320, False),
                ("Pin(26, Pin.OUT, value=1)", None, True),
            ):
                _, err = await board.run(code)
                assert err == ""
                assert board.stage.snapshot()["pins"]["26"].get("mv") == mv
                assert board.state("led")["on"] is lit

    asyncio.run(session())
