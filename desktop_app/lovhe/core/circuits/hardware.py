"""Boards, parts and circuits as the files in `hardware/` and a lesson's `[circuit]` describe them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from lovhe.core.circuits.part_test import PartTest

MAX_PARTS = 100
"""In one circuit: more than a classroom's table holds, and few enough for rules that compare every part with every other."""

PART_PIN_KINDS = ("supply", "ground", "digital-in", "digital-out", "analog-out", "data", "passive")


class UsbId(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One USB identity a board may show: vendor and product id, and the bridge chip's name."""

    vid: int
    pid: int
    bridge: str


class BoardPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pin as printed on the board. `gpio` is None for supply pins.

    `can` holds words of: in, out, pull, adc1, adc2, dac, touch; `kind` is "gpio", "supply",
    "ground" or "control"; `note` is "strapping", "flash", "serial", "usb" or ""; `printed` is what the board says
    where that is another word than `name` (IO36 is printed VP). `starts` is the level, "high" or "low", without which the chip
    does not start, or cannot be flashed; `max_ma` is what a supply pin gives, the board's own share included.
    """

    name: str
    gpio: int | None = None
    kind: str = "gpio"
    can: list[str] = []
    note: str = ""
    volts: float | None = None
    printed: str = ""
    starts: str = ""
    max_ma: float | None = None


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of board: `hardware/boards/<id>.toml`. `part` is what its maker has soldered to its pins, such as an LED."""

    id: str
    chip: str
    flash_size_mb: int
    names: dict[str, str]
    usb: list[UsbId]
    pin: list[BoardPin]
    part: list[CircuitPart] = []

    def with_own_parts(self, circuit: Circuit) -> Circuit:
        """`circuit` and the board's own parts beside it, but for those whose id it has taken."""
        ids = {placed.id for placed in circuit.part}
        return msgspec.structs.replace(circuit, part=[*circuit.part, *(placed for placed in self.part if placed.id not in ids)])


class PartPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pin of a part. `kind` is one of `PART_PIN_KINDS`.

    `max_v` is what an input bears; `high_v` is what an output gives when high, where that is not the part's supply;
    `open_drain` outputs only pull down, so their wire needs a pull-up; `pull_up` says that the part brings one to its supply.
    `current_ma` is what flows through a passive pin that nothing limits; `series_ohm` is the range a resistor in its wire must have,
    `advised_ohm` one that should be there and without which the part works all the same.
    An `optional` pin may hang free: the part works without it. Pins that are `shared` may meet on one wire, as on an I2C or 1-Wire
    bus. An `inductive` pin leads to a coil; an input reads 1 from `reads_high` times the part's supply on.
    """

    name: str
    kind: str
    max_v: float | None = None
    high_v: float | None = None
    open_drain: bool = False
    pull_up: bool = False
    current_ma: float | None = None
    series_ohm: tuple[float, float] | None = None
    advised_ohm: float | None = None
    optional: bool = False
    shared: bool = False
    inductive: bool = False
    reads_high: float | None = None


class Quantity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a part senses (`set` can change it). Either words (`values`) or a number with unit and range.

    `analog_mv` maps values to millivolts at 3.3 V supply, as `[value, millivolts]` pairs in rising order of value,
    straight lines between.
    """

    id: str
    default: str | float
    values: list[str] = []
    unit: str = ""
    min: float | None = None
    max: float | None = None
    analog_mv: list[tuple[float, float]] = []


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the kit: `hardware/parts/<id>.toml`. `model` names its model in `lovhe.virtual.surroundings.parts`.

    `supply_ma` is the most that the part draws from its supply; `options` are what a circuit may choose of it, with the
    value that holds when it doesn't: the number of LEDs in a strip, an I2C address (`address`). `option_range` is the lowest and the
    highest value that a circuit may choose. `supply_ma` is meant for the `leds` of `options`; a circuit with more of them draws more.
    `test` is how `lovhe board test` tries the part.
    """

    id: str
    model: str
    names: dict[str, str]
    pin: list[PartPin]
    quantity: list[Quantity] = []
    supply_v: tuple[float, float] | None = None
    supply_ma: float | None = None
    options: dict[str, int] = {}
    option_range: dict[str, tuple[int, int]] = {}
    wiring: dict[str, str] = {}
    price_azn: float | None = None
    test: PartTest | None = None


class CircuitPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part in a circuit: `id` is what checks and `lovhe board set` call it; `wires` maps part pin to board pin.

    `through` names what sits in a wire, e.g. `{ anode = "220 Ω" }`; `options` chooses among the part's, e.g. `{ leds = 12 }`.
    """

    id: str
    part: str
    wires: dict[str, str]
    through: dict[str, str] = {}
    options: dict[str, int] = {}


class Circuit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is wired to which board."""

    board: str = "esp32-devkitc"
    part: Annotated[list[CircuitPart], msgspec.Meta(max_length=MAX_PARTS)] = []
