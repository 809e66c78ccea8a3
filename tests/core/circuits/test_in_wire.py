"""What sits in a wire is read as teachers write it, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from lovhe.core.circuits.in_wire import InWire, read_in_wire, show_ohm, through_example


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("220 Ω", InWire(series_ohm=220)),
        ("220Ω", InWire(series_ohm=220)),
        ("220 \u2126", InWire(series_ohm=220)),
        ("220 ohm", InWire(series_ohm=220)),
        ("220 Om", InWire(series_ohm=220)),
        ("220 Ом", InWire(series_ohm=220)),
        ("330 R", InWire(series_ohm=330)),
        ("4.7 kΩ", InWire(series_ohm=4700)),
        ("4,7 кОм", InWire(series_ohm=4700)),
        ("4k7", InWire(series_ohm=4700)),
        ("10k", InWire(series_ohm=10_000)),
        ("1 MΩ", InWire(series_ohm=1e6)),
        ("220 Ω resistor", InWire(series_ohm=220)),
        ("10 kΩ pull-up", InWire(pull_up_ohm=10_000)),
        ("pull up 10 kΩ", InWire(pull_up_ohm=10_000)),
        ("10 kΩ pull-down", InWire(pull_down_ohm=10_000)),
        ("divider 1 kΩ + 2 kΩ", InWire(divider=(1000, 2000))),
        ("1 kΩ / 2 kΩ", InWire(divider=(1000, 2000))),
        ("Level shifter", InWire(level_shifter=True)),
        ("level-shifter", InWire(level_shifter=True)),
        ("transistor, diode", InWire(transistor=True, diode=True)),
        ("4,7 kΩ, 10 kΩ pull-up", InWire(series_ohm=4700, pull_up_ohm=10_000)),
        ("100 Ω; 120 Ω", InWire(series_ohm=220)),
    ],
)
def test_what_teachers_write_is_read(text: str, meant: InWire) -> None:
    """Point or comma, Ω of either kind or the word, with or without spaces, one thing or several."""
    assert read_in_wire(text) == meant


@pytest.mark.parametrize(
    "text", ["", "220", "0 Ω", "-5 Ω", "resistor", "divider", "divider 1 kΩ", "99 MΩ", "220 V", "1 kΩ + 0 Ω", "220 Ω,", "Ω" * 200]
)
def test_anything_else_is_not_taken_for_something(text: str) -> None:
    """A value without its unit, an impossible one, or a word that is not known is nothing."""
    assert read_in_wire(text) is None


def test_voltages_behind_a_divider_a_shifter_and_a_transistor() -> None:
    """A divider lowers by its ratio, a level shifter to the board's level, a transistor keeps both sides apart, a resistor does nothing."""
    assert InWire(divider=(1000, 2000)).lowered(5.0, 3.3) == pytest.approx(10 / 3)
    assert InWire(level_shifter=True).lowered(5.0, 3.3) == 3.3
    assert InWire(transistor=True).lowered(5.0, 3.3) == 0.0
    assert InWire(series_ohm=1000).lowered(5.0, 3.3) == 5.0


def test_values_and_examples_are_shown_as_one_writes_them() -> None:
    """What is shown is what `read_in_wire` reads, and an example is a line of TOML for any pin's name."""
    for ohm in (220.0, 4700.0, 1e6):
        assert read_in_wire(show_ohm(ohm)) == InWire(series_ohm=ohm)
    assert through_example("ECHO", "220 Ω") == 'through = { ECHO = "220 Ω" }'
    assert through_example("+", "220 Ω") == 'through = { "+" = "220 Ω" }'
