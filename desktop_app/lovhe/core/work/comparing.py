"""Two versions of a text side by side, with a sign at each line that differs."""

from __future__ import annotations

from difflib import SequenceMatcher

import msgspec

_LONG = 4_000  # lines: more are not matched line by line, which would take minutes


class Row(msgspec.Struct, frozen=True):
    """One line of both. `sign` is " " where they are the same, "►" where a line was changed, "-" where only the old one has it.

    And "+" where only the new one has it.
    """

    sign: str
    old: str
    new: str


def side_by_side(old: str, new: str) -> list[Row]:
    """The lines of both texts, those that belong together in one row."""
    before, after = old.splitlines(), new.splitlines()
    rows: list[Row] = []
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > _LONG)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        left, right = before[old_from:old_to], after[new_from:new_to]
        for number in range(max(len(left), len(right))):
            both = number < len(left) and number < len(right)
            sign = " " if kind == "equal" else "►" if both else "-" if number < len(left) else "+"
            rows.append(Row(sign, left[number] if number < len(left) else "", right[number] if number < len(right) else ""))
    return rows
