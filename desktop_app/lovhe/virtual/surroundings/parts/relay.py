"""A relay module: a 5 V coil behind a transistor, whose contacts join COM with NO while it is pulled in, else with NC.

Modules differ in the level that switches them; option `active_low` is 1 for the common blue ones (0 pulls it in) and 0 for the
others. An input that hangs free does not switch it.
Source: Songle, "SRD-05VDC-SL-C" data sheet: coil 5 V, about 71 mA; it operates within 10 ms and releases within 5 ms.
Simplified: it takes exactly these times, its contacts do not bounce, and PWM counts by whether it is on for half of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

OPERATE_US, RELEASE_US = 10_000, 5_000


class Relay(PartModel):
    """Shows `on`: whether the coil holds the contact. Only the wires at COM, NO and NC that go to the board have a voltage here."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.on = False
        self._due_us: int | None = None

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """The armature begins to move, or turns back before it has arrived."""
        if part_pin in ("COM", "NO", "NC"):
            return
        if not self.powered():
            self.on, self._due_us = False, None  # nobody counts the milliseconds of a board without power
        elif self._energised() == self.on:
            self._due_us = None
        elif self._due_us is None:
            self._due_us = self.site.now_us + (RELEASE_US if self.on else OPERATE_US)

    def _energised(self) -> bool:
        signal = self.site.signal("IN")
        if signal is None or not self.powered():
            return False
        return (signal.high_share() >= 0.5) != bool(self.option("active_low"))

    def next_change_us(self) -> int | None:
        """When the armature arrives."""
        return self._due_us

    def advance(self) -> None:
        """The armature has arrived."""
        self._due_us = None
        self.on = self._energised()

    def may_join(self) -> Sequence[tuple[str, str]]:
        """COM with each other contact that is wired."""
        return [("COM", contact) for contact in ("NO", "NC") if "COM" in self.placed.wires and contact in self.placed.wires]

    def joins(self) -> Sequence[tuple[str, str]]:
        """COM with the contact that is closed now."""
        return [pair for pair in self.may_join() if pair[1] == ("NO" if self.on else "NC")]

    def state(self) -> dict[str, Any]:
        """Whether it is pulled in."""
        return {"on": self.on}


MODEL = Relay
