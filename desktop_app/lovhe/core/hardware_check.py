"""Cross-checks of a circuit: would it work, and would it harm nothing, if a pupil built it just so?

Lessons are refused with a wrong circuit, and a virtual board does not start with one, so that nobody wires it for real.
Every problem is a `HardwareError` that names the part, the pin and the mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lovhe.core.errors import HardwareError
from lovhe.core.hardware import Board, BoardPin, Circuit, CircuitPart, Part, PartPin
from lovhe.core.messages import N_, Message
from lovhe.core.surroundings import part_of

MAX_PIN_VOLTS = 3.6
"""What a pin of the ESP32 bears. Source: ESP32 Series Datasheet, "Absolute Maximum Ratings"."""

_ID = re.compile(r"[^\W_][\w-]{0,31}")
_BUS_PINS = {"SDA", "SCL"}


def check_circuit(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> None:
    """Raise the first of `circuit_problems` as `HardwareError`; return when there is none."""
    for problem in circuit_problems(board, parts, circuit):
        raise problem


def circuit_problems(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> list[HardwareError]:
    """All that is wrong with a circuit. What stops us from even reading it (unknown names) comes first and alone."""
    unreadable = list(_unknown_names(board, parts, circuit))
    if unreadable:
        return unreadable
    pins = {pin.name: pin for pin in board.pin}
    problems: list[HardwareError] = []
    for placed in circuit.part:
        part = parts[placed.part]
        problems += _unwired(placed, part)
        problems += _board_pins_unfit(placed, part, pins)
        problems += _supply_wrong(placed, part, pins)
        problems += _out_of_reach(placed, part, pins)
        problems += _led_wrong(placed, part, pins)
    problems += _shared_pins(parts, circuit, pins)
    return problems


def _problem(what: Message, next_step: Message) -> HardwareError:
    return HardwareError(what, next_step)


def _unknown_names(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> Iterator[HardwareError]:
    if circuit.board != board.id:
        yield _problem(
            N_("The circuit is made for the board “{wanted}”, not for “{board}”.", wanted=circuit.board, board=board.id),
            N_('Use a “{wanted}”, or write `board = "{board}"` in the circuit and wire it anew.', wanted=circuit.board, board=board.id),
        )
    seen: set[str] = set()
    board_names = {pin.name for pin in board.pin}
    for placed in circuit.part:
        if not _ID.fullmatch(placed.id):
            yield _problem(
                N_("The circuit calls a part “{id}”, and such an id cannot be used.", id=placed.id[:60]),
                N_("Use letters, digits, - and _, at most 32 of them, for example “led2”."),
            )
        if placed.id in seen:
            yield _problem(
                N_("The circuit has two parts with the id “{id}”.", id=placed.id),
                N_("Give every part of the circuit an id of its own, for example “led2”."),
            )
        seen.add(placed.id)
        try:
            part = part_of(parts, placed.part, placed.id)
        except HardwareError as problem:
            yield problem
            continue
        part_pins = [pin.name for pin in part.pin]
        for part_pin in [*placed.wires, *placed.through]:
            if part_pin not in part_pins:
                yield _problem(
                    N_("“{id}” is wired at “{pin}”, and a “{part}” has no such pin.", id=placed.id, pin=part_pin, part=part.id),
                    N_("Write one of these: {pins}.", pins=", ".join(part_pins)),
                )
        for part_pin, board_pin in placed.wires.items():
            if board_pin not in board_names:
                yield _problem(
                    N_(
                        "“{id}” has its pin “{pin}” wired to “{board_pin}”, and the board “{board}” has no such pin.",
                        id=placed.id,
                        pin=part_pin,
                        board_pin=board_pin,
                        board=board.id,
                    ),
                    N_(
                        "Write a pin's name as it stands in hardware/boards/{board}.toml, for example “IO4”, “3V3” or “GND”.",
                        board=board.id,
                    ),
                )


def _unwired(placed: CircuitPart, part: Part) -> Iterator[HardwareError]:
    outputs = [pin.name for pin in part.pin if pin.kind in ("analog-out", "digital-out")]
    missing = [pin.name for pin in part.pin if pin.name not in placed.wires and pin.name not in outputs and not pin.optional]
    if outputs and not any(name in placed.wires for name in outputs):
        missing += outputs
    for name in missing:
        yield _problem(
            N_("“{id}” has nothing wired to its pin “{pin}”.", id=placed.id, pin=name),
            N_('Add a wire for it, for example `{pin} = "{example}"`.', pin=name, example=_example_pin(part, name)),
        )


def _example_pin(part: Part, name: str) -> str:
    kind = next(pin.kind for pin in part.pin if pin.name == name)
    return {"supply": "3V3", "ground": "GND", "analog-out": "IO34"}.get(kind, "IO4")


def _wired(placed: CircuitPart, part: Part, pins: Mapping[str, BoardPin]) -> Iterator[tuple[PartPin, BoardPin]]:
    for pin in part.pin:
        if pin.name in placed.wires:
            yield pin, pins[placed.wires[pin.name]]


def _board_pins_unfit(placed: CircuitPart, part: Part, pins: Mapping[str, BoardPin]) -> Iterator[HardwareError]:
    for part_pin, board_pin in _wired(placed, part, pins):
        name = board_pin.name
        what = {"id": placed.id, "pin": part_pin.name, "board_pin": name}
        if board_pin.note == "flash":
            yield _problem(
                N_("“{id}” is wired to {board_pin}, where the board's own flash memory sits: the board would not start.", **what),
                N_("Move it to another pin, for example IO4."),
            )
        elif board_pin.note == "serial":
            yield _problem(
                N_("“{id}” is wired to {board_pin}, which the board needs to talk to the computer.", **what),
                N_("Move it to another pin, for example IO4."),
            )
        elif board_pin.kind == "control":
            yield _problem(
                N_("“{id}” is wired to {board_pin}, which no program can use.", **what),
                N_("Move it to a pin for programs, for example IO4."),
            )
        elif board_pin.gpio is not None:
            yield from _lacking(part_pin, part, board_pin, what)


def _lacking(part_pin: PartPin, part: Part, board_pin: BoardPin, what: dict[str, str]) -> Iterator[HardwareError]:
    needs_out = part_pin.kind in ("digital-in", "data") or (part_pin.kind == "passive" and not part.quantity)
    if needs_out and "out" not in board_pin.can:
        yield _problem(
            N_("“{id}” has its pin “{pin}” at {board_pin}, which can only read: a program cannot switch it.", **what),
            N_("Move it to a pin that can be an output, for example IO4."),
        )
    elif part_pin.kind == "analog-out" and "adc1" not in board_pin.can:
        yield _problem(
            N_("“{id}” gives a voltage at its pin “{pin}”, and {board_pin} cannot measure one reliably.", **what),
            N_("Move it to a pin of ADC1: IO32 to IO36, or IO39."),
        )
    elif part_pin.kind == "passive" and part.quantity and "pull" not in board_pin.can:
        yield _problem(
            N_("“{id}” is wired to {board_pin}, which has no pull-up inside: it would read by chance while nothing is pressed.", **what),
            N_("Move it to a pin with a pull-up, for example IO4."),
        )


def _supply_wrong(placed: CircuitPart, part: Part, pins: Mapping[str, BoardPin]) -> Iterator[HardwareError]:
    wired = list(_wired(placed, part, pins))
    for part_pin, board_pin in wired:
        wanted = {"supply": "supply", "ground": "ground"}.get(part_pin.kind)
        if wanted and board_pin.kind != wanted:
            yield _problem(
                N_(
                    "“{id}” has its pin “{pin}” at {board_pin}, where it gets no power.",
                    id=placed.id,
                    pin=part_pin.name,
                    board_pin=board_pin.name,
                ),
                N_("Wire “{pin}” to {example}.", pin=part_pin.name, example="3V3" if wanted == "supply" else "GND"),
            )
    volts = max((pin.volts or 0.0 for _, pin in wired if pin.kind == "supply"), default=0.0)
    if part.supply_v and volts and not part.supply_v[0] <= volts <= part.supply_v[1]:
        yield _problem(
            N_(
                "“{id}” gets {volts} V and is made for {low} V to {high} V.",
                id=placed.id,
                volts=volts,
                low=part.supply_v[0],
                high=part.supply_v[1],
            ),
            N_("Wire its supply pin to another supply of the board, for example 3V3."),
        )
    elif volts > MAX_PIN_VOLTS:
        for part_pin, board_pin in wired:
            drives = part_pin.kind in ("analog-out", "digital-out", "data", "passive")
            if drives and board_pin.gpio is not None and (part_pin.kind == "passive" or part_pin.name not in placed.through):
                yield _problem(
                    N_(
                        "“{id}” would put {volts} V on {board_pin}, which bears 3.3 V.", id=placed.id, volts=volts, board_pin=board_pin.name
                    ),
                    N_("Feed it from 3V3, or put a divider into that wire and name it under `through`."),
                )


def _out_of_reach(placed: CircuitPart, part: Part, pins: Mapping[str, BoardPin]) -> Iterator[HardwareError]:
    used = [board_pin for _, board_pin in _wired(placed, part, pins)]
    if used and all(pin.gpio is None for pin in used):
        yield _problem(
            N_("No wire of “{id}” goes to a pin that a program can use.", id=placed.id),
            N_("Wire one of its pins to a pin with a number, for example IO4."),
        )
    elif len({pin.name for pin in used}) < len(used):
        yield _problem(
            N_("Two pins of “{id}” are wired to the same pin of the board, so it can do nothing.", id=placed.id),
            N_("Wire each of its pins to another pin of the board."),
        )


def _led_wrong(placed: CircuitPart, part: Part, pins: Mapping[str, BoardPin]) -> Iterator[HardwareError]:
    if part.model != "led":
        return
    if not placed.through:
        yield _problem(
            N_("The LED “{id}” has no resistor: it can burn out, and the board's pin with it.", id=placed.id),
            N_("Put a resistor into one of its wires and write `{example}`.", example='through = { anode = "220 Ω" }'),
        )
    anode, cathode = (pins.get(placed.wires.get(name, "")) for name in ("anode", "cathode"))
    if (anode and anode.kind == "ground") or (cathode and cathode.kind == "supply"):
        yield _problem(
            N_("The LED “{id}” is wired the wrong way round: it can never light.", id=placed.id),
            N_("Swap its wires: the anode is the long leg, the cathode the short one."),
        )


def _shared_pins(parts: Mapping[str, Part], circuit: Circuit, pins: Mapping[str, BoardPin]) -> Iterator[HardwareError]:
    users: dict[int, list[tuple[str, PartPin]]] = {}
    for placed in circuit.part:
        for part_pin, board_pin in _wired(placed, parts[placed.part], pins):
            if board_pin.gpio is not None:
                users.setdefault(board_pin.gpio, []).append((placed.id, part_pin))
    for gpio, found in users.items():
        ids = list(dict.fromkeys(part_id for part_id, _ in found))
        names = {pin.name for _, pin in found}
        if len(ids) > 1 and not (len(names) == 1 and names <= _BUS_PINS):
            yield _problem(
                N_("These parts are wired to the same pin IO{gpio}: {ids}.", gpio=gpio, ids=", ".join(ids)),
                N_("Give each of them a pin of its own."),
            )
