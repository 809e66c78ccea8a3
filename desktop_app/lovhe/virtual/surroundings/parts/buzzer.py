"""A passive buzzer: it sounds as often a second as the voltage across it comes and goes."""

from __future__ import annotations

from collections import deque
from typing import Any

from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_HEARD_HZ = (20.0, 20_000.0)
_SILENT_AFTER_US = 100_000
_EDGES = 8


class Buzzer(PartModel):
    """Shows `tone_hz`, from PWM or from a pin that the program toggles itself; None when it is silent."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._rises_us: deque[int] = deque(maxlen=_EDGES)
        self._high = False

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """Note when the voltage across the buzzer comes, to hear what a program toggles by itself."""
        plus, minus = self._across()
        high = plus is not None and minus is not None and not plus.freq_hz and plus.mv > minus.mv
        if high and not self._high:
            self._rises_us.append(self.site.now_us)
        self._high = high

    def state(self) -> dict[str, Any]:
        """The tone, in Hz with one decimal."""
        tone = self.tone_hz()
        return {"tone_hz": None if tone is None else round(tone, 1)}

    def tone_hz(self) -> float | None:
        """The frequency heard now, or None for silence."""
        tone = 0.0
        for signal in self._across():
            if signal is None:
                return None
            tone = tone or signal.freq_hz
        tone = tone or self._toggled_hz()
        return tone if _HEARD_HZ[0] <= tone <= _HEARD_HZ[1] else None

    def _across(self) -> tuple[Signal | None, Signal | None]:
        pins = self.pins("passive")
        return (self.site.signal(pins[0]), self.site.signal(pins[1])) if len(pins) == 2 else (None, None)

    def _toggled_hz(self) -> float:
        rises = self._rises_us
        if len(rises) < 2 or rises[-1] == rises[0] or not 0 <= self.site.now_us - rises[-1] <= _SILENT_AFTER_US:
            return 0.0
        return 1e6 * (len(rises) - 1) / (rises[-1] - rises[0])


MODEL = Buzzer
