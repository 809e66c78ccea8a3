"""What the use cases need from the outside. Adapters and virtual boards fit these; `apps.wiring` plugs them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from lovhe.core.evidence import Event


class BoardInfo(msgspec.Struct, frozen=True):
    """A board that can be reached now. `state` is "ready", "unfinished" (a flash was cut off), "empty", "loader" or "busy"."""

    name: str
    serial_port: str
    chip: str
    virtual: bool
    state: str
    bridge: str = ""
    mac: str = ""


class BoardLink(Protocol):
    """A conversation with MicroPython on one board over its serial port.

    All methods raise `BoardGoneError`, `BoardSilentError` or `BoardBusyError`.
    """

    def execute(self, code: str, timeout_s: float = 10.0) -> bytes:
        """Run `code` in the raw REPL to its end and return what it printed. A traceback raises `BoardSilentError`."""
        ...

    def put_files(self, files: Mapping[str, bytes], progress: Callable[[int, int], None] | None = None) -> int:
        """Make the board's files equal `files` (absolute board path to content); return how many were written.

        Unchanged files are left alone (SHA-256). Each is written under another name, read back, then renamed.
        """
        ...

    def start(self, code: str) -> None:
        """Start `code` in the raw REPL and return at once."""
        ...

    def read(self, timeout_s: float) -> bytes:
        """Bytes the started code has printed; b"" after `timeout_s` without any."""
        ...

    def ended(self) -> bool:
        """Whether the started code has come to its end and all it printed has been read."""
        ...

    def stop(self) -> bool:
        """End the started code with Ctrl-C, or, where it does not listen, with a reset; True if Ctrl-C was enough."""
        ...

    def close(self) -> None:
        """Leave the raw REPL and close the serial port."""
        ...


class Stage(Protocol):
    """Where a program runs: its surroundings and its clock.

    Board time is the board's own `ticks_ms`, unwrapped by the caller. In real time `allow` does nothing and
    `reached` looks at the PC's clock; in virtual time the board runs on only as far as it is allowed.
    """

    def begin(self) -> None:
        """A program is about to start: from now on the clock obeys `allow`."""
        ...

    def allow(self, duration_ms: int) -> None:
        """Let the board run `duration_ms` further than it was allowed before (in real time: than now)."""
        ...

    def reached(self) -> bool:
        """Whether the board has used up what it was allowed (and everything it printed until then can be read)."""
        ...

    def set(self, part_id: str, value: str) -> None:
        """Change the surroundings; on a real board, ask the student to. Raises `InputError` for an unknown part or value."""
        ...

    def end(self) -> None:
        """The program is over: the clock runs free again."""
        ...


class Attempt(msgspec.Struct, frozen=True):
    """One judged run, as it is stored. `report` is `core.judging.Report`; `student` may be empty."""

    id: str
    lesson_id: str
    board: str
    student: str
    when_utc: str
    program: str
    outcome: str
    points: int
    total: int
    report: bytes
    evidence: Sequence[Event]


class ResultsStore(Protocol):
    """Results kept on this PC."""

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt; when this returns, a power cut cannot take it away. Raises `ResultsError`."""
        ...

    def attempts(self, lesson_id: str | None = None) -> list[Attempt]:
        """All attempts, or those at one lesson, oldest first."""
        ...

    def attempt(self, id_start: str) -> Attempt:
        """The one attempt whose id begins with `id_start`. Raises `InputError` when there is none or more than one."""
        ...

    def note_flash(self, mac: str, serial_port: str, state: str) -> None:
        """Remember that the board was "unfinished" or is "ready"."""
        ...

    def flash_states(self) -> dict[str, str]:
        """MAC to "unfinished" or "ready"."""
        ...
