"""What a run's evidence tells of a board that cannot be looked into: its pins and parts, in the form of a virtual board's snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lovhe.core.checks.evidence import Event
from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.wiring import wire_up

_READINGS = 8


class PinsSeen:
    """The state of the board's pins as far as the run's events have told. Events of a new run begin anew."""

    def __init__(self, board: Board, parts: Mapping[str, Part], circuit: Circuit) -> None:
        self._names = {pin.gpio: pin.name for pin in board.pin if pin.gpio is not None}
        self._parts_at: dict[int, list[str]] = {}
        self._kind_of = {placed.id: placed.part for placed in circuit.part}
        self._at_address = {
            address: placed.id
            for placed in circuit.part
            if (address := placed.options.get("address", parts[placed.part].options.get("address"))) is not None
        }
        for part in wire_up(board, parts, circuit).values():
            for wire in part.wires.values():
                self._parts_at.setdefault(wire.gpio, []).append(part.id)
        self._begin()

    def _begin(self) -> None:
        self._pins: dict[int, dict[str, Any]] = {gpio: self._pin(gpio) for gpio in self._parts_at}
        self._parts: dict[str, dict[str, Any]] = {part_id: {"part": kind} for part_id, kind in self._kind_of.items()}
        self._readings: dict[str, Any] = {}
        self._now_ms = 0

    def happened(self, events: Iterable[Event]) -> None:
        """Take what the run has told."""
        for event in events:
            if event.kind == "begin":
                self._begin()
            self._now_ms = max(self._now_ms, event.t_ms)
            self._take(event)

    def snapshot(self) -> dict[str, Any]:
        """As `World.snapshot`, without what nobody can know; `readings` are the program's own, by name."""
        return {
            "now_us": self._now_ms * 1000,
            "pins": {str(gpio): dict(pin) for gpio, pin in self._pins.items()},
            "parts": {part_id: dict(state) for part_id, state in self._parts.items()},
            "surroundings": {},
            "shorts": [],
            "readings": dict(self._readings),
        }

    def _take(self, event: Event) -> None:
        match event.kind, event.args:
            case "level", [*pairs]:
                for gpio, level in zip(pairs[::2], pairs[1::2], strict=False):
                    self._at(gpio).update(level=level)
            case "adc", [int(gpio), raw, *_]:
                self._at(gpio).update(raw=raw)
            case "pwm", [int(gpio), freq_hz, duty, *_]:
                self._at(gpio).update(pwm=[freq_hz, duty] if freq_hz else None)
            case "neo", [int(gpio), str(colours), *_]:
                self._show_at(gpio, {"colours": [colours[at : at + 6].lower() for at in range(0, len(colours), 6)]})
            case "dht", [int(gpio), temperature, humidity, *_]:
                self._show_at(gpio, {"temperature_c": temperature, "humidity_percent": humidity})
            case "draw", [bus, int(number), str(text), *_]:
                shown = {"lines": text.split("\n")}
                if bus == "i2c" and number in self._at_address:
                    self._parts[self._at_address[number]].update(shown)
                elif bus == "pin":
                    self._show_at(number, shown)
            case "show", [dict() as readings, *_]:
                self._readings = dict(list({**self._readings, **readings}.items())[-_READINGS:])
            case "end" | "gone", _:
                for pin in self._pins.values():
                    pin["pwm"] = None

    def _at(self, gpio: int) -> dict[str, Any]:
        return self._pins.setdefault(gpio, self._pin(gpio))

    def _pin(self, gpio: int) -> dict[str, Any]:
        return {"name": self._names.get(gpio, f"GPIO{gpio}"), "mode": "", "pull": None, "level": None, "pwm": None, "neo": None}

    def _show_at(self, gpio: int, shown: Mapping[str, Any]) -> None:
        for part_id in self._parts_at.get(gpio, ()):
            self._parts[part_id].update(shown)
