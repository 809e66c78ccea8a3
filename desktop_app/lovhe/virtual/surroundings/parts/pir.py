"""A PIR motion sensor HC-SR501: high for a while after somebody has moved.

After it gets power it needs about a minute before it can be trusted; from then on a movement makes it high for the hold time
(a screw: 0.3 s to 5 min), and after that it is blind for 2.5 s. In the trigger mode H (jumper) each further movement begins the
hold time anew, in mode L it does not. Its output is 3.3 V, whatever its supply.
Source: HC-SR501 data sheet ("delay time", "block time 2.5 s", "trigger method L/H", "initialization about one minute").
Simplified: while it warms up the real one may answer a few times at random; this one is low. A `motion` that stays "yes" is
somebody who keeps moving, so mode H stays high as long.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_LONG_AGO_US = 3_600_000_000  # what was due earlier is not gone through phase by phase


class Pir(PartModel):
    """Senses `motion`. Options: `warm_up_s`, `hold_ms`, `block_ms`, `retrigger` (1 is mode H, 0 is mode L)."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._moving = False
        self._due_us: int | None = None
        self._phase = "off"  # then "warming up", "watching", "high", "blocked"

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """It warms up each time it gets power."""
        if not self.powered():
            self._enter("off", None)
        elif self._phase == "off":
            self._enter("warming up", 1000 * self.option("warm_up_s"))

    def on_set(self, quantity_id: str) -> None:
        """Somebody moves, or has just stopped moving: the hold time counts from the last movement."""
        moved, self._moving = self._moving, self.values["motion"] == "yes"
        again = self._phase == "high" and self.option("retrigger") and (self._moving or moved)
        if again or (self._phase == "watching" and self._moving):
            self._enter("high", self.option("hold_ms"))

    def next_change_us(self) -> int | None:
        """The end of the phase it is in."""
        return self._due_us

    def advance(self) -> None:
        """Go on to the phase that is due."""
        while self._due_us is not None and self._due_us <= self.site.now_us:
            self._next_phase(max(self._due_us, self.site.now_us - _LONG_AGO_US))

    def _next_phase(self, now_us: int) -> None:
        if self._phase == "high" and not (self._moving and self.option("retrigger")):
            self._enter("blocked", self.option("block_ms"), now_us)
        elif self._moving:
            self._enter("high", self.option("hold_ms"), now_us)
        else:
            self._enter("watching", None)

    def _enter(self, phase: str, duration_ms: int | None, now_us: int | None = None) -> None:
        """Begin a phase now; at least 1 ms long, so that time goes on."""
        start_us = self.site.now_us if now_us is None else now_us
        self._phase = phase
        self._due_us = None if duration_ms is None else start_us + 1000 * max(duration_ms, 1)

    def drive(self, part_pin: str) -> int | None:
        """High while it says that somebody has moved."""
        return None if self._phase == "off" else int(self._phase == "high")

    def state(self) -> dict[str, Any]:
        """Whether its output is high, and whether it still warms up."""
        return {"detected": self._phase == "high", "warming_up": self._phase == "warming up"}


MODEL = Pir
