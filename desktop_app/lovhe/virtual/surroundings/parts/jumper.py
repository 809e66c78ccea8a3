"""A wire from one pin of the board to another, which can be pulled out."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.virtual.surroundings.parts.model import PartModel


class Jumper(PartModel):
    """Joins its two ends while it is plugged in."""

    def may_join(self) -> Sequence[tuple[str, str]]:
        """Both ends, once both are wired."""
        wired = self.pins("passive")
        return [(wired[0], wired[1])] if len(wired) == 2 else []

    def joins(self) -> Sequence[tuple[str, str]]:
        """Both ends, unless it is out."""
        return self.may_join() if self.values["state"] == "in" else ()


MODEL = Jumper
