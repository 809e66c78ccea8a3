"""What another PC's results bring, when they are taken in."""

from __future__ import annotations

from pathlib import Path

import msgspec

from lovhe.core.pupils.joined_roster import Renumbered


class Merged(msgspec.Struct, frozen=True):
    """What came in with a file: attempts and pupils that were not here, attempts that were; and how many pupils were erased with it.

    `otherwise` counts the attempts that both have, but not alike; those here stay. `altered` tells that changes by hand are not as they
    were written. `renumbered` is whoever has another number than in their class's list, because somebody else has that one.
    """

    file: Path
    attempts: int
    known: int
    pupils: int
    erased: int
    otherwise: int
    altered: bool
    renumbered: list[Renumbered]
