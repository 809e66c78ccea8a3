"""Why a program's text cannot run, and how such a thing is said."""

from __future__ import annotations

import msgspec

from lovhe.core.messages import N_, Message, Text


class ProgramProblem(msgspec.Struct, frozen=True):
    """Why a program's text cannot run. `line` counts from 1 (0: the whole file), `column` from 1 in characters (0: the whole line)."""

    line: int
    column: int
    what: Text
    hint: Text | None = None


def at_line(line: int, what: Text) -> Text:
    """`what` with the line it speaks of in front; without one where the line is not known (0)."""
    return N_("Line {line}: {what}", line=line, what=what) if line > 0 else what


def problem_at(line: int, column: int, what: Message, hint: Message | None = None) -> ProgramProblem:
    """A problem whose sentence names its line."""
    return ProgramProblem(line, column, at_line(line, what), hint)
