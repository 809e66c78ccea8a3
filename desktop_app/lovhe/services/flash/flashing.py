"""What a flash of many boards is told and tells, and what is refused before a byte is written.

`class_flash` flashes a class, `board_flash` one board of it; both speak in these words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from lovhe.core.errors import ImageError, LoaderError, LovheError
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo, Firmware, Region

FirmwareFor = Callable[[BoardInfo, str, str], Firmware]
"""The firmware of that name or file ("" for what suits) for a board whose chip is known now. Raises `ImageError`, `InputError` or
`UnavailableError`."""

FilesFor = Callable[[BoardInfo, str, Firmware], Sequence[Region]]
"""The file system of a board with this MAC, as regions of its flash; the board's `sticker` is known by then, if it has one."""


class FlashWishes(msgspec.Struct, frozen=True):
    """What a user wants of a flash.

    `firmware` is a name, or a file's absolute path; "" is what suits each board. `fresh` writes all and compares nothing.
    With `class_name`, as `core.boards.names.check_class_name` gives it, boards without a name get the next ones of that class.
    With `resume` only boards whose flash was cut off are written, each with what its own flash was begun with.
    """

    firmware: str = ""
    keep_files: bool = False
    fresh: bool = False
    class_name: str = ""
    resume: bool = False


class FlashResult(msgspec.Struct, frozen=True):
    """How one board's flash went. Bytes are of flash, before compression; `name` is the board's sticker, if it has one.

    `board` is as it was given, whatever its serial port was called in the end. `outcome` is "done", "unchanged" (whole already, and
    restarted), "failed" (with `error`) or "stopped" (by the user: left whole, or marked unfinished).
    """

    board: BoardInfo
    outcome: str
    error: LovheError | None
    seconds: float
    written: int = 0
    skipped: int = 0
    chip: str = ""
    mac: str = ""
    name: str = ""
    notes: list[Text] = []

    @property
    def ok(self) -> bool:
        """Whether the board's flash is whole, read back."""
        return self.outcome in ("done", "unchanged")


class FlashWatcher(Protocol):
    """Told how boards get on; `board` is as it was given. Called from the boards' threads, one call at a time."""

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        """So many bytes of the board's flash are as they should be; falls when a new try begins."""
        ...

    def note(self, board: BoardInfo, text: Text) -> None:
        """What the board was, what is tried again and why, what the user can do meanwhile."""
        ...

    def ended(self, result: FlashResult) -> None:
        """This board is over."""
        ...


def fitted(firmware: Firmware, flash_size: int) -> Firmware:
    """`firmware` with its files filling what a flash of `flash_size` bytes has left, where it leaves that open; 0 is unknown."""
    if not firmware.files_to_end or flash_size <= firmware.files_offset:
        return firmware
    return msgspec.structs.replace(firmware, files_size=flash_size - firmware.files_offset)


def refuse_another_chip(board: BoardInfo, chip: str) -> None:
    """Raise `LoaderError` where the board's chip was known before, and its loader tells of another."""
    if board.chip and board.chip != chip:
        raise LoaderError(
            N_(
                "The board at {serial_port} should have the chip {expected}, and its loader says that it has a {chip}.",
                serial_port=board.serial_port,
                expected=board.chip,
                chip=chip,
            ),
            N_(
                "Read what is printed on the board: it is another one than you think. Take one with {expected}. Nothing was written to it.",
                expected=board.chip,
            ),
        )


def refuse_wrong_firmware(firmware: Firmware, board: BoardInfo, chip: str, flash_size: int) -> None:
    """Raise `ImageError` unless `firmware` is for this chip, fits its flash, and is no virtual board's image for a real one."""
    if firmware.chip != chip:
        raise ImageError(
            N_(
                "The firmware {firmware} is for the chip {image_chip}, but the board at {serial_port} has the chip {chip}.",
                firmware=firmware.name,
                image_chip=firmware.chip,
                serial_port=board.serial_port,
                chip=chip,
            ),
            N_("Choose the firmware for {chip}. Nothing was written to the board.", chip=chip),
        )
    if firmware.virtual and not board.virtual:
        raise ImageError(
            N_(
                "The firmware {firmware} is for virtual boards, but the board at {serial_port} is a real one.",
                firmware=firmware.name,
                serial_port=board.serial_port,
            ),
            N_("Choose a MicroPython release for {chip} with --firmware FILE. Nothing was written to the board.", chip=chip),
        )
    end = max([firmware.files_offset + firmware.files_size, *(region.offset + len(region.data) for region in firmware.regions)])
    if flash_size and end > flash_size:
        raise ImageError(
            N_(
                "The firmware {firmware} needs {needed_mb} MB of flash, but the board at {serial_port} has {found_mb} MB.",
                firmware=firmware.name,
                needed_mb=-(-end // 0x100000),
                serial_port=board.serial_port,
                found_mb=flash_size // 0x100000,
            ),
            N_("Choose a firmware for boards with less flash. Nothing was written to the board."),
        )
