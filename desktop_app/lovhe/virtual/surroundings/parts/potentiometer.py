"""A potentiometer: a knob that divides the voltage between its outer pins."""

from __future__ import annotations

from lovhe.virtual.surroundings.parts.divider import Divider


class Potentiometer(Divider):
    """The wiper stands at `position`."""


MODEL = Potentiometer
