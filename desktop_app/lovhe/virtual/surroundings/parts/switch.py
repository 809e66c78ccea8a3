"""A slide switch: its middle pin is joined to one of the two outer pins, always."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lovhe.virtual.surroundings.parts.model import PartModel


class Switch(PartModel):
    """Stands at `state`: "on" joins the pins "common" and "on", "off" joins "common" and "off". It does not bounce."""

    def may_join(self) -> Sequence[tuple[str, str]]:
        """The middle pin with each outer one that is wired."""
        wired = self.pins("passive")
        return [("common", side) for side in ("on", "off") if side in wired and "common" in wired]

    def joins(self) -> Sequence[tuple[str, str]]:
        """The middle pin with the outer one on whose side the slider stands."""
        return [pair for pair in self.may_join() if pair[1] == self.values["state"]]

    def state(self) -> dict[str, Any]:
        """Whether it is on."""
        return {"on": self.values["state"] == "on"}


MODEL = Switch
