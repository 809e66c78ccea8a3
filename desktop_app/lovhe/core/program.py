"""Whether a program's text can run at all, told before anything is sent to a board."""

from __future__ import annotations

import msgspec

from lovhe.core.messages import Text

MAX_PROGRAM_BYTES = 200_000


class ProgramProblem(msgspec.Struct, frozen=True):
    """Why a program's text cannot run. `line` counts from 1 (0: the whole file), `column` from 1 in characters (0: the whole line)."""

    line: int
    column: int
    what: Text
    hint: Text | None = None


def program_text(data: bytes) -> str:
    """A program file's text as it goes to a board: without byte order mark; bytes that are not UTF-8 become U+FFFD."""
    return data.decode("utf-8-sig", errors="replace")


def syntax_problem(source: str | bytes) -> ProgramProblem | None:
    """The first thing in `source` that MicroPython would refuse to compile, or None. Never raises."""
    raise NotImplementedError
