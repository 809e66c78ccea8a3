"""What tells, in the evidence of a running program, that a person has changed the surroundings as asked."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Set

from lovhe.core.amounts import Amount, parse_amount
from lovhe.core.checks.check_steps import Swing
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.readings import folded, read_line
from lovhe.core.circuits.hardware import Part, Quantity
from lovhe.core.circuits.surroundings import Setting, millivolts, read_setting
from lovhe.core.lessons.lesson import Lesson, Step, WiredPart

_SUPPLY_MV = 3300.0
_NEAR_SHARE = 0.2
_MOVED_SHARE = 0.25
_DHT_NEAR = {"temperature": 3.0, "humidity": 12.0}

Shows = Callable[[Event], bool]


def evidence_of(lesson: Lesson, part_id: str, value: str, setting: Setting, *, before: str = "", answered: bool = False) -> Shows | None:
    """A test of one event, for the change that a step calls `part_id` = `value`; None where no event can tell.
    `before` is the value that was asked for last: what is nearer to it has not changed yet.

    Of a part that is one thing or another, as a button is, the digital pins tell, whatever the program says. Otherwise a step that
    expects a reading in a range, or a text, is met by just that; or else what the program reads from the part tells. Readings can be
    in range before anything was done, so where the part itself shows nothing they only count if nobody says when it is done (`answered`).
    """
    wired = lesson.wired[setting.part_id]
    quantity = next(quantity for quantity in wired.part.quantity if quantity.id == setting.quantity_id)
    last = (
        read_setting({part.part.id: part.part for part in lesson.wired.values()}, lesson.file.circuit, part_id, before) if before else None
    )
    seen = _at_the_pins(wired, quantity, setting.value, last.value if last is not None else None)
    if seen is None and answered:
        return None
    if len(quantity.values) == 2 and any(wire.kind != "analog-out" for wire in wired.wires.values()):
        return seen
    steps = [step for check in lesson.file.check for step in check.step if step.set.get(part_id) == value]
    said = [told for step in steps for told in _said(step)]
    if said:
        return lambda event: any(told(event) for told in said)
    return seen


def movement_of(lesson: Lesson, parts: Mapping[str, Part], how: str, step: Step, levels: Mapping[int, int]) -> Shows | None:
    """A test of one event after another that holds once a step's "swing" or "glide" has begun; None where no pin can tell.

    What swings has changed; `levels` are the pins' levels until then. What glides has left its first value, towards the last one.
    """
    change = step.swing if how == "swing" else step.glide
    if change is None:
        return None
    ends = change.values[:2] if isinstance(change, Swing) else [change.begin, change.to]
    first, last = (read_setting(parts, lesson.file.circuit, change.part, value) for value in ends)
    wired = lesson.wired[first.part_id]
    quantity = next(quantity for quantity in wired.part.quantity if quantity.id == first.quantity_id)
    if isinstance(first.value, float) and isinstance(last.value, float) and quantity.analog_mv:
        span_mv = millivolts(quantity, last.value) - millivolts(quantity, first.value)
        return _Moves({wire.gpio for wire in wired.wires.values()}, span_mv, turns=how == "swing")
    gpios = {wire.gpio for wire in wired.wires.values() if wire.kind in ("digital-out", "passive", "data")}
    digital = bool(quantity.values) or wired.part.model == "level-sensor"
    return _Switches(gpios, levels) if gpios and digital else None


class _Switches:
    """A digital pin that has changed."""

    def __init__(self, gpios: Set[int], levels: Mapping[int, int]) -> None:
        self._gpios = gpios
        self._levels = dict(levels)
        self._changed = False

    def __call__(self, event: Event) -> bool:
        if event.kind == "level":
            for gpio, level in zip(event.args[::2], event.args[1::2], strict=False):
                if gpio in self._gpios:
                    self._changed |= self._levels.setdefault(gpio, level) != level
        return self._changed


class _Moves:
    """A voltage that has moved by a good part of what it should, or for `turns` by as much to both sides."""

    def __init__(self, gpios: Set[int], span_mv: float, *, turns: bool) -> None:
        self._gpios, self._far_mv, self._turns = gpios, _MOVED_SHARE * span_mv, turns
        self._least_mv = self._most_mv = self._first_mv = -1.0

    def __call__(self, event: Event) -> bool:
        if event.kind != "adc" or event.args[0] not in self._gpios:
            return False
        seen_mv = event.args[1] / 65535 * _SUPPLY_MV
        if self._first_mv < 0:
            self._first_mv = self._least_mv = self._most_mv = seen_mv
        self._least_mv, self._most_mv = min(self._least_mv, seen_mv), max(self._most_mv, seen_mv)
        if self._turns:
            return self._most_mv - self._least_mv >= abs(self._far_mv)
        moved_mv = seen_mv - self._first_mv
        return bool(moved_mv * self._far_mv > 0 and abs(moved_mv) >= abs(self._far_mv))


def _said(step: Step) -> Iterator[Shows]:
    for reading in step.expect_reading:
        if reading.range is not None:
            yield _reads(folded(reading.name), parse_amount(reading.range))
    for text in step.expect_text:
        if text.count is not None and parse_amount(text.count, "count").low <= 0:
            continue  # what must not come, or need not
        yield _prints(folded(text.contains))


def _reads(name: str, allowed: Amount) -> Shows:
    def reads(event: Event) -> bool:
        if event.kind == "show":
            pairs = [(str(told), value) for told, value in event.args[0].items() if isinstance(value, int | float)]
        elif event.kind == "text":
            lines = (read_line(line) for line in event.args[0].splitlines())
            pairs = [(reading.name, reading.value) for reading in itertools.chain.from_iterable(lines)]
        else:
            return False
        return any(folded(told) == name and allowed.contains(value) for told, value in pairs)

    return reads


def _prints(text: str) -> Shows:
    return lambda event: event.kind == "text" and text in folded(event.args[0])


def _at_the_pins(wired: WiredPart, quantity: Quantity, value: str | float, before: str | float | None) -> Shows | None:
    gpios = {wire.gpio: wire for wire in wired.wires.values()}
    digital = {gpio: wire for gpio, wire in gpios.items() if wire.kind != "analog-out"}

    def level_shows(event: Event) -> bool:
        pairs = dict(zip(event.args[::2], event.args[1::2], strict=False))
        active = value == quantity.values[-1]
        return event.kind == "level" and any(gpio in pairs and (pairs[gpio] == wire.on_level) == active for gpio, wire in digital.items())

    def voltage_shows(event: Event) -> bool:
        if event.kind != "adc" or event.args[0] not in gpios or isinstance(value, str):
            return False
        span_mv = quantity.analog_mv[-1][1] - quantity.analog_mv[0][1]
        seen_mv = event.args[1] / 65535 * _SUPPLY_MV
        off_mv = abs(seen_mv - millivolts(quantity, value))
        if isinstance(before, float) and before != value and off_mv >= abs(seen_mv - millivolts(quantity, before)):
            return False
        return bool(off_mv <= _NEAR_SHARE * abs(span_mv))

    def measured(event: Event) -> bool:
        if event.kind != "dht" or event.args[0] not in gpios or isinstance(value, str):
            return False
        seen = event.args[1] if quantity.id == "temperature" else event.args[2]
        return bool(abs(seen - value) <= _DHT_NEAR.get(quantity.id, 0.0))

    if quantity.values:
        return level_shows if digital else None
    if quantity.analog_mv:
        return voltage_shows
    return measured if wired.part.model.startswith("dht") else None
