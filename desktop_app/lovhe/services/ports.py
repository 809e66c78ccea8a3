"""What the use cases need from the outside. Adapters and virtual boards fit these; `apps.wiring` plugs them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

import msgspec

from lovhe.core.boards.names import BoardName
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

    `baud_bd` is the line rate that was agreed on. All methods raise `LoaderError` or `BoardGoneError`.
    """

    chip: str
    mac: str
    flash_size: int
    baud_bd: int

    def read(self, offset: int, size: int) -> bytes:
        """What the flash holds there; for some KB, at the line's speed."""
        ...

    def write(
        self,
        regions: Sequence[Region],
        progress: Callable[[int, int], None] | None = None,
        before_writing: Callable[[], None] | None = None,
        fresh: bool = False,
    ) -> Written:
        """Write the regions that differ by their MD5 and read their MD5 back; `progress(bytes_done, bytes_total)`.

        With `fresh` nothing is compared first and all is written. `before_writing` is called once, before the first byte of
        flash is erased; not at all where nothing is to be written. What `progress` raises ends the writing at once, between two
        blocks, and comes out as it is: the flash is then neither the old nor the new, and the session goes on being usable.
        """
        ...

    def restart(self) -> None:
        """Leave the loader: the board starts what is in its flash."""
        ...


class Loader(Protocol):
    """Brings boards into their loader. One `Loader` serves a whole class: what is sent to many is compressed once."""

    def connect(self, board: BoardInfo, baud_bd: int) -> AbstractContextManager[LoaderSession]:
        """A session with the board's loader at `baud_bd`; blocks some seconds. Leaving it closes the serial port.

        Raises `BoardError`s. A board that does not follow to that rate is spoken to at 115,200.
        """
        ...


class Attempt(msgspec.Struct, frozen=True):
    """One judged run or answer, as it is stored. `report` is `core.checks.report.Report`; `student` may be empty.

    `program` is what was handed in: a program, or what was answered. `step` is the lesson's step, "" where it has none.
    """

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
    step: str = ""


class ResultsStore(Protocol):
    """Results kept on this PC. All methods raise `ResultsError`."""

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt; when this returns, a power cut cannot take it away. Raises `ResultsError`."""
        ...

    def attempts(self, lesson_id: str | None = None) -> list[Attempt]:
        """All attempts, or those at one lesson, oldest first, without their evidence."""
        ...

    def attempt(self, id_start: str) -> Attempt:
        """The one attempt whose id begins with `id_start`, with its evidence. Raises `InputError` when there is none or more than one."""
        ...


class FlashOrder(msgspec.Struct, frozen=True):
    """What a flash is to write, so that it can be finished after a power cut.

    `firmware` is what the user asked for (a name or a file's absolute path; "" for what suits the board), `sha256` the image's own.
    `class_name` is the class a board without a name belongs to from then on.
    """

    firmware: str
    sha256: str
    keep_files: bool
    class_name: str = ""


class BoardRecord(msgspec.Struct, frozen=True):
    """A board as this PC remembers it, by its MAC. Times are ISO 8601 in UTC, "" for never.

    `flash_state` is "unfinished" (a flash was begun, with `order`), "ready" or "" (never flashed here); `firmware` is the
    one that was read back whole last; `fault` is why its last flash failed, if it did. `test_outcome` is that of the last self-test
    with the circuit of the lesson `test_lesson`.
    """

    mac: str
    name: BoardName | None = None
    chip: str = ""
    serial_port: str = ""
    firmware: str = ""
    flash_state: str = ""
    order: FlashOrder | None = None
    flashed_utc: str = ""
    fault: Text | None = None
    fault_utc: str = ""
    test_lesson: str = ""
    test_outcome: str = ""
    test_report: bytes = b""
    tested_utc: str = ""


class ClassSet(Protocol):
    """The boards that this PC knows, each by its MAC. What a method notes is on the disk when it returns.

    Safe from several threads. All methods raise `ResultsError`.
    """

    def boards(self) -> list[BoardRecord]:
        """All boards, by class and number; those without a name last, by MAC."""
        ...

    def board(self, mac: str) -> BoardRecord | None:
        """The board with that MAC, if it was ever seen here."""
        ...

    def named(self, name: BoardName) -> BoardRecord | None:
        """The board with that name."""
        ...

    def give_name(self, mac: str, class_name: str) -> BoardName:
        """The board's name; where it has none, the class's lowest number that is free, from now on."""
        ...

    def rename(self, mac: str, name: BoardName | None) -> None:
        """Give the board this name, or none. Raises `InputError` when another board has it."""
        ...

    def forget(self, mac: str) -> None:
        """Remember nothing of this board any more."""
        ...

    def flash_begins(self, mac: str, serial_port: str, chip: str, order: FlashOrder) -> None:
        """The board is "unfinished" from now on: its flash is about to be changed."""
        ...

    def flash_ended(self, mac: str, serial_port: str, chip: str, firmware: str) -> None:
        """The board holds `firmware` whole, read back: it is "ready", and its last fault is over."""
        ...

    def flash_failed(self, mac: str, serial_port: str, fault: Text) -> None:
        """Remember why; the state stays what it was."""
        ...

    def note_test(self, mac: str, lesson_id: str, outcome: str, report: bytes) -> None:
        """Remember how a self-test ended; `report` is `core.checks.report.Report` as JSON."""
        ...
