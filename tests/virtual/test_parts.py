"""The model interface carries what later parts need: buses, pulses, colours, own clocks, switches that a program closes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part, PartPin
from lovhe.virtual.surroundings.parts import models
from lovhe.virtual.surroundings.parts.model import PartModel
from lovhe.virtual.surroundings.world import World

BOARD = msgspec.toml.decode((Path(__file__).parents[2] / "hardware/boards/esp32-devkitc.toml").read_bytes(), type=Board)
POWER = [PartPin("VCC", "supply"), PartPin("GND", "ground")]
FED = {"VCC": "3V3", "GND": "GND"}


def world(monkeypatch: pytest.MonkeyPatch, model: type[PartModel], pins: list[PartPin], *wirings: dict[str, str], **more: Any) -> World:
    """A world of parts with this model, one for each wiring, called part0, part1, …"""
    monkeypatch.setitem(models(), "tried", model)
    part = Part("tried", "tried", {}, [*POWER, *pins], **more)
    placed = [CircuitPart(f"part{number}", "tried", FED | wires) for number, wires in enumerate(wirings)]
    return World(BOARD, {"tried": part}, Circuit(part=placed), seed=3)


class Register(PartModel):
    """An I2C device with one byte of memory."""

    i2c_pins = ("SCL", "SDA")
    byte = 0

    def on_i2c(self, address: int, written: bytes, read_count: int) -> bytes | None:
        if address != 0x40:
            return None
        self.byte = written[-1] if written else self.byte
        return bytes([self.byte]) * read_count


BUS = [PartPin("SCL", "data"), PartPin("SDA", "data")]


def test_i2c_device_answers_at_its_bus_and_address_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device is found through its clock and data wire, not when they are swapped, and not at another address."""
    made = world(monkeypatch, Register, BUS, {"SCL": "IO22", "SDA": "IO21"})
    made.initial_messages()
    assert made.handle(["i2c", 1, [22, 21], 0x40, "07", 0]) == [["re", 1, ""]]
    assert made.handle(["i2c", 2, [22, 21], 0x40, "", 2]) == [["re", 2, "0707"]]
    assert made.handle(["i2c", 3, [22, 21], 0x41, "", 2]) == [["re", 3, None]]
    assert made.handle(["i2c", 4, [21, 22], 0x40, "", 2]) == [["re", 4, None]]
    assert made.handle(["i2c", 5, [22, 19], 0x40, "", 2]) == [["re", 5, None]]


def test_a_part_that_answers_couples_its_trigger(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trigger's changes must be told before the echo is read, since it depends on them."""
    pins = [PartPin("TRIG", "digital-in"), PartPin("ECHO", "digital-out")]
    made = world(monkeypatch, PartModel, pins, {"TRIG": "IO5", "ECHO": "IO18"})
    assert made.initial_messages()[0] == ["couple", {"5": [18]}]


class Blinker(PartModel):
    """Changes its output by itself every millisecond."""

    level = 0
    due_us = 1000

    def next_change_us(self) -> int | None:
        return self.due_us

    def advance(self) -> None:
        while self.due_us <= self.site.now_us:
            self.level ^= 1
            self.due_us += 1000

    def drive(self, part_pin: str) -> int | None:
        return self.level


def test_part_with_a_clock_of_its_own_changes_when_it_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world says when its next change is due and tells it once the clock is there."""
    made = world(monkeypatch, Blinker, [PartPin("OUT", "digital-out")], {"OUT": "IO18"})
    made.initial_messages()
    assert made.next_change_us() == 1000
    assert made.advance(999) == []
    assert made.advance(1000) == [["in", {"18": 1}]]
    assert made.next_change_us() == 2000
    assert made.handle(["dht", 1, 18, 2500]) == [["in", {"18": 0}], ["re", 1, None]]


class Relay(PartModel):
    """Joins its contacts while its coil is high."""

    def may_join(self) -> Sequence[tuple[str, str]]:
        return [("COM", "NO")]

    def joins(self) -> Sequence[tuple[str, str]]:
        coil = self.site.signal("COIL")
        return self.may_join() if coil is not None and coil.mv > 0 else ()


def test_relays_in_a_row_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay whose contact feeds another relay's coil switches both, and lets both go."""
    pins = [PartPin("COIL", "digital-in"), PartPin("COM", "passive"), PartPin("NO", "passive")]
    first, second = {"COIL": "IO4", "COM": "3V3", "NO": "IO5"}, {"COIL": "IO5", "COM": "3V3", "NO": "IO18"}
    made = world(monkeypatch, Relay, pins, first, second)
    made.initial_messages()
    assert made.handle(["log", [[0, 4, "mode", "out", "none"], [0, 4, "level", 1]]]) == [["in", {"5": 1, "18": 1}]]
    assert made.handle(["log", [[1, 4, "level", 0]]]) == [["in", {"5": "z", "18": "z"}]]


class Ring(PartModel):
    """An inverter: fed by itself it never comes to rest."""

    def drive(self, part_pin: str) -> int | None:
        signal = self.site.signal("IN")
        return int(signal is None or signal.mv == 0) if part_pin == "OUT" else None


def test_parts_that_feed_each_other_do_not_hang_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """An inverter wired to itself, which would swing for ever, is left after some rounds."""
    made = world(monkeypatch, Ring, [PartPin("IN", "digital-in"), PartPin("OUT", "digital-out")], {"IN": "IO4", "OUT": "IO4"})
    assert made.initial_messages()[1][1]["4"] in (0, 1)


class Strip(PartModel):
    """Keeps the colours it was sent."""

    colours = b""

    def on_neo(self, part_pin: str, colours: bytes) -> None:
        self.colours = colours

    def state(self) -> dict[str, Any]:
        return {"colours": self.colours.hex()}


def test_colours_reach_the_part_at_their_pin_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """NeoPixel data goes to the part at the pin it was sent on."""
    made = world(monkeypatch, Strip, [PartPin("DIN", "digital-in")], {"DIN": "IO13"}, {"DIN": "IO14"})
    made.handle(["log", [[0, 13, "neo", "ff00aa"]]])
    assert [part["colours"] for part in made.snapshot()["parts"].values()] == ["ff00aa", ""]


def test_chance_is_the_same_for_the_same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part has its own row of random numbers, the same in every run of one seed."""

    class Noisy(PartModel):
        def state(self) -> dict[str, Any]:
            return {"noise": self.site.random.random()}

    wirings = [{"OUT": "IO4"}, {"OUT": "IO5"}]
    runs = [world(monkeypatch, Noisy, [PartPin("OUT", "digital-out")], *wirings).snapshot()["parts"] for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0]["part0"] != runs[0]["part1"]


def test_every_part_of_the_kit_has_a_model() -> None:
    """Each file in hardware/parts names a model that is there, and each of the six of the first lessons is among them."""
    files = (Path(__file__).parents[2] / "hardware/parts").glob("*.toml")
    named = {msgspec.toml.decode(path.read_bytes(), type=Part).model for path in files}
    assert named <= set(models())
    assert {"led", "button", "potentiometer", "level-sensor", "buzzer", "dht11"} <= named
