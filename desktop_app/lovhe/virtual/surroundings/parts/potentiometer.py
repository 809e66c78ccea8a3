"""A potentiometer: a knob that divides the voltage between its outer pins."""

from __future__ import annotations

from typing import Any

from lovhe.core.surroundings import millivolts
from lovhe.virtual.surroundings.nets import HIGH_MV
from lovhe.virtual.surroundings.parts.model import PartModel


class Potentiometer(PartModel):
    """Gives the share `position` of the way from the voltage at its ground pin to that at its supply pin.

    It has no electronics: wired the other way round it turns the other way round.
    """

    def analog_mv(self, part_pin: str) -> float | None:
        """The wiper's voltage; None when one of the outer pins floats."""
        ends = [self.site.signal(pin) for kind in ("ground", "supply") for pin in self.pins(kind)[:1]]
        low, high = ends if len(ends) == 2 else (None, None)
        if low is None or high is None:
            return None
        quantity = self.part.quantity[0]
        share = millivolts(quantity, float(self.values[quantity.id])) / HIGH_MV
        return low.mv + (high.mv - low.mv) * min(max(share, 0.0), 1.0)

    def state(self) -> dict[str, Any]:
        """The voltage at the wiper."""
        return {"mv": self.analog_mv(self.pins("analog-out")[0]) if self.pins("analog-out") else None}


MODEL = Potentiometer
