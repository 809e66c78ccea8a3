"""The practice class's boards: three that the computer plays, flashed as a class set."""

from __future__ import annotations

import os
from collections.abc import Sequence

from lovhe.apps.flash.state import FlashState
from lovhe.apps.flash.stoppable import StoppableFlash
from lovhe.apps.teaching.first_hour import CLASS, LESSON
from lovhe.apps.workspace.board_jobs import end_board
from lovhe.apps.workspace.jobs import Job
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo

COUNT = 3


class FlashPractice(Job):
    """Starts them and flashes them. `state` is how far they are, `boards` run until `end_boards`, `ready` says that all are flashed."""

    def __init__(self) -> None:
        super().__init__()
        self.state = FlashState()
        self.boards: Sequence[BoardInfo] = []
        self.ready = False
        self._flash = StoppableFlash(FlashWishes(class_name=CLASS), self.state)

    def stop(self) -> None:
        super().stop()
        self._flash.stop()

    def _work(self) -> None:
        from lovhe.apps import wiring
        from lovhe.apps.lesson_boards import refuse_without_interpreter

        refuse_without_interpreter()
        self.boards = wiring.start_virtual_boards(
            count=COUNT,
            name=f"practice-{os.getpid()}",
            lesson=LESSON,
            circuit=None,
            chip="",
            baud_limit=None,
            endpoint="rfc2217",
            tie_to_this_process=True,
        )
        if not self.stopped.is_set():
            self.state.add(self.boards)
            results = self._flash.work(lambda class_flash: class_flash.flash(self.boards))
            self.ready = all(result.ok for result in results)


def end_boards(boards: Sequence[BoardInfo]) -> None:
    """Stop them, one after another; those that are gone already are no matter. Takes a second: not for the event loop."""
    for board in boards:
        end_board(board)
