"""When the results were last copied to a safe place."""

from __future__ import annotations

from typing import Protocol

import msgspec


class LastCopy(msgspec.Struct, frozen=True):
    """A copy that was read back: when it was made, as ISO 8601 in UTC, and how many attempts were in the results then."""

    when_utc: str
    attempts: int


class CopyNotes(Protocol):
    """What this PC knows of copies. What a method notes is on the disk when it returns. All methods raise `ResultsError`."""

    def last(self) -> LastCopy | None:
        """The newest good copy; None where there was none yet."""
        ...

    def note(self, copy: LastCopy) -> None:
        """There is a good copy."""
        ...

    def attempts(self) -> int:
        """How many attempts there are now."""
        ...
