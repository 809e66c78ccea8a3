"""A light-emitting diode: lit while its anode is high enough above its cathode."""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

FORWARD_MV = 1600
"""What a red LED needs to glow; other colours need up to 3 V, which a pin of the ESP32 gives too."""


class Led(PartModel):
    """Shows `on` and `brightness`, the share of time it is lit in per cent."""

    def state(self) -> dict[str, Any]:
        """Brightness is how long it is lit, which is what PWM does to the eye."""
        lit = self.lit_share()
        return {"on": lit > 0, "brightness_percent": round(100 * lit, 1)}

    def pull(self, part_pin: str) -> int | None:
        """A pin that lets go of the wire is read at the LED's other side: what little current flows there flows through it."""
        other = self.site.signal("cathode" if part_pin == "anode" else "anode")
        return pull_through(other, to_anode=part_pin == "anode")

    def lit_share(self) -> float:
        """The share of the time, from 0 to 1, for which it is lit."""
        return lit_share(self.site.signal("anode"), self.site.signal("cathode"))


def lit_share(anode: Signal | None, cathode: Signal | None) -> float:
    """The share of the time, from 0 to 1, for which a diode between these two is lit. Two PWMs count as if they met by chance."""
    if anode is None or cathode is None:
        return 0.0
    return anode.high_share(FORWARD_MV) * (1.0 - cathode.high_share(max(anode.mv - FORWARD_MV, 1.0)))


def pull_through(other: Signal | None, to_anode: bool) -> int | None:
    """The level at a diode's anode (or cathode) when only what its `other` side carries reaches it; None for neither."""
    if other is None:
        return None
    if to_anode:
        return 0 if other.high_share(1.0) == 0 else None
    return 1 if other.high_share(FORWARD_MV) == 1 else None


MODEL = Led
