"""`lovhe flash --watch`: which boards are plugged in, which are done, and what the person in front of the screen is to do next."""

from __future__ import annotations

from dataclasses import dataclass, field

from lovhe.apps.flash.state import FlashedBoard, FlashState
from lovhe.apps.flash.words import STOPPING
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo

BELLS = {"done": 1, "unchanged": 1, "failed": 3, "stopped": 0}
"""How often the bell rings when a board's flash ends."""


@dataclass
class WatchState(FlashState):
    """The boards that are plugged in, and the last end of each board there was."""

    wanted: int | None = None
    ends: dict[str, FlashResult] = field(default_factory=dict)
    news: FlashedBoard | None = None
    again: bool = False
    bells: int = 0

    def plugged(self, board: BoardInfo) -> None:
        """A board was plugged in; its flash begins."""
        if self.news is not None and self.news.board.serial_port not in self.boards:
            self.news = None
        self.add([board])

    def unplugged(self, board: BoardInfo) -> None:
        """A board is gone."""
        with self._adding:
            self.boards = {place: line for place, line in self.boards.items() if place != board.serial_port}
        news = self.news
        if news is not None and news.board.serial_port == board.serial_port and news.result is not None and news.result.ok:
            self.news = None  # that it is not done is said until the next board comes

    def ended(self, result: FlashResult) -> None:
        super().ended(result)
        self.ends[result.mac or result.board.serial_port] = result
        self._tell(result)

    def done_already(self, result: FlashResult) -> None:
        """This board was flashed in this watch before, and is left as it is."""
        super().ended(result)
        self._tell(result, again=True)

    def _tell(self, result: FlashResult, *, again: bool = False) -> None:
        self.news, self.again = self._line(result.board), again
        self.bells = BELLS[result.outcome]

    @property
    def done(self) -> int:
        """How many boards are done; one that failed first and then was done is one that is done."""
        return sum(result.ok for result in self.ends.values())

    @property
    def not_done(self) -> int:
        """How many are not."""
        return len(self.ends) - self.done

    def running(self) -> list[FlashedBoard]:
        """The boards that are being flashed."""
        return [line for line in list(self.boards.values()) if line.result is None]


def headline(state: WatchState) -> list[Text]:
    """What the person in front of the screen is to do now, in whole sentences."""
    if state.stopping:
        return [STOPPING]
    said: list[Text] = []
    news = state.news  # another thread may clear it
    if news is not None and news.result is not None:
        said += words_of_end(news.result, again=state.again)
    running = state.running()
    for board in running:
        if board.note is not None and board.waits(state.clock()):
            said.append(N_("{board}: {note}", board=board.label, note=board.note))
    if running:
        said.append(N_("Flashing {n} board. Leave it plugged in.", "Flashing {n} boards. Leave them plugged in.", n=len(running)))
    elif news is None or news.board.serial_port not in state.boards:
        said.append(N_("Plug in a board."))
    return said


def words_of_end(result: FlashResult, *, again: bool = False) -> list[Text]:
    """How a board's flash ended, and what to do with the board."""
    name = result.name or result.board.shown
    if again:
        return [N_("{board} is done already. Unplug it and plug in the next one.", board=name)]
    if result.outcome == "unchanged":
        return [N_("{board} had everything already: done. Unplug it and plug in the next one.", board=name)]
    if result.ok:
        return [N_("{board} is done. Unplug it and plug in the next one.", board=name)]
    if result.error is None:
        return [N_("{board} was stopped: it is unfinished.", board=name)]
    return [N_("{board} is NOT done: {reason}", board=name, reason=result.error.what), result.error.next_step]


def count_words(state: WatchState) -> Text:
    """How many boards are done and how many are not, and what ends the watch."""
    if state.wanted is not None:
        return N_("done: {done} of {n}, not done: {failed}. Ctrl+C ends.", done=state.done, n=state.wanted, failed=state.not_done)
    return N_("done: {done}, not done: {failed}. Ctrl+C ends.", done=state.done, failed=state.not_done)
