"""Power: what is missing, of the wrong voltage, or more than the board can give."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.hardware import CircuitPart, Part
from lovhe.core.circuits.wiring_rules.currents import PIN_MA, is_coil_at_3v3, pin_current_ma
from lovhe.core.circuits.wiring_rules.finding import ERROR, WARNING, Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import LOGIC_V, OUTPUT_KINDS, WiredCircuit
from lovhe.core.messages import N_

RAIL_MA = 500.0
"""What 3V3 and 5V give where the board's file does not say: a small regulator, and a USB 2.0 socket."""

OWN_MA = 100.0
"""What a board without Wi-Fi takes itself. Source: ESP32 Series Datasheet, "Current Consumption Characteristics" (modem sleep at
240 MHz: up to 68 mA), and the board's USB bridge and lamp."""


def unwired(circuit: WiredCircuit) -> Iterator[Finding]:
    """Pins that hang free, ground and supply among them. Of several outputs one is enough."""
    for placed, part in circuit.placed:
        outputs = [pin.name for pin in part.pin if pin.kind in OUTPUT_KINDS]
        missing = [pin.name for pin in part.pin if pin.name not in placed.wires and pin.name not in outputs and not pin.optional]
        if outputs and not any(name in placed.wires for name in outputs):
            missing += outputs
        for name in missing:
            yield Finding(
                ERROR,
                "unwired",
                N_("“{id}” has nothing wired to its pin “{pin}”.", id=placed.id, pin=name),
                N_('Add a wire for it, for example `{pin} = "{example}"`.', pin=name, example=_example(circuit, part, name)),
            )


def _example(circuit: WiredCircuit, part: Part, name: str) -> str:
    kind = next(pin.kind for pin in part.pin if pin.name == name)
    if kind == "analog-out":
        return circuit.free_analog_pins().split(", ")[0]
    return {"supply": _rail_for(part), "ground": "GND"}.get(kind) or circuit.free_pin()


def _rail_for(part: Part) -> str:
    """The supply that suits a part: 3V3 unless it needs more, or moves something."""
    moves = any(pin.inductive and pin.kind == "supply" for pin in part.pin)
    return "5V" if moves or (part.supply_v is not None and part.supply_v[0] > LOGIC_V) else "3V3"


def no_power(circuit: WiredCircuit) -> Iterator[Finding]:
    """Supply and ground pins that are wired to something else."""
    swapped = {placed.id for placed, part in circuit.placed if _is_swapped(circuit, placed)}
    for placed, part in circuit.placed:
        if placed.id in swapped:
            supply, ground = ([pin.name for pin in part.pin if pin.kind == kind] for kind in ("supply", "ground"))
            yield Finding(
                ERROR,
                "supply-swapped",
                N_("“{id}” has its supply and its ground swapped: that can destroy it at once.", id=placed.id),
                N_("Wire “{supply}” to {example} and “{ground}” to GND.", supply=supply[0], example=_rail_for(part), ground=ground[0]),
            )
    for wire in circuit.wires:
        wanted = {"supply": "supply", "ground": "ground"}.get(wire.pin.kind)
        if not wanted or wire.end.kind == wanted or wire.placed.id in swapped:
            continue
        example = _rail_for(wire.part) if wanted == "supply" else "GND"
        if wanted == "supply" and wire.end.gpio is not None and _draws_ma(wire.placed, wire.part) > PIN_MA:
            yield Finding(
                ERROR,
                "fed-from-pin",
                N_(
                    "“{id}” is fed from {board_pin}, a pin for programs: it needs {ma:g} mA, and such a pin gives 20 mA.",
                    **wire.words,
                    ma=_draws_ma(wire.placed, wire.part),
                ),
                N_("Wire “{pin}” to {example}.", pin=wire.pin.name, example=example),
            )
        else:
            yield Finding(
                ERROR,
                "no-power",
                N_("“{id}” has its pin “{pin}” at {board_pin}, where it gets no power.", **wire.words),
                N_("Wire “{pin}” to {example}.", pin=wire.pin.name, example=example),
            )


