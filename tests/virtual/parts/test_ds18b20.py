"""A DS18B20 answers on its wire as the data sheet says, bit by bit."""

from __future__ import annotations

import pytest
from lovhe.virtual.crc8 import crc8
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import placed, world_of

SKIP, MATCH, READ_ROM, CONVERT, READ, WRITE, COPY, RECALL, POWER = 0xCC, 0x55, 0x33, 0x44, 0xBE, 0x4E, 0x48, 0xB8, 0xB4


class Wire:
    """The program's end of the wire, with a clock of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.now_us = 1000
        world.initial_messages()
        world.handle(["log", [[0, 4, "mode", "od", "up"], [0, 4, "level", 1]]])

    def ask(self, operation: str, value: int = 0) -> int:
        """One operation; what the wire answers."""
        self.now_us += 1000
        answer: int = self.world.handle(["ow", 1, 4, operation, value, self.now_us])[-1][2]
        return answer

    def send(self, *commands: int) -> bool:
        """A reset and these bytes; whether somebody was there."""
        present = self.ask("reset")
        for command in commands:
            self.ask("writebyte", command)
        return bool(present)

    def read(self, count: int) -> bytes:
        """So many bytes from the wire."""
        return bytes(self.ask("readbyte") for _ in range(count))

    def measured_raw(self) -> int:
        """Sixteenths of a degree, after a conversion."""
        self.send(SKIP, CONVERT)
        self.now_us += 750_000
        self.send(SKIP, READ)
        return int.from_bytes(self.read(2), "little", signed=True)


def wire(**settings: str) -> Wire:
    """A wire with one sensor."""
    world = world_of(placed("probe", "ds18b20", {"DQ": "IO4"}))
    for name, value in settings.items():
        world.set(f"probe.{name}", value)
    return Wire(world)


@pytest.mark.parametrize(
    ("celsius", "raw"),
    [
        ("125", 0x07D0),
        ("85", 0x0550),
        ("25.0625", 0x0191),
        ("10.125", 0x00A2),
        ("0.5", 0x0008),
        ("0", 0),
        ("-0.5", -8),
        ("-10.125", -162),
        ("-25.0625", -401),
        ("-55", -880),
    ],
)
def test_temperatures_are_those_of_the_data_sheet(celsius: str, raw: int) -> None:
    """The data sheet's table of temperature and data, each with its sign."""
    assert wire(temperature=celsius).measured_raw() == raw


def test_the_scratchpad_after_power_on() -> None:
    """85 °C, the factory's alarms, twelve bits, the three reserved bytes, and a right check byte."""
    probe = wire()
    assert probe.send(SKIP, READ)
    data = probe.read(9)
    assert data[:8] == bytes.fromhex("50054b467fff0c10")
    assert crc8(data) == 0


def test_a_reset_ends_what_was_being_read() -> None:
    """After three bytes a reset and a new command begin at the first byte again."""
    probe = wire()
    probe.send(SKIP, READ)
    probe.read(3)
    probe.send(SKIP, READ)
    assert probe.read(2) == b"\x50\x05"


def test_only_who_is_meant_answers() -> None:
    """MATCH ROM with another ROM leaves the sensor silent till the next reset; with its own it answers."""
    probe = wire()
    probe.send(READ_ROM)
    rom = probe.read(8)
    assert rom[0] == 0x28
    assert crc8(rom) == 0
    probe.send(MATCH, *rom, READ)
    assert probe.read(2) == b"\x50\x05"
    probe.send(MATCH, *rom[:-1], rom[-1] ^ 1, READ)
    assert probe.read(2) == b"\xff\xff"


def test_settings_live_through_a_power_cut_only_when_copied() -> None:
    """COPY writes the alarms and the resolution into memory, RECALL brings them back, and without power the rest is gone."""
    world = world_of(placed("probe", "ds18b20", {"DQ": "IO4", "VCC": "IO5"}))
    probe = Wire(world)
    world.handle(["log", [[1, 5, "mode", "out", "none"], [1, 5, "level", 1]]])
    probe.send(SKIP, WRITE, 0x20, 0x10, 0x3F)
    probe.send(SKIP, COPY)
    probe.send(SKIP, WRITE, 0x01, 0x02, 0x1F)
    probe.send(SKIP, RECALL)
    probe.send(SKIP, READ)
    assert probe.read(5)[2:] == b"\x20\x10\x3f"
    probe.send(SKIP, WRITE, 0x01, 0x02, 0x1F)
    world.handle(["log", [[probe.now_us, 5, "level", 0]]])
    assert not probe.send(SKIP)
    world.handle(["log", [[probe.now_us, 5, "level", 1]]])
    assert probe.send(SKIP, READ)
    assert probe.read(5) == b"\x50\x05\x20\x10\x3f"


def test_it_says_that_it_needs_no_parasite_power() -> None:
    """A read slot after READ POWER SUPPLY gives 1: it is fed by its own pin."""
    probe = wire()
    probe.send(SKIP, POWER)
    assert probe.ask("readbit") == 1


def test_seeds_give_their_own_serial_numbers() -> None:
    """Two sensors of one board differ, and a board with the same seed has the same sensors again."""

    def roms() -> list[str]:
        world = world_of(placed("one", "ds18b20", {"DQ": "IO4"}), placed("two", "ds18b20", {"DQ": "IO5"}))
        return [part["rom"] for part in world.snapshot()["parts"].values()]

    assert roms() == roms()
    assert len(set(roms())) == 2


def test_check_bytes_are_maxims() -> None:
    """The ROM of Maxim's application note 27: 02 1C B8 01 00 00 00 has the check byte A2."""
    assert crc8(bytes.fromhex("021cb801000000")) == 0xA2
