"""An HC-SR04: a short pulse at TRIG sends a burst of ultrasound, and ECHO is high until it comes back.

Source: Elecfreaks, "Ultrasonic Ranging Module HC-SR04": trigger of at least 10 µs, eight cycles at 40 kHz, 2 to 400 cm,
distance in cm = echo in µs / 58. The burst and the wait before ECHO rises take about 450 µs, and without an echo the
line stays high for about 38 ms: figures that are told of the common module, and not in its data sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lovhe.virtual.surroundings.nets import HIGH_MV, Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_LEAST_TRIGGER_US = 10
_BEFORE_ECHO_US = 450
_US_PER_CM = 58.0
_NO_ECHO_US = 38_000
_RANGE_CM = (2.0, 400.0)
_TRIGGER_MV = HIGH_MV / 2


class HcSr04(PartModel):
    """Measures once per trigger; a trigger while it measures is not heard."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._trigger_us: int | None = None
        self._echo_us: tuple[int, int] | None = None
        self._level = 0
        self._measured_cm: float | None = None

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """A pulse at TRIG that was long enough starts a measurement when it ends; without power all is forgotten."""
        if not self.powered():
            self._trigger_us = self._echo_us = None
            self._level = 0
            return
        if part_pin not in self.pins("digital-in"):
            return
        now_us = self.site.now_us
        high = signal is not None and signal.mv >= _TRIGGER_MV
        if high and self._trigger_us is None:
            self._trigger_us = now_us
        elif not high and self._trigger_us is not None:
            long_enough = now_us - self._trigger_us >= _LEAST_TRIGGER_US
            self._trigger_us = None
            if long_enough and self._echo_us is None:
                rise_us = now_us + _BEFORE_ECHO_US
                self._echo_us = (rise_us, rise_us + self._echo_length_us())

    def _echo_length_us(self) -> int:
        distance_cm = float(self.values["distance"])
        within = _RANGE_CM[0] <= distance_cm <= _RANGE_CM[1]
        self._measured_cm = distance_cm if within else None
        return round(distance_cm * _US_PER_CM) if within else _NO_ECHO_US

    def upcoming(self, part_pin: str) -> Sequence[tuple[int, int]]:
        """The edges of the echo that is under way."""
        if part_pin not in self.pins("digital-out") or self._echo_us is None:
            return ()
        rise_us, fall_us = self._echo_us
        return [(fall_us, 0)] if self._level else [(rise_us, 1), (fall_us, 0)]

    def next_change_us(self) -> int | None:
        """The next edge of the echo."""
        return None if self._echo_us is None else self._echo_us[self._level]

    def advance(self) -> None:
        """Follow the echo."""
        if self._echo_us is not None:
            rise_us, fall_us = self._echo_us
            self._level = int(rise_us <= self.site.now_us < fall_us)
            if self.site.now_us >= fall_us:
                self._echo_us = None

    def drive(self, part_pin: str) -> int | None:
        """The echo; nothing without power."""
        return self._level if part_pin in self.pins("digital-out") and self.powered() else None

    def state(self) -> dict[str, Any]:
        """The distance it measured last, None when nothing came back."""
        return {"distance_cm": self._measured_cm}


MODEL = HcSr04
