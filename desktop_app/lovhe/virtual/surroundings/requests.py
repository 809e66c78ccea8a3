"""What parts answer when a program asks them: buses, one-wire sensors."""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.guest_messages import Request
from lovhe.virtual.surroundings.parts.model import PartModel
from lovhe.virtual.surroundings.wires import Wires

_SLOT_US = 70
"""What a 1-Wire bit takes. Source: Maxim application note 126, "1-Wire Communication Through Software", standard speed."""


def answer(wires: Wires, request: Request) -> Any:
    """The answer, as JSON; None for silence."""
    if request.kind == "look":
        return None
    if request.kind == "joined":
        return [gpio for gpio in request.others if wires.joined(request.gpio, gpio)]
    if request.kind == "ow":
        return _onewire(wires, request)
    for part_id, part_pin in wires.parts_at(request.gpio):
        given = _ask(wires, request, part_id, part_pin)
        if given is not None:
            wires.part_changed(part_id)
            return given
    return None


def _ask(wires: Wires, request: Request, part_id: str, part_pin: str) -> Any:
    model = wires.models[part_id]
    if request.kind == "dht":
        return model.on_dht(part_pin)
    if model.i2c_pins is None or model.i2c_pins[0] != part_pin or not model.powered():
        return None
    if not wires.same_wire(part_id, model.i2c_pins[1], request.sda):
        return None
    read = model.on_i2c(request.address, request.written, request.read_count)
    return None if read is None else read.hex()


def _onewire(wires: Wires, request: Request) -> int:
    """One operation, on all parts of the wire at once: whoever pulls low wins. A wire that nothing holds high reads 0."""
    parts = [(wires.models[part_id], pin) for part_id, pin in wires.parts_at(request.gpio) if wires.models[part_id].kinds[pin] == "data"]
    level = wires.level_at(request.gpio)
    op = request.op
    if not level:
        return 1 if op == "reset" else 0
    if op == "reset":
        present = [model.on_onewire_reset(pin) for model, pin in parts if model.powered()]
        given = int(any(present))
    elif op in ("writebit", "writebyte"):
        count = 1 if op == "writebit" else 8
        for place in range(count):
            bit = int(bool(request.value)) if count == 1 else request.value >> place & 1
            _write(wires, parts, bit)
        given = 0
    else:
        given = sum(_read(wires, parts) << place for place in range(1 if op == "readbit" else 8))
    wires.settle({net for model, _ in parts for net in model.placed.wires.values()})
    return given


def _write(wires: Wires, parts: list[tuple[PartModel, str]], bit: int) -> None:
    for model, pin in parts:
        if model.powered():
            model.on_onewire_write(pin, bit)
    wires.now_us += _SLOT_US


def _read(wires: Wires, parts: list[tuple[PartModel, str]]) -> int:
    bits = [model.on_onewire_read(pin) for model, pin in parts if model.powered()]
    wires.now_us += _SLOT_US
    return min(bits, default=1)
