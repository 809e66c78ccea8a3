"""The voltages of a circuit while a program runs: pins, supplies and parts drive the nets, and parts see what comes of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.in_wire import NOTHING, read_in_wire
from lovhe.virtual.surroundings.nets import (
    ANALOG,
    HIGH,
    LOW,
    OUTPUT,
    PULL,
    SUPPLY,
    Driven,
    GpioState,
    Net,
    Nets,
    Signal,
    Source,
    level_of,
    resolve,
)
from lovhe.virtual.surroundings.parts import model_of
from lovhe.virtual.surroundings.parts.model import OUTPUT_KINDS, PartModel

_MAX_ROUNDS = 20  # parts that feed each other in a ring do not hang us


class _Site:
    """Where one part sits."""

    def __init__(self, wires: Wires, part_id: str, seed: int) -> None:
        self._wires = wires
        self._part_id = part_id
        self.random = random.Random(f"{seed}/{part_id}")

    @property
    def now_us(self) -> int:
        return self._wires.now_us

    def signal(self, part_pin: str) -> Signal | None:
        return self._wires.signal_at(self._part_id, part_pin)


class Wires:
    """The nets of one circuit, the state of the board's pins, and the parts' models."""

    def __init__(self, board: Board, parts: Mapping[str, Part], circuit: Circuit, seed: int) -> None:
        self.now_us = 0
        self.fed = True  # whether the board has power to give
        self.nets = Nets(board, circuit)
        self.gpios = {pin.gpio: GpioState() for pin in board.pin if pin.gpio is not None}
        self.models: dict[str, PartModel] = {}
        self._driven: dict[str, Driven | None] = {}
        self._told: dict[str, Driven | None] = {}
        for placed in circuit.part:
            part = parts[placed.part]
            self.models[placed.id] = model_of(part)(part, placed, _Site(self, placed.id, seed))
        self._pulls = {
            (placed.id, pin): Source(PULL, HIGH if inside.pull_up_ohm else LOW)
            for placed in circuit.part
            for pin, text in placed.through.items()
            if (inside := read_in_wire(text) or NOTHING).pull_up_ohm or inside.pull_down_ohm
        }
        self._switches = {part_id: model for part_id, model in self.models.items() if model.may_join()}
        self._regroup()
        self.settle(self.nets.nets)

    def net_at(self, gpio: int) -> str | None:
        """The net of a pin; None when nothing is wired to it."""
        return self.nets.net_of_gpio.get(gpio)

    def parts_at(self, gpio: int) -> list[tuple[str, str]]:
        """Part and part pin of all that a pin's wire leads to now, through closed switches too."""
        net = self.net_at(gpio)
        return [] if net is None else self._terminals(self.nets.group_of[net])

    def joined(self, one: int, other: int) -> bool:
        """Whether two pins of the board are one wire now; a pin is joined to itself."""
        return one == other or self.nets.are_joined(self.net_at(one), self.net_at(other))

    def same_wire(self, part_id: str, part_pin: str, gpio: int) -> bool:
        """Whether a part's pin and a pin of the board are joined now."""
        return self.nets.are_joined(self.nets.net_of(part_id, part_pin), self.net_at(gpio))

    def signal_at(self, part_id: str, part_pin: str) -> Signal | None:
        """What the wire at a part's pin carries; None when it floats."""
        net = self.nets.net_of(part_id, part_pin)
        driven = self._driven.get(self.nets.group_of[net]) if net is not None else None
        return None if driven is None else driven.source.signal

    def level_at(self, gpio: int) -> int | None:
        """The level at a pin, whoever drives it; None when it floats."""
        net = self.net_at(gpio)
        if net is not None:
            return level_of(self._driven.get(self.nets.group_of[net]), 0)
        state = self.gpios.get(gpio)
        source = None if state is None else state.source()
        return None if source is None else level_of(Driven(source), 0)

    def driven_from_outside(self, gpio: int) -> Driven | None:
        """What drives a pin's wire besides the pin itself; None when nothing does."""
        net = self.net_at(gpio)
        return None if net is None else resolve(self._sources(self.nets.groups[self.nets.group_of[net]], without_gpio=gpio))

    def shorts(self) -> list[list[str]]:
        """Board pins that fight each other now, as groups of names."""
        return [
            [net.board_pin.name for net in self.nets.groups[group]]
            for group, driven in self._driven.items()
            if driven is not None and driven.short
        ]

    def part_changed(self, part_id: str) -> None:
        """A part has changed by itself or by the surroundings: see what comes of it."""
        self.settle(self.nets.nets if self._regroup() else self.models[part_id].placed.wires.values())

    def settle(self, nets: Iterable[str]) -> None:
        """Work out the voltages of these nets, and of all that parts make of the change, until nothing changes any more."""
        for _ in range(_MAX_ROUNDS):
            groups = dict.fromkeys(self.nets.group_of[net] for net in nets)
            for group in groups:
                self._driven[group] = resolve(self._sources(self.nets.groups[group]))
            touched = self._tell(groups)
            if not touched:
                return
            nets = self.nets.nets if self._regroup() else self._outputs_of(touched)

    def _tell(self, groups: Iterable[str]) -> dict[str, None]:
        """Tell the parts at these groups' nets what has changed there, once all voltages are known; the parts told."""
        touched: dict[str, None] = {}
        for net, driven in [(net, self._driven[group]) for group in groups for net in self.nets.groups[group]]:
            name = net.board_pin.name
            if name in self._told and self._told[name] == driven:
                continue
            self._told[name] = driven
            for part_id, part_pin in net.terminals:
                touched[part_id] = None
                self.models[part_id].on_pin_change(part_pin, None if driven is None else driven.source.signal)
        return touched

    def _terminals(self, group: str) -> list[tuple[str, str]]:
        return [terminal for net in self.nets.groups[group] for terminal in net.terminals]

    def _regroup(self) -> bool:
        """Make the groups anew if a part has opened or closed a switch; whether one has."""
        if not self._switches:
            return False
        before = self.nets.group_of
        self.nets.join(pair for part_id, model in self._switches.items() for pair in self.nets.pairs(part_id, model.joins()))
        if self.nets.group_of == before:
            return False
        # Until all are worked out anew each net keeps what drove it, or parts would lose their power for a moment.
        self._driven = {}
        for name in self.nets.nets:
            group, driven = self.nets.group_of[name], self._told.get(name)
            if self._driven.get(group) is None or (driven is not None and driven.source.strength == SUPPLY):
                self._driven[group] = driven
        return True

    def _outputs_of(self, part_ids: Iterable[str]) -> list[str]:
        return [net for part_id in part_ids for net in self.models[part_id].nets(*OUTPUT_KINDS)]

    def _sources(self, nets: Iterable[Net], without_gpio: int | None = None) -> Iterator[Source]:
        """All that drives a wire, one GPIO left out."""
        for net in nets:
            if (supply := net.supply()) is not None and (self.fed or net.board_pin.kind == "ground"):
                yield supply
            gpio = net.board_pin.gpio
            if gpio is not None and gpio != without_gpio and (own := self.gpios[gpio].source()) is not None:
                yield own
            for part_id, part_pin in net.terminals:
                yield from _part_sources(self.models[part_id], part_pin)
                if (pull := self._pulls.get((part_id, part_pin))) is not None:
                    yield pull


def _part_sources(model: PartModel, part_pin: str) -> Iterator[Source]:
    kind = model.kinds[part_pin]
    if kind == "analog-out":
        if (mv := model.analog_mv(part_pin)) is not None:
            yield Source(ANALOG, Signal(mv))
    elif kind in ("digital-out", "data", "passive"):
        if (level := model.drive(part_pin)) is not None:
            yield Source(OUTPUT, HIGH if level else LOW)
        if (level := model.pull(part_pin)) is not None:
            yield Source(PULL, HIGH if level else LOW)
