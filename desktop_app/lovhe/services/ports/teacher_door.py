"""What keeps pupils out of the teacher's side."""

from __future__ import annotations

from typing import Protocol

from lovhe.services.ports.pupils import KeptSecret


class TeacherDoor(Protocol):
    """The passphrase of this PC. What a method notes is on the disk when it returns. All methods raise `ResultsError`."""

    def kept(self) -> KeptSecret:
        """The hashed passphrase, "" where none was chosen yet, and the wrong tries since the last right one."""
        ...

    def choose(self, hashed: str) -> None:
        """Keep a new one; wrong tries are forgotten."""
        ...

    def note_try(self, right: bool, when_utc: str) -> None:
        """Count a wrong try at that moment; a right one sets the count back to none."""
        ...


class Hashing(Protocol):
    """How a passphrase is hashed: slowly, on purpose."""

    def hashed(self, passphrase: str) -> str:
        """What is kept of it."""
        ...

    def fits(self, passphrase: str, kept: str) -> bool:
        """Whether `kept` was made from it. A damaged hash fits nothing."""
        ...
