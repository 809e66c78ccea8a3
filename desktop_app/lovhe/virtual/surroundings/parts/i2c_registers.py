"""What parts on an I2C bus have in common: an address, power that comes and goes, a clock, registers that count on by themselves.

No model by itself. A model says what a register does; how bytes come to it over the bus stands here.
"""

from __future__ import annotations

from collections import deque
from typing import Any, ClassVar

from lovhe.core.errors import HardwareError
from lovhe.core.messages import N_
from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_REMEMBERED_SETTINGS = 32
_LATE_US = 1_000_000
"""What is further back than this is no late message, but a board that has begun anew."""


class I2cPart(PartModel):
    """A part that answers at one address, which the circuit may choose by the option `address`.

    Raises `HardwareError` for an address that no such part has. `now_us` is a clock of the part's own: unlike the board's
    it never goes back, since a board that is reset does not take the power from its parts.
    """

    i2c_pins = ("SCL", "SDA")
    addresses: ClassVar[tuple[int, ...]] = ()

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.address = self.option("address")
        if self.address not in self.addresses:
            raise HardwareError(
                N_("The part “{id}” cannot have the I2C address {address}.", id=self.placed.id, address=f"0x{self.address:02X}"),
                N_("Write one of these as its `address`: {addresses}.", addresses=", ".join(f"0x{one:02X}" for one in self.addresses)),
            )
        self._fed = False
        self._own_us = 0
        self._board_us = self.site.now_us
        self._past: deque[tuple[int, dict[str, Any]]] = deque([(-1, dict(self.values))], maxlen=_REMEMBERED_SETTINGS)

    # What a model does

    def power_up(self) -> None:
        """Power has come: all registers have their first values."""

    def refresh(self) -> None:
        """Do what was due until `now_us`; called before each transfer."""

    def write(self, written: bytes) -> None:
        """The bytes of one write, at least one."""

    def read(self, count: int) -> bytes:
        """The next `count` bytes, at least one."""
        return bytes(count)

    # What the world asks

    def on_i2c(self, address: int, written: bytes, read_count: int) -> bytes | None:
        """A write, a read, or a write and a read, to this part's address alone."""
        if address != self.address:
            return None
        self.refresh()
        if written:
            self.write(written)
        return self.read(read_count) if read_count else b""

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """See whether power has come or gone."""
        if self.kinds[part_pin] in ("supply", "ground"):
            fed = self.powered()
            if fed and not self._fed:
                self.power_up()
            self._fed = fed

    def on_set(self, quantity_id: str) -> None:
        """Remember since when the surroundings are so: what is measured may have begun before."""
        self._past.append((self.now_us, dict(self.values)))

    # Help for models

    @property
    def now_us(self) -> int:
        """The part's own clock. A board that tells its time a little late does not make it run faster."""
        passed_us = self.site.now_us - self._board_us
        if passed_us > 0 or passed_us < -_LATE_US:
            self._own_us += max(passed_us, 0)
            self._board_us += passed_us
        return self._own_us

    def values_at(self, moment_us: int) -> dict[str, Any]:
        """What the surroundings were at a moment of the part's own clock."""
        known: dict[str, Any] = self._past[0][1]
        for since_us, values in self._past:
            if since_us <= moment_us:
                known = values
        return known


class RegisterPart(I2cPart):
    """A part with registers: the first byte written is a register's number, the others go into it and those after it."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.pointer = 0

    def write_register(self, register: int, byte: int) -> None:
        """The program has written to a register."""

    def read_register(self, register: int) -> int:
        """What a register holds."""
        return 0

    def next_register(self, register: int) -> int:
        """The register that the following byte belongs to."""
        return (register + 1) & 0xFF

    def write(self, written: bytes) -> None:
        """Choose a register, and fill it and those after it."""
        self.pointer = written[0]
        for byte in written[1:]:
            self.write_register(self.pointer, byte)
            self.pointer = self.next_register(self.pointer)

    def read(self, count: int) -> bytes:
        """The chosen register and those after it."""
        answer = bytearray()
        for _ in range(count):
            answer.append(self.read_register(self.pointer) & 0xFF)
            self.pointer = self.next_register(self.pointer)
        return bytes(answer)
