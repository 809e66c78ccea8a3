"""Boards as a program meets them: which there are, the talk with one, and its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import msgspec

from lovhe.core.checks.check_steps import Step
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import Text


class BoardInfo(msgspec.Struct, frozen=True):
    """A board that can be reached now. `state` is "ready", "unfinished" (a flash was cut off), "empty", "silent", "loader", "busy",
    or "mute" where a board was asked who it is and did not answer.

    `name` is what the system or the user calls it, `sticker` what stands on it ("7A-12"; "" where it has none, or where the MAC
    is not known before the board is asked).
    """

    name: str
    serial_port: str
    chip: str
    virtual: bool
    state: str
    bridge: str = ""
    mac: str = ""
    sticker: str = ""

    @property
    def shown(self) -> str:
        """What a user knows the board by."""
        return self.sticker or self.name


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

    def type(self, keys: bytes) -> None:
        """Send the started code what somebody types; nothing once it has ended."""
        ...

    def ended(self) -> bool:
        """Whether the started code has come to its end and all it printed has been read."""
        ...

    def stop(self) -> bool:
        """End the started code with Ctrl-C, or, where it does not listen, with a reset; True if Ctrl-C was enough."""
        ...

    def restart(self) -> None:
        """Start the board's own programs, boot.py and main.py, as a soft reset does. Afterwards there is only `close`."""
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

    def now_ms(self) -> int:
        """Board time since `begin`, as far as the host can tell: what was allowed and reached; in real time, the PC's clock."""
        ...

    def end(self) -> None:
        """The program is over: the clock runs free again."""
        ...


@runtime_checkable
class AskingStage(Protocol):
    """A `Stage` that cannot change the surroundings itself: `set` asks the student, the evidence shows that it was done."""

    def observe(self, events: Sequence[Event]) -> None:
        """Look at what the board has sent since the last `set`."""
        ...

    def move(self, part_id: str, how: str, step: Step) -> None:
        """Ask the student for what goes on during the step: its "swing" or its "glide". `answer` tells when it has begun."""
        ...

    def answer(self) -> bool | None:
        """True when the change was seen, False when the student's time for it is over, None while waiting."""
        ...

    def seen_ms(self) -> int | None:
        """The board's time at which the evidence showed what was asked for last; None where it was so before, or a person said so."""
        ...

    def inquire(self, part: str, see: str) -> None:
        """Ask what can be seen of a part, in the lesson's words."""
        ...

    def said(self) -> str | None:
        """What was answered: "yes", "no", or "" once the time for it is over; None while waiting."""
        ...


@runtime_checkable
class TypingStage(Protocol):
    """A `Stage` whose board can be typed to at a moment of its own time, which no line between two clocks could hit."""

    def type_in(self, keys: bytes) -> bool:
        """Hand the program what somebody types, now; False where the line has to carry it."""
        ...


@runtime_checkable
class ShowingStage(Protocol):
    """A `Stage` that can tell what the board's parts show, as a person would see it."""

    def part_state(self, part_id: str) -> Mapping[str, Any]:
        """The part's state now, as its model tells it; empty where the board has no such part."""
        ...


class Person(Protocol):
    """Somebody in front of the screen who answers with yes or no."""

    def ask(self, question: Text) -> None:
        """Show the question. Answers to earlier ones do not count any more."""
        ...

    def answer(self) -> bool | None:
        """The answer, or None as long as there is none."""
        ...
