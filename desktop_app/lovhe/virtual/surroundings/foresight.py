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
Table = list[tuple[int, Level]]


class Foresight:
    """What the guest has been told of the wires that parts foretell."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._any = any(type(model).upcoming is not PartModel.upcoming for model in wires.models.values())
        self._told: dict[int, Table] = {}
        self._front_us = 0

    def forget(self) -> None:
        """A new guest knows nothing."""
        self._told.clear()

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

    def news(self, gpio: int, level: Level, edges: Edges) -> Table | None:
        """The time table to send for a pin that now carries `level`; None while all comes as the guest was told.

        In real time the guest's messages are a little late: the parts may be further than the message that is dealt with.
        """
        now_us = self._wires.now_us
        self._front_us = max(self._front_us, now_us)
        coming: Table = [edge for edge in edges if edge[0] > now_us]
        told = self._told.get(gpio)
        if told is not None and self._as_told(told, level, coming):
            return None
        first_us = now_us if told is not None else 0
        self._told[gpio] = [(first_us, level), *coming]
        return list(self._told[gpio])

    def _as_told(self, told: Table, level: Level, coming: Table) -> bool:
        past = [edge for edge in told if edge[0] <= self._front_us]
        return (
            past[-1][1] == level and told[len(past) :] == [edge for edge in coming if edge[0] > self._front_us] and set(coming) <= set(told)
        )
