"""Where an axis has its marks, and what stands beside them: round numbers, never too many."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

_STEPS = (1, 2, 5, 10)


def marks(low: float, high: float, most: int = 8) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, `most` of them at most, in order."""
    if not high > low or most < 1:
        return []
    step = _step((high - low) / most)
    while math.floor(high / step) - math.ceil(low / step) + 1 > most:
        step = _step(step * 1.5)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [number * step for number in range(first, last + 1) if low <= number * step <= high]


def mark_texts(values: Sequence[float], decimal_mark: str = ".") -> list[str]:
    """What stands beside the marks: all with as many decimals as tell them apart, very great and small ones as powers of ten."""
    if not values:
        return []
    step = min((b - a for a, b in itertools.pairwise(values)), default=abs(values[0]) or 1.0)
    greatest = max(abs(value) for value in values)
    if greatest >= 1e6 or 0 < greatest < 1e-3:
        digits = max(0, math.floor(math.log10(greatest)) - math.floor(math.log10(step))) if step > 0 else 0
        texts = [f"{value:.{min(digits, 15)}e}" if value else "0" for value in values]
    else:
        decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
        texts = [f"{value:.{min(decimals, 15)}f}" for value in values]
    return [text.replace(".", decimal_mark) for text in texts]


def value_text(value: float, decimal_mark: str = ".") -> str:
    """A reading in few characters: whole numbers whole, others with four digits that say something."""
    if value.is_integer() and abs(value) < 1e7:
        return str(int(value))
    text = f"{value:.4g}" if not 1e4 <= abs(value) < 1e7 else f"{value:.0f}"
    return text.replace(".", decimal_mark)


def _step(least: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((step * power for step in _STEPS if step * power >= least * (1 - 1e-9)), 10 * power)
