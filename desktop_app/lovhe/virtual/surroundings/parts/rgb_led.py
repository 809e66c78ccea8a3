"""An RGB LED: a red, a green and a blue LED in one case, joined at their cathodes or at their anodes.

Which of the two, the part's file says by the name of its fourth pin. A model, not a datasheet: the three colours begin to glow
at the same voltage and are equally bright, while a real one's green and blue need up to 3 V and look brighter than its red.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.parts.led import lit_share, pull_through
from lovhe.virtual.surroundings.parts.model import PartModel

COLOURS = ("R", "G", "B")


class RgbLed(PartModel):
    """Shows the mixed colour as `rgb`: each part from 00 (dark) to ff (lit all the time), in proportion to the time it is lit."""

    def lit_shares(self) -> list[float]:
        """The shares of the time, from 0 to 1, for which red, green and blue are lit."""
        if "anode" in self.kinds:
            return [lit_share(self.site.signal("anode"), self.site.signal(colour)) for colour in COLOURS]
        return [lit_share(self.site.signal(colour), self.site.signal("cathode")) for colour in COLOURS]

    def pull(self, part_pin: str) -> int | None:
        """As at a single LED, for the colours' pins."""
        if part_pin not in COLOURS:
            return None
        common_anode = "anode" in self.kinds
        return pull_through(self.site.signal("anode" if common_anode else "cathode"), to_anode=not common_anode)

    def state(self) -> dict[str, Any]:
        """Whether any colour is lit, and the colour they make."""
        shares = self.lit_shares()
        return {"on": any(shares), "rgb": bytes(round(255 * share) for share in shares).hex()}


MODEL = RgbLed
