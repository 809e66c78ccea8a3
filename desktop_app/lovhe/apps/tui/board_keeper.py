"""The app's boards: which is in use, virtual ones of its own, and what is being done with one of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from lovhe.apps.tui.messages import BoardsChanged
from lovhe.apps.workspace.board_use import BoardUse, same_board
from lovhe.apps.workspace.told import Busy
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp
    from lovhe.apps.workspace.jobs import Job
    from lovhe.core.circuits.hardware import Circuit
    from lovhe.core.lessons.lesson import Lesson

_LOOK_S = 0.1
_HEARD_S = 10.0
_END_S = 3.0


class BoardKeeper:
    """Lives as long as the app. `busy` is what the job with a board told last, None where there is no job.

    `trouble` is why what was asked for could not be done, until something else is done.
    """

    def __init__(self, app: LovheApp) -> None:
        self.use = BoardUse()
        self.busy: Busy | None = None
        self.trouble: LovheError | None = None
        self._app = app
        self._job: Job | None = None
        self._own: BoardInfo | None = None
        self._own_circuit: Circuit | None = None
        self._used: BoardInfo | None = None
        self._quiet_s = 0.0

    def begin(self) -> None:
        """The app is there."""
        self._app.set_interval(_LOOK_S, self._look)

    def end(self) -> None:
        """The app goes, and its own board with it; waits a moment for that. What is left ends with the process."""
        from lovhe.apps.workspace.board_jobs import end_board

        if self._job is not None:
            self._job.stop()
        if self._own is not None:
            ending = threading.Thread(target=end_board, args=[self._own], name="EndBoard", daemon=True)
            ending.start()
            ending.join(_END_S)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done with a board, so that nothing else can be."""
        return self._job is not None

    @property
    def is_flashing(self) -> bool:
        """Whether a board would be left unfinished if the app ended now."""
        from lovhe.apps.workspace.board_jobs import FlashBoard

        return isinstance(self._job, FlashBoard)

    # --- which boards there are ---

    def boards_are(self, boards: Sequence[BoardInfo]) -> None:
        """Boards have come or gone."""
        self.use.are(boards)
        self._changed()

    def choose(self, board: BoardInfo) -> None:
        """The pupil has chosen."""
        self.use.use(board)
        self._changed()

    def end_boards(self, boards: Sequence[BoardInfo]) -> None:
        """These end because they were told to."""
        for board in boards:
            self.use.end(board)
        self._changed()

    def _changed(self) -> None:
        self._quiet_s = 0.0
        used = self.use.used
        if used is not None and (self._used is None or not same_board(used, self._used)):
            self.trouble = None
        self._used = used
        for screen in self._app.screen_stack:
            screen.post_message(BoardsChanged(self.use.boards, self.use.used))

    # --- a virtual board of the app's own ---

    def start_virtual(self, lesson: Lesson) -> None:
        """A virtual board with the lesson's circuit, in use as soon as it is there; it takes the place of the one before."""
        from lovhe.apps.workspace.board_jobs import StartBoard

        instead, self._own = self._own, None
        if self._begin(StartBoard(lesson, instead, self._app.settings.board)) and instead is not None:
            self.use.end(instead)
            self._changed()

    def fit(self, lesson: Lesson) -> None:
        """The lesson is open now: an own virtual board in use that has other parts is replaced."""
        used = self.use.used
        if self._own is None or used is None or not same_board(self._own, used) or self._own_circuit == lesson.file.circuit:
            return
        self.start_virtual(lesson)

    # --- flash ---

    def ask_to_flash(self) -> None:
        """Ask whether the board in use is to be flashed, and do it after a yes."""
        from lovhe.apps.tui.screens.question import Question

        board = self.use.used
        if board is None:
            self._app.say(N_("There is no board. Plug one in first."))
            return
        sentences = [
            N_("This puts MicroPython and the kit's files on the board {board}.", board=board.shown),
            N_("All programs that are on it now are lost. What you type here in Lövhə is not touched."),
            N_("It takes about a minute; the board must stay plugged in. Flash it now?"),
        ]
        self._app.push_screen(Question(sentences, partial(self.flash, board), N_("Flash this board")))

    def flash(self, board: BoardInfo) -> None:
        """MicroPython and the kit's files onto this board; somebody has said yes to that."""
        from lovhe.apps.workspace.board_jobs import FlashBoard

        self._begin(FlashBoard(board))

    # --- what is being done ---

    def _begin(self, job: Job) -> bool:
        if self.is_busy:
            self._app.say(N_("Something is being done with a board. Wait until it is over."))
            return False
        self._job, self.trouble = job, None
        job.begin()
        return True

    def _look(self) -> None:
        job = self._job
        if job is not None:
            over = job.over
            for told in job.take():
                if isinstance(told, Busy):
                    self.busy = told
            if over:
                self._job = self.busy = None
                self._over(job)
        elif self.use.passing:
            self._quiet_s += _LOOK_S
            if self._quiet_s >= _HEARD_S:
                self.use.heard()

    def _over(self, job: Job) -> None:
        from lovhe.apps.workspace.board_jobs import FlashBoard, StartBoard

        self._app.look_for_boards()
        if job.problem is not None:
            self.trouble = job.problem
        elif isinstance(job, StartBoard) and job.board is not None:
            self._own, self._own_circuit = job.board, job.circuit
            self.use.use(job.board)
            self.use.tell_started()
        elif isinstance(job, FlashBoard) and job.result is not None and job.result.ok:
            self._app.say(N_("{board} is flashed: your programs run on it now.", board=job.result.name or job.result.board.shown))
        self._changed()
