"""Sensor modules that compare: a voltage for what they sense, a digital output that says whether it is enough, or both.

What distinguishes them stands in their files:

- an analog output gives the `analog_mv` of the part's quantity; in proportion to the supply, or, where the pin has `high_v`
  (a regulator on the module), whatever the supply is;
- a digital output is active from `threshold` on and until the value is below `release`, both in the quantity's unit (a quantity
  of words is active at its last word); with `active_low` that is level 0; an `open_drain` one only pulls down, and the module's
  own resistor holds it high where the pin has `pull_up`.

A model, not a circuit: a real module's threshold is set with a screwdriver, and near it the output flickers.
"""

from __future__ import annotations

from typing import Any

from lovhe.core.circuits.surroundings import millivolts
from lovhe.virtual.surroundings.nets import HIGH_MV
from lovhe.virtual.surroundings.parts.model import PartModel


class LevelSensor(PartModel):
    """Senses the part's one quantity."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._pin = {pin.name: pin for pin in self.part.pin}
        self._active = False
        self.on_set(self.part.quantity[0].id)

    def on_set(self, quantity_id: str) -> None:
        """Compare, with the memory that hysteresis needs."""
        value, quantity = self.values[quantity_id], self.part.quantity[0]
        if quantity.values:
            self._active = value == quantity.values[-1]
        elif "threshold" in self.part.options:
            threshold = self.option("threshold")
            release = self.option("release") if "release" in self.part.options else threshold
            self._active = float(value) >= (release if self._active else threshold)

    def drive(self, part_pin: str) -> int | None:
        """The digital output's level."""
        if part_pin not in self.pins("digital-out") or not self.powered():
            return None
        level = int(self._active) ^ (self.option("active_low") if "active_low" in self.part.options else 0)
        return level if not (level and self._pin[part_pin].open_drain) else None

    def analog_mv(self, part_pin: str) -> float | None:
        """The analog output's voltage, never above what feeds it; None without power."""
        if not self.powered():
            return None
        quantity = self.part.quantity[0]
        at_3v3 = millivolts(quantity, float(self.values[quantity.id]))
        high_v = self._pin[part_pin].high_v
        if high_v is not None:
            return min(at_3v3, 1000 * high_v)
        supply_mv = self.supply_mv()
        return min(max(at_3v3 * supply_mv / HIGH_MV, 0.0), supply_mv)

    def state(self) -> dict[str, Any]:
        """The voltage, and whether the threshold is reached, as far as the module has such an output and power."""
        told: dict[str, Any] = {}
        for pin in self.part.pin:
            if pin.kind == "analog-out":
                mv = self.analog_mv(pin.name)
                told["mv"] = None if mv is None else round(mv, 1)
            elif pin.kind == "digital-out":
                told["detected"] = self._active and self.powered()
        return told


MODEL = LevelSensor
