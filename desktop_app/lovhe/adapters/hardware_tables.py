"""The tables of `hardware/README.md`, made from the files beside it, so that the two cannot disagree.

After a change in `hardware/` or in a lesson's circuit: `python -m lovhe.adapters.hardware_tables hardware lessons`.
A table stands between `<!-- table: NAME -->` and `<!-- end -->`; all other text is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from lovhe.core.circuits.hardware import Board, BoardPin, Part, Quantity
from lovhe.core.circuits.hardware_file_check import board_problems, part_problems
from lovhe.core.circuits.in_wire import read_in_wire, show_ohm
from lovhe.core.decoding import decode_plain_toml
from lovhe.core.lessons.lesson import LessonFile

_TABLE = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_LIMITED = {
    "strapping": "read by the chip when it starts",
    "flash": "belongs to the flash memory: wire nothing to it",
    "serial": "talks to the PC: wire nothing to it",
    "usb": "belongs to the USB socket: wire nothing to it",
}


class Kit(msgspec.Struct, frozen=True):
    """All that the tables are made from, each list in the order of its files' names."""

    boards: list[Board]
    parts: list[Part]
    lessons: dict[str, LessonFile]


def read_kit(hardware: Path, lessons: Path) -> Kit:
    """Read boards, parts and lessons as they are, without cross-checks. Raises `OSError` and `msgspec.DecodeError`."""
    return Kit(
        [decode_plain_toml(path.read_bytes(), Board) for path in sorted(hardware.glob("boards/*.toml"))],
        [decode_plain_toml(path.read_bytes(), Part) for path in sorted(hardware.glob("parts/*.toml"))],
        {path.parent.name: decode_plain_toml(path.read_bytes(), LessonFile) for path in sorted(lessons.glob("*/lesson.toml"))},
    )


def fill_tables(text: str, kit: Kit) -> str:
    """`text` with each marked table made anew. Raises `KeyError` for a table that nobody makes."""
    makers = {
        "bill-of-materials": _bill_of_materials,
        "names": _names,
        "wiring": _wiring,
        "pins": _pins,
        "usb": _usb,
    }
    return _TABLE.sub(lambda found: found[1] + makers[found[2]](kit) + found[3], text)


def _bill_of_materials(kit: Kit) -> str:
    """What one group needs at most at a time, and which lessons need it."""
    rows: list[list[str]] = []
    for board in kit.boards:
        used = [lesson_id for lesson_id, lesson in kit.lessons.items() if lesson.circuit.board == board.id]
        rows.append([f"`{board.id}`", board.names["en"], "1" if used else "0", "—", _listed(used)])
    for part in kit.parts:
        counts = {lesson_id: _count(lesson, part.id) for lesson_id, lesson in kit.lessons.items()}
        needed = [lesson_id for lesson_id, count in counts.items() if count]
        price = "—" if part.price_azn is None else f"{part.price_azn:.2f}"
        rows.append([f"`{part.id}`", part.names["en"], str(max(counts.values(), default=0)), price, _listed(needed)])
    rows += _in_wires(kit)
    return _table(["Id", "Part", "For one group", "Price, AZN", "Lessons"], rows)


def _count(lesson: LessonFile, part_id: str) -> int:
    return sum(placed.part == part_id for placed in lesson.circuit.part)


def _in_wires(kit: Kit) -> list[list[str]]:
    """Resistors and the like, which circuits name only by what sits in a wire."""
    most: Counter[str] = Counter()
    needed: dict[str, list[str]] = {}
    for lesson_id, lesson in kit.lessons.items():
        found = Counter(thing for placed in lesson.circuit.part for inside in placed.through.values() for thing in _things(inside))
        most |= found
        for value in found:
            needed.setdefault(value, []).append(lesson_id)
    return [["", thing, str(count), "—", _listed(needed[thing])] for thing, count in sorted(most.items())]


def _things(inside: str) -> list[str]:
    """What one has to buy for what `through` says of one wire."""
    wire = read_in_wire(inside)
    if wire is None:
        return [inside]
    ohms = [wire.series_ohm, wire.pull_up_ohm, wire.pull_down_ohm, *(wire.divider or ())]
    things = [f"Resistor {show_ohm(ohm)}" for ohm in ohms if ohm]
    others = {"Level shifter": wire.level_shifter, "Transistor": wire.transistor, "Diode": wire.diode}
    return things + [name for name, there in others.items() if there]


def _names(kit: Kit) -> str:
    things: list[Board | Part] = [*kit.boards, *kit.parts]
    return _table(["Id", "az", "ru", "en"], [[f"`{thing.id}`", *(thing.names[code] for code in ("az", "ru", "en"))] for thing in things])


def _wiring(kit: Kit) -> str:
    rows = []
    for part in kit.parts:
        supply = "none" if part.supply_v is None else f"{part.supply_v[0]:g}–{part.supply_v[1]:g} V"
        pins = ", ".join(f"{pin.name} ({pin.kind})" for pin in part.pin)
        senses = "; ".join(_sensed(quantity) for quantity in part.quantity) or "—"
        rows.append([f"`{part.id}`", pins, supply, senses, part.wiring.get("en", "")])
    return _table(["Id", "Pins", "Supply", "Can be set", "How to wire it"], rows)


def _sensed(quantity: Quantity) -> str:
    if quantity.values:
        return f"{quantity.id}: {' or '.join(quantity.values)}"
    unit = f" {quantity.unit}".rstrip()
    span = f"{quantity.id}: {quantity.min:g}–{quantity.max:g}{unit}"
    if not quantity.analog_mv:
        return span
    return f"{span}, {quantity.analog_mv[0][1]:g}–{quantity.analog_mv[-1][1]:g} mV"


def _pins(kit: Kit) -> str:
    head = ["Pin", "Printed", "Good for", "Beware"]
    return "\n".join(
        f"{board.names['en']}:\n\n" + _table(head, [_pin(pin) for pin in board.pin if pin.kind == "gpio"]) for board in kit.boards
    )


def _pin(pin: BoardPin) -> list[str]:
    words = []
    if pin.note not in ("flash", "serial", "usb"):
        words = ["reading" if "out" not in pin.can else "reading and switching"]
        words += ["measuring voltage (ADC1)"] if "adc1" in pin.can else []
        words += ["measuring voltage (ADC2, not beside Wi-Fi)"] if "adc2" in pin.can else []
        words += ["giving a voltage (DAC)"] if "dac" in pin.can else []
        words += ["touch"] if "touch" in pin.can else []
    beware = [_LIMITED[pin.note]] if pin.note else []
    beware += [] if "pull" in pin.can else ["no pull-up inside"]
    return [pin.name, pin.printed or pin.name, ", ".join(words) or "—", ", ".join(beware)]


def _usb(kit: Kit) -> str:
    rows = [[f"`{board.id}`", usb.bridge, f"`{usb.vid:04X}:{usb.pid:04X}`"] for board in kit.boards for usb in board.usb]
    return _table(["Board", "USB chip", "Vendor and product"], rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none yet"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def main(hardware: Path, lessons: Path) -> None:
    """Write `README.md` in `hardware` with its tables made anew. Raises `SystemExit` with all that is wrong with a description."""
    kit = read_kit(hardware, lessons)
    problems = [problem for board in kit.boards for problem in board_problems(board)]
    problems += [problem for part in kit.parts for problem in part_problems(part)]
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    readme = hardware / "README.md"
    readme.write_text(fill_tables(readme.read_text(encoding="utf-8"), kit), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
