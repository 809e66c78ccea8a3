"""For more boards than sockets: each board that is plugged in is flashed, once; then it is unplugged, and the next one comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from lovhe.services.flash.class_flash import MAX_AT_ONCE, ClassFlash
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.flash.turnstile import Turnstile
from lovhe.services.ports import BoardInfo

LOOK_EVERY_S = 0.3


class PlugWatcher(Protocol):
    """Told what is plugged in and out; how a board's flash gets on and ends, the `ClassFlash` tells its own watcher."""

    def plugged(self, board: BoardInfo) -> None:
        """This board has come; its flash begins."""
        ...

    def unplugged(self, board: BoardInfo) -> None:
        """A board whose flash is over is gone."""
        ...

    def done_already(self, result: FlashResult) -> None:
        """This board was done before in this watch, and is left as it is."""
        ...


def watch_boards(
    flash: ClassFlash,
    find_boards: Callable[[], Sequence[BoardInfo]],
    watcher: PlugWatcher,
    count: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
    wait: Callable[[float], None] = time.sleep,
) -> list[FlashResult]:
    """Flash what is there and what is plugged in, until `stopped`, or until `count` boards are done; how each board ended last.

    Who stops it also stops `flash`: otherwise the boards that are being flashed are waited for.
    """
    return _Watch(flash, watcher, count).run(find_boards, stopped, wait)


class _Watch:
    def __init__(self, flash: ClassFlash, watcher: PlugWatcher, count: int | None) -> None:
        self._flash = flash
        self._watcher = watcher
        self._count = count
        self._plugged: dict[str, BoardInfo] = {}
        self._running: dict[str, Future[FlashResult]] = {}
        self._ends: dict[str, FlashResult] = {}
        self._done: set[str] = set()

    def run(
        self, find_boards: Callable[[], Sequence[BoardInfo]], stopped: Callable[[], bool], wait: Callable[[float], None]
    ) -> list[FlashResult]:
        with ThreadPoolExecutor(MAX_AT_ONCE, thread_name_prefix="flash") as pool:
            while not stopped() and not self._enough():
                self._look([board for board in find_boards() if board.state != "off"], pool)
                wait(LOOK_EVERY_S)
                self._collect()
        self._collect()
        return list(self._ends.values())

    def _look(self, boards: Sequence[BoardInfo], pool: ThreadPoolExecutor) -> None:
        there = {board.serial_port: board for board in boards}
        for port in [port for port in self._plugged if port not in there and port not in self._running]:
            self._watcher.unplugged(self._plugged.pop(port))
        came = [board for port, board in there.items() if port not in self._plugged]
        turnstile, finished = Turnstile(len(came)), frozenset(self._done)
        for place, board in enumerate(came):
            self._plugged[board.serial_port] = board
            self._watcher.plugged(board)
            self._running[board.serial_port] = pool.submit(self._flash.flash_one, board, finished, turnstile, place)

    def _collect(self) -> None:
        for port in [port for port, flash in self._running.items() if flash.done()]:
            result = self._running.pop(port).result()
            if result.mac and result.mac in self._done:
                self._watcher.done_already(result)
                continue
            self._ends[result.mac or port] = result
            if result.ok and result.mac:
                self._done.add(result.mac)

    def _enough(self) -> bool:
        return self._count is not None and len(self._done) >= self._count
