"""A push button: joins its two pins while it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lovhe.virtual.surroundings.parts.model import PartModel


class Button(PartModel):
    """A switch without bouncing: what it joins is read 0 or 1 at once, by what the other side is wired to."""

    def may_join(self) -> Sequence[tuple[str, str]]:
        """Both of its pins, once both are wired."""
        wired = self.pins("passive")
        return [(wired[0], wired[1])] if len(wired) == 2 else []

    def joins(self) -> Sequence[tuple[str, str]]:
        """Its pins while pressed."""
        return self.may_join() if self.pressed else ()

    @property
    def pressed(self) -> bool:
        """Whether somebody holds it down."""
        return bool(self.values["state"] == "pressed")

    def state(self) -> dict[str, Any]:
        """Whether it is pressed."""
        return {"pressed": self.pressed}


MODEL = Button
