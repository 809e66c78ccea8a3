"""How long results are kept, and what is older."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Retention(Protocol):
    """What a results file knows of it. Moments are ISO 8601 in UTC, to the second. All methods raise `ResultsError`."""

    def months(self) -> int | None:
        """How long attempts are kept after a class has left school; None for ever."""
        ...

    def set_months(self, months: int | None) -> None:
        """Keep that; on the disk when this returns."""
        ...

    def newest_of(self, pupils: Sequence[str]) -> dict[str, str]:
        """When each of these pupils last handed in; who never did is not in it."""
        ...

    def guests_attempts(self, before_utc: str) -> int:
        """How many attempts older than that were made by guests."""
        ...

    def erase_guests_attempts(self, before_utc: str) -> int:
        """Take those out, and write down that it was done; how many they were."""
        ...
