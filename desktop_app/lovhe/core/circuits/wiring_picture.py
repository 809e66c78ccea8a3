"""A circuit as a picture that is easy to build from: the board in the middle, parts on both sides, every wire a straight line.

Here it is decided what stands where; `wiring_drawing` makes characters of it and `wiring_svg` an SVG.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.in_wire import read_in_wire
from lovhe.core.messages import N_, Localized, Message, Text


class PictureWire(msgspec.Struct, frozen=True):
    """One wire: the part's pin, what sits between, and the board's pin as its name and as it is printed. `kind` gives its colour."""

    part_pin: str
    inside: list[Text]
    board_pin: str
    kind: str

    @property
    def bare(self) -> bool:
        """Whether nothing sits in it."""
        return not self.inside


class PicturePart(msgspec.Struct, frozen=True):
    """One part with its wires, in the order of its pins."""

    id: str
    name: Text
    wires: list[PictureWire]


class WiringPicture(msgspec.Struct, frozen=True):
    """A board, and the parts to its left and right."""

    board: str
    left: list[PicturePart]
    right: list[PicturePart]

    @property
    def parts(self) -> list[PicturePart]:
        """All parts, those on the left first."""
        return [*self.left, *self.right]


def wiring_picture(board: Board, parts: Mapping[str, Part], circuit: Circuit, only: Collection[str] = ()) -> WiringPicture:
    """The picture of a circuit, or of the parts in `only`. Each part goes to the side that has fewer wires."""
    left: list[PicturePart] = []
    right: list[PicturePart] = []
    for drawn in wired_parts(board, parts, circuit, only):
        side = left if _rows(left) <= _rows(right) else right
        side.append(drawn)
    return WiringPicture(board.names.get("en", board.id).removesuffix(" board"), left, right)


def wired_parts(board: Board, parts: Mapping[str, Part], circuit: Circuit, only: Collection[str] = ()) -> list[PicturePart]:
    """The parts of a circuit, or those in `only`, in the circuit's order, each with its wires; parts that nobody knows are left out."""
    return [
        PicturePart(placed.id, part_name(parts, circuit, placed), _wires(board, parts[placed.part], placed))
        for placed in circuit.part
        if placed.part in parts and (not only or placed.id in only)
    ]


def part_name(parts: Mapping[str, Part], circuit: Circuit, placed: CircuitPart) -> Text:
    """What a pupil calls a part; with its id where the circuit has several of the kind."""
    name = Localized(parts[placed.part].names)
    alike = [other for other in circuit.part if other.part == placed.part]
    return N_("{part} “{id}”", part=name, id=placed.id) if len(alike) > 1 else name


def in_wire_words(text: str) -> list[Text]:
    """What sits in a wire, thing by thing, to be shown in any language; the author's own words where they cannot be read."""
    inside = read_in_wire(text) if text else None
    if inside is None:
        return [N_("{text}", text=text)] if text else []
    words: list[Text] = []
    if inside.series_ohm:
        words.append(ohm_words(inside.series_ohm))
    if inside.pull_up_ohm:
        words.append(N_("{resistor} to 3V3", resistor=ohm_words(inside.pull_up_ohm)))
    if inside.pull_down_ohm:
        words.append(N_("{resistor} to GND", resistor=ohm_words(inside.pull_down_ohm)))
    if inside.divider is not None:
        first, second = (ohm_words(ohm) for ohm in inside.divider)
        words.append(N_("divider {first} + {second}", first=first, second=second))
    if inside.level_shifter:
        words.append(N_("level shifter"))
    if inside.transistor:
        words.append(N_("transistor"))
    if inside.diode:
        words.append(N_("diode"))
    return words


def ohm_words(ohm: float) -> Message:
    """A resistance as on a shop's list, with the language's decimal mark."""
    if ohm >= 1e6:
        return N_("{value} MΩ", value=ohm / 1e6)
    if ohm >= 1e3:
        return N_("{value} kΩ", value=ohm / 1e3)
    return N_("{value} Ω", value=float(ohm))


def _rows(side: list[PicturePart]) -> int:
    return sum(len(part.wires) + 3 for part in side)


def _wires(board: Board, part: Part, placed: CircuitPart) -> list[PictureWire]:
    ends = {pin.name: pin for pin in board.pin}
    drawn = []
    for pin in part.pin:
        end = placed.wires.get(pin.name, "")
        if end:
            kind = ends[end].kind if end in ends else "gpio"
            label = f"{end} ({ends[end].printed})" if end in ends and ends[end].printed else end
            drawn.append(PictureWire(pin.name, in_wire_words(placed.through.get(pin.name, "")), label, kind))
    return drawn
