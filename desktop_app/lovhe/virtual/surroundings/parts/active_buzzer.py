"""An active buzzer: it has an oscillator of its own and sounds, always at the same tone, while it has voltage.

Source: "TMB12A03" data sheet (3 V, at most 30 mA, 2300 ± 300 Hz).
Simplified: with PWM it sounds at its own tone too; a real one rattles.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.parts.led import lit_share
from lovhe.virtual.surroundings.parts.model import PartModel

TONE_HZ = 2300.0


class ActiveBuzzer(PartModel):
    """Shows `on`, and `tone_hz` while it sounds. The wrong way round it is silent."""

    def state(self) -> dict[str, Any]:
        """Whether it sounds; as a diode, it lets current flow one way only."""
        on = lit_share(self.site.signal("+"), self.site.signal("-")) > 0
        return {"on": on, "tone_hz": TONE_HZ if on else None}


MODEL = ActiveBuzzer
