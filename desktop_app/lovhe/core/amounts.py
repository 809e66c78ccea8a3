"""Amounts as people write them in a lesson: "1 s ± 10 %", "≥ 4", "20 % … 40 %", "440 Hz ± 5 %".

A tolerance in per cent is a share of the value ("1 s ± 10 %" is 0.9 s to 1.1 s), except where the value itself is
in per cent: "50 % ± 10 %" is 40 % to 60 %, as one reads it.
"""

from __future__ import annotations

import math
import re
from typing import Literal

import msgspec

from lovhe.core.errors import LessonError
from lovhe.core.messages import N_, Localized, Message
from lovhe.core.number_words import in_words

Kind = Literal["time", "count", "percent", "frequency", "number"]

_TO_BASE = {"us": ("ms", 0.001), "µs": ("ms", 0.001), "ms": ("ms", 1.0), "s": ("ms", 1000.0), "min": ("ms", 60_000.0)}
_TO_BASE |= {"%": ("%", 1.0), "hz": ("Hz", 1.0), "khz": ("Hz", 1000.0)}
_UNITS_OF: dict[Kind, tuple[str, ...] | None] = {"time": ("ms",), "count": ("",), "percent": ("%",), "frequency": ("Hz",), "number": None}
_EXAMPLES: dict[Kind, str] = {
    "time": '"1 s ± 10 %", "500 ms ± 50 ms", "≥ 2 s", "0.5 s … 1 s"',
    "count": '"4", "≥ 4", "<= 3", "2 … 5"',
    "percent": '"50 % ± 10 %", "≥ 20 %", "20 % … 40 %"',
    "frequency": '"440 Hz ± 5 %", "≥ 1 kHz", "430 Hz … 450 Hz"',
    "number": '"20 … 30", "23.5 °C ± 2 °C", "≥ 100", "512 ± 10 %"',
}
_MAX_LENGTH = 80

_NUMBER = r"([+\-−]?\d{1,12}(?:[.,]\d{1,9})?)"
_UNIT = r"([^\W\d_]{0,6}|%|°[CFK]?)"
_QUANTITY = rf"\s*{_NUMBER}\s*{_UNIT}\s*"
_ONE = re.compile(_QUANTITY)
_TOLERANT = re.compile(rf"{_QUANTITY}(?:±|\+/?[-−]){_QUANTITY}")
_RANGE = re.compile(rf"{_QUANTITY}(?:…|\.\.\.?|–|to){_QUANTITY}")
_LIMIT = re.compile(rf"\s*(≥|≤|>=|<=|=>|=<|>|<){_QUANTITY}")


class Amount(msgspec.Struct, frozen=True):
    """A range of numbers, both ends included. Times are in ms, frequencies in Hz, per cent as 0 to 100; `text` is as written."""

    text: str
    low: float
    high: float
    unit: str = ""

    def contains(self, value: float, slack: float = 0.0) -> bool:
        """Whether `value`, known no better than ± `slack`, can lie in the range."""
        return self.low - slack <= value <= self.high + slack

    def meets(self, low: float, high: float) -> bool:
        """Whether a value known to lie between `low` and `high` can lie in the range."""
        return low <= self.high and high >= self.low

    @property
    def words(self) -> Localized:
        """As each language writes it."""
        return in_words(self.text)

    @property
    def tolerant(self) -> bool:
        """Whether more than one value fits."""
        return self.high > self.low


def parse_amount(text: str, kind: Kind = "number") -> Amount:
    """Read an amount of one kind. Raises `LessonError` naming the text and showing how it can be written."""
    amount = _read(text) if len(text) <= _MAX_LENGTH else None
    allowed = _UNITS_OF[kind]
    if amount is None or amount.low > amount.high or (allowed is not None and amount.unit not in allowed):
        raise LessonError(_not_an_amount(text[:_MAX_LENGTH], kind), N_("Write it like one of these: {examples}.", examples=_EXAMPLES[kind]))
    return amount


def parse_duration_ms(text: str) -> float:
    """Read one time, such as "500 ms" or "1,5 s". Raises `LessonError`."""
    amount = _read(text) if len(text) <= _MAX_LENGTH else None
    if amount is None or amount.unit != "ms" or amount.tolerant or amount.low < 0:
        examples = '"500 ms", "2 s", "1 min"'
        raise LessonError(
            N_("“{text}” is not a time.", text=text[:_MAX_LENGTH]),
            N_("Write a number and its unit, like one of these: {examples}.", examples=examples),
        )
    return amount.low


def parse_number(text: str) -> tuple[float, str] | None:
    """A single number and its unit as written ("80 %", "24 °C", "3"), or None."""
    match = _ONE.fullmatch(text) if len(text) <= _MAX_LENGTH else None
    return (_number(match[1]), match[2]) if match else None


def _not_an_amount(text: str, kind: Kind) -> Message:
    match kind:
        case "time":
            return N_("“{text}” is not an amount of time.", text=text)
        case "count":
            return N_("“{text}” is not a count.", text=text)
        case "percent":
            return N_("“{text}” is not a share in per cent.", text=text)
        case "frequency":
            return N_("“{text}” is not a frequency.", text=text)
        case "number":
            return N_("“{text}” is not an amount.", text=text)


def _read(text: str) -> Amount | None:
    if match := _LIMIT.fullmatch(text):
        return _limit(text, match[1], match[2], match[3])
    if match := _TOLERANT.fullmatch(text):
        return _tolerant(text, match[1], match[2], match[3], match[4])
    if match := _RANGE.fullmatch(text):
        return _range(text, match[1], match[2], match[3], match[4])
    if match := _ONE.fullmatch(text):
        value, unit = _in_base_unit(_number(match[1]), match[2])
        return Amount(text.strip(), value, value, unit)
    return None


def _limit(text: str, sign: str, number: str, unit: str) -> Amount:
    value, unit = _in_base_unit(_number(number), unit)
    above = ">" in sign or sign == "≥"
    if sign in ("<", ">"):
        value = math.nextafter(value, math.inf if above else -math.inf)
    return Amount(text.strip(), value if above else -math.inf, math.inf if above else value, unit)


def _tolerant(text: str, number: str, unit: str, tolerance: str, tolerance_unit: str) -> Amount | None:
    unit = unit or tolerance_unit.replace("%", "")
    value, base_unit = _in_base_unit(_number(number), unit)
    spread = abs(_number(tolerance))
    if tolerance_unit == "%" and base_unit != "%":
        spread *= abs(value) / 100
    else:
        spread, spread_unit = _in_base_unit(spread, tolerance_unit or unit)
        if spread_unit != base_unit:
            return None
    return Amount(text.strip(), value - spread, value + spread, base_unit)


def _range(text: str, low: str, low_unit: str, high: str, high_unit: str) -> Amount | None:
    first, first_unit = _in_base_unit(_number(low), low_unit or high_unit)
    last, last_unit = _in_base_unit(_number(high), high_unit or low_unit)
    return Amount(text.strip(), first, last, first_unit) if first_unit == last_unit else None


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _in_base_unit(value: float, unit: str) -> tuple[float, str]:
    """A value in the unit we count in. Units we don't know (°C, cm, lx) stay as they are."""
    base, factor = _TO_BASE.get(unit if unit in _TO_BASE else unit.lower(), (unit, 1.0))
    return value * factor, base
