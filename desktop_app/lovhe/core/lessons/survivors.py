"""`mutants.toml` of a lesson: the changes to its solutions that its checks let through, and may."""

from __future__ import annotations

import msgspec

from lovhe.core.errors import LessonError
from lovhe.core.toml_reading import decode_toml

SURVIVORS_FILE = "mutants.toml"


class ExplainedSurvivor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change that the checks let through and may: the program is as right with it, for the reason that `why` gives.

    `program` is the solution's file, or "*" for all; `line` its text as it was. Without `becomes` every change of that line is meant;
    "" is the line left out.
    """

    program: str
    line: str
    why: str
    becomes: str | None = None

    def explains(self, program: str, before: str, after: str) -> bool:
        """Whether it speaks of this change to a line."""
        return self.program in (program, "*") and self.line.strip() == before and (self.becomes is None or self.becomes.strip() == after)


class SurvivorsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds."""

    survivor: list[ExplainedSurvivor] = []


def read_survivors(data: bytes) -> list[ExplainedSurvivor]:
    """The entries of the file. Raises `LessonError`."""
    return decode_toml(SURVIVORS_FILE, data, SurvivorsFile, LessonError).survivor
