"""A DC motor behind a driver that can turn it both ways: an L298N (two inputs and an enable) or an L9110 (two inputs).

The motor's supply is a battery of its own, the quantity `battery`, unless the circuit wires the supply pin to the board.
Sources: STMicroelectronics, "L298" data sheet (2000): supply from 4.8 V on (VIH + 2.5 V), an input is high from 2.3 V on, with
enable high different inputs turn the motor and alike ones stop it fast, with enable low it runs free; "L9110" data sheet:
2.5 to 12 V, different inputs turn the motor, alike ones put both outputs low, which brakes it.
Simplified: speed is the share of the time for which it is driven, at once and without load; a real motor needs some 20 to 30 %
to begin to turn, and the L298N keeps about 2 V of its supply for itself. Some boards sold as L9110 carry chips that let the
motor run free at 0 0.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.nets import LOW
from lovhe.virtual.surroundings.parts.model import PartModel

_HIGH_MV = 2300.0


class Motor(PartModel):
    """Shows `speed_percent`, from −100 to 100, and `motion`: "forward", "backward", "brake", "coast" or "off" (no supply).

    The first two "digital-in" pins of the part are the inputs, a third one is the enable; an enable that hangs free is held high
    by the jumper on the module.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._inputs = [name for name, kind in self.kinds.items() if kind == "digital-in"]

    def powered(self) -> bool:
        """Whether the driver has a supply, and ground in common with the board."""
        ground = self.pins("ground")
        signal = self.site.signal(ground[0]) if ground else None
        if signal is None or signal.high_share(1.0) > 0:
            return False
        supply_v = self.supply_mv() / 1000 if self.pins("supply") else float(self.values["battery"])
        return supply_v >= (self.part.supply_v[0] if self.part.supply_v else 0)

    def _high_share(self, name: str) -> float:
        return (self.site.signal(name) or LOW).high_share(_HIGH_MV)

    def _enabled_share(self) -> float:
        enable = self._inputs[2:3]
        return self._high_share(enable[0]) if enable and enable[0] in self.placed.wires else 1.0

    def state(self) -> dict[str, Any]:
        """Speed and direction."""
        if not self.powered():
            return {"speed_percent": 0.0, "motion": "off"}
        enabled = self._enabled_share()
        first, second = (self._high_share(name) for name in self._inputs[:2])
        speed = round(100 * enabled * (first - second), 1)
        if speed:
            return {"speed_percent": speed, "motion": "forward" if speed > 0 else "backward"}
        return {"speed_percent": 0.0, "motion": "brake" if enabled else "coast"}


MODEL = Motor
