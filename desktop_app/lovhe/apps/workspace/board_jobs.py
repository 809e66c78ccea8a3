"""What is done with a board and takes its time: start a virtual one, flash one, take a program home on one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.told import Busy
from lovhe.core.circuits.hardware import Circuit
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text
from lovhe.services.deploying import Deployed
from lovhe.services.flash.flashing import FlashResult, FlashWishes
from lovhe.services.ports import BoardInfo


class StartBoard(Job):
    """A virtual board with the lesson's circuit, ready for programs: `board` once that is over. `instead` is one that ends first.

    `kind` is the wished kind of board, "" for the lesson's own.
    """

    def __init__(self, lesson: Lesson, instead: BoardInfo | None = None, kind: str = "") -> None:
        super().__init__()
        self.lesson_id = lesson.id
        self.circuit: Circuit = lesson.file.circuit
        self.board: BoardInfo | None = None
        self._instead, self._kind = instead, kind

    def _work(self) -> None:
        from lovhe.apps.lesson_boards import refuse_without_interpreter, start_lesson_board

        if self._instead is None:
            self.tell(Busy(N_("Starting a virtual board with the parts of this lesson …")))
        else:
            self.tell(Busy(N_("This lesson has other parts: starting another virtual board …")))
            end_board(self._instead)
        refuse_without_interpreter()
        board = start_lesson_board(self.lesson_id, self._kind)
        if self.stopped.is_set():
            end_board(board)
        else:
            self.board = board


def end_board(board: BoardInfo) -> None:
    """Stop a virtual board and wait for its end; nothing happens if it is gone already."""
    from lovhe.apps import wiring
    from lovhe.core.errors import NoBoardError

    with contextlib.suppress(NoBoardError):
        wiring.stop_virtual_board(board.name)


class FlashBoard(Job):
    """MicroPython and the kit's files onto a board; `result` says how it went."""

    def __init__(self, board: BoardInfo) -> None:
        super().__init__()
        from lovhe.apps.flash.stoppable import StoppableFlash

        self.result: FlashResult | None = None
        self._board = board
        self._flash = StoppableFlash(FlashWishes(), _Watcher(self.tell))

    def stop(self) -> None:
        super().stop()
        self._flash.stop()

    def _work(self) -> None:
        self.tell(Busy(_flashing(self._board)))
        [self.result] = self._flash.work(lambda class_flash: class_flash.flash([self._board]))
        if self.result.error is not None:
            raise self.result.error


class _Watcher:
    """A `FlashWatcher` that hands on what a screen shows: how far it is, and what is to be done meanwhile."""

    def __init__(self, tell: Callable[[Busy], None]) -> None:
        self._tell = tell
        self._note: Text | None = None

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        """So many bytes are as they should be."""
        self._note = None
        self._tell(Busy(_flashing(board), done_bytes, total_bytes))

    def note(self, board: BoardInfo, text: Text) -> None:
        """What somebody may want to know of it."""
        self._tell(Busy(text))

    def ended(self, result: FlashResult) -> None:
        """The job tells it."""


def _flashing(board: BoardInfo) -> Text:
    return N_("Flashing {board}. Leave it plugged in.", board=board.shown)


class TakeHome(Job):
    """A program becomes what the board does by itself; `deployed` says what was done."""

    def __init__(self, source: str, board: BoardInfo) -> None:
        super().__init__()
        self.board = board
        self.deployed: Deployed | None = None
        self._source = source

    def _work(self) -> None:
        from lovhe.apps import wiring
        from lovhe.services.deploying import deploy_program, refuse_unready_program

        refuse_unready_program(self._source)
        putting = N_("Putting your program on {board} …", board=self.board.shown)
        self.tell(Busy(putting))
        with contextlib.closing(wiring.open_link(self.board)) as link:
            self.deployed = deploy_program(
                self._source,
                link,
                wiring.runtime(),
                lambda done, total: self.tell(Busy(putting, done, total)),
                wiring.first_main(),
            )


def taken_home_words(board: BoardInfo, deployed: Deployed) -> list[Text]:
    """What is on the board now, how to power it, and how to get back."""
    words: list[Text] = [
        N_("Your program is on the board {board} now, and runs there by itself.", board=board.shown),
        N_("It runs whenever the board has power: from a power bank, or a phone's charger, by the same cable. No PC is needed."),
    ]
    if deployed.kept:
        words.append(N_("The program that was on the board is kept there as {file}.", file=deployed.kept))
    words.append(N_("Run (F5) and Check (F6) work as before. Take another program home, and it takes this one's place."))
    words.append(N_("To make the board as it was when new, flash it: “Flash this board” in the menu (F2)."))
    return words
