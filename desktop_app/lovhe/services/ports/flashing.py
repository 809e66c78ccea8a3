"""What a class flash needs: firmware, loaders, and the boards that this PC knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from lovhe.core.boards.names import BoardName
from lovhe.core.messages import Text
from lovhe.services.ports.boards import BoardInfo


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
    with the circuit of the lesson `test_lesson`. `noted_fault` is what a teacher has written down, "" for nothing.
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
    noted_fault: str = ""
    noted_utc: str = ""


class BoardEvent(msgspec.Struct, frozen=True):
    """What happened to a board, at a time as in `BoardRecord`. By `kind`:

    "flashed" (`words`: the firmware), "failed" (its flash: `fault` says why), "tested" (`words`: the lesson, `outcome`), "named" (`words`),
    "noted" (a fault by hand: `words`), "mended".
    """

    when_utc: str
    kind: str
    words: str = ""
    outcome: str = ""
    fault: Text | None = None


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

    def note_fault(self, mac: str, words: str) -> None:
        """Remember what somebody has seen of the board; it takes the place of what was noted before."""
        ...

    def clear_faults(self, mac: str) -> None:
        """The board is mended: neither what was noted of it nor why its last flash failed counts any more."""
        ...

    def history(self, mac: str, most: int = 100) -> list[BoardEvent]:
        """What happened to the board, the newest first."""
        ...
