"""Flash a class set: many boards in parallel, one board's trouble stops no other, a cut-off flash is remembered."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

from lovhe.core.messages import Text
from lovhe.services.flash.board_flash import BoardFlash
from lovhe.services.flash.flashing import FilesFor, FirmwareFor, FlashResult, FlashWatcher, FlashWishes
from lovhe.services.flash.lost_boards import LostBoards
from lovhe.services.flash.terms import FlashClass, Patience
from lovhe.services.flash.turnstile import Turnstile
from lovhe.services.ports import BoardInfo, ClassSet, Firmware, Loader

__all__ = ["ClassFlash", "FlashWishes", "Patience"]

MAX_AT_ONCE = 32


class ClassFlash:
    """One object a class: what is made ready for one board is there for all, and `stop` ends them all."""

    def __init__(
        self,
        loader: Loader,
        class_set: ClassSet,
        firmware_for: FirmwareFor,
        files_for: FilesFor,
        find_boards: Callable[[], Sequence[BoardInfo]],
        wishes: FlashWishes,
        watcher: FlashWatcher | None = None,
        patience: Patience | None = None,
        first_words: Callable[[BoardInfo], Text | None] = lambda board: None,
    ) -> None:
        self._class = FlashClass(
            loader=loader,
            class_set=class_set,
            firmware_for=_Once(firmware_for),
            files_for=files_for,
            lost=LostBoards(loader, find_boards),
            wishes=wishes,
            watcher=_OneAtATime(watcher) if watcher else _Nobody(),
            patience=patience or Patience(),
            stopped=threading.Event(),
            first_words=first_words,
        )

    def flash(self, boards: Sequence[BoardInfo], at_once: int = MAX_AT_ONCE) -> list[FlashResult]:
        """Flash `boards` in parallel and return a result for each, in their order; new names are given in that order too.

        Blocks until the last board is over; what goes wrong with a board is in its result, never raised.
        """
        if not boards:
            return []
        self._class.lost.begin(boards)
        turnstile = Turnstile(len(boards))
        flashes = [BoardFlash(self._class, board, turnstile, place) for place, board in enumerate(boards)]
        with ThreadPoolExecutor(min(at_once, len(boards)), thread_name_prefix="flash") as pool:
            try:
                return list(pool.map(BoardFlash.run, flashes))
            except KeyboardInterrupt:
                self.stop()
                raise

    def flash_one(
        self, board: BoardInfo, finished: Collection[str] = (), turnstile: Turnstile | None = None, place: int = 0
    ) -> FlashResult:
        """Flash a board that was just plugged in; one whose MAC is in `finished` is left as it is, and its end is not told.

        Boards that came at the same time get their names by their `place` in a common `turnstile`. A board that goes away is not
        waited for: plugged in again, it is the next one.
        """
        return BoardFlash(self._class, board, turnstile or Turnstile(1), place, just_plugged=True, finished=finished).run()

    def stop(self) -> None:
        """End all flashes: boards being written stop between two blocks and stay marked unfinished, others are left whole."""
        self._class.stopped.set()


class _Once:
    """Firmware for a class: each image's SHA-256 is taken once."""

    def __init__(self, firmware_for: FirmwareFor) -> None:
        self._firmware_for = firmware_for
        self._hashes: dict[bytes, str] = {}
        self._lock = threading.Lock()

    def __call__(self, board: BoardInfo, chip: str, wanted: str) -> tuple[Firmware, str]:
        with self._lock:
            firmware = self._firmware_for(board, chip, wanted)
            if firmware.data not in self._hashes:
                self._hashes[firmware.data] = hashlib.sha256(firmware.data).hexdigest()
            return firmware, self._hashes[firmware.data]


class _OneAtATime:
    """A `FlashWatcher` whose calls are kept apart."""

    def __init__(self, watcher: FlashWatcher) -> None:
        self._watcher = watcher
        self._lock = threading.Lock()

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        with self._lock:
            self._watcher.progress(board, done_bytes, total_bytes)

    def note(self, board: BoardInfo, text: Text) -> None:
        with self._lock:
            self._watcher.note(board, text)

    def ended(self, result: FlashResult) -> None:
        with self._lock:
            self._watcher.ended(result)


class _Nobody:
    """A `FlashWatcher` that shows nothing."""

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        pass

    def note(self, board: BoardInfo, text: Text) -> None:
        pass

    def ended(self, result: FlashResult) -> None:
        pass
