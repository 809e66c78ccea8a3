"""Switches, joysticks and analog sensors give a program the levels and voltages that real ones would."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.core.circuits.hardware import CircuitPart
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import part, placed, run_wired, world_of

SWITCH = CircuitPart("switch", "switch", {"common": "IO4", "on": "3V3", "off": "GND"})
SWITCH_PULLED_UP = CircuitPart("switch", "switch", {"common": "IO4", "on": "GND"})
JOYSTICK = placed("stick", "joystick", {"VRx": "IO34", "VRy": "IO35", "SW": "IO4"})
THERMISTOR = placed("ntc", "thermistor", {"AO": "IO34"})


def mv(world: World, gpio: int = 34) -> float:
    """The voltage that a pin is told, from all first messages."""
    voltages = next(message[1] for message in world.initial_messages() if message[0] == "mv")
    return float(voltages[str(gpio)])


def test_slide_switch_gives_a_level_in_both_positions() -> None:
    """Between 3V3 and GND it needs no pull-up; with one wire to GND only it drives the pin in one position."""
    both, one = world_of(SWITCH), world_of(SWITCH_PULLED_UP)
    both.initial_messages()
    one.initial_messages()
    assert both.set("switch", "on") == [["in", {"4": 1}]]
    assert both.set("switch", "off") == [["in", {"4": 0}]]
    assert one.set("switch", "on") == [["in", {"4": 0}]]
    assert one.set("switch", "off") == [["in", {"4": "z"}]]
    assert one.snapshot()["parts"]["switch"]["on"] is False


def test_program_reads_a_switch_with_a_pull_up(tmp_path: Path) -> None:
    """What the wiring text says a program needs."""
    code = "from machine import Pin\nprint(Pin(4, Pin.IN, Pin.PULL_UP).value())"
    assert run_wired(tmp_path, world_of(SWITCH_PULLED_UP), code).strip() == "1"
    assert run_wired(tmp_path, world_of(SWITCH_PULLED_UP), code, switch="on").strip() == "0"


def test_program_sees_a_switch_between_both_supplies_without_a_pull(tmp_path: Path) -> None:
    """It drives the pin in either position."""
    code = "from machine import Pin\nprint(Pin(4, Pin.IN).value())"
    assert run_wired(tmp_path, world_of(SWITCH), code).strip() == "0"
    assert run_wired(tmp_path, world_of(SWITCH), code, switch="on").strip() == "1"


def test_joystick_rests_in_the_middle_and_reaches_both_ends() -> None:
    """−100 % is 0 V, 100 % the supply; each axis has its own output."""
    world = world_of(JOYSTICK)
    assert (mv(world, 34), mv(world, 35)) == (1650, 1650)
    world.set("x", "-100")
    world.set("stick.y", "100 %")
    assert (mv(world, 34), mv(world, 35)) == (0, 3300)
    shown = world.snapshot()["parts"]["stick"]
    assert (shown["x_percent"], shown["y_percent"], shown["pressed"]) == (-100, 100, False)


def test_program_reads_a_joystick(tmp_path: Path) -> None:
    """The stick's button pulls SW down, and the converter sees what stands at the axes."""
    code = """
from machine import ADC, Pin
x = ADC(Pin(34), atten=ADC.ATTN_11DB)
print(Pin(4, Pin.IN, Pin.PULL_UP).value(), 1400 < x.read_uv() / 1000 < 1900)
"""
    assert run_wired(tmp_path, world_of(JOYSTICK), code).split() == ["1", "True"]
    assert run_wired(tmp_path, world_of(JOYSTICK), code, stick__pressed="yes").split() == ["0", "True"]


@pytest.mark.parametrize(("degrees", "ohm"), [(0, 33_621), (25, 10_000), (50, 3588), (100, 698)])
def test_thermistor_follows_the_b_equation(degrees: int, ohm: float) -> None:
    """R = R25·exp(B(1/T − 1/T25)) with 10 kΩ and 3950 K, below a resistor of 10 kΩ at 3.3 V."""
    world = world_of(THERMISTOR)
    world.set("temperature", f"{degrees} °C")
    assert mv(world) == pytest.approx(3300 * ohm / (ohm + 10_000), abs=1.5)


def test_thermistors_table_agrees_with_its_formula() -> None:
    """What its file tells others of the voltages is what the model gives."""
    (temperature,) = part("thermistor").quantity
    world = world_of(THERMISTOR)
    for degrees, table_mv in temperature.analog_mv:
        world.set("temperature", str(degrees))
        assert mv(world) == pytest.approx(table_mv, abs=0.6)


def test_thermistor_of_another_kind_is_an_option() -> None:
    """100 kΩ above 100 kΩ is in the middle at 25 °C, too; a steeper one is lower when warm."""
    world = world_of(placed("ntc", "thermistor", {"AO": "IO34"}, ohm=100_000, series_ohm=100_000))
    world.set("ntc", "25")
    assert mv(world) == 1650
    worlds = [world_of(placed("ntc", "thermistor", {"AO": "IO34"}, beta=beta)) for beta in (3000, 4500)]
    for one in worlds:
        one.set("ntc", "60")
    assert mv(worlds[0]) > mv(worlds[1])


def test_program_works_out_the_temperature_of_a_thermistor(tmp_path: Path) -> None:
    """The formula of every tutorial, on what the converter reads, comes within a degree."""
    code = """
from machine import ADC, Pin
from math import log
u = ADC(Pin(34), atten=ADC.ATTN_11DB).read_uv() / 1e6
r = 10000 * u / (3.3 - u)
print(1 / (log(r / 10000) / 3950 + 1 / 298.15) - 273.15)
"""
    read = float(run_wired(tmp_path, world_of(THERMISTOR), code, temperature="31 °C"))
    assert read == pytest.approx(31, abs=1)


@pytest.mark.parametrize("supply", ["3V3", "5V"])
def test_soil_moisture_sensor_gives_less_when_wet_and_never_more_than_3_volts(supply: str) -> None:
    """Its regulator keeps the output the same at both supplies."""
    world = world_of(placed("soil", "soil-moisture", {"VCC": supply, "AOUT": "IO34"}))
    world.set("moisture", "0 %")
    assert mv(world) == 2540
    world.set("moisture", "100 %")
    assert mv(world) == 1270


def test_analog_hall_sensor_is_in_the_middle_without_a_magnet() -> None:
    """One pole raises, the other lowers the voltage, 9.24 mV a millitesla at 3.3 V."""
    world = world_of(placed("hall", "hall-sensor-analog", {"OUT": "IO34"}))
    assert mv(world) == 1650
    world.set("field", "50 mT")
    assert mv(world) == pytest.approx(1650 + 462, abs=1)
    world.set("field", "−50 mT")
    assert mv(world) == pytest.approx(1650 - 462, abs=1)
