"""A thumb joystick: two potentiometers at right angles, and a button under the stick.

It stands in for the KY-023: two of 10 kΩ, and a switch from SW to ground without a resistor of its own. A real stick let go
rests some per cent beside the middle; this one rests exactly there.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.parts.divider import Divider

_AXES = {"VRx": "x", "VRy": "y"}


class Joystick(Divider):
    """Gives `x` and `y` as voltages, and pulls SW to ground while it is `pressed`."""

    def share(self, part_pin: str) -> float:
        """How far the stick stands along this output's axis."""
        return self.share_of(_AXES[part_pin])

    def drive(self, part_pin: str) -> int | None:
        """The button joins SW with ground."""
        return 0 if part_pin == "SW" and self.pressed and self.pins("ground") else None

    @property
    def pressed(self) -> bool:
        """Whether somebody pushes the stick down."""
        return bool(self.values["pressed"] == "yes")

    def state(self) -> dict[str, Any]:
        """Where it stands, in per cent of the way from the middle, and whether it is pressed."""
        return {"x_percent": self.values["x"], "y_percent": self.values["y"], "pressed": self.pressed}


MODEL = Joystick
