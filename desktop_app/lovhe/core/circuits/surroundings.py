"""What `light=20 %` means: which part's quantity is set, and to what.

The virtual world, `lovhe board set` and the cross-checks of lessons read the same words, so the reading stands here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise

import msgspec

from lovhe.core.circuits.hardware import Circuit, Part, Quantity
from lovhe.core.errors import HardwareError, InputError
from lovhe.core.messages import N_

_NUMBER = re.compile(r"([+\-−–]?)\s*(\d{1,12}(?:[.,]\d{1,9})?)\s*(.*)", re.DOTALL)
_SAME_UNIT = {"c": "°c", "℃": "°c", "lux": "lx", "percent": "%"}


class Setting(msgspec.Struct, frozen=True):
    """One quantity of one part of a circuit, and the value it shall have."""

    part_id: str
    quantity_id: str
    value: str | float


def quantities(parts: Mapping[str, Part], circuit: Circuit) -> dict[str, Quantity]:
    """All that can be set in a circuit, by its full name `part.quantity`, in the circuit's order.

    Raises `HardwareError` for a part that there is no description of.
    """
    found: dict[str, Quantity] = {}
    for placed in circuit.part:
        for quantity in part_of(parts, placed.part, placed.id).quantity:
            found[f"{placed.id}.{quantity.id}"] = quantity
    return found


def part_of(parts: Mapping[str, Part], part: str, placed_id: str) -> Part:
    """The description of the part that the circuit calls `placed_id`. Raises `HardwareError` when there is none."""
    try:
        return parts[part]
    except KeyError:
        raise HardwareError(
            N_("The circuit's part “{id}” is a “{part}”, and the kit has no such part.", id=placed_id, part=part),
            N_("Write one of these: {parts}.", parts=", ".join(sorted(parts))),
        ) from None


def read_setting(parts: Mapping[str, Part], circuit: Circuit, name: str, text: str) -> Setting:
    """Read `name` (a part's id, `part.quantity`, or a quantity's id where it is the only one) and its new value.

    Raises `InputError` that says what is possible.
    """
    full_name, quantity = _find(quantities(parts, circuit), name)
    part_id, _, quantity_id = full_name.rpartition(".")
    return Setting(part_id, quantity_id, read_value(quantity, text, full_name))


def _find(known: Mapping[str, Quantity], name: str) -> tuple[str, Quantity]:
    name = name.strip()
    if name in known:
        return name, known[name]
    candidates = [full for full in known if full.rpartition(".")[0] == name] or [full for full in known if full.rpartition(".")[2] == name]
    if len(candidates) == 1:
        return candidates[0], known[candidates[0]]
    if candidates:
        raise InputError(
            N_("“{name}” can mean more than one thing here.", name=name[:60]),
            N_("Write one of these: {names}.", names=", ".join(candidates)),
        )
    if not known:
        raise InputError(
            N_("Nothing called “{name}” can be changed: this board's circuit senses nothing.", name=name[:60]),
            N_("Start the board with a circuit that has a sensor or a button: `--lesson` or `--circuit`."),
        )
    raise InputError(
        N_("The circuit has nothing called “{name}” that could be changed.", name=name[:60]),
        N_("Write one of these: {names}.", names=", ".join(known)),
    )


def read_value(quantity: Quantity, text: str, name: str) -> str | float:
    """The value that `text` ("pressed", "20 %", "23,5 °C", "23.5") gives to `quantity`; `name` is for the error.

    Raises `InputError` that says what is possible.
    """
    text = text.strip()
    if quantity.values:
        for word in quantity.values:
            if word.casefold() == text.casefold():
                return word
        raise InputError(
            N_("“{name}” cannot be “{value}”.", name=name, value=text[:60]),
            N_("Write one of these: {values}.", values=", ".join(quantity.values)),
        )
    number = read_number(text, quantity.unit)
    if number is None:
        raise InputError(
            N_("“{name}” needs a number, and “{value}” is none that fits.", name=name, value=text[:60]),
            N_("Write it like this: {example}.", example=f"{name}={show_value(quantity, quantity.default)}"),
        )
    low = -math.inf if quantity.min is None else quantity.min
    high = math.inf if quantity.max is None else quantity.max
    if not low <= number <= high:
        raise InputError(
            N_("“{name}” cannot be {value}.", name=name, value=show_value(quantity, number)),
            N_("Choose a value from {low} to {high}.", low=show_value(quantity, low), high=show_value(quantity, high)),
        )
    return number


def read_number(text: str, unit: str) -> float | None:
    """The number in `text`, with a decimal point or comma, and with `unit` or without; None for anything else."""
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= 60 else None
    if match is None:
        return None
    sign, digits, written_unit = match.groups()
    if written_unit and _unit_key(written_unit) != _unit_key(unit):
        return None
    number = float(digits.replace(",", "."))
    return -number if sign and sign != "+" else number


def _unit_key(unit: str) -> str:
    key = unit.strip().casefold()
    return _SAME_UNIT.get(key, key)


def show_value(quantity: Quantity, value: str | float) -> str:
    """A value as a person writes it: "pressed", "20 %", "23.5 °C"."""
    if isinstance(value, str):
        return value
    return f"{value:g} {quantity.unit}".rstrip()


def default_value(quantity: Quantity) -> str | float:
    """The value a quantity has before anybody sets it."""
    default = quantity.default
    return default if isinstance(default, float) else read_value(quantity, str(default), quantity.id)


def millivolts(quantity: Quantity, value: float) -> float:
    """Millivolts at a 3.3 V supply for `value`, by straight lines between the points of `analog_mv`; flat beyond its ends."""
    points = quantity.analog_mv
    if value <= points[0][0]:
        return points[0][1]
    for (low, low_mv), (high, high_mv) in pairwise(points):
        if value <= high:
            return low_mv + (high_mv - low_mv) * (value - low) / (high - low)
    return points[-1][1]
