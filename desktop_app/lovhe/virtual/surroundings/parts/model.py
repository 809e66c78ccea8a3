"""What a part is to the world: the base of all models.

A new part is one file here, with `MODEL = ItsClass`, and one `hardware/parts/<id>.toml`, whose `model` is the file's name
(with "-" for "_"). A model overrides only what its part does; nothing here knows of time but `now_us`, the board's clock.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Protocol

from lovhe.core.circuits.hardware import CircuitPart, Part, Quantity
from lovhe.core.circuits.surroundings import default_value
from lovhe.virtual.surroundings.nets import Signal

OUTPUT_KINDS = ("analog-out", "digital-out", "data")
"""Kinds of pins by which a part can change a wire."""


class Site(Protocol):
    """Where a part sits: how its model sees the wires at its pins, and the clock."""

    random: random.Random

    @property
    def now_us(self) -> int:
        """The board's clock, in microseconds since the interpreter's first start."""
        ...

    def signal(self, part_pin: str) -> Signal | None:
        """What the wire at this pin carries; None when it floats or the pin hangs free."""
        ...


class PartModel:
    """A part that does nothing: its supply, its quantities, and one method for each thing that parts do."""

    i2c_pins: tuple[str, str] | None = None
    """Names of the clock and data pin of a part that answers `on_i2c`."""

    def __init__(self, part: Part, placed: CircuitPart, site: Site) -> None:
        self.part = part
        self.placed = placed
        self.site = site
        self.kinds = {pin.name: pin.kind for pin in part.pin}
        self._pulled_up = frozenset(pin.name for pin in part.pin if pin.pull_up)
        self._wired = {kind: [pin for pin in self.kinds if self.kinds[pin] == kind and pin in placed.wires] for kind in self.kinds.values()}
        self.values: dict[str, Any] = {quantity.id: default_value(quantity) for quantity in part.quantity}

    # What goes in

    def on_set(self, quantity_id: str) -> None:
        """The surroundings have changed: `self.values[quantity_id]` is new."""

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """The wire at one of the part's pins carries something else now. `site.now_us` is when."""

    def on_neo(self, part_pin: str, colours: bytes) -> None:
        """The program has sent NeoPixel data, in wire order, to this pin."""

    def advance(self) -> None:
        """The clock has moved on to `site.now_us`: do what was due until then."""

    def next_change_us(self) -> int | None:
        """When the part will next change something by itself, on the board's clock; None for never."""
        return None

    # What comes out

    def upcoming(self, part_pin: str) -> Sequence[tuple[int, int]]:
        """Changes that the part will make to a digital pin by itself: when, on the board's clock in µs, and the level; soonest first.

        For what is too fast to be told when it happens, as the echo of an ultrasonic sensor. `drive` follows it in `advance`.
        """
        return ()

    def drive(self, part_pin: str) -> int | None:
        """The level that a "digital-out", "data" or "passive" pin drives now; None when it lets go of the wire."""
        return None

    def pull(self, part_pin: str) -> int | None:
        """The level to which the part pulls such a wire through a resistor of its own, or None.

        A pin whose description says `pull_up` is pulled up while the part has power.
        """
        return 1 if part_pin in self._pulled_up and self.powered() else None

    def analog_mv(self, part_pin: str) -> float | None:
        """The voltage, in millivolts, that an "analog-out" pin gives now, or None."""
        return None

    def joins(self) -> Sequence[tuple[str, str]]:
        """Pairs of pins that the part joins now, as a closed switch does."""
        return ()

    def may_join(self) -> Sequence[tuple[str, str]]:
        """Pairs of pins that the part can join at all."""
        return ()

    # What is asked

    def on_dht(self, part_pin: str) -> list[int] | None:
        """The five bytes that a DHT sensor answers to a start signal on its data pin; None for silence."""
        return None

    def on_i2c(self, address: int, written: bytes, read_count: int) -> bytes | None:
        """One I2C transfer to `address`: the bytes read, b"" for a write that is acknowledged, None for another's address."""
        return None

    def on_onewire_reset(self, part_pin: str) -> bool:
        """A 1-Wire reset pulse on this pin: whether the part answers that it is there."""
        return False

    def on_onewire_write(self, part_pin: str, bit: int) -> None:
        """The program has sent one bit over 1-Wire."""

    def on_onewire_read(self, part_pin: str) -> int:
        """The bit with which the part answers a 1-Wire read slot; 1 lets the wire go, for another part to pull it low."""
        return 1

    # What is told

    def state(self) -> dict[str, Any]:
        """What a person would see of the part, in words and numbers that JSON can carry."""
        return {}

    # Help for models

    def quantity(self, quantity_id: str) -> Quantity:
        """The description of one of the part's quantities."""
        return next(quantity for quantity in self.part.quantity if quantity.id == quantity_id)

    def option(self, name: str) -> int:
        """What the circuit chose for an option of the part, or what holds without."""
        return self.placed.options.get(name, self.part.options[name])

    def pins(self, kind: str) -> list[str]:
        """The part's pins of a kind, as `PartPin.kind` has it, that are wired."""
        return self._wired.get(kind, [])

    def nets(self, *kinds: str) -> list[str]:
        """The wires, by the names of the board's pins, at the part's pins of these kinds."""
        return [self.placed.wires[pin] for kind in kinds for pin in self.pins(kind)]

    def supply_mv(self) -> float:
        """Millivolts between the part's supply and ground pin; 0 when one of them is missing, floats, or they are swapped."""
        supply, ground = self.pins("supply"), self.pins("ground")
        if not supply or not ground:
            return 0.0
        high, low = self.site.signal(supply[0]), self.site.signal(ground[0])
        if high is None or low is None or high.duty < 1 or low.high_share(1.0) > 0:
            return 0.0
        return high.mv

    def powered(self) -> bool:
        """Whether the part has enough supply to work; a part without supply pins always has."""
        if "supply" not in self.kinds.values():
            return True
        least_v = self.part.supply_v[0] if self.part.supply_v else 2.7
        return self.supply_mv() >= 1000 * least_v
