"""A push button: joins its two pins while it is pressed. A real one bounces, this one only if the circuit asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lovhe.virtual.surroundings.parts.model import PartModel

_FLIPS = (4, 6, 8, 10)


class Button(PartModel):
    """With `bounce_ms` its contact opens and closes some times before it stays; without, what it joins is read at once."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._bounce_us = 1000 * self.option("bounce_ms") if "bounce_ms" in self.part.options else 0
        self._closed = self.pressed
        self._flips_us: list[int] = []

    def on_set(self, quantity_id: str) -> None:
        """Somebody has pressed it or let it go."""
        settled = self._closed == self.pressed and not self._flips_us
        self._closed, self._flips_us = self.pressed, []
        if self._bounce_us and not settled:
            count = self.site.random.choice(_FLIPS)
            self._flips_us = sorted(self.site.now_us + self.site.random.randint(1, self._bounce_us) for _ in range(count))

    def next_change_us(self) -> int | None:
        """When its contact next opens or closes while it bounces."""
        return self._flips_us[0] if self._flips_us else None

    def advance(self) -> None:
        """Bounce."""
        while self._flips_us and self._flips_us[0] <= self.site.now_us:
            self._flips_us.pop(0)
            self._closed = not self._closed

    def may_join(self) -> Sequence[tuple[str, str]]:
        """Both of its pins, once both are wired."""
        wired = self.pins("passive")
        return [(wired[0], wired[1])] if len(wired) == 2 else []

    def joins(self) -> Sequence[tuple[str, str]]:
        """Its pins while the contact is closed."""
        return self.may_join() if self._closed else ()

    @property
    def pressed(self) -> bool:
        """Whether somebody holds it down."""
        return bool(self.values["state"] == "pressed")

    def state(self) -> dict[str, Any]:
        """Whether it is pressed."""
        return {"pressed": self.pressed}


MODEL = Button
