"""Checks of the descriptions in `hardware/` themselves, before their tables are made and a circuit is built on them.

Every problem is a `HardwareError` that names the file's id, the key and the mend.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from lovhe.core.circuits.hardware import PART_PIN_KINDS, Board, Part, Quantity
from lovhe.core.circuits.hardware_electric_check import electric_problems
from lovhe.core.circuits.part_test_check import part_test_problems
from lovhe.core.circuits.surroundings import default_value
from lovhe.core.errors import HardwareError, InputError
from lovhe.core.messages import N_

BOARD_PIN_KINDS = ("gpio", "supply", "ground", "control")
ABILITIES = ("in", "out", "pull", "adc1", "adc2", "dac", "touch")
NOTES = ("", "strapping", "flash", "serial", "usb")
STARTS = ("", "high", "low")
LANGUAGES = ("az", "ru", "en")


def part_problems(part: Part) -> list[HardwareError]:
    """All that is wrong with a part's description."""
    return [
        *_names(part.id, part.names),
        *_doubled(part.id, "pin.name", [pin.name for pin in part.pin]),
        *_doubled(part.id, "quantity.id", [quantity.id for quantity in part.quantity]),
        *(problem for pin in part.pin for problem in _word(part.id, "pin.kind", pin.kind, PART_PIN_KINDS)),
        *(problem for quantity in part.quantity for problem in _quantity(part.id, quantity)),
        *_supply(part),
        *electric_problems(part),
        *part_test_problems(part),
    ]


def board_problems(board: Board) -> list[HardwareError]:
    """All that is wrong with a board's description. Several pins may be called GND, but no two have one GPIO."""
    signals = [pin for pin in board.pin if pin.kind == "gpio"]
    return [
        *_names(board.id, board.names),
        *_doubled(board.id, "pin.name", [pin.name for pin in signals]),
        *_doubled(board.id, "pin.gpio", [str(pin.gpio) for pin in signals]),
        *(problem for pin in board.pin for problem in _word(board.id, "pin.kind", pin.kind, BOARD_PIN_KINDS)),
        *(problem for pin in board.pin for problem in _word(board.id, "pin.note", pin.note, NOTES)),
        *(problem for pin in board.pin for word in pin.can for problem in _word(board.id, "pin.can", word, ABILITIES)),
        *(problem for pin in board.pin for problem in _word(board.id, "pin.starts", pin.starts, STARTS)),
        *(_no_volts(board.id, pin.name) for pin in board.pin if pin.kind == "supply" and not pin.volts),
    ]


def _no_volts(board_id: str, pin: str) -> HardwareError:
    return HardwareError(
        N_("“{id}” does not say how many volts its pin “{pin}” gives.", id=board_id, pin=pin),
        N_("Add a line to that pin, for example {example}.", example="volts = 3.3"),
    )


def _names(file_id: str, names: Collection[str]) -> Iterator[HardwareError]:
    for language in LANGUAGES:
        if language not in names:
            yield HardwareError(
                N_("“{id}” has no name in the language “{language}”.", id=file_id, language=language),
                N_("Add it to the file under [names]."),
            )


def _doubled(file_id: str, key: str, values: list[str]) -> Iterator[HardwareError]:
    for value in dict.fromkeys(values):
        if values.count(value) > 1:
            yield HardwareError(
                N_("“{id}” has “{key}” = {value} more than once.", id=file_id, key=key, value=value),
                N_("Give each of them a value of its own."),
            )


def _word(file_id: str, key: str, word: str, known: tuple[str, ...]) -> Iterator[HardwareError]:
    if word not in known:
        yield HardwareError(
            N_("“{id}” has “{key}” = “{value}”, which means nothing here.", id=file_id, key=key, value=word),
            N_("Write one of these: {words}.", words=", ".join(word for word in known if word)),
        )


def _supply(part: Part) -> Iterator[HardwareError]:
    if part.supply_v is not None and not 0 < part.supply_v[0] <= part.supply_v[1]:
        yield HardwareError(
            N_("“{id}” has a supply_v whose first voltage is not the lower one.", id=part.id),
            N_("Write the lowest and the highest voltage, for example {example}.", example="supply_v = [3.0, 3.6]"),
        )


def _quantity(file_id: str, quantity: Quantity) -> Iterator[HardwareError]:
    name = f"{file_id}.{quantity.id}"
    try:
        value = default_value(quantity)
    except InputError as error:
        yield HardwareError(N_("The default of “{name}” is none of its values.", name=name), error.next_step)
        return
    low, high = quantity.min, quantity.max
    if not isinstance(value, str) and (low is None or high is None or not low <= value <= high):
        yield HardwareError(
            N_("“{name}” needs min and max, with its default between them.", name=name),
            N_("Write the lowest and the highest value that the part can sense."),
        )
    points = quantity.analog_mv
    if points and (len(points) < 2 or any(one[0] >= other[0] for one, other in pairwise(points))):
        yield HardwareError(
            N_("The table analog_mv of “{name}” does not rise from point to point.", name=name),
            N_("Write at least two points, the smaller value first, for example {example}.", example="[[0.0, 150.0], [100.0, 2450.0]]"),
        )
