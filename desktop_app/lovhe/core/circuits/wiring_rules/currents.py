"""Currents: resistors that are missing or wrong, more than a pin gives, and coils that strike back."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.in_wire import show_ohm, through_example
from lovhe.core.circuits.wiring_rules.finding import ERROR, WARNING, Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import LOGIC_V, Wire, WiredCircuit
from lovhe.core.messages import N_

PIN_MA, PIN_MOST_MA = 20.0, 40.0
"""What a pin gives without harm, and what destroys it. Source: ESP32 Series Datasheet, "DC Characteristics" (40 mA at the strongest
drive, with the voltage sagging); half of it is the field's rule."""

LED_V = 1.8
"""What a red LED keeps for itself; other colours keep more, so less flows."""

_BASE_MA = 3.0  # through the base resistor of a transistor


def pin_current_ma(wire: Wire) -> float:
    """The current that a pin of the board may have to give into this wire, as far as the part's file tells."""
    if wire.inside.transistor:
        return _BASE_MA
    if wire.pin.series_ohm is not None and wire.inside.series_ohm:
        return 1000 * (LOGIC_V - LED_V) / wire.inside.series_ohm
    bare_ma = wire.pin.current_ma or 0.0
    return min(bare_ma, 1000 * LOGIC_V / wire.inside.series_ohm) if wire.inside.series_ohm else bare_ma


def wrong_resistor(circuit: WiredCircuit) -> Iterator[Finding]:
    """Pins that need a resistor in their wire, as an LED's. Of a part with two legs either wire may hold it."""
    told: set[str] = set()
    for wire in circuit.wires:
        needed = wire.pin.series_ohm
        if needed is None or wire.placed.id in told:
            continue
        others = circuit.others(wire)
        ohm = wire.inside.series_ohm or (others[0].inside.series_ohm if len(others) == 1 else 0.0)
        right_one = N_("Take one of {low} to {high}; 220 Ω suits most.", low=show_ohm(needed[0]), high=show_ohm(needed[1]))
        if len(others) == 1:
            told.add(wire.placed.id)
        common = next(
            (other for other in others if other.pin.kind == "passive" and other.pin.series_ohm is None and other.inside.series_ohm), None
        )
        if not ohm and common is not None:
            told.add(wire.placed.id)
            yield Finding(
                WARNING,
                "shared-resistor",
                N_("“{id}” has one resistor for all its colours: each grows dimmer when another one comes on.", id=wire.placed.id),
                N_(
                    "Give each of its colour pins a resistor of its own, for example `{example}`.",
                    example=through_example(wire.pin.name, "220 Ω"),
                ),
            )
        elif not ohm:
            yield from _no_resistor(wire)
        elif ohm < needed[0]:
            yield Finding(
                ERROR,
                "series-resistor",
                N_(
                    "“{id}” has only {ohm} at its pin “{pin}”: some {ma:.0f} mA would flow, which is too much for the board's pin.",
                    id=wire.placed.id,
                    pin=wire.pin.name,
                    ohm=show_ohm(ohm),
                    ma=1000 * (LOGIC_V - LED_V) / ohm,
                ),
                right_one,
            )
        elif ohm > needed[1]:
            yield Finding(
                WARNING,
                "series-resistor",
                N_(
                    "“{id}” has {ohm} at its pin “{pin}”: it will hardly be seen to shine.",
                    id=wire.placed.id,
                    pin=wire.pin.name,
                    ohm=show_ohm(ohm),
                ),
                right_one,
            )


def _no_resistor(wire: Wire) -> Iterator[Finding]:
    next_step = N_("Put a resistor into one of its wires and write `{example}`.", example=through_example(wire.pin.name, "220 Ω"))
    if wire.part.model == "led":
        what = N_("The LED “{id}” has no resistor: it can burn out, and the board's pin with it.", id=wire.placed.id)
    else:
        what = N_(
            "“{id}” has no resistor in its wire “{pin}”: it can burn out, and the board's pin with it.",
            id=wire.placed.id,
            pin=wire.pin.name,
        )
        next_step = N_("Put a resistor into that wire and write `{example}`.", example=through_example(wire.pin.name, "220 Ω"))
    yield Finding(ERROR, "series-resistor", what, next_step)


