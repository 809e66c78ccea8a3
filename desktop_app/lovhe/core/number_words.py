"""Numbers and their units as each language writes them: "0.5 s ± 15 %" is "0,5 с ± 15 %" in Russian.

Source: the units' Russian signs as in GOST 8.417; Azerbaijani keeps the international ones but for "sm".
"""

from __future__ import annotations

import re

from lovhe.core.messages import Localized

_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_UNIT = re.compile(r"(?<=\d)(\s*)([A-Za-zµΩ]+)(?![\w.])")
_AZ = {"cm": "sm"}
_RU = {
    "s": "с", "ms": "мс", "us": "мкс", "µs": "мкс", "min": "мин", "Hz": "Гц", "kHz": "кГц", "mm": "мм", "cm": "см", "m": "м", "km": "км",
    "V": "В", "mV": "мВ", "mA": "мА", "A": "А", "W": "Вт", "Ω": "Ом", "kΩ": "кОм", "lx": "лк", "Pa": "Па", "hPa": "гПа",
    "kg": "кг", "g": "г",
}  # fmt: skip


def in_words(text: str) -> Localized:
    """A text of numbers and units, such as "≥ 4", "0.5 s ± 15 %" or "523 Hz", in each language. Other words stay."""
    with_comma = _POINT.sub(",", text)
    return Localized({"en": text, "az": _units(with_comma, _AZ), "ru": _units(with_comma, _RU)})


def _units(text: str, units: dict[str, str]) -> str:
    return _UNIT.sub(lambda found: found[1] + units.get(found[2], found[2]), text)
