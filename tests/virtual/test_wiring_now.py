"""What a running board shows of its wiring at this moment: short circuits, and pins that nobody pulls."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.circuits.hardware_reading import read_boards, read_parts
from lovhe.core.circuits.wiring_rules.running import findings_now
from lovhe.virtual.surroundings.world import World

HARDWARE = Path(__file__).parents[2] / "hardware"
BOARD = read_boards({path.name: path.read_bytes() for path in (HARDWARE / "boards").glob("*.toml")})["esp32-devkitc"]
PARTS = read_parts({path.name: path.read_bytes() for path in (HARDWARE / "parts").glob("*.toml")})


def told(world: World, circuit: Circuit) -> list[str]:
    """What is wrong now, as a person reads it."""
    return [f"{finding.rule}: {finding.what} {finding.next_step}" for finding in findings_now(BOARD, PARTS, circuit, world.snapshot())]


def made(world: World, gpio: int, mode: str, level: int = 0, pull: str = "none") -> None:
    """The program makes something of a pin."""
    world.handle(["log", [[10, gpio, "mode", mode, pull], [10, gpio, "level", level]]])


@pytest.mark.parametrize(("other_end", "level", "short"), [("GND", 1, True), ("GND", 0, False), ("3V3", 0, True), ("3V3", 1, False)])
def test_an_output_that_a_button_joins_to_a_supply_is_a_short_circuit(other_end: str, level: int, short: bool) -> None:
    """Only while it is pressed, and only against the other level."""
    circuit = Circuit(part=[CircuitPart(id="button", part="button", wires={"1": "IO4", "2": other_end})])
    world = World(BOARD, PARTS, circuit)
    made(world, 4, "out", level)
    assert told(world, circuit) == []
    world.set("button", "pressed")
    found = told(world, circuit)
    assert bool(found) == short
    if short:
        assert "short-now" in found[0]
        assert f"drives IO4 against {other_end}, joined by “button”" in found[0]
    world.set("button", "released")
    assert told(world, circuit) == []


def test_two_outputs_that_a_button_joins_fight() -> None:
    """Both pins and the button are named."""
    circuit = Circuit(part=[CircuitPart(id="door", part="button", wires={"1": "IO4", "2": "IO5"})])
    world = World(BOARD, PARTS, circuit)
    made(world, 4, "out", 1)
    made(world, 5, "out", 0)
    world.set("door", "pressed")
    (found,) = told(world, circuit)
    assert "IO4, IO5 drive against each other, joined by “door”" in found


def test_an_output_against_a_sensors_output_is_a_short_circuit() -> None:
    """A program that makes an output of the pin a sensor speaks to."""
    circuit = Circuit(part=[CircuitPart(id="pir", part="pir", wires={"VCC": "5V", "OUT": "IO4", "GND": "GND"})])
    world = World(BOARD, PARTS, circuit)
    made(world, 4, "out", 1)
    assert [rule.partition(":")[0] for rule in told(world, circuit)] == ["short-now"]


def test_an_input_that_nobody_pulls_is_told() -> None:
    """With the line to write; an inside or outside pull-up makes it right."""
    bare = Circuit(part=[CircuitPart(id="button", part="button", wires={"1": "IO4", "2": "GND"})])
    world = World(BOARD, PARTS, bare)
    made(world, 4, "in")
    (found,) = told(world, bare)
    assert "floating-now" in found
    assert "Pin(4, Pin.IN, Pin.PULL_UP)" in found
    made(world, 4, "in", pull="up")
    assert told(world, bare) == []
    pulled = Circuit(part=[CircuitPart(id="button", part="button", wires={"1": "IO4", "2": "GND"}, through={"1": "10 kΩ pull-up"})])
    world = World(BOARD, PARTS, pulled)
    made(world, 4, "in")
    assert told(world, pulled) == []
