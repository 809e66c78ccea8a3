"""The surroundings of a virtual board: the parts wired to its pins, and what a program's pins do to them.

A pure state machine on the host: messages of the guest go in, messages for the guest come out (see `channel.py` for the
socket, `virtual_clock.py` for time, `wires.py` for the voltages). What the messages mean:

    in   log     [[t_us, gpio, "mode", mode, pull] | [t_us, gpio, "level", 0|1] | [t_us, gpio, "pwm", freq_hz, duty_u16]
                  | [t_us, gpio, "neo", hex] | [t_us, gpio, "dac", mV], …]
         dht     id, gpio, now_us                            answered by the sensor's five bytes
         i2c     id, [scl, sda], address, hex, read_count    answered by hex; may carry now_us at the end
         ow      id, gpio, operation, value, now_us          1-Wire: reset, readbit, readbyte, writebit, writebyte; answered by a number
         joined  id, gpio, [gpio, …], now_us                 answered by those of the list that are one wire with the first
         look    id, now_us                                  answered by null, after all that the pins show by now
    out  in      {gpio: 0 | 1 | "z"}     what drives the pins from outside; only changes after the first
         mv      {gpio: mV | null}       voltages at pins with an analog part; null when it lets go of the wire
         edges   {gpio: [[t_us, 0 | 1 | "z"], …]}   instead of "in" where a part foretells its edges: what holds now, and what will come
         wave    {gpio: [since_us, freq_hz, duty from 0 to 1] | null}   PWM of another pin at this one; null when it ends
         couple  {gpio: [gpio, …]}       inputs that an output may change: the guest must ask before it reads one of them
         re      id, answer              the answer to a request; null for silence
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.surroundings import quantities, read_setting, show_value
from lovhe.virtual.surroundings.coupling import coupled_pins
from lovhe.virtual.surroundings.foresight import Foresight
from lovhe.virtual.surroundings.guest_messages import Change, read_log, read_request
from lovhe.virtual.surroundings.nets import ANALOG, PULL, GpioState, Signal, level_of
from lovhe.virtual.surroundings.parts.model import PartModel
from lovhe.virtual.surroundings.requests import answer
from lovhe.virtual.surroundings.wires import Wires

Message = list[Any]
_MAX_STEPS = 1000  # more changes of parts than that between two messages are made at once


class World:
    """The parts of one circuit and the pins of one board.

    Raises `HardwareError` for a part or a model that is not there. The circuit must have passed `check_circuit`, or at
    least name only pins that exist.
    """

    def __init__(self, board: Board, parts: Mapping[str, Part], circuit: Circuit, seed: int = 0) -> None:
        self.seed = seed
        self._parts = parts
        self._circuit = circuit
        self._quantities = quantities(parts, circuit)
        self._pin_names = {pin.gpio: pin.name for pin in board.pin if pin.gpio is not None}
        self._wires = Wires(board, parts, circuit, seed)
        self._couple = coupled_pins(self._wires.nets, self._wires.models)
        self._foresight = Foresight(self._wires)
        changers = (type(model).next_change_us is not PartModel.next_change_us for model in self._wires.models.values())
        self._clocked = {part_id: model for (part_id, model), own in zip(self._wires.models.items(), changers, strict=True) if own}
        self._sent_levels: dict[int, int | None] = {}
        self._sent_mv: dict[int, int | None] = {}
        self._sent_waves: dict[int, Signal | None] = {}
        self._zero_us = 0  # the parts' time when the board's clock began: they go on when it begins anew

    @property
    def now_us(self) -> int:
        """The board's clock, as far as the guest has told."""
        return self._wires.now_us - self._zero_us

    def initial_messages(self) -> list[Message]:
        """What a guest must know before it starts: all inputs, and which outputs feed one."""
        self._sent_levels.clear()
        self._sent_mv.clear()
        self._sent_waves.clear()
        self._foresight.forget()
        return [["couple", {str(gpio): others for gpio, others in self._couple.items()}], *self._input_changes()]

    def handle(self, message: Message) -> list[Message]:
        """Take one message of the guest; return what it must be told. Raises `MalformedMessage`, with nothing changed."""
        if message[:1] == ["log"] and len(message) == 2:
            for change in read_log(message[1]):
                self._move_clock(self._zero_us + change.t_us)
                self._apply(change)
            return self._input_changes()
        request = read_request(message)
        self._move_clock(self._zero_us + (self.now_us if request.now_us is None else request.now_us))
        answered = answer(self._wires, request)
        return [*self._input_changes(), ["re", request.id, answered]]

    def set(self, name: str, text: str) -> list[Message]:
        """Change the surroundings: `name` is a part, `part.quantity` or a quantity. Raises `InputError` with what is possible."""
        setting = read_setting(self._parts, self._circuit, name, text)
        model = self._wires.models[setting.part_id]
        model.values[setting.quantity_id] = setting.value
        model.on_set(setting.quantity_id)
        self._wires.part_changed(setting.part_id)
        return self._input_changes()

    def advance(self, now_us: int) -> list[Message]:
        """Let the parts do what was due until `now_us` on the board's clock."""
        self._move_clock(self._zero_us + now_us)
        return self._input_changes()

    def next_change_us(self) -> int | None:
        """When a part will next change something by itself, on the board's clock; None for never."""
        due_us = min((due for model in self._clocked.values() if (due := model.next_change_us()) is not None), default=None)
        return None if due_us is None else due_us - self._zero_us

    def reset_pins(self, hard: bool) -> list[Message]:
        """The chip has been reset: all pins float after a hard reset, and its clock begins anew; a soft one only ends PWM."""
        for gpio, state in self._wires.gpios.items():
            if hard:
                self._wires.gpios[gpio] = GpioState()
            else:
                state.pwm = None
        if hard:
            self._zero_us = self._wires.now_us
        self._wires.settle(self._wires.nets.nets)
        return self._input_changes()

    def set_power(self, fed: bool) -> list[Message]:
        """The board's cable is in, or out: then its supply pins feed nothing."""
        if fed == self._wires.fed:
            return []
        self._wires.fed = fed
        self._wires.settle(self._wires.nets.nets)
        return self._input_changes()

    def strapped(self, gpio: int) -> int | None:
        """The level that parts force on a pin while the chip is in reset; None where its own weak pull decides."""
        outside = self._wires.driven_from_outside(gpio)
        return None if outside is None or outside.source.strength <= PULL else level_of(outside, 0)

    def snapshot(self) -> dict[str, Any]:
        """All of the board's pins and parts now, in words and numbers that JSON can carry.

        `pins`: by GPIO number as text, those wired or used: `name`, `mode`, `pull`, `level` (null: floats), `pwm` ([Hz, duty_u16]
        or null), `neo`, and `mv` where a part or a DAC gives it a voltage. `parts`: by id, `part`, `powered` and what its model shows
        (an LED `on`, `brightness_percent`; a buzzer `tone_hz` …). `surroundings`: `part.quantity` to its value as text. `shorts`:
        board pins that fight each other.
        """
        wires = self._wires
        used = {gpio for gpio, state in wires.gpios.items() if wires.net_at(gpio) or state.mode != "off" or state.dac_mv is not None}
        pins = {str(gpio): self._show_pin(gpio, state) for gpio, state in wires.gpios.items() if gpio in used}
        parts = {part_id: {"part": model.part.id, "powered": model.powered(), **model.state()} for part_id, model in wires.models.items()}
        surroundings = {}
        for name, quantity in self._quantities.items():
            part_id, _, quantity_id = name.rpartition(".")
            surroundings[name] = show_value(quantity, wires.models[part_id].values[quantity_id])
        return {"now_us": self.now_us, "pins": pins, "parts": parts, "surroundings": surroundings, "shorts": wires.shorts()}

    def _show_pin(self, gpio: int, state: GpioState) -> dict[str, Any]:
        outside = self._wires.driven_from_outside(gpio)
        given = {} if outside is None or outside.source.strength != ANALOG else {"mv": round(outside.source.signal.mv)}
        if state.dac_mv is not None:
            given = {"mv": state.dac_mv}
        return {
            "name": self._pin_names[gpio],
            "mode": state.mode,
            "pull": state.pull,
            "level": self._wires.level_at(gpio),
            "pwm": None if state.pwm is None else list(state.pwm),
            "neo": state.neo,
            **given,
        }

    def _apply(self, change: Change) -> None:
        state = self._wires.gpios.get(change.gpio)
        if state is None:
            return
        before = state.source()
        match change.what, change.args:
            case "level", (level,):
                state.level = level
            case "mode", (mode, pull):
                state.mode, state.pull, state.dac_mv = mode, pull, None
            case "dac", (mv,):
                state.dac_mv = mv
            case "pwm", (freq_hz, duty_u16):
                state.pwm = (freq_hz, duty_u16) if freq_hz else None
            case "neo", (colours,):
                state.neo = colours.hex()
                for part_id, part_pin in self._wires.parts_at(change.gpio):
                    self._wires.models[part_id].on_neo(part_pin, colours)
        net = self._wires.net_at(change.gpio)
        if net is not None and state.source() != before:
            self._wires.settle([net])

    def _move_clock(self, now_us: int) -> None:
        """Let the parts do what is due until `now_us`, one after the other, each at its time."""
        done: dict[str, int] = {}
        for _ in range(_MAX_STEPS):
            due_us, part_id = self._first_due(done)
            if part_id is None or due_us > now_us:
                break
            done[part_id] = due_us
            self._wires.now_us = due_us
            self._advance(part_id)
        else:
            self._wires.now_us = now_us
            for part_id in self._clocked:
                self._advance(part_id)
        self._wires.now_us = now_us

    def _first_due(self, done: Mapping[str, int]) -> tuple[int, str | None]:
        """The part that will change next, and when; a part that stays due after its turn is left out."""
        first_us, first = 0, None
        for part_id, model in self._clocked.items():
            due_us = model.next_change_us()
            if due_us is not None and (first is None or due_us < first_us) and due_us > done.get(part_id, -1):
                first_us, first = due_us, part_id
        return first_us, first

    def _advance(self, part_id: str) -> None:
        self._wires.models[part_id].advance()
        self._wires.part_changed(part_id)

    def _input_changes(self) -> list[Message]:
        levels: dict[str, int | str] = {}
        voltages: dict[str, int | None] = {}
        tables: dict[str, list[tuple[int, int | str]]] = {}
        waves: dict[str, tuple[int, float, float] | None] = {}
        for gpio in self._wires.nets.net_of_gpio:
            driven = self._wires.driven_from_outside(gpio)
            level = level_of(driven, self._sent_levels.get(gpio) or 0)
            if (edges := self._foresight.edges_at(gpio)) is not None:
                if (table := self._foresight.news(gpio, "z" if level is None else level, edges)) is not None:
                    tables[str(gpio)] = [(max(t_us - self._zero_us, 0), then) for t_us, then in table]
                self._sent_levels[gpio] = level
            wave = driven.source.signal if driven is not None and driven.source.signal.freq_hz else None
            if self._sent_waves.get(gpio) != wave:
                waves[str(gpio)] = None if wave is None else (self.now_us, wave.freq_hz, wave.duty)
                self._sent_waves[gpio] = wave
                self._sent_levels.pop(gpio, None)
            mv = round(driven.source.signal.mv) if driven is not None and driven.source.strength == ANALOG else None
            if self._sent_levels.get(gpio, "unsent") != level:
                self._sent_levels[gpio] = level
                levels[str(gpio)] = "z" if level is None else level
            if self._sent_mv.get(gpio) != mv:
                self._sent_mv[gpio] = mv
                voltages[str(gpio)] = mv
        return [[kind, changes] for kind, changes in (("wave", waves), ("in", levels), ("mv", voltages), ("edges", tables)) if changes]