def _is_swapped(circuit: WiredCircuit, placed: CircuitPart) -> bool:
    """Whether a supply pin is at ground and a ground pin at a supply."""
    return {("supply", "ground"), ("ground", "supply")} <= {(wire.pin.kind, wire.end.kind) for wire in circuit.of(placed)}


_CONTACTS = {
    "button": [("1", "2")],
    "jumper": [("1", "2")],
    "switch": [("common", "on"), ("common", "off")],
    "relay": [("COM", "NO"), ("COM", "NC")],
}
"""Which pins of a part it joins, by its model."""


def short_circuit(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts that join two supplies of the board, or a supply and ground."""
    for placed, part in circuit.placed:
        ends = {wire.pin.name: wire.end for wire in circuit.of(placed) if wire.end.kind in ("supply", "ground")}
        for one, other in _CONTACTS.get(part.model, []):
            if one in ends and other in ends and ends[one].name != ends[other].name:
                yield Finding(
                    ERROR,
                    "short-circuit",
                    N_(
                        "“{id}” joins {one} and {other}: that is a short circuit, which can destroy the board or the computer's socket.",
                        id=placed.id,
                        one=ends[one].name,
                        other=ends[other].name,
                    ),
                    N_("Wire “{pin}” to a pin for programs, for example {example}.", pin=one, example=circuit.free_pin()),
                )


def wrong_voltage(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts whose supply is too low or too high for them."""
    for placed, part in circuit.placed:
        volts = circuit.supply_volts(placed)
        if any(is_coil_at_3v3(wire) for wire in circuit.of(placed)):
            continue  # told with its own reason
        if part.supply_v and volts and not part.supply_v[0] <= volts <= part.supply_v[1]:
            rail = next((pin.name for pin in circuit.board.pin if part.supply_v[0] <= (pin.volts or 0) <= part.supply_v[1]), None)
            yield Finding(
                ERROR,
                "supply-volts",
                N_(
                    "“{id}” gets {volts} V and is made for {low} V to {high} V.",
                    id=placed.id,
                    volts=volts,
                    low=part.supply_v[0],
                    high=part.supply_v[1],
                ),
                N_("Wire its supply pin to another supply of the board, for example {example}.", example=rail)
                if rail
                else N_("The board has no such supply: the part needs one of its own, whose ground is joined to the board's GND."),
            )


def too_much_in_all(circuit: WiredCircuit) -> Iterator[Finding]:
    """More than the regulator behind 3V3, or the USB socket behind 5V, can give. What 3V3 gives comes from 5V."""
    logic_ma = sum(pin_current_ma(wire) for wire in circuit.wires if wire.end.gpio is not None)
    usb_ma = 0.0
    for placed, part in circuit.placed:
        draws = _draws_ma(placed, part)
        if circuit.supply_volts(placed) > LOGIC_V:
            usb_ma += draws
        elif circuit.supply_volts(placed):
            logic_ma += draws
    for rail, ma, source in ((3.3, logic_ma, "3V3"), (5.0, usb_ma + logic_ma, "5V")):
        most = _most_ma(circuit, rail)
        if source == "5V" and not usb_ma:
            continue
        if ma + OWN_MA > most:
            yield Finding(
                WARNING,
                "rail-current",
                N_(
                    "The parts at {rail} can draw {ma:.0f} mA and the board itself about {own:.0f} mA, and {rail} gives {most:.0f} mA: "
                    "the board may restart in the middle of a program.",
                    rail=source,
                    ma=ma,
                    own=OWN_MA,
                    most=most,
                ),
                N_("Give the part that draws most a supply of its own and join its ground to the board's GND; or use fewer parts."),
            )


def _most_ma(circuit: WiredCircuit, volts: float) -> float:
    return next((pin.max_ma for pin in circuit.board.pin if pin.volts == volts and pin.max_ma is not None), RAIL_MA)


def _draws_ma(placed: CircuitPart, part: Part) -> float:
    usual = part.options.get("leds")
    return (part.supply_ma or 0.0) * (placed.options.get("leds", usual) / usual if usual else 1.0)
