"""Motors turn by what their driver's truth table says of the pins; relays switch with the delay of their armature."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lovhe.core.circuits.hardware import CircuitPart
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import WiredBoard, placed, run_wired, world_of

L298N = CircuitPart("motor", "motor-l298n", {"GND": "GND", "IN1": "IO16", "IN2": "IO17", "ENA": "IO18"})
L298N_JUMPER = CircuitPart("motor", "motor-l298n", {"GND": "GND", "IN1": "IO16", "IN2": "IO17"})
L9110 = CircuitPart("motor", "motor-l9110", {"GND": "GND", "A-IA": "IO16", "A-IB": "IO17"})
RELAY = {"VCC": "5V", "GND": "GND", "IN": "IO16", "COM": "3V3", "NO": "IO5"}


def motion(world: World) -> tuple[float, str]:
    """Speed in per cent and the word for what the motor does."""
    state = world.snapshot()["parts"]["motor"]
    return state["speed_percent"], state["motion"]


def give(world: World, gpio: int, level: int, t_us: int = 0) -> list[Any]:
    """The program writes a level; what the guest is told."""
    return world.handle(["log", [[t_us, gpio, "mode", "out", "none"], [t_us, gpio, "level", level]]])


@pytest.mark.parametrize(
    ("in1", "in2", "enable", "expected"),
    [
        (1, 0, 1, (100, "forward")),
        (0, 1, 1, (-100, "backward")),
        (0, 0, 1, (0, "brake")),
        (1, 1, 1, (0, "brake")),
        (1, 0, 0, (0, "coast")),
        (0, 0, 0, (0, "coast")),
    ],
)
def test_l298n_does_what_its_truth_table_says(in1: int, in2: int, enable: int, expected: tuple[float, str]) -> None:
    """Different inputs turn, alike ones brake, and without enable the motor runs free."""
    world = world_of(L298N)
    for gpio, level in ((16, in1), (17, in2), (18, enable)):
        give(world, gpio, level)
    assert motion(world) == expected


@pytest.mark.parametrize(("a", "b", "expected"), [(1, 0, (100, "forward")), (0, 1, (-100, "backward")), (1, 1, (0, "brake"))])
def test_l9110_and_an_l298n_with_its_jumper_need_no_enable(a: int, b: int, expected: tuple[float, str]) -> None:
    """Two inputs are enough where nothing, or the jumper, stands for the enable."""
    for part in (L9110, L298N_JUMPER):
        world = world_of(part)
        give(world, 16, a)
        give(world, 17, b)
        assert motion(world) == expected


def test_motor_without_battery_or_common_ground_does_not_turn() -> None:
    """An empty battery, and a ground that is not joined with the board's, stop everything; a supply at the board's 5V is one too."""
    world = world_of(L298N)
    for gpio, level in ((16, 1), (17, 0), (18, 1)):
        give(world, gpio, level)
    world.set("battery", "3 V")
    assert motion(world) == (0, "off")
    world.set("battery", "7.4 V")
    assert motion(world) == (100, "forward")
    without = world_of(CircuitPart("motor", "motor-l9110", {"A-IA": "IO16", "A-IB": "IO17"}))
    give(without, 16, 1)
    assert motion(without) == (0, "off")
    fed = world_of(CircuitPart("motor", "motor-l9110", {**L9110.wires, "VCC": "5V"}))
    fed.set("battery", "0 V")
    give(fed, 16, 1)
    give(fed, 17, 0)
    assert motion(fed) == (100, "forward")


def state_after(folder: Path, part: CircuitPart, code: str) -> dict[str, Any]:
    """What the part shows once a real interpreter has run `code` in virtual time."""

    async def session() -> dict[str, Any]:
        async with WiredBoard(folder, world_of(part)) as board:
            await board.enter_raw()
            out, err = await board.run(code)
            assert (out, err) == ("", "")
            return board.state(part.id)

    return asyncio.run(session())


def test_program_gives_a_speed_with_pwm(tmp_path: Path) -> None:
    """PWM at the enable (L298N) or at an input (L9110) is the speed, its sign the direction."""
    at_enable = """
from machine import Pin, PWM
Pin(16, Pin.OUT, value=0); Pin(17, Pin.OUT, value=1)
PWM(Pin(18), freq=1000, duty_u16=32768)
"""
    at_input = """
from machine import Pin, PWM
Pin(17, Pin.OUT, value=0)
PWM(Pin(16), freq=1000, duty=256)
"""
    assert state_after(tmp_path, L298N, at_enable)["speed_percent"] == pytest.approx(-50, abs=0.2)
    assert state_after(tmp_path, L9110, at_input)["speed_percent"] == pytest.approx(25, abs=0.2)


def relay(**options: int) -> World:
    """A relay at IO16 that joins 3V3 with IO5 while it is pulled in."""
    world = world_of(placed("relay", "relay", RELAY, **options))
    world.initial_messages()
    return world


def test_relay_pulls_in_at_0_after_10_ms_and_lets_go_at_1_after_5() -> None:
    """Its contact closes only once the armature has arrived, and a pin that floats does not switch it."""
    world = relay()
    assert world.next_change_us() is None
    assert give(world, 16, 0, 1000) == []
    assert world.next_change_us() == 11_000
    assert world.advance(10_999) == []
    assert world.advance(11_000) == [["in", {"5": 1}]]
    assert world.snapshot()["parts"]["relay"]["on"] is True
    assert give(world, 16, 1, 20_000) == []
    assert world.advance(25_000) == [["in", {"5": "z"}]]


def test_relay_with_active_low_0_pulls_in_at_1() -> None:
    """The other kind of module."""
    world = relay(active_low=0)
    give(world, 16, 0)
    assert world.next_change_us() is None
    give(world, 16, 1)
    world.advance(10_000)
    assert world.snapshot()["parts"]["relay"]["on"] is True


def test_relay_is_too_slow_for_short_pulses() -> None:
    """A pulse of 4 ms does not pull it in."""
    world = relay()
    give(world, 16, 0, 0)
    give(world, 16, 1, 4000)
    assert world.next_change_us() is None
    world.advance(50_000)
    assert world.snapshot()["parts"]["relay"]["on"] is False


def test_relay_at_3v3_does_not_pull_in() -> None:
    """Its coil needs 5 V."""
    world = world_of(placed("relay", "relay", RELAY | {"VCC": "3V3"}))
    give(world, 16, 0)
    assert world.next_change_us() is None


@pytest.mark.parametrize("virtual", [True, False])
def test_program_sees_the_contact_close_some_milliseconds_later(tmp_path: Path, virtual: bool) -> None:
    """In virtual and in real time: right after switching nothing has happened yet, 20 ms later the contact is closed."""
    code = """
from machine import Pin
import time
coil = Pin(16, Pin.OUT, value=1)
contact = Pin(5, Pin.IN, Pin.PULL_DOWN)
time.sleep_ms(20)
coil.off()
at_once = contact.value()
time.sleep_ms(20 if %d else 300)
print(at_once, contact.value())
coil.on()
time.sleep_ms(20 if %d else 300)
print(contact.value())
"""
    out = run_wired(tmp_path, world_of(placed("relay", "relay", RELAY)), code % (virtual, virtual), virtual=virtual)
    assert out.split() == ["0", "1", "0"]
