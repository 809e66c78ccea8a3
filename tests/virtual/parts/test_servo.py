"""A servo turns where its pulses send it, no faster than it can, and only while they come."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import WiredBoard, placed, world_of

SERVO = placed("arm", "servo", {"VCC": "5V", "SIG": "IO13"})
DUTY = 65536 / 20_000
"""PWM duty for one microsecond of a 20 ms period."""


def servo_world(supply: str = "5V") -> World:
    """A world with one servo at IO13."""
    world = world_of(placed("arm", "servo", {"VCC": supply, "SIG": "IO13"}))
    world.initial_messages()
    return world


def pwm(world: World, t_us: int, width_us: float, freq_hz: int = 50) -> None:
    """The program gives pulses of this width from `t_us` on; width 0 ends them."""
    duty = min(round(width_us * freq_hz * 65536 / 1e6), 65535)
    world.handle(["log", [[t_us, 13, "pwm", freq_hz if width_us else 0, duty]]])


def angle(world: World, at_us: int) -> float:
    """Where the arm stands at that time."""
    world.advance(at_us)
    angle_deg: float = world.snapshot()["parts"]["arm"]["angle_deg"]
    return angle_deg


@pytest.mark.parametrize(("width_us", "degrees"), [(500, 0), (1450, 90), (2400, 180), (975, 45), (400, 0), (2600, 180)])
def test_pulse_width_is_the_angle(width_us: int, degrees: float) -> None:
    """0.5 to 2.4 ms are 0 to 180°; a little more or less leaves the arm at its stop."""
    world = servo_world()
    pwm(world, 0, width_us)
    assert angle(world, 1_000_000) == pytest.approx(degrees, abs=0.3)


def test_servo_turns_at_a_finite_speed() -> None:
    """From 90° at 0.1 s for 60°: after 50 ms it is 30° on, after 150 ms it has arrived."""
    world = servo_world()
    pwm(world, 1_000_000, 2400)
    assert [angle(world, 1_000_000 + ms * 1000) for ms in (0, 50, 100, 150, 900)] == pytest.approx([90, 120, 150, 180, 180], abs=0.5)


def test_servo_stays_when_its_pulses_end() -> None:
    """Without pulses it neither goes on nor back; pulses turn it again."""
    world = servo_world()
    pwm(world, 0, 2400)
    pwm(world, 50_000, 0)
    assert angle(world, 3_000_000) == pytest.approx(120, abs=0.5)
    pwm(world, 3_000_000, 500)
    assert angle(world, 4_000_000) == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("freq_hz", [5000, 1000, 10])
def test_servo_does_not_understand_other_frequencies(freq_hz: int) -> None:
    """The frequency that PWM has when the program chooses none turns nothing, however long its pulses are."""
    world = servo_world()
    world.handle(["log", [[0, 13, "pwm", freq_hz, 32768]]])
    assert angle(world, 1_000_000) == 90


def test_servo_without_five_volts_does_not_turn() -> None:
    """Fed from 3V3 it stays where it is."""
    world = servo_world("3V3")
    pwm(world, 0, 2400)
    assert angle(world, 1_000_000) == 90


def test_servo_survives_a_clock_that_begins_anew() -> None:
    """After a reset of the chip the clock starts at 0; the arm stands where it stood, and obeys again."""
    world = servo_world()
    pwm(world, 60_000_000, 2400)
    assert angle(world, 61_000_000) == pytest.approx(180, abs=0.5)
    world.reset_pins(hard=True)
    world.handle(["log", [[5, 13, "mode", "out", "none"]]])
    pwm(world, 1000, 500)
    assert angle(world, 51_000) == pytest.approx(150, abs=0.5)


def state_after(folder: Path, code: str) -> dict[str, Any]:
    """What the servo shows once a real interpreter has run `code` in virtual time."""

    async def session() -> dict[str, Any]:
        async with WiredBoard(folder, world_of(SERVO)) as board:
            await board.enter_raw()
            out, err = await board.run(code)
            assert (out, err) == ("", "")
            return board.state("arm")

    return asyncio.run(session())


def test_program_turns_a_servo_with_pwm(tmp_path: Path) -> None:
    """What a tutorial writes: PWM at 50 Hz, and the pulse in nanoseconds."""
    code = """
from machine import Pin, PWM
import time
servo = PWM(Pin(13), freq=50)
servo.duty_ns(1_925_000)
time.sleep(1)
Pin(2, Pin.OUT, value=1)  # whatever is told last says what time it is
"""
    assert state_after(tmp_path, code)["angle_deg"] == pytest.approx(135, abs=1)


def test_program_turns_a_servo_with_pulses_of_its_own(tmp_path: Path) -> None:
    """Pulses made with a pin and `sleep_us` work too: thirty of them are enough for a half turn."""
    code = """
from machine import Pin
import time
pin = Pin(13, Pin.OUT)
for _ in range(30):
    pin.on()
    time.sleep_us(2400)
    pin.off()
    time.sleep_us(17600)
"""
    assert state_after(tmp_path, code)["angle_deg"] == pytest.approx(180, abs=2)
