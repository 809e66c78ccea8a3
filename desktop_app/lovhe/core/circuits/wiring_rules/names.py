"""What keeps a circuit from being read at all: names that nobody knows, and words in a wire that mean nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.in_wire import HOW_TO_WRITE, read_in_wire
from lovhe.core.circuits.surroundings import part_of
from lovhe.core.circuits.wiring_rules.finding import ERROR, Finding
from lovhe.core.errors import HardwareError
from lovhe.core.messages import N_, Message

_ID = re.compile(r"[^\W_][\w-]{0,31}")
_GPIO_NUMBER = re.compile(r"(?:gpio|io|g|d|p)?[ _-]?0*(\d{1,2})")
_MAX_OPTION = 2**31 - 1


def unknown(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> Iterator[Finding]:
    """The board, ids, parts, pins, options and words in wires that are not known."""
    if circuit.board != board.id:
        yield Finding(
            ERROR,
            "board",
            N_("The circuit is made for the board “{wanted}”, not for “{board}”.", wanted=circuit.board, board=board.id),
            N_('Use a “{wanted}”, or write `board = "{board}"` in the circuit and wire it anew.', wanted=circuit.board, board=board.id),
        )
    seen: set[str] = set()
    for placed in circuit.part:
        yield from _wrong_id(placed.id, seen)
        seen.add(placed.id)
        try:
            part = part_of(parts, placed.part, placed.id)
        except HardwareError as problem:
            yield Finding(ERROR, "part", problem.what, _meant(placed.part, parts) or problem.next_step)
            continue
        yield from _unknown_pins(board, placed, part)
        yield from _unknown_in_wires(placed)
        yield from _wrong_options(placed, part)


def _wrong_id(part_id: str, seen: set[str]) -> Iterator[Finding]:
    if not _ID.fullmatch(part_id):
        yield Finding(
            ERROR,
            "id",
            N_("The circuit calls a part “{id}”, and such an id cannot be used.", id=part_id[:60]),
            N_("Use letters, digits, - and _, at most 32 of them, for example “led2”."),
        )
    if part_id in seen:
        yield Finding(
            ERROR,
            "id",
            N_("The circuit has two parts with the id “{id}”.", id=part_id),
            N_("Give every part of the circuit an id of its own, for example “led2”."),
        )


def _unknown_pins(board: Board, placed: CircuitPart, part: Part) -> Iterator[Finding]:
    part_pins = [pin.name for pin in part.pin]
    for part_pin in [*placed.wires, *placed.through]:
        if part_pin not in part_pins:
            yield Finding(
                ERROR,
                "part-pin",
                N_("“{id}” is wired at “{pin}”, and a “{part}” has no such pin.", id=placed.id, pin=part_pin, part=part.id),
                _meant(part_pin, part_pins) or N_("Write one of these: {pins}.", pins=", ".join(part_pins)),
            )
    board_names = {pin.name for pin in board.pin}
    for part_pin, board_pin in placed.wires.items():
        if board_pin not in board_names:
            yield Finding(
                ERROR,
                "board-pin",
                N_(
                    "“{id}” has its pin “{pin}” wired to “{board_pin}”, and the board “{board}” has no such pin.",
                    id=placed.id,
                    pin=part_pin,
                    board_pin=board_pin,
                    board=board.id,
                ),
                _meant_pin(board_pin, board)
                or N_(
                    "Write a pin's name as it stands in hardware/boards/{board}.toml, for example “IO4”, “3V3” or “GND”.",
                    board=board.id,
                ),
            )


def _meant(name: str, known: Iterable[str]) -> Message | None:
    """The known name that is written otherwise only in capitals and small letters, or else the nearest one."""
    folded = {other.casefold(): other for other in known}
    guess = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.7)
    return N_("Did you mean “{guess}”?", guess=folded[guess[0]]) if guess else None


def _meant_pin(name: str, board: Board) -> Message | None:
    """The pin that others call "18", "GPIO18" or "D18", or by the word printed on the board."""
    folded = name.strip().casefold()
    number = _GPIO_NUMBER.fullmatch(folded)
    by_number = [pin.name for pin in board.pin if number and pin.gpio == int(number[1])]
    by_word = [pin.name for pin in board.pin if folded in (pin.name.casefold(), pin.printed.casefold())]
    return next((N_("Did you mean “{guess}”?", guess=guess) for guess in by_number + by_word), None)


def _unknown_in_wires(placed: CircuitPart) -> Iterator[Finding]:
    for part_pin, text in placed.through.items():
        if read_in_wire(text) is None:
            yield Finding(
                ERROR,
                "in-wire",
                N_(
                    "“{id}” has “{text}” in its wire “{pin}”, and nobody can tell what that is.", id=placed.id, text=text[:60], pin=part_pin
                ),
                HOW_TO_WRITE,
            )


def _wrong_options(placed: CircuitPart, part: Part) -> Iterator[Finding]:
    for name, value in placed.options.items():
        if name not in part.options:
            yield Finding(
                ERROR,
                "option",
                N_("“{id}” has the option “{name}”, and a “{part}” has no such option.", id=placed.id, name=name[:60], part=part.id),
                N_("Write one of these, or leave `options` out: {names}.", names=", ".join(part.options) or "–"),
            )
            continue
        low, high = part.option_range.get(name, (0, _MAX_OPTION))
        if not low <= value <= high:
            yield Finding(
                ERROR,
                "option",
                N_(
                    "“{id}” has the option {name} = {value}, which a “{part}” cannot be.",
                    id=placed.id,
                    name=name,
                    value=value,
                    part=part.id,
                ),
                N_("Choose a value from {low} to {high}.", low=_shown(name, low), high=_shown(name, high)),
            )


def _shown(name: str, value: int) -> str:
    return f"{value:#04x}" if name == "address" else str(value)
