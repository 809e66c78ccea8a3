"""A keypad of rows and columns: a key that is down joins its row to its column.

Source: Parallax, "4x4 Matrix Membrane Keypad" (27899): pins 1 to 4 are the rows from the top, 5 to 8 the columns from the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lovhe.virtual.surroundings.parts.model import PartModel

_KEYS = ("123A", "456B", "789C", "*0#D")


class Keypad(PartModel):
    """At most one key is down: what a person does with one finger."""

    def joins(self) -> Sequence[tuple[str, str]]:
        """Row and column of the key that is down."""
        return [pair for pair in self.may_join() if self._key_at(*pair) == self.values["key"]]

    def may_join(self) -> Sequence[tuple[str, str]]:
        """Each row with each column, of those that are wired."""
        wired = self.pins("passive")
        rows, columns = ([pin for pin in wired if pin[0] == side] for side in "RC")
        return [(row, column) for row in rows for column in columns]

    def _key_at(self, row: str, column: str) -> str:
        return _KEYS[int(row[1]) - 1][int(column[1]) - 1]

    def state(self) -> dict[str, Any]:
        """Whether a key is down, and which."""
        key = self.values["key"]
        return {"pressed": key != "none", "key": None if key == "none" else key}


MODEL = Keypad
