"""Edges that parts foretell, and what of them the guest knows already.

A part's edge may come sooner than a message: the echo of an ultrasonic sensor lasts some hundred microseconds. For wires that such
a part drives, the guest gets a time table instead of levels, `[[t_us, level], …]`: the first entry is what holds now, the rest
what will come. It follows the table by its own clock, so nothing is sent again as long as all comes as foretold.
"""

from __future__ import annotations

from lovhe.virtual.surroundings.parts.model import PartModel
from lovhe.virtual.surroundings.wires import Wires

Level = int | str
Edges = list[tuple[int, int]]


class Foresight:
    """What the guest has been told of the wires that parts foretell."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._any = any(type(model).upcoming is not PartModel.upcoming for model in wires.models.values())
        self._told: dict[int, tuple[Level, Edges]] = {}
        self._front_us = 0

    def forget(self) -> None:
        """A new guest knows nothing, and its clock may have begun anew."""
        self._told.clear()
        self._front_us = 0

    def edges_at(self, gpio: int) -> Edges | None:
        """The edges foretold for a pin, soonest first; None when nothing that is wired to it can foretell any."""
        if not self._any:
            return None
        edges: Edges | None = None
        for part_id, part_pin in self._wires.parts_at(gpio):
            model = self._wires.models[part_id]
            if type(model).upcoming is not PartModel.upcoming and model.kinds[part_pin] in ("digital-out", "data"):
                edges = [*(edges or ()), *model.upcoming(part_pin)]
        return None if edges is None else sorted(edges)

    def news(self, gpio: int, level: Level, edges: Edges) -> list[tuple[int, Level]] | None:
        """The time table to send for a pin that now carries `level`; None while all comes as the guest was told."""
        first = gpio not in self._told
        self._front_us = now_us = max(self._front_us, 0 if first else self._wires.now_us)
        coming = [edge for edge in edges if edge[0] > self._wires.now_us]
        if not first:
            expected, known = self._told[gpio]
            for due_us, next_level in known:
                if due_us <= now_us:
                    expected = next_level
            if expected == level and [edge for edge in known if edge[0] > now_us] == [edge for edge in coming if edge[0] > now_us]:
                return None
        self._told[gpio] = (level, coming)
        return [(now_us, level), *coming]
