"""What surrounds a board, in the user's words: which quantity, of which part, and its value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lovhe.apps.language import key, number, t
from lovhe.apps.quantity_words import QUANTITIES
from lovhe.core.circuits.hardware import Circuit, Part, Quantity
from lovhe.core.circuits.surroundings import quantities
from lovhe.core.messages import Localized
from lovhe.core.shown_text import harmless

_QUANTITIES = QUANTITIES | {
    "obstacle": key("obstacle"),
    "motion": key("motion"),
    "key": key("key"),
    "tilt_x": key("tilt x"),
    "tilt_y": key("tilt y"),
    "shake": key("shake"),
    "x": "x",
    "y": "y",
}
"""A quantity that is not here (a button's state) is called like its part."""

_VALUES = {
    "pressed": key("pressed"),
    "released": key("let go"),
    "no": key("no"),
    "yes": key("yes"),
    "on": key("on"),
    "off": key("off"),
    "in": key("plugged in"),
    "out": key("pulled out"),
    "none": key("none"),
}


def surroundings_labels(circuit: Circuit, parts: Mapping[str, Part]) -> dict[str, str]:
    """What each quantity of the circuit is called, by its full name `part.quantity`; the part's id is there where one word means two."""
    kinds = {placed.id: parts[placed.part] for placed in circuit.part}
    words = {}
    for name in quantities(parts, circuit):
        part_id, _, quantity_id = name.rpartition(".")
        words[name] = t(_QUANTITIES[quantity_id]) if quantity_id in _QUANTITIES else _part_name(kinds[part_id])
    count = Counter(words.values())
    return {name: f"{word} {harmless(name.rpartition('.')[0])}" if count[word] > 1 else word for name, word in words.items()}


def value_words(quantity: Quantity, value: str | float) -> str:
    """A value with its unit, as a person writes it: "let go", "23,5 °C"."""
    if isinstance(value, str):
        return t(_VALUES[value]) if value in _VALUES else harmless(value)
    unit = quantity.unit
    return f"{number(value, 'g')}{'' if unit == '°' else ' '}{unit}".rstrip()


def _part_name(part: Part) -> str:
    return t(Localized(part.names)).split(" (")[0]
