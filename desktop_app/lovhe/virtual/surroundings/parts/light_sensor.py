"""A light sensor module: a photoresistor in a divider, brighter gives more voltage."""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.parts.model import PartModel


class LightSensor(PartModel):
    """Gives the voltage that its file's `analog_mv` has for the light that falls on it."""

    def analog_mv(self, part_pin: str) -> float | None:
        """Millivolts for the light now; None without power."""
        return self.sensed_mv()

    def state(self) -> dict[str, Any]:
        """The voltage at its output."""
        return {"mv": self.sensed_mv()}


MODEL = LightSensor
