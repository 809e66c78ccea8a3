"""What people write to change the surroundings is understood, or told with what is possible."""

from __future__ import annotations

import pytest
from lovhe.core.circuits.hardware import Circuit, CircuitPart, Part, PartPin, Quantity
from lovhe.core.circuits.surroundings import Setting, default_value, millivolts, quantities, read_number, read_setting
from lovhe.core.errors import HardwareError, InputError

PIN = [PartPin("a", "passive")]
BUTTON = Part("button", "button", {}, PIN, [Quantity("state", "released", values=["released", "pressed"])])
LIGHT = Part("light-sensor", "light-sensor", {}, PIN, [Quantity("light", 50.0, unit="%", min=0.0, max=100.0)])
DHT = Part(
    "dht11",
    "dht11",
    {},
    PIN,
    [Quantity("temperature", 24.0, unit="°C", min=-5.0, max=50.0), Quantity("humidity", 45.0, unit="%", min=20.0, max=90.0)],
)
PARTS = {part.id: part for part in (BUTTON, LIGHT, DHT)}
CIRCUIT = Circuit(part=[CircuitPart("button", "button", {}), CircuitPart("light", "light-sensor", {}), CircuitPart("air", "dht11", {})])


@pytest.mark.parametrize(
    ("name", "text", "setting"),
    [
        ("light", "20%", Setting("light", "light", 20.0)),
        ("light", " 20 % ", Setting("light", "light", 20.0)),
        ("light", "20", Setting("light", "light", 20.0)),
        ("button", "Pressed", Setting("button", "state", "pressed")),
        ("air.temperature", "23.5 °C", Setting("air", "temperature", 23.5)),
        ("air.temperature", "23,5", Setting("air", "temperature", 23.5)),
        ("temperature", "−4.5 ℃", Setting("air", "temperature", -4.5)),
        ("humidity", "+60%", Setting("air", "humidity", 60.0)),
    ],
)
def test_readings_people_write_are_understood(name: str, text: str, setting: Setting) -> None:
    """Spaces, units, decimal commas and the short names are all taken."""
    assert read_setting(PARTS, CIRCUIT, name, text) == setting


@pytest.mark.parametrize(
    ("name", "text", "possible"),
    [
        ("lamp", "on", "button.state, light.light, air.temperature, air.humidity"),
        ("air", "23", "air.temperature, air.humidity"),
        ("button", "up", "released, pressed"),
        ("light", "bright", "light.light=50 %"),
        ("light", "20 °C", "light.light=50 %"),
        ("light", "101", "0 % to 100 %"),
        ("light", "-1 %", "0 % to 100 %"),
        ("light", "nan", "light.light=50 %"),
        ("light", "1e9", "light.light=50 %"),
        ("light", "9" * 10_000, "light.light=50 %"),
    ],
)
def test_what_cannot_be_set_is_told_with_what_can(name: str, text: str, possible: str) -> None:
    """An unknown name, word, unit or an amount out of range ends in an `InputError` that says what is possible."""
    with pytest.raises(InputError) as caught:
        read_setting(PARTS, CIRCUIT, name, text)
    assert possible in str(caught.value)


def test_a_circuit_that_senses_nothing_says_so() -> None:
    """Setting anything on a board without sensors tells how to start one with a circuit."""
    with pytest.raises(InputError, match="senses nothing"):
        read_setting(PARTS, Circuit(), "light", "20 %")


def test_unknown_part_is_a_hardware_error() -> None:
    """A circuit with a part that there is no file of is named, with the parts that there are."""
    with pytest.raises(HardwareError, match="button, dht11, light-sensor"):
        quantities(PARTS, Circuit(part=[CircuitPart("x", "laser", {})]))


def test_defaults_are_read_like_settings() -> None:
    """A default may be a number, a word, or a number with its unit."""
    assert default_value(BUTTON.quantity[0]) == "released"
    assert default_value(Quantity("light", "50 %", unit="%")) == 50.0
    assert default_value(LIGHT.quantity[0]) == 50.0


def test_millivolts_follow_straight_lines_and_stay_flat_beyond_the_ends() -> None:
    """The table of an analog part is followed between its points and kept at its ends."""
    light = Quantity("light", 0.0, analog_mv=[(10.0, 100.0), (20.0, 1100.0), (100.0, 3100.0)])
    assert [millivolts(light, value) for value in (0.0, 10.0, 15.0, 20.0, 60.0, 100.0, 200.0)] == [100, 100, 600, 1100, 2100, 3100, 3100]


def test_numbers_with_another_unit_are_refused() -> None:
    """Only the quantity's own unit, or none, may follow the number."""
    assert read_number("23 lux", "lx") == 23.0
    assert read_number("23 cm", "lx") is None
    assert read_number("", "lx") is None
