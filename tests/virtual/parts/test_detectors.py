"""Sensors that say yes or no: with the level, the threshold, the delays and the pull-ups of the modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lovhe.core.circuits.hardware import CircuitPart
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import placed, run_wired, world_of

OBSTACLE = placed("front", "ir-obstacle", {"OUT": "IO4"})
SOUND = placed("ear", "sound-sensor", {"AO": "IO34", "DO": "IO4"})
HALL = placed("hall", "hall-sensor", {"VCC": "5V", "OUT": "IO4"})
SECOND_US = 1_000_000


def told(world: World) -> World:
    """The world with its first messages sent."""
    world.initial_messages()
    return world


def level(messages: list[list[Any]]) -> int | str | None:
    """The level that the messages tell of IO4; None when they tell none."""
    found: list[int | str] = [message[1]["4"] for message in messages if message[0] == "in" and "4" in message[1]]
    return found[-1] if found else None


def test_obstacle_sensor_is_low_while_something_is_near() -> None:
    """Active low, and held high by the module itself otherwise."""
    world = world_of(OBSTACLE)
    assert level(world.initial_messages()) == 1
    assert level(world.set("obstacle", "yes")) == 0
    assert world.snapshot()["parts"]["front"]["detected"] is True
    assert level(world.set("obstacle", "no")) == 1


def test_module_that_is_active_high_is_an_option() -> None:
    """The same module with its output the other way round."""
    world = world_of(placed("front", "ir-obstacle", {"OUT": "IO4"}, active_low=0))
    assert level(world.initial_messages()) == 0
    assert level(world.set("obstacle", "yes")) == 1


def test_sound_sensor_compares_with_its_threshold() -> None:
    """DO falls when it is as loud as the screw says; AO rises with the loudness."""
    world = told(world_of(SOUND))
    assert level(world.set("sound", "59 %")) is None
    assert level(loud := world.set("sound", "60 %")) == 0
    assert ["mv", {"34": 1530}] in loud
    assert level(world.set("sound", "20 %")) == 1
    quieter = told(world_of(placed("ear", "sound-sensor", {"AO": "IO34", "DO": "IO4"}, threshold=15)))
    assert level(quieter.set("sound", "20 %")) == 0


def test_hall_switch_has_hysteresis_and_one_pole() -> None:
    """On from 20 mT of a south pole, off below 15 mT; the other pole does nothing; nothing but the program pulls its wire up."""
    world = world_of(HALL)
    assert level(world.initial_messages()) == "z"
    assert [level(world.set("field", f"{mt} mT")) for mt in (-50, 19, 20, 16, 14, 19)] == [None, None, 0, None, "z", None]


def test_program_counts_a_magnet_passing(tmp_path: Path) -> None:
    """The hall switch needs the pull-up of the pin, and gives 0 near a magnet."""
    code = "from machine import Pin\nprint(Pin(4, Pin.IN, Pin.PULL_UP).value())"
    assert run_wired(tmp_path, world_of(HALL), code).strip() == "1"
    assert run_wired(tmp_path, world_of(HALL), code, field="30 mT").strip() == "0"


@pytest.mark.parametrize(
    "part", [placed("front", "ir-obstacle", {"VCC": "IO5", "OUT": "IO4"}), placed("hall", "hall-sensor", {"OUT": "IO4"})]
)
def test_sensor_without_its_supply_is_silent(part: CircuitPart) -> None:
    """Without power, or with less than it needs, the wire floats."""
    world = world_of(part)
    assert level(world.initial_messages()) == "z"
    world.set(part.id, "yes" if part.id == "front" else "50 mT")
    assert level(world.initial_messages()) == "z"
    assert world.snapshot()["parts"][part.id]["detected"] is False


def pir(**options: int) -> World:
    """A motion sensor at IO4 that has warmed up, at 60 s."""
    world = told(world_of(placed("pir", "pir", {"VCC": "5V", "OUT": "IO4"}, **options)))
    world.advance(60 * SECOND_US)
    return world


def test_motion_sensor_sees_nothing_while_it_warms_up() -> None:
    """For a minute its output stays low; then it sees who moves already."""
    world = world_of(placed("pir", "pir", {"VCC": "5V", "OUT": "IO4"}))
    assert level(world.initial_messages()) == 0
    assert level(world.set("motion", "yes")) is None
    assert world.snapshot()["parts"]["pir"] == {"part": "pir", "powered": True, "detected": False, "warming_up": True}
    assert level(world.advance(60 * SECOND_US - 1)) is None
    assert level(world.advance(60 * SECOND_US)) == 1


def test_motion_sensor_holds_its_output_and_is_blind_for_a_while() -> None:
    """3 s high after the last movement, then 2.5 s in which it sees nothing."""
    world = pir()
    assert level(world.set("motion", "yes")) == 1
    world.advance(62 * SECOND_US)
    world.set("motion", "no")
    assert level(world.advance(65 * SECOND_US - 1)) is None
    assert level(world.advance(65 * SECOND_US)) == 0
    assert level(world.set("motion", "yes")) is None
    assert level(world.advance(67 * SECOND_US + 499_999)) is None
    assert level(world.advance(67 * SECOND_US + 500_000)) == 1


@pytest.mark.parametrize(("retrigger", "at_10_s"), [(1, None), (0, 0)])
def test_motion_sensor_is_held_by_movement_in_mode_h_only(retrigger: int, at_10_s: int | None) -> None:
    """Somebody who keeps moving keeps it high in mode H; in mode L it falls after the hold time all the same."""
    world = pir(retrigger=retrigger)
    assert level(world.set("motion", "yes")) == 1
    assert level(world.advance(63 * SECOND_US)) == at_10_s
    assert world.snapshot()["parts"]["pir"]["detected"] is bool(retrigger)


def test_motion_sensor_keeps_what_is_left_when_the_chip_is_reset() -> None:
    """A reset begins the chip's clock anew and takes no power from the sensor: 1 s later it is where it would have been."""
    world = pir()
    world.set("motion", "yes")
    world.set("motion", "no")
    world.advance(62 * SECOND_US)
    world.reset_pins(hard=True)
    world.advance(5)
    assert world.next_change_us() == SECOND_US


def test_motion_sensor_bears_a_clock_that_leaps() -> None:
    """Centuries later, as a program that writes the clock's messages itself may pretend, it goes on from there."""
    world = pir(hold_ms=300, block_ms=200, retrigger=0)
    world.set("motion", "yes")
    leapt_us = 2**53
    world.advance(leapt_us)
    due_us = world.next_change_us()
    assert due_us is not None
    assert leapt_us < due_us <= leapt_us + 300_000


def test_program_waits_for_motion(tmp_path: Path) -> None:
    """In virtual time the minute of warming up costs nothing, and the edges fall on their times."""
    code = """
from machine import Pin
import time
out = Pin(4, Pin.IN)
start = time.ticks_ms()
while not out.value():
    time.sleep_ms(10)
print(round(time.ticks_diff(time.ticks_ms(), start) / 1000))
"""
    world = world_of(placed("pir", "pir", {"VCC": "5V", "OUT": "IO4"}))
    assert 58 <= int(run_wired(tmp_path, world, code, motion="yes")) <= 60
