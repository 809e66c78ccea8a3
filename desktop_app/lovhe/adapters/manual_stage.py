"""The surroundings of a real board: a student changes them when asked, and the evidence shows that it was done.

Nobody is asked "have you done it?": what the program's trace saw of the part's pins answers. A program that never looks at
a sensor leaves no such evidence; then the student's time runs out, and the check can only say that it could not tell.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from lovhe.core.evidence import Event
from lovhe.core.hardware import Part, Quantity
from lovhe.core.lesson import Lesson, WiredPart
from lovhe.core.surroundings import millivolts, read_setting

PATIENCE_S = 30.0
"""How long a student has for one change."""

_SUPPLY_MV = 3300.0
_NEAR_SHARE = 0.2
_DHT_NEAR = {"temperature": 3.0, "humidity": 12.0}


class ManualStage:
    """Fits `services.ports.Stage` and `AskingStage`: real time, and `ask` is called with a whole sentence in `language`."""

    def __init__(
        self, lesson: Lesson, parts: Mapping[str, Part], language: str, ask: Callable[[str], None], patience_s: float = PATIENCE_S
    ) -> None:
        self._lesson = lesson
        self._parts = parts
        self._language = language
        self._ask = ask
        self._patience_s = patience_s
        self._began_s = self._deadline_s = self._asked_s = time.monotonic()
        self._levels: dict[int, int] = {}
        self._shows: Callable[[Event], bool] | None = None
        self._seen = True

    def begin(self) -> None:
        """A program is about to start."""
        self._began_s = self._deadline_s = time.monotonic()
        self._levels.clear()

    def allow(self, duration_ms: int) -> None:
        """Let `duration_ms` go by from now."""
        self._deadline_s = time.monotonic() + duration_ms / 1000

    def reached(self) -> bool:
        """Whether that time is over."""
        return time.monotonic() >= self._deadline_s

    def now_ms(self) -> int:
        """The PC's time since `begin`."""
        return round((time.monotonic() - self._began_s) * 1000)

    def end(self) -> None:
        """The program is over; real time goes on by itself."""

    def set(self, part_id: str, value: str) -> None:
        """Ask the student. Raises `InputError` for an unknown part or value."""
        circuit = self._lesson.file.circuit
        setting = read_setting(self._parts, circuit, part_id, value)
        wired = self._lesson.wired[setting.part_id]
        quantity = next(quantity for quantity in wired.part.quantity if quantity.id == setting.quantity_id)
        self._shows = _evidence_of(wired, quantity, setting.value)
        self._seen = any(self._shows(Event(0, "level", [gpio, level])) for gpio, level in self._levels.items())
        self._asked_s = time.monotonic()
        if not self._seen:
            self._ask(self._sentence(part_id, value))

    def observe(self, events: Sequence[Event]) -> None:
        """Look for what was asked, and remember the pins' levels, which are told only when they change."""
        for event in events:
            if event.kind == "level":
                self._levels.update(zip(event.args[::2], event.args[1::2], strict=False))
            if self._shows is not None and self._shows(event):
                self._seen = True

    def answer(self) -> bool | None:
        """True when the change was seen, False when the time for it is over, None while waiting."""
        if self._seen:
            return True
        return False if time.monotonic() - self._asked_s > self._patience_s else None

    def _sentence(self, part_id: str, value: str) -> str:
        texts = self._lesson.texts
        key = f"{part_id}={value}"
        for language in (self._language, "en", *texts):
            if language in texts and (asked := texts[language].ask.get(key)):
                return asked
        return key


def _evidence_of(wired: WiredPart, quantity: Quantity, value: str | float) -> Callable[[Event], bool]:
    """What tells that `quantity` of the part now has `value`: a test of one event."""
    gpios = {wire.gpio: wire for wire in wired.wires.values()}

    def level_shows(event: Event) -> bool:
        pairs = dict(zip(event.args[::2], event.args[1::2], strict=False))
        active = value == quantity.values[-1]
        return event.kind == "level" and any(gpio in pairs and (pairs[gpio] == wire.on_level) == active for gpio, wire in gpios.items())

    def voltage_shows(event: Event) -> bool:
        if event.kind != "adc" or event.args[0] not in gpios or isinstance(value, str):
            return False
        span_mv = quantity.analog_mv[-1][1] - quantity.analog_mv[0][1]
        seen_mv = event.args[1] / 65535 * _SUPPLY_MV
        return bool(abs(seen_mv - millivolts(quantity, value)) <= _NEAR_SHARE * abs(span_mv))

    def measured(event: Event) -> bool:
        if event.kind != "dht" or event.args[0] not in gpios or isinstance(value, str):
            return False
        seen = event.args[1] if quantity.id == "temperature" else event.args[2]
        return bool(abs(seen - value) <= _DHT_NEAR.get(quantity.id, 0.0))

    if quantity.values:
        return level_shows
    return voltage_shows if quantity.analog_mv else measured
