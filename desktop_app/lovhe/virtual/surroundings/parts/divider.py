"""Parts that divide the voltage between their two outer pins: knobs and sensors that are nothing but resistors."""

from __future__ import annotations

from typing import Any

from lovhe.core.circuits.surroundings import millivolts
from lovhe.virtual.surroundings.nets import HIGH_MV
from lovhe.virtual.surroundings.parts.model import PartModel


class Divider(PartModel):
    """Gives at each output a share of the way from the voltage at its ground pin to that at its supply pin.

    It has no electronics: wired the other way round it works the other way round. What is connected to an output does not load it.
    """

    def share(self, part_pin: str) -> float:
        """The share, from 0 to 1, at an output; here from the `analog_mv` of the part's first quantity."""
        return self.share_of(self.part.quantity[0].id)

    def share_of(self, quantity_id: str) -> float:
        """The share that the `analog_mv` of a quantity gives for its value now."""
        return millivolts(self.quantity(quantity_id), float(self.values[quantity_id])) / HIGH_MV

    def analog_mv(self, part_pin: str) -> float | None:
        """The voltage at an output; None when one of the outer pins floats."""
        ends = [self.site.signal(pin) for kind in ("ground", "supply") for pin in self.pins(kind)[:1]]
        low, high = ends if len(ends) == 2 else (None, None)
        if low is None or high is None:
            return None
        return low.mv + (high.mv - low.mv) * min(max(self.share(part_pin), 0.0), 1.0)

    def state(self) -> dict[str, Any]:
        """The voltage at the first output that is wired."""
        outputs = self.pins("analog-out")
        mv = self.analog_mv(outputs[0]) if outputs else None
        return {"mv": None if mv is None else round(mv, 1)}
