"""The wires: what joins what, and which voltage each of them has.

A net is a pin of the board with all that is wired to it. Parts may join nets for a while (a pressed button), so
voltages are worked out for groups of nets. It is no circuit simulator: a wire has the voltage of the strongest that
drives it, and resistors count as wires.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lovhe.core.circuits.hardware import Board, BoardPin, Circuit

HIGH_MV = 3300.0
"""An output of the ESP32 that is high, and the supply of its pins."""

READS_HIGH, READS_LOW = 0.75, 0.25
"""Shares of the supply above and below which a pin surely reads 1 and 0. Source: ESP32 Series Datasheet, "DC Characteristics"."""

PULL, ANALOG, OUTPUT, SUPPLY = range(1, 5)
"""How strongly a wire is driven; the strongest wins."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What a wire carries: `mv` for the share `duty` of the time, repeated `freq_hz` times a second, and 0 mV in between."""

    mv: float
    duty: float = 1.0
    freq_hz: float = 0.0

    def high_share(self, least_mv: float = HIGH_MV / 2) -> float:
        """The share of the time, from 0 to 1, for which the wire has `least_mv` or more."""
        return self.duty if self.mv >= least_mv else 0.0


LOW = Signal(0.0)
HIGH = Signal(HIGH_MV)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that drives a wire: how strongly, and to what."""

    strength: int
    signal: Signal


@dataclass(frozen=True, slots=True)
class Driven:
    """What became of a wire: the winning source, and whether two strong ones fight (a short circuit)."""

    source: Source
    short: bool = False


def resolve(sources: Iterable[Source]) -> Driven | None:
    """The voltage of a wire with these sources; None when nothing drives it. In a fight the lower voltage wins."""
    best: Source | None = None
    short = False
    for source in sources:
        if best is None or source.strength > best.strength:
            short = short or (best is not None and best.strength >= OUTPUT and best.signal != source.signal)
            best = source
        elif source.strength >= OUTPUT and source.signal != best.signal:
            short = True
            if source.strength == best.strength and source.signal.mv < best.signal.mv:
                best = source
        elif source.strength == best.strength and source.signal.mv < best.signal.mv:
            best = source
    return None if best is None else Driven(best, short)


@dataclass(slots=True)
class GpioState:
    """What the program has made of one pin. `level` is what it has written, not what stands at the wire."""

    mode: str = "off"
    pull: str = "none"
    level: int = 0
    pwm: tuple[float, int] | None = None
    neo: str = ""
    dac_mv: int | None = None

    def source(self) -> Source | None:
        """What the pin does to its wire; None when it only listens."""
        if self.pwm is not None:
            freq_hz, duty_u16 = self.pwm
            duty = min(duty_u16 / 65535, 1.0)
            return Source(OUTPUT, LOW if duty <= 0 else HIGH if duty >= 1 else Signal(HIGH_MV, duty, freq_hz))
        if self.dac_mv is not None:
            return Source(ANALOG, Signal(self.dac_mv))
        if self.mode == "out" or (self.mode == "od" and not self.level):
            return Source(OUTPUT, HIGH if self.level else LOW)
        if self.pull in ("up", "down"):
            return Source(PULL, HIGH if self.pull == "up" else LOW)
        return None


@dataclass(slots=True)
class Net:
    """One pin of the board and the part pins wired to it."""

    board_pin: BoardPin
    terminals: list[tuple[str, str]] = field(default_factory=list)

    def supply(self) -> Source | None:
        """The supply or ground that the board gives to this wire."""
        if self.board_pin.kind == "ground":
            return Source(SUPPLY, LOW)
        if self.board_pin.kind == "supply":
            return Source(SUPPLY, Signal(1000.0 * (self.board_pin.volts or 3.3)))
        return None


class Nets:
    """All nets of a circuit, and the groups that closed switches make of them. A group is known by the name of its first net."""

    def __init__(self, board: Board, circuit: Circuit) -> None:
        pins: Mapping[str, BoardPin] = {pin.name: pin for pin in board.pin}
        self.nets: dict[str, Net] = {}
        for placed in circuit.part:
            for part_pin, name in placed.wires.items():
                net = self.nets.setdefault(name, Net(pins[name]))
                net.terminals.append((placed.id, part_pin))
        self.net_of_gpio = {net.board_pin.gpio: name for name, net in self.nets.items() if net.board_pin.gpio is not None}
        self._wires = {placed.id: placed.wires for placed in circuit.part}
        self.group_of: dict[str, str] = {}
        self.groups: dict[str, list[Net]] = {}
        self.join([])

    def net_of(self, part_id: str, part_pin: str) -> str | None:
        """The net that a part's pin is wired to; None when it hangs free."""
        return self._wires[part_id].get(part_pin)

    def pairs(self, part_id: str, part_pins: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The nets of pairs of a part's pins; without the pairs that lack a wire."""
        for one, other in part_pins:
            nets = self.net_of(part_id, one), self.net_of(part_id, other)
            if nets[0] is not None and nets[1] is not None:
                yield nets[0], nets[1]

    def are_joined(self, one: str | None, other: str | None) -> bool:
        """Whether two nets are one wire now; None is no net and joined to nothing."""
        return one is not None and other is not None and self.group_of[one] == self.group_of[other]

    def join(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Make groups anew: the nets of each pair are one wire now."""
        self.group_of = grouped(self.nets, pairs)
        self.groups = {}
        for name, net in self.nets.items():
            self.groups.setdefault(self.group_of[name], []).append(net)


def grouped(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name to its group's name, when the two names of each pair belong together."""
    group_of = {name: name for name in names}
    for one, other in pairs:
        kept, gone = group_of[one], group_of[other]
        if kept != gone:
            group_of = {name: kept if group == gone else group for name, group in group_of.items()}
    return group_of


def level_of(driven: Driven | None, before: int) -> int | None:
    """The level a pin reads from a wire: 0, 1, or None when it floats. Between the sure voltages it keeps `before`."""
    if driven is None:
        return None
    signal = driven.source.signal
    if signal.freq_hz:
        return int(signal.duty >= 0.5)
    if signal.mv >= READS_HIGH * HIGH_MV:
        return 1
    return 0 if signal.mv <= READS_LOW * HIGH_MV else before
