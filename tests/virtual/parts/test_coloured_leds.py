"""RGB LEDs mix colours by PWM; NeoPixel chains show what they are sent, in the order and number of a real chain."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lovhe.core.circuits.hardware import CircuitPart
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import WiredBoard, placed, world_of

COMMON_CATHODE = placed("rgb", "rgb-led", {"R": "IO16", "G": "IO17", "B": "IO18", "cathode": "GND"})
COMMON_ANODE = placed("rgb", "rgb-led-anode", {"R": "IO16", "G": "IO17", "B": "IO18", "anode": "3V3"})


def strip(leds: int = 3, supply: str = "5V") -> CircuitPart:
    """A chain at IO13."""
    return placed("strip", "neopixel-strip", {"VDD": supply, "DIN": "IO13"}, leds=leds)


def shown(world: World, part_id: str) -> dict[str, Any]:
    """What one part shows."""
    state: dict[str, Any] = world.snapshot()["parts"][part_id]
    return state


def after(folder: Path, circuit_part: CircuitPart, code: str) -> dict[str, Any]:
    """What the part shows once a real interpreter has run `code`."""

    async def session() -> dict[str, Any]:
        async with WiredBoard(folder, world_of(circuit_part)) as board:
            await board.enter_raw()
            out, err = await board.run(code)
            assert (out, err) == ("", "")
            return board.state(circuit_part.id)

    return asyncio.run(session())


@pytest.mark.parametrize(("rgb_led", "colour"), [(COMMON_CATHODE, "ff0040"), (COMMON_ANODE, "00ffbf")])
def test_rgb_led_mixes_what_the_program_gives(tmp_path: Path, rgb_led: CircuitPart, colour: str) -> None:
    """A pin at 1 gives a colour in full and PWM a share of it; with a common anode everything is the other way round."""
    code = """
from machine import Pin, PWM
Pin(16, Pin.OUT, value=1)
Pin(17, Pin.OUT, value=0)
PWM(Pin(18), freq=1000, duty_u16=16384)
"""
    state = after(tmp_path, rgb_led, code)
    assert (state["on"], state["rgb"]) == (True, colour)


@pytest.mark.parametrize("rgb_led", [COMMON_CATHODE, COMMON_ANODE])
def test_rgb_led_is_dark_before_the_program_does_anything(rgb_led: CircuitPart) -> None:
    """Pins that float light nothing."""
    assert shown(world_of(rgb_led), "rgb") | {"powered": True} == {"part": rgb_led.part, "powered": True, "on": False, "rgb": "000000"}


def test_neopixels_show_red_first_what_the_library_sends(tmp_path: Path) -> None:
    """`np[i] = (r, g, b)` and `write` of the chip's own library: the colours arrive as they were meant, and only on `write`."""
    code = """
from machine import Pin
from neopixel import NeoPixel
np = NeoPixel(Pin(13), 3)
np[0] = (255, 0, 0)
np[1] = (0, 128, 1)
np.write()
np[2] = (9, 9, 9)
"""
    state = after(tmp_path, strip(), code)
    assert state["colours"] == ["ff0000", "008001", "000000"]
    assert state["current_ma"] == pytest.approx(3 * 1 + 12 * (255 + 128 + 1) / 255, abs=0.1)


def test_neopixels_beyond_the_chain_are_lost_and_unmentioned_ones_stay() -> None:
    """Data for more LEDs than there are leaves the chain at its end; a shorter message leaves the rest as they were."""
    world = world_of(strip(2))
    world.handle(["log", [[0, 13, "neo", "0000ff00ff00ff0000"]]])
    assert shown(world, "strip")["colours"] == ["0000ff", "ff0000"]
    world.handle(["log", [[1, 13, "neo", "ff0000"]]])
    assert shown(world, "strip")["colours"] == ["00ff00", "ff0000"]
    world.handle(["log", [[2, 13, "neo", "aa55"]]])
    assert shown(world, "strip")["colours"] == ["00ff00", "ff0000"]


def test_four_bytes_an_led_come_out_shifted() -> None:
    """A program that takes WS2812B for RGBW LEDs sees the wrong colours here, as on the desk."""
    world = world_of(strip(2))
    world.handle(["log", [[0, 13, "neo", "00ff000000ff0000"]]])
    assert shown(world, "strip")["colours"] == ["ff0000", "0000ff"]


def test_neopixels_without_power_are_dark() -> None:
    """A chain that is not fed, or fed with too little, shows nothing."""
    for supply in ("3V3", "IO5"):
        world = world_of(strip(2, supply))
        world.handle(["log", [[0, 13, "neo", "ffffff"]]])
        assert shown(world, "strip") == {"part": "neopixel-strip", "powered": False, "colours": ["000000"] * 2, "current_ma": 0}


def test_a_ring_has_twelve_leds_unless_the_circuit_says_otherwise() -> None:
    """The part's option holds until the circuit chooses another number."""
    wires = {"VDD": "5V", "DIN": "IO13"}
    assert len(shown(world_of(placed("ring", "neopixel-ring", wires)), "ring")["colours"]) == 12
    assert len(shown(world_of(placed("ring", "neopixel-ring", wires, leds=24)), "ring")["colours"]) == 24
