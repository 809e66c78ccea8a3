"""Boards whose serial port vanished in mid-flash: found again by their MAC, whatever their port is called now.

A bumped hub takes several boards away at once, and the system gives them each other's names when they come back. So what one
board's thread learns about a port is there for all, and a port is asked by one of them at a time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from lovhe.core.boards.usb_bridges import FIRST_BAUD_BD
from lovhe.core.errors import BoardError
from lovhe.services.ports import BoardInfo, Loader

log = logging.getLogger(__name__)

POLL_S = 0.3
_NOT_THERE = ("off", "busy")


class LostBoards:
    """What is known of serial ports while a class is flashed; one object for a class, usable from many threads."""

    def __init__(self, loader: Loader, find_boards: Callable[[], Sequence[BoardInfo]]) -> None:
        self._loader = loader
        self._find_boards = find_boards
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._seen: list[BoardInfo] = []
        self._seen_s = float("-inf")
        self._others: set[str] = set()
        self._in_use: set[str] = set()
        self._macs: dict[str, str] = {}
        self._waited_for: list[str] = []

    def begin(self, boards: Sequence[BoardInfo]) -> None:
        """These are about to be flashed; the ports of all others there are now are none of ours."""
        ours = {board.serial_port for board in boards}
        others = {board.serial_port for board in self._present()} - ours
        with self._lock:
            self._others |= others

    def end(self, serial_port: str) -> None:
        """The board there is done: whoever looks for a board leaves it in peace."""
        with self._lock:
            self._others.add(serial_port)

    @contextmanager
    def using(self, serial_port: str) -> Iterator[None]:
        """While a board is spoken to, nobody else asks its port."""
        with self._lock:
            self._in_use.add(serial_port)
        try:
            yield
        finally:
            with self._lock:
                self._in_use.discard(serial_port)

    def learn(self, serial_port: str, mac: str) -> None:
        """The board with that MAC is there now."""
        with self._lock:
            self._macs[serial_port] = mac

    def wait_for(self, mac: str, serial_port: str, timeout_s: float, stopped: threading.Event) -> BoardInfo | None:
        """The board with that MAC, which was at `serial_port`, where it is now; None if it does not come back.

        A board whose MAC was not known yet is looked for at its old port alone.
        """
        deadline_s = time.monotonic() + timeout_s
        with self._lock:
            self._waited_for.append(mac)
            self._macs.pop(serial_port, None)
        try:
            while time.monotonic() < deadline_s and not stopped.wait(POLL_S):
                for board in self._present():
                    if self._is_it(board, mac, serial_port):
                        return board
            return None
        finally:
            with self._lock:
                self._waited_for.remove(mac)

    def _present(self) -> list[BoardInfo]:
        """The boards there are; looked for once in POLL_S, however many ask. What was known of a port that is gone is forgotten."""
        with self._looking:
            if time.monotonic() - self._seen_s >= POLL_S:
                self._seen = [board for board in self._find_boards() if board.state not in _NOT_THERE]
                self._seen_s = time.monotonic()
                ports = {board.serial_port for board in self._seen}
                with self._lock:
                    self._others &= ports
                    self._macs = {port: mac for port, mac in self._macs.items() if port in ports}
            return self._seen

    def _is_it(self, board: BoardInfo, mac: str, serial_port: str) -> bool:
        port = board.serial_port
        with self._lock:
            if port in self._others or port in self._in_use or (not mac and port != serial_port):
                return False
            told = board.mac or self._macs.get(port, "")
            if not told:
                self._in_use.add(port)
        if not told:
            try:
                told = self._ask(board)
            finally:
                with self._lock:
                    self._in_use.discard(port)
        with self._lock:
            return told == mac if mac else bool(told) and told not in self._waited_for

    def _ask(self, board: BoardInfo) -> str:
        """The MAC of the board at that port, "" if it does not say. One that nobody waits for starts again as it was."""
        try:
            with self._loader.connect(board, FIRST_BAUD_BD) as session:
                self.learn(board.serial_port, session.mac)
                with self._lock:
                    awaited = session.mac in self._waited_for or "" in self._waited_for
                if not awaited:
                    session.restart()
                return session.mac
        except BoardError as problem:
            log.info("%s does not say who it is yet: %s", board.serial_port, problem)
            return ""
