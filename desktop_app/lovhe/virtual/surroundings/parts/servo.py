"""A hobby servo (SG90): turns to the angle that the width of its pulses says, at a finite speed, and stays when they end.

Source: Tower Pro, "SG90 Servo" data sheet: period 20 ms (50 Hz), 4.8 V, operating speed 0.1 s/60°, stall torque 1.8 kg·cm; pulses
of 0.5 to 2.4 ms for its 180°, which are the figures of most kits (single servos differ by ±10°).
Assumed: it takes pulses between 40 and 330 times a second, so not the 5000 Hz that PWM has when nobody chooses a frequency, and
those from 0.3 to 2.7 ms; outside 0.5 to 2.4 ms it stands at its stop. It starts at 90°; a real one stands where it was left.
After each pulse it turns for at most 25 ms: what a program makes of single pulses moves it in steps.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

FIRST_PULSE_US, LAST_PULSE_US = 500, 2400
TURN_DEG = 180.0
SPEED_DEG_PER_S = 600.0

_TAKEN_US = (300, 2700)
_TAKEN_HZ = (40.0, 330.0)
_DRIVES_FOR_US = 25_000
_FOR_EVER_US = 2**62


class Servo(PartModel):
    """Shows `angle_deg`, where its arm stands, and `target_deg`, where it has been told to turn to (None before the first pulse)."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._angle = TURN_DEG / 2
        self._target: float | None = None
        self._at_us = 0
        self._driven_until_us = 0
        self._rose_us: int | None = None

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """Turn until now as it was told before; then take what the signal says, or that the power has come or gone."""
        self._turn()
        if part_pin != "SIG":
            return
        now_us = self.site.now_us
        high = signal is not None and signal.high_share() > 0
        if signal is not None and signal.freq_hz:
            self._rose_us = None
            width_us = 1e6 * signal.high_share() / signal.freq_hz
            right = _TAKEN_HZ[0] <= signal.freq_hz <= _TAKEN_HZ[1] and self._take(width_us)
            self._driven_until_us = _FOR_EVER_US if right else now_us
        elif high:
            self._rose_us = now_us
            self._driven_until_us = min(self._driven_until_us, now_us + _DRIVES_FOR_US)
        else:
            width_us = -1 if self._rose_us is None else now_us - self._rose_us
            self._rose_us = None
            self._driven_until_us = min(self._driven_until_us, now_us)
            if self._take(width_us):
                self._driven_until_us = now_us + _DRIVES_FOR_US

    def _take(self, width_us: float) -> bool:
        """Take a pulse; whether it is one for a servo."""
        if not _TAKEN_US[0] <= width_us <= _TAKEN_US[1] or not self.powered():
            return False
        share = (width_us - FIRST_PULSE_US) / (LAST_PULSE_US - FIRST_PULSE_US)
        self._target = TURN_DEG * min(max(share, 0.0), 1.0)
        return True

    def _turn(self) -> None:
        """Turn as far as the time since the last look allows; not at all where a look at the board was ahead of what it tells."""
        now_us = self.site.now_us
        moved_us = min(now_us, self._driven_until_us) - self._at_us
        self._at_us = now_us
        if self._target is not None and moved_us > 0 and self.powered():
            reach = SPEED_DEG_PER_S * moved_us / 1e6
            self._angle += min(max(self._target - self._angle, -reach), reach)

    def state(self) -> dict[str, Any]:
        """The angles in degrees, with one decimal."""
        self._turn()
        return {"angle_deg": round(self._angle, 1), "target_deg": None if self._target is None else round(self._target, 1)}


MODEL = Servo
