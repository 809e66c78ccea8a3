"""What pupils are typing, on its way with a copy of the results."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Draft(msgspec.Struct, frozen=True):
    """A text as it stood when a copy was made: whose (`Group.key`), and the name that `services.ports.work.AllWork.texts` gives it."""

    group: str
    name: str
    data: bytes


class Drafts(Protocol):
    """Those that came with a copy and have yet to find their place. All methods raise `ResultsError`."""

    def waiting(self) -> list[Draft]:
        """Some of them; none when all have."""
        ...

    def forget(self, drafts: list[Draft]) -> None:
        """These are in their place, and nothing of them stays in the file."""
        ...
