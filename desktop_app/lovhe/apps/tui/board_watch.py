"""Looks for boards, in a thread, so that one that comes or goes is noticed while nobody asks."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from lovhe.core.errors import LovheError

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp
    from lovhe.services.ports import BoardInfo

log = logging.getLogger(__name__)

_EVERY_S = 1.0


class BoardWatch:
    """Tells the app which boards there are whenever that has changed.

    What the results file knows of them (stickers, a flash that was cut off) is read when boards have come or gone, and on `look_now`.
    """

    def __init__(self, app: LovheApp) -> None:
        self._app = app
        self._ended = threading.Event()
        self._wake = threading.Event()
        self._asked = 0
        self._recorded: dict[str, BoardInfo] = {}
        self._thread = threading.Thread(target=self._look_on, name="BoardWatch", daemon=True)

    def begin(self) -> None:
        """Start looking; returns at once."""
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self._wake.set()

    def look_now(self) -> None:
        """The app has changed something: look at once. What was seen before this is not told any more."""
        self._asked += 1
        self._wake.set()

    def _look_on(self) -> None:
        told: object = None
        ids_before: object = None
        while not self._ended.is_set():
            self._wake.clear()
            asked = self._asked
            try:
                boards = self._look()
                ids = (asked, [(board.name, board.serial_port, board.mac) for board in boards])
                if ids != ids_before:
                    self._read_records()
                    ids_before = ids
                boards = [self._with_record(board) for board in boards]
                if (asked, boards) != told and not self._ended.is_set():
                    self._app.call_from_thread(self._take, boards, asked)
                    told = (asked, boards)
            except Exception:
                if not self._ended.is_set():
                    log.exception("boards were not looked for, in an unforeseen way")
            self._wake.wait(_EVERY_S)

    def _take(self, boards: list[BoardInfo], asked: int) -> None:
        """On the app's own thread."""
        if asked == self._asked:
            self._app.boards_are(boards)

    def _look(self) -> list[BoardInfo]:
        from lovhe.apps import wiring

        try:
            return wiring.reachable_boards()
        except (LovheError, OSError) as problem:
            log.info("boards were not looked for: %s", problem)
            return []

    def _read_records(self) -> None:
        from lovhe.apps import wiring

        try:
            self._recorded = {board.serial_port: board for board in wiring.find_boards()}
        except (LovheError, OSError) as problem:
            log.info("no records of boards: %s", problem)
            self._recorded = {}

    def _with_record(self, board: BoardInfo) -> BoardInfo:
        """`board` with the name on its sticker, and as unfinished where its flash was cut off."""
        import msgspec

        record = self._recorded.get(board.serial_port)
        if record is None:
            return board
        unfinished = record.state == "unfinished" and board.state not in ("busy", "off")
        return msgspec.structs.replace(board, sticker=record.sticker, state="unfinished" if unfinished else board.state)
