"""What `through` in a circuit says: "220 Ω", "10 kΩ pull-up", "divider 1 kΩ + 2 kΩ", "level shifter", "transistor".

A teacher writes it, so it is read with a point or a comma, with Ω or with the word in the kit's languages. Several things in one wire
are separated by a comma and a space: "transistor, diode".
"""

from __future__ import annotations

import re

import msgspec

from lovhe.core.messages import N_

MAX_OHM = 10e6
"""More than that is no resistor of a school's kit, but a slip."""

EXAMPLES = '"220 Ω", "10 kΩ pull-up", "10 kΩ pull-down", "divider 1 kΩ + 2 kΩ", "level shifter", "transistor", "diode"'
HOW_TO_WRITE = N_("Write one of these, with your own values, and a comma and a space between two of them: {examples}.", examples=EXAMPLES)

_VALUE = r"(?:\d{1,7}(?:[.,]\d{1,3})?\s*(?:[kкmм]\s*(?:ω|ohms?|om|ом)?|ω|ohms?|om|ом|r)|\d{1,3}[kк]\d{1,3}\s*(?:ω|ohms?|om|ом)?)"
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*([kкmм]?)(\d*)")
_SERIES = re.compile(rf"({_VALUE})(?:\s+resistor)?")
_PULL = re.compile(rf"({_VALUE})\s+pull[- ]?(up|down)|pull[- ]?(up|down)\s+({_VALUE})")
_DIVIDER = re.compile(rf"(?:divider\s+)?({_VALUE})\s*[+/]\s*({_VALUE})")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_TIMES = {"": 1.0, "k": 1e3, "к": 1e3, "m": 1e6, "м": 1e6}


class InWire(msgspec.Struct, frozen=True):
    """All that sits in one wire. Resistances are in ohms, 0 for none; pull-ups go to 3V3, pull-downs to GND.

    `divider` is first the resistor towards the part, then the one to GND, with the board's pin between them.
    """

    series_ohm: float = 0.0
    pull_up_ohm: float = 0.0
    pull_down_ohm: float = 0.0
    divider: tuple[float, float] | None = None
    level_shifter: bool = False
    transistor: bool = False
    diode: bool = False

    def lowered(self, volts: float, shifted_to: float) -> float:
        """The volts at the board's end when the part's end has `volts`. A transistor keeps the two apart."""
        if self.transistor:
            return 0.0
        if self.level_shifter:
            return min(volts, shifted_to)
        if self.divider is not None:
            return volts * self.divider[1] / sum(self.divider)
        return volts


NOTHING = InWire()


def show_ohm(ohm: float) -> str:
    """A resistance as one reads it on a shop's list: "220 Ω", "4.7 kΩ", "1 MΩ"."""
    for unit, size in (("MΩ", 1e6), ("kΩ", 1e3)):
        if ohm >= size:
            return f"{ohm / size:g} {unit}"
    return f"{ohm:g} Ω"


def through_example(pin: str, inside: str) -> str:
    """How a circuit says that something sits in the wire of a part's pin."""
    key = pin if _BARE_KEY.fullmatch(pin) else f'"{pin}"'
    return f'through = {{ {key} = "{inside}" }}'


def read_in_wire(text: str) -> InWire | None:
    """What `text` says; None when it says nothing we know, or a resistor is 0 or more than `MAX_OHM`."""
    found = NOTHING
    for piece in re.split(r"\s*(?:,\s+|;)\s*", text.strip().casefold()) if len(text) <= 100 else [""]:
        more = _read_piece(" ".join(piece.split()))
        if more is None or not _resistors_fit(more):
            return None
        found = _joined(found, more)
    return found


def _read_piece(piece: str) -> InWire | None:
    if piece in ("level shifter", "level-shifter"):
        return InWire(level_shifter=True)
    if piece == "transistor":
        return InWire(transistor=True)
    if piece == "diode":
        return InWire(diode=True)
    if match := _SERIES.fullmatch(piece):
        return InWire(series_ohm=_ohms(match[1]) or -1)
    if match := _PULL.fullmatch(piece):
        ohms = _ohms(match[1] or match[4]) or -1
        return InWire(pull_up_ohm=ohms) if (match[2] or match[3]) == "up" else InWire(pull_down_ohm=ohms)
    if match := _DIVIDER.fullmatch(piece):
        return InWire(divider=(_ohms(match[1]), _ohms(match[2])))
    return None


def _resistors_fit(wire: InWire) -> bool:
    ohms = [wire.series_ohm, wire.pull_up_ohm, wire.pull_down_ohm]
    return all(0 <= value <= MAX_OHM for value in ohms) and all(0 < value <= MAX_OHM for value in wire.divider or ())


def _joined(one: InWire, other: InWire) -> InWire:
    return InWire(
        series_ohm=one.series_ohm + other.series_ohm,
        pull_up_ohm=one.pull_up_ohm or other.pull_up_ohm,
        pull_down_ohm=one.pull_down_ohm or other.pull_down_ohm,
        divider=one.divider or other.divider,
        level_shifter=one.level_shifter or other.level_shifter,
        transistor=one.transistor or other.transistor,
        diode=one.diode or other.diode,
    )


def _ohms(value: str) -> float:
    match = _NUMBER.match(value)
    assert match is not None
    digits, times, tenths = match[1].replace(",", "."), match[2], match[3]
    return float(f"{digits}.{tenths}" if tenths else digits) * _TIMES[times]
