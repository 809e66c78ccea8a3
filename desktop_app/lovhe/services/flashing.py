"""Flash a class set: many boards in parallel, one board's trouble stops no other, a cut-off flash is remembered."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from lovhe.core.errors import BoardError, ImageError, LovheError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo, Firmware, Loader, Region, ResultsStore, Written

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
    store: ResultsStore,
    firmware_for: FirmwareFor,
    files_for: FilesFor | None,
    progress: FlashProgress | None = None,
    at_once: int = MAX_AT_ONCE,
) -> list[FlashResult]:
    """Flash `boards` in parallel and return a result for each, in their order.

    `files_for` None keeps the boards' files. Blocks until the last board is done; board trouble is in the results, never raised.
    """
    raise NotImplementedError
