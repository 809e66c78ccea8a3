"""How a thing in a hand moves: what an accelerometer and a gyroscope feel when somebody tilts or shakes it.

The surroundings say how it is held; a hand takes half a second to get there, so that the rates a gyroscope gives add up to the angle.
Axes follow the right-hand rule. Flat on the table, chip up, gravity is felt as +1 g along z; `tilt_x` turns it about the x axis
(y then feels it), `tilt_y` about the y axis (x then feels it, with the other sign).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

MOVE_US = 500_000
SHAKES_HZ = 4.0
SHAKEN_ALONG = (0.6, 0.48, 0.64)
"""The direction in which it is shaken, of length 1: no axis is left out."""

Axes = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Turn:
    """From one angle to another, in degrees, beginning at a moment."""

    begin_us: int
    start_deg: float
    end_deg: float

    def angle_deg(self, moment_us: int) -> float:
        share = min(max((moment_us - self.begin_us) / MOVE_US, 0.0), 1.0)
        return self.start_deg + share * (self.end_deg - self.start_deg)

    def rate_dps(self, moment_us: int) -> float:
        turning = self.begin_us <= moment_us < self.begin_us + MOVE_US
        return (self.end_deg - self.start_deg) * 1e6 / MOVE_US if turning else 0.0


class Motion:
    """Tilt in degrees, rates in degrees a second, acceleration in g."""

    def __init__(self, tilt_x_deg: float, tilt_y_deg: float, shake_g: float) -> None:
        self._turns = [_Turn(-MOVE_US, tilt, tilt) for tilt in (tilt_x_deg, tilt_y_deg)]
        self.shake_g = shake_g

    def turn(self, axis: int, angle_deg: float, now_us: int) -> None:
        """Begin to tilt about axis 0 or 1."""
        self._turns[axis] = _Turn(now_us, self._turns[axis].angle_deg(now_us), angle_deg)

    def rates_dps(self, moment_us: int) -> Axes:
        """What a gyroscope feels: the turning about its own axes."""
        about_x, about_y = (turn.rate_dps(moment_us) for turn in self._turns)
        roll = math.radians(self._turns[0].angle_deg(moment_us))
        return about_x, about_y * math.cos(roll), -about_y * math.sin(roll)

    def acceleration_g(self, moment_us: int) -> Axes:
        """What an accelerometer feels: gravity, and the shaking."""
        roll, pitch = (math.radians(turn.angle_deg(moment_us)) for turn in self._turns)
        shake = self.shake_g * math.sin(2e-6 * math.pi * SHAKES_HZ * moment_us)
        gravity = (-math.sin(pitch), math.sin(roll) * math.cos(pitch), math.cos(roll) * math.cos(pitch))
        return tuple(pull + shake * share for pull, share in zip(gravity, SHAKEN_ALONG, strict=True))  # type: ignore[return-value]
