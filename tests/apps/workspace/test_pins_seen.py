"""What a run's events tell of a real board, in the form of a snapshot."""

from __future__ import annotations

from typing import Any

from lovhe.apps import wiring
from lovhe.apps.workspace.pins_seen import PinsSeen
from lovhe.core.checks.evidence import Event


def _seen(lesson: str, *events: tuple[str, list[Any]]) -> dict[str, Any]:
    circuit = wiring.kit().lesson(lesson).file.circuit
    seen = PinsSeen(wiring.kit().boards()[circuit.board], wiring.kit().parts(), circuit)
    seen.happened([Event(at, kind, args) for at, (kind, args) in enumerate(events)])
    return seen.snapshot()


def test_the_lessons_pins_are_there_before_anything_happens() -> None:
    """With nothing known of them yet."""
    pins = _seen("6-03-night-light")["pins"]
    assert {pin["name"]: pin["level"] for pin in pins.values()} == {"IO2": None, "IO34": None}


def test_the_newest_of_each_pin_holds() -> None:
    """Levels, readings and PWM of all pins, also of one that is not in the circuit."""
    shown = _seen("6-03-night-light", ("level", [2, 1, 13, 0]), ("level", [2, 0]), ("adc", [34, 100]), ("pwm", [4, 50.0, 4915]))
    pins = shown["pins"]
    assert (pins["2"]["level"], pins["13"]["level"], pins["34"]["raw"], pins["4"]["pwm"]) == (0, 0, 100, [50.0, 4915])


def test_what_parts_show_stands_at_the_part() -> None:
    """Colours and measurements are found by the pin they come from."""
    lights = _seen("7-02-novruz-lights", *[("neo", [gpio, "FF0000000000"]) for gpio in range(40)])["parts"]
    assert ["ff0000", "000000"] in [part.get("colours") for part in lights.values()]
    circuit = wiring.kit().lesson("8-01-classroom-air").file.circuit
    sensor = next(placed for placed in circuit.part if placed.part.startswith("dht"))
    green = _seen("8-01-classroom-air", ("dht", [int(sensor.wires["DATA"].removeprefix("IO")), 23.0, 40.0]))["parts"]
    assert [part_id for part_id, part in green.items() if part.get("temperature_c") == 23.0] == [sensor.id]


def test_a_new_run_begins_anew() -> None:
    """Nothing of the last program is left; readings keep their newest value."""
    shown = _seen("6-03-night-light", ("level", [2, 1]), ("show", [{"a": 1}]), ("begin", [1, 10, "main.py"]), ("show", [{"b": 2}]))
    assert shown["pins"]["2"]["level"] is None
    assert shown["readings"] == {"b": 2}
