"""What a teacher does with boards and takes its time: flash many, or each that is plugged in; find one, ask some, test one's parts."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.apps.board_words import where_to_look
from lovhe.apps.flash.state import FlashState
from lovhe.apps.flash.stoppable import StoppableFlash
from lovhe.apps.flash.watch_state import WatchState
from lovhe.apps.language import current_language
from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.screen_desk import ScreenDesk
from lovhe.apps.workspace.told import Busy, Recorded
from lovhe.core.boards.lights import BoardLight
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult, FlashWishes
from lovhe.services.ports import BoardInfo

BLINK_S = 10.0


class FlashJob(Job):
    """`state` is how far each board is; `missing` are boards that were to be finished and are not plugged in."""

    def __init__(self, state: FlashState, wishes: FlashWishes) -> None:
        super().__init__()
        self.state = state
        self.missing: list[Text] = []
        self._flash = StoppableFlash(wishes, state)

    @property
    def results(self) -> list[FlashResult]:
        """How the boards' flashes ended, of those that have."""
        return [line.result for line in self.state.boards.values() if line.result is not None]

    def stop(self) -> None:
        """Ask it to end: each board is whole, or is remembered as unfinished."""
        self.state.stopping = not self.over
        super().stop()
        self._flash.stop()

    def _work(self) -> None:
        try:
            self._do()
        finally:
            ended_s = self.state.clock()
            self.state.clock = lambda: ended_s
            self.state.stopping = False

    def _do(self) -> None:
        raise NotImplementedError


class FlashBoards(FlashJob):
    """These boards, at the same time; None are those whose flash was cut off."""

    def __init__(self, boards: Sequence[BoardInfo] | None, wishes: FlashWishes) -> None:
        super().__init__(FlashState(), wishes)
        self._boards = boards
        self.state.add(boards or [])

    def _do(self) -> None:
        from lovhe.apps import wiring
        from lovhe.apps.flash.wiring import still_unfinished, unfinished

        boards = self._boards
        if boards is None:
            boards = unfinished(wiring.find_boards())
            self.state.add(boards)
        if boards:
            self._flash.work(lambda class_flash: class_flash.flash(boards))
        if self._boards is None:
            self.missing = still_unfinished(self.results)


class WatchBoards(FlashJob):
    """Each board that is plugged in, until it is stopped."""

    def __init__(self, wishes: FlashWishes) -> None:
        self.watch = WatchState()
        super().__init__(self.watch, wishes)

    @property
    def results(self) -> list[FlashResult]:
        return list(self.watch.ends.values())

    def _do(self) -> None:
        from lovhe.apps import wiring
        from lovhe.services.flash.watch import watch_boards

        self._flash.work(lambda class_flash: watch_boards(class_flash, wiring.find_boards, self.watch, None, self.stopped.is_set))


class AskBoards(Job):
    """Who are these? `macs` are, by serial port, those that have said it; `said` what came of it."""

    def __init__(self, boards: Sequence[BoardInfo]) -> None:
        super().__init__()
        self.macs: dict[str, str] = {}
        self.said: list[Text] = []
        self._boards = boards

    def _work(self) -> None:
        from lovhe.apps.board_set import ask_who

        boards, refusals = ask_who(self._boards, self._asking)
        self.macs = {board.serial_port: board.mac for board in boards if board.mac}
        self.said = [N_("{board}: {what}", board=one.board.shown, what=one.error.what) for one in refusals if one.error is not None]

    def _asking(self, count: int) -> None:
        self.tell(Busy(N_("Asking {n} board who it is …", "Asking {n} boards who they are …", n=count)))


class BlinkBoard(Job):
    """A board shows itself by its LED; `said` whether its button was pressed."""

    def __init__(self, board: BoardInfo, label: str) -> None:
        super().__init__()
        self.said: list[Text] = []
        self._board, self._label = board, label

    def _work(self) -> None:
        from lovhe.apps.board_set import identify

        self.tell(Busy(N_("One moment …")))
        if identify(self._board, BLINK_S, self._shows_itself):
            self.said.append(N_("This is {board}: its button BOOT was pressed.", board=self._label))
        self.said.append(N_("{board} is as before: its own program has started again.", board=self._label))

    def _shows_itself(self, lights: list[BoardLight], chip: str) -> None:
        self.tell(Busy(where_to_look(self._label, lights, BLINK_S)))


class PartsTest(Job):
    """Each part of a lesson's circuit is tried on a board. Stopped, it keeps nothing."""

    def __init__(self, board: BoardInfo, lesson: Lesson) -> None:
        from lovhe.apps.board_testing import PATIENCE_S

        super().__init__()
        self._board, self._lesson = board, lesson
        self._desk = ScreenDesk(self.tell, self.stopped.is_set, lesson, "", PATIENCE_S)

    def answered(self, yes: bool) -> None:
        """Somebody has answered the question that was asked last."""
        self._desk.answered(yes)

    def _work(self) -> None:
        from lovhe.apps import wiring
        from lovhe.apps.board_testing import plan_trials, tested_board
        from lovhe.core.checks.report import encode_report

        name, trials = plan_trials(self._board, self._lesson.id, None, ())
        desk, language = self._desk, current_language().code
        with wiring.results() as store, desk.person() as person:  # opened first: a test that cannot be kept is not begun
            with tested_board(self._board, name, trials, language, desk.asks, person, desk.cancelled) as tested:
                report = tested.run(desk)
            if not self.stopped.is_set():
                store.class_set().note_test(tested.mac, name, report.outcome, encode_report(report))
                self.tell(Recorded(report))