def no_advised_resistor(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts at a pin of the board that work without the resistor which their file advises."""
    for wire in circuit.wires:
        both = [wire, *circuit.others(wire)]
        if wire.pin.advised_ohm is None or all(one.end.gpio is None for one in both):
            continue
        if not any(one.inside.series_ohm or one.inside.transistor for one in both):
            yield Finding(
                WARNING,
                "series-resistor",
                N_(
                    "“{id}” has no resistor in its wire “{pin}”: each time it is switched, a jolt of current wears the board's pin.",
                    id=wire.placed.id,
                    pin=wire.pin.name,
                ),
                N_(
                    "Put a resistor into that wire and write `{example}`.",
                    example=through_example(wire.pin.name, show_ohm(wire.pin.advised_ohm)),
                ),
            )


def starved(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts that want their whole current, and have a resistor in the wire."""
    for wire in circuit.wires:
        pin, ohm = wire.pin, wire.inside.series_ohm
        if pin.kind != "passive" or pin.current_ma is None or pin.series_ohm or pin.advised_ohm or not ohm or wire.inside.transistor:
            continue
        if (most_ma := 1000 * LOGIC_V / ohm) < pin.current_ma:
            yield Finding(
                WARNING,
                "starved",
                N_(
                    "“{id}” takes {need:.0f} mA, and {ohm} in its wire let {ma:.0f} mA through at most: it will be weak, or not work.",
                    id=wire.placed.id,
                    need=pin.current_ma,
                    ohm=show_ohm(ohm),
                    ma=most_ma,
                ),
                N_("Let a transistor switch it and write `{example}`.", example=through_example(pin.name, "transistor")),
            )


def wrong_way_round(circuit: WiredCircuit) -> Iterator[Finding]:
    """LEDs whose anode is at ground, or whose cathode is at a supply; colour LEDs whose common leg is."""
    for placed, part in circuit.placed:
        ends = {wire.pin.name: wire.end.kind for wire in circuit.of(placed)}
        if part.model == "led" and (ends.get("anode") == "ground" or ends.get("cathode") == "supply"):
            yield Finding(
                ERROR,
                "polarity",
                N_("The LED “{id}” is wired the wrong way round: it can never light.", id=placed.id),
                N_("Swap its wires: the anode is the long leg, the cathode the short one."),
            )
        for common, wrong, right in (("anode", "ground", "3V3"), ("cathode", "supply", "GND")):
            if part.model == "rgb-led" and ends.get(common) == wrong:
                yield Finding(
                    ERROR,
                    "polarity",
                    N_("“{id}” has its common leg, the {common}, at the wrong supply: it can never light.", id=placed.id, common=common),
                    N_("Wire “{pin}” to {example}, or take the RGB LED of the other kind.", pin=common, example=right),
                )


def too_much_from_a_pin(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts that draw more from a pin of the board than it gives."""
    for wire in circuit.wires:
        ma = pin_current_ma(wire)
        if wire.end.gpio is None or ma <= PIN_MA or (wire.pin.series_ohm and wire.inside.series_ohm):
            continue
        severity = ERROR if ma > PIN_MOST_MA else WARNING
        yield Finding(
            severity,
            "pin-current",
            N_(
                "“{id}” draws {ma:.0f} mA from {board_pin}: a pin of the board should give 20 mA, and more than 40 mA destroys it.",
                **wire.words,
                ma=ma,
            ),
            N_("Let a transistor switch it and write `{example}`.", example=through_example(wire.pin.name, "transistor")),
        )


def is_coil_at_3v3(wire: Wire) -> bool:
    """Whether a motor, servo or relay is fed by the regulator that feeds the chip."""
    return wire.pin.inductive and wire.pin.kind == "supply" and wire.end.kind == "supply" and (wire.end.volts or 0) <= LOGIC_V


def coils(circuit: WiredCircuit) -> Iterator[Finding]:
    """Motors, relays and servos: at 3V3, without a driver, or without a diode."""
    for wire in circuit.wires:
        if not wire.pin.inductive:
            continue
        if is_coil_at_3v3(wire):
            yield Finding(
                ERROR,
                "motor-at-3v3",
                N_("“{id}” is fed from {board_pin}: each time it moves, the voltage sags and the board restarts.", **wire.words),
                N_("Feed it from 5V, better from batteries of its own, and join their ground to the board's GND."),
            )
        elif wire.pin.kind == "passive" and wire.end.gpio is not None and not wire.inside.transistor:
            yield Finding(
                ERROR,
                "no-driver",
                N_(
                    "“{id}” has a coil and hangs at {board_pin} itself: its current and the jolt at switching off destroy the pin.",
                    **wire.words,
                ),
                N_(
                    "Put a driver between them, or a transistor with a diode, and write `{example}`.",
                    example=through_example(wire.pin.name, "transistor, diode"),
                ),
            )
        elif wire.pin.kind == "passive" and wire.end.gpio is not None and not wire.inside.diode:
            yield Finding(
                WARNING,
                "no-diode",
                N_(
                    "“{id}” has a coil without a diode beside it: the jolt at each switching off wears its transistor out.",
                    id=wire.placed.id,
                ),
                N_(
                    "Put a diode across the coil, its ring towards the supply, and write `{example}`.",
                    example=through_example(wire.pin.name, "transistor, diode"),
                ),
            )
