"""A chain of WS2812B ("NeoPixel") LEDs: each takes the first 24 bits it gets and passes on the rest.

The bits are green, red, blue, most significant first; after at least 50 µs of silence (280 µs for newer ones) all show what they
have taken. Data for more LEDs than there are runs out of the chain's end; LEDs that get none keep their colour; without power all
are dark, and stay so until they are told anew. Sent four bytes an LED (`bpp=4`), the colours are shifted, as on real ones.
Source: Worldsemi, "WS2812B" data sheet: GRB order, reset time, VDD 3.5 to 5.3 V, VIH 0.7 VDD. At 5 V that is 3.5 V, so that the
3.3 V of an ESP32's pin is outside the promise: most chains take it, and this model does; for one that flickers a level shifter
(74AHCT125) is the mend. Simplified: every `write` is followed by the silence, and how long its bits are is not looked at. The
current is 12 mA for a full colour ("WS2812B-V5"; older ones draw up to 20 mA) and 1 mA for an LED at all.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_BYTES = 3
_FULL_COLOUR_MA = 12
_IDLE_MA = 1
_MAX_LEDS = 1024


class NeoPixel(PartModel):
    """Shows `colours`, red first, in the order of the chain. Option: `leds`, how many there are."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.leds = min(max(self.option("leds"), 1), _MAX_LEDS)
        self._taken = bytearray(_BYTES * self.leds)

    def on_neo(self, part_pin: str, colours: bytes) -> None:
        """Take what is sent to DIN, whole LEDs only."""
        if part_pin == "DIN" and self.powered():
            count = min(len(colours) // _BYTES, self.leds) * _BYTES
            self._taken[:count] = colours[:count]

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """Without power nothing is remembered."""
        if not self.powered():
            self._taken = bytearray(_BYTES * self.leds)

    def state(self) -> dict[str, Any]:
        """The colours, and about how much current they draw."""
        taken = self._taken
        colours = [bytes((taken[at + 1], taken[at], taken[at + 2])).hex() for at in range(0, len(taken), _BYTES)]
        current_ma = sum(taken) * _FULL_COLOUR_MA / 255 + (_IDLE_MA * self.leds if self.powered() else 0)
        return {"colours": colours, "current_ma": round(current_ma, 1)}


MODEL = NeoPixel
