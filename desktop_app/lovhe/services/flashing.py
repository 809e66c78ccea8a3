"""Flash a class set: many boards in parallel, one board's trouble stops no other, a cut-off flash is remembered."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from lovhe.core.errors import BoardError, ImageError, LoaderError, LovheError
from lovhe.core.messages import N_
from lovhe.core.usb_bridges import flash_speeds_bd
from lovhe.services.ports import BoardInfo, ClassSet, Firmware, FlashOrder, Loader, LoaderSession, Region, Written

log = logging.getLogger(__name__)

MAX_AT_ONCE = 32

FirmwareFor = Callable[[BoardInfo, str], Firmware]
"""The firmware for a board whose chip is known now. Raises `ImageError` or `UnavailableError`."""

FilesFor = Callable[[BoardInfo, str, Firmware], Sequence[Region]]
"""The file system of a board with this MAC, as regions of its flash."""

FlashProgress = Callable[[BoardInfo, int, int], None]
"""Called from the boards' threads with bytes done and bytes in all; one call at a time."""


class FlashResult(msgspec.Struct, frozen=True):
    """How one board's flash went. `error` is None when it is done; bytes are of flash, before compression."""

    board: BoardInfo
    error: LovheError | None
    seconds: float
    written: int = 0
    skipped: int = 0
    chip: str = ""
    mac: str = ""

    @property
    def ok(self) -> bool:
        """Whether the board is flashed, read back and restarted."""
        return self.error is None


def flash_boards(
    boards: Sequence[BoardInfo],
    loader: Loader,
    class_set: ClassSet,
    firmware_for: FirmwareFor,
    files_for: FilesFor | None,
    progress: FlashProgress | None = None,
    at_once: int = MAX_AT_ONCE,
) -> list[FlashResult]:
    """Flash `boards` in parallel and return a result for each, in their order.

    `files_for` None keeps the boards' files. Blocks until the last board is done; what goes wrong with a board is in its
    result, never raised.
    """
    if not boards:
        return []
    flash = _Flash(loader, class_set, firmware_for, files_for, progress)
    with ThreadPoolExecutor(min(at_once, len(boards)), thread_name_prefix="flash") as pool:
        return list(pool.map(flash.board, boards))


class _Flash:
    """What the boards' threads share; the lock keeps their calls to `progress` apart."""

    def __init__(
        self, loader: Loader, class_set: ClassSet, firmware_for: FirmwareFor, files_for: FilesFor | None, progress: FlashProgress | None
    ) -> None:
        self._loader = loader
        self._class_set = class_set
        self._firmware_for = firmware_for
        self._files_for = files_for
        self._progress = progress
        self._one_at_a_time = threading.Lock()

    def board(self, board: BoardInfo) -> FlashResult:
        """Flash one board; every `LovheError` becomes its result."""
        begin = time.monotonic()
        chip = mac = ""
        try:
            with self._loader.connect(board, flash_speeds_bd(board.bridge)[0]) as session:
                chip, mac = session.chip, session.mac
                written = self._write(board, session)
        except LovheError as problem:
            log.info("flashing %s failed", board.serial_port, exc_info=problem)
            return FlashResult(board, problem, time.monotonic() - begin, chip=chip, mac=mac)
        return FlashResult(board, None, time.monotonic() - begin, written.written, written.skipped, chip, mac)

    def _write(self, board: BoardInfo, session: LoaderSession) -> Written:
        try:
            firmware, regions = self._what_to_write(board, session)
        except LovheError:
            with contextlib.suppress(BoardError):
                session.restart()  # nothing was written: what the board had before goes on
            raise
        order = FlashOrder("", hashlib.sha256(firmware.data).hexdigest(), self._files_for is None)
        written = session.write(
            regions,
            lambda done, total: self._tell(board, done, total),
            lambda: self._class_set.flash_begins(session.mac, board.serial_port, session.chip, order),
        )
        self._class_set.flash_ended(session.mac, board.serial_port, session.chip, firmware.name)
        session.restart()
        return written

    def _what_to_write(self, board: BoardInfo, session: LoaderSession) -> tuple[Firmware, list[Region]]:
        refuse_another_chip(board, session.chip)
        firmware = fitted(self._firmware_for(board, session.chip), session.flash_size)
        refuse_wrong_firmware(firmware, board, session.chip, session.flash_size)
        files = [] if self._files_for is None else self._files_for(board, session.mac, firmware)
        return firmware, [*firmware.regions, *files]

    def _tell(self, board: BoardInfo, done: int, total: int) -> None:
        if self._progress is not None:
            with self._one_at_a_time:
                self._progress(board, done, total)


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
    end = firmware.files_offset + firmware.files_size
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
