"""What the use cases need from the outside. Adapters and virtual boards fit these; `apps.wiring` plugs them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

import msgspec

from lovhe.core.evidence import Event


class BoardInfo(msgspec.Struct, frozen=True):
    """A board that can be reached now. `state` is "ready", "unfinished" (a flash was cut off), "empty", "silent", "loader" or "busy"."""

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

    def type(self, keys: bytes) -> None:
        """Send the started code what somebody types; nothing once it has ended."""
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

    def answer(self) -> bool | None:
        """True when the change was seen, False when the student's time for it is over, None while waiting."""
        ...


class Region(msgspec.Struct, frozen=True):
    """Bytes that belong at `offset` in a board's flash.

    A region with `only_with_others` is written only when another one of the same session is: it clears what a former
    firmware has left (nvs), but a board that needs nothing keeps it.
    """

    offset: int
    data: bytes
    only_with_others: bool = False


class Firmware(msgspec.Struct, frozen=True):
    """A firmware image, checked: `offset` is where the chip wants it, `files_offset` and `files_size` its vfs partition.

    `name` is what a user would call it: a file name or a release. With `files_to_end` the files get what is left of the board's flash.
    """

    name: str
    data: bytes
    chip: str
    virtual: bool
    offset: int
    files_offset: int
    files_size: int
    regions: list[Region]
    files_to_end: bool = False


class Written(msgspec.Struct, frozen=True):
    """What one loader session did: flash bytes written and flash bytes found equal and left alone."""

    written: int
    skipped: int


class LoaderSession(Protocol):
    """A board in its loader. `mac` is "24:0a:c4:00:00:01"; `chip` "esp32", "esp32s3" …; `flash_size` in bytes, 0 if unknown.

    All methods raise `LoaderError` or `BoardGoneError`.
    """

    chip: str
    mac: str
    flash_size: int

    def write(
        self,
        regions: Sequence[Region],
        progress: Callable[[int, int], None] | None = None,
        before_writing: Callable[[], None] | None = None,
    ) -> Written:
        """Write the regions that differ by their MD5 and read their MD5 back; `progress(bytes_done, bytes_total)`.

        `before_writing` is called once, before the first byte of flash is erased; not at all where nothing differs.
        """
        ...

    def restart(self) -> None:
        """Leave the loader: the board starts what is in its flash."""
        ...


class Loader(Protocol):
    """Brings boards into their loader. One `Loader` serves a whole class: what is sent to many is compressed once."""

    def connect(self, board: BoardInfo) -> AbstractContextManager[LoaderSession]:
        """A session with the board's loader; blocks some seconds. Raises `BoardError`s. Leaving it closes the serial port."""
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
        """All attempts, or those at one lesson, oldest first, without their evidence."""
        ...

    def attempt(self, id_start: str) -> Attempt:
        """The one attempt whose id begins with `id_start`, with its evidence. Raises `InputError` when there is none or more than one."""
        ...

    def note_flash(self, mac: str, serial_port: str, state: str) -> None:
        """Remember that the board was "unfinished" or is "ready"."""
        ...

    def flash_states(self) -> dict[str, str]:
        """MAC to "unfinished" or "ready"."""
        ...
