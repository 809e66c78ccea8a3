"""What meets on one wire: outputs against each other, crowds, equal addresses, and wires that nobody pulls up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lovhe.core.circuits.in_wire import through_example
from lovhe.core.circuits.wiring_rules.finding import ERROR, NOTE, WARNING, Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import OUTPUT_KINDS, Wire, WiredCircuit
from lovhe.core.messages import N_

_BUS_PINS = {"SDA", "SCL"}


def fighting_outputs(circuit: WiredCircuit) -> Iterator[Finding]:
    """Outputs of two parts on one wire, and outputs at a supply or at ground."""
    for wires in circuit.by_gpio().values():
        for one, other in combinations([wire for wire in wires if wire.pin.kind in OUTPUT_KINDS], 2):
            if not (_drives(one) or _drives(other)):
                continue  # both only pull down: no short circuit, but `crowded` tells
            yield Finding(
                ERROR,
                "outputs-joined",
                N_(
                    "Two outputs are joined at {board_pin}, “{id}” and “{other}”: when one gives 1 and the other 0, "
                    "that is a short circuit.",
                    **one.words,
                    other=other.placed.id,
                ),
                N_("Give each of them a pin of its own, for example {example}.", example=circuit.free_pin()),
            )
    for wire in circuit.wires:
        if wire.end.kind in ("supply", "ground") and (_drives(wire) or (wire.pin.kind == "data" and not wire.pin.open_drain)):
            yield Finding(
                ERROR,
                "output-at-supply",
                N_(
                    "“{id}” has its output “{pin}” at {board_pin}: whenever it gives the other level, that is a short circuit.",
                    **wire.words,
                ),
                N_("Wire “{pin}” to a pin for programs, for example {example}.", pin=wire.pin.name, example=circuit.free_pin()),
            )
        elif wire.end.kind in ("supply", "ground") and wire.pin.kind == "data":
            yield Finding(
                ERROR,
                "data-at-supply",
                N_("“{id}” has its pin “{pin}” at {board_pin}: so no program can talk to it.", **wire.words),
                N_("Wire “{pin}” to a pin for programs, for example {example}.", pin=wire.pin.name, example=circuit.free_pin()),
            )


def _drives(wire: Wire) -> bool:
    return wire.pin.kind in OUTPUT_KINDS and not wire.pin.open_drain and not wire.inside.transistor


def crowded(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts at one pin that cannot share it. A bus is shared by pins of one name: SDA by SDA, SCL by SCL."""
    for wires in circuit.by_gpio().values():
        ids = list(dict.fromkeys(wire.placed.id for wire in wires))
        one_bus = len({wire.pin.name for wire in wires}) == 1 and all(wire.pin.shared or wire.pin.name in _BUS_PINS for wire in wires)
        told_as_short = all(wire.pin.kind in OUTPUT_KINDS for wire in wires) and any(_drives(wire) for wire in wires)
        if len(ids) > 1 and not one_bus and not told_as_short:
            yield Finding(
                ERROR,
                "pin-taken",
                N_("These parts are wired to the same pin {board_pin}: {ids}.", board_pin=wires[0].end.name, ids=", ".join(ids)),
                N_("Give each of them a pin of its own."),
            )


def same_address(circuit: WiredCircuit) -> Iterator[Finding]:
    """Two parts that answer to one I2C address on one bus."""
    seen: dict[tuple[str, str, int], str] = {}
    for placed, part in circuit.placed:
        ends = {wire.pin.name: wire.end.name for wire in circuit.of(placed)}
        address = placed.options.get("address", part.options.get("address"))
        if address is None or not ends.keys() >= _BUS_PINS:
            continue
        first = seen.setdefault((ends["SCL"], ends["SDA"], address), placed.id)
        if first != placed.id:
            low, high = part.option_range.get("address", (address, address))
            usual = (low, high, *range(low + 1, high))  # some parts have two addresses that are far apart
            free = [value for value in usual if (ends["SCL"], ends["SDA"], value) not in seen]
            yield Finding(
                ERROR,
                "i2c-address",
                N_(
                    "“{id}” and “{other}” are on one I2C bus and both answer to the address {address}.",
                    id=first,
                    other=placed.id,
                    address=f"{address:#04x}",
                ),
                N_("Give one of them another address, on the module itself and here: `{example}`.", example=_other_address(free[0]))
                if free
                else N_("Wire one of them to two other pins, as a bus of its own."),
            )


def _other_address(address: int) -> str:
    return f"options = {{ address = {address:#04x} }}"


def no_pull_up(circuit: WiredCircuit) -> Iterator[Finding]:
    """Wires with outputs that only pull down, and nothing that pulls up."""
    for wires in circuit.by_gpio().values():
        drains = [wire for wire in wires if wire.pin.open_drain]
        pulled = any(wire.inside.pull_up_ohm or wire.inside.level_shifter for wire in wires)
        if not drains or pulled or any(wire.pin.pull_up for wire in wires):
            continue  # a module that brings one and is not fed: `no_power` tells
        wire, ids = drains[0], ", ".join(dict.fromkeys(drain.placed.id for drain in drains))
        if wire.pin.kind == "digital-out" and "pull" in wire.end.can:
            continue  # slow enough for the chip's own: `needs_pull_in_program` tells
        yield Finding(
            WARNING if "pull" in wire.end.can else ERROR,
            "no-pull-up",
            N_(
                "The wire at {board_pin} ({ids}) has no pull-up: its parts only pull it down, and nothing makes it 1 again.",
                ids=ids,
                board_pin=wire.end.name,
            ),
            N_(
                "Put a resistor between that wire and 3V3 and write `{example}`.",
                example=through_example(wire.pin.name, f"{_usual_pull_up(wire)} pull-up"),
            ),
        )


def _usual_pull_up(wire: Wire) -> str:
    return "4.7 kΩ" if wire.pin.shared or wire.pin.name in _BUS_PINS else "10 kΩ"


def needs_pull_in_program(circuit: WiredCircuit) -> Iterator[Finding]:
    """Switches to a supply or to ground, and outputs that only pull down: while they do nothing, a pull keeps the pin's level."""
    for wires in circuit.by_gpio().values():
        if circuit.has_pull(wires):
            continue
        for wire in wires:
            pull = pull_needed(circuit, wire)
            if not pull or "pull" not in wire.end.can:
                continue
            yield Finding(
                NOTE,
                "pull-in-program",
                N_(
                    "“{id}” needs {pull} in the program: without it {board_pin} reads by chance while nothing drives it.",
                    **wire.words,
                    pull=pull,
                ),
                N_("Write in the program: {line}", line=f"Pin({wire.end.gpio}, Pin.IN, Pin.{pull})"),
            )


def pull_needed(circuit: WiredCircuit, wire: Wire) -> str:
    """The chip's own pull that a wire needs, as MicroPython calls it; "" for none. A switch between both supplies always drives."""
    if wire.pin.kind == "digital-out" and wire.pin.open_drain:
        return "PULL_UP"
    kinds = {other.end.kind for other in circuit.others(wire) if other.pin.kind == "passive"}
    if not wire.is_switch or kinds not in ({"ground"}, {"supply"}):
        return ""
    return "PULL_UP" if "ground" in kinds else "PULL_DOWN"
