"""How far a flash of many boards is: what their threads report, kept for whoever shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lovhe.core.messages import Text
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo

_GOES_ON_S = 1.0
_LEAST_TIME_S = 2.0
"""Before that, a line's speed says nothing about the time left."""


@dataclass
class FlashedBoard:
    """One board: bytes of flash done and in all (0 while it is not known), the last note (why it failed, if it has), and how it ended.

    `stands`: nothing was written since that note.
    `first` is when the first progress was told, and how many bytes it told of: they may have been there before.
    """

    board: BoardInfo
    began_s: float
    first: tuple[float, int] | None = None
    done: int = 0
    total: int = 0
    note: Text | None = None
    noted_s: float = 0.0
    stands: bool = False
    result: FlashResult | None = None

    @property
    def label(self) -> str:
        """What a user knows the board by: its sticker, from the moment on that it is known."""
        return (self.result.name if self.result else "") or self.board.shown

    @property
    def share(self) -> float:
        """How much of its flash is done, 0 … 1; one that has ended is over, however it ended."""
        if self.result is not None:
            return 1.0
        return min(self.done / self.total, 1.0) if self.total else 0.0

    def waits(self, now_s: float) -> bool:
        """Whether it has not gone on since its last note, for so long that somebody may have to do what that says."""
        return self.stands and now_s - self.noted_s >= _GOES_ON_S

    def speed(self, now_s: float) -> float | None:
        """Bytes of flash a second so far; None while that says nothing."""
        if self.first is None or now_s - self.first[0] < _LEAST_TIME_S or self.done <= self.first[1]:
            return None
        return (self.done - self.first[1]) / (now_s - self.first[0])

    def left_s(self, now_s: float) -> float | None:
        """How long it will take at its own speed so far; None while that says nothing."""
        speed = self.speed(now_s)
        return None if speed is None else (self.total - self.done) / speed


@dataclass
class FlashCount:
    """Sums over all boards. `left_s` is None while nobody can tell."""

    boards: int
    done: int
    failed: int
    running: int
    bytes_done: int
    bytes_total: int
    share: float
    left_s: float | None


@dataclass
class FlashState:
    """All boards of one flash, by their serial port when it began; a `FlashWatcher`.

    The boards' threads write and the screen reads: a value of a board may be a moment newer than another.
    """

    clock: Callable[[], float] = time.monotonic
    boards: dict[str, FlashedBoard] = field(default_factory=dict)
    stopping: bool = False
    _adding: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Note when it began."""
        self.began_s = self.clock()

    def add(self, boards: Sequence[BoardInfo]) -> None:
        """These are about to be flashed; one that was here before begins anew."""
        with self._adding:
            self.boards = self.boards | {board.serial_port: FlashedBoard(board, self.clock()) for board in boards}

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        """So many bytes of this board's flash are as they should be."""
        line = self._line(board)
        if line.first is None or done_bytes < line.done:  # a new try begins at the beginning
            line.first = (self.clock(), done_bytes)
        line.done, line.total, line.stands = done_bytes, total_bytes, False

    def note(self, board: BoardInfo, text: Text) -> None:
        """Something happened to this board that its user may want to know."""
        line = self._line(board)
        line.note, line.noted_s, line.stands = text, self.clock(), True

    def ended(self, result: FlashResult) -> None:
        """This board is over."""
        line = self._line(result.board)
        line.result, line.stands = result, False
        if result.error is not None:
            line.note, line.noted_s = result.error.what, self.clock()

    def results(self) -> list[FlashResult]:
        """Those that have ended; where the flash was left before its end, the others as stopped."""
        return [line.result or self._stopped(line) for line in self.boards.values()]

    def _stopped(self, line: FlashedBoard) -> FlashResult:
        board = line.board
        return FlashResult(board, "stopped", None, self.clock() - line.began_s, mac=board.mac, name=board.sticker)

    def count(self) -> FlashCount:
        """The sums of this moment."""
        lines = list(self.boards.values())
        ended = [line.result for line in lines if line.result is not None]
        done = sum(result.ok for result in ended)
        return FlashCount(
            boards=len(lines),
            done=done,
            failed=len(ended) - done,
            running=len(lines) - len(ended),
            bytes_done=sum(line.done for line in lines),
            bytes_total=sum(line.total for line in lines),
            share=sum(line.share for line in lines) / len(lines) if lines else 0.0,
            left_s=self._left_s(lines),
        )

    def _left_s(self, lines: Sequence[FlashedBoard]) -> float | None:
        """The time of the slowest board that runs."""
        times = [line.left_s(self.clock()) for line in lines if line.result is None]
        known = [time_s for time_s in times if time_s is not None]
        return max(known) if known and len(known) == len(times) else None

    def _line(self, board: BoardInfo) -> FlashedBoard:
        if board.serial_port not in self.boards:
            self.add([board])
        return self.boards[board.serial_port]
