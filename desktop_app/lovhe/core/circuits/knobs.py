"""A quantity of the surroundings as something to turn: where its knob stands, and where a step takes it.

Pure: a slider on a screen has only to draw and to hand on keys and the mouse.
"""

from __future__ import annotations

import math

import msgspec

from lovhe.core.circuits.hardware import Quantity

_STEPS = 100
"""About so many small steps lead from one end to the other."""
_BIG = 10
_WIDE = 10_000
"""A range of so many units has its interesting values at its low end, as light has: its steps grow with the value."""
_DIGITS = 9


class Knob(msgspec.Struct, frozen=True):
    """A number with both ends known. `step` is the small one; on a curved scale it is that at the lowest values."""

    low: float
    high: float
    step: float
    curved: bool = False

    def share(self, value: float) -> float:
        """Where `value` stands between the ends, 0 … 1."""
        value = min(max(value, self.low), self.high)
        if self.curved:
            return math.log1p(value - self.low) / math.log1p(self.high - self.low)
        return (value - self.low) / (self.high - self.low)

    def at(self, share: float) -> float:
        """The round value at that place."""
        share = min(max(share, 0.0), 1.0)
        if share in (0.0, 1.0):
            return self.high if share else self.low
        if self.curved:
            return self._round(self.low + math.expm1(share * math.log1p(self.high - self.low)))
        return self._round(self.low + share * (self.high - self.low))

    def moved(self, value: float, steps: int, *, big: bool = False) -> float:
        """The value so many steps up, or down where `steps` is negative; always another one but at the ends."""
        steps *= _BIG if big else 1
        if not self.curved:
            return self._round(value + steps * self.step)
        moved = self.at(self.share(value) + steps / _STEPS)
        return moved if moved != value else self._round(value + math.copysign(self.step, steps))

    def _round(self, value: float) -> float:
        step = max(self.step, _nice(abs(value) / _STEPS)) if self.curved else self.step
        rounded = round(round(value / step) * step, _DIGITS)
        return min(max(rounded, self.low), self.high)


def knob_of(quantity: Quantity) -> Knob | None:
    """The knob of a number; None for a quantity of words, or a number that has no end."""
    low, high = quantity.min, quantity.max
    if quantity.values or low is None or high is None or high <= low:
        return None
    if high - low >= _WIDE:
        return Knob(low, high, 1.0, curved=True)
    return Knob(low, high, _nice((high - low) / _STEPS))


def setting_text(value: str | float) -> str:
    """A value as `core.circuits.surroundings.read_value` reads it."""
    return value if isinstance(value, str) else f"{value:.6f}".rstrip("0").rstrip(".")


def _nice(step: float) -> float:
    """The nearest of 1, 2, 5, 10, 20 … that is not above `step`."""
    if step <= 0:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(step) + 1e-9)
    return max((unit * digit for digit in (1, 2, 5) if unit * digit <= step * (1 + 1e-9)), default=unit)
