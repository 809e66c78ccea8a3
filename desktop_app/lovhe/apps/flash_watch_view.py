"""`lovhe flash --watch` at this moment: big words for what to do next, the boards that are plugged in, the last ones, the count."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.text import Text as Line

from lovhe.apps.flash_state import FlashedBoard, FlashState
from lovhe.apps.flash_view import STOPPING, cut, ending, lines_of_boards, result_mark
from lovhe.apps.language import key, number, t
from lovhe.apps.terminal_drawings import Glyphs
from lovhe.core.messages import N_, Text
from lovhe.services.flashing import FlashResult
from lovhe.services.ports import BoardInfo

BELLS = {"done": 1, "unchanged": 1, "failed": 3, "stopped": 0}
"""How often the bell rings when a board's flash ends."""

_LEAST_LAST = 5
"""So many lines are kept for the last ones, however many boards are plugged in."""
_STYLES = {"done": "bold green", "unchanged": "bold green", "failed": "bold red", "stopped": "bold yellow"}


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
        if self.news is not None and self.news.board.serial_port == board.serial_port and self.news.result and self.news.result.ok:
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
        self.news, self.again = self.boards[result.board.serial_port], again
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


def watch_lines(state: WatchState, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """At most `height` lines of at most `width` columns."""
    top, bottom = _headline(state, width, glyphs), [Line(), Line(cut(t(count_words(state)), width, glyphs), style="bold")]
    room = max(height - len(top) - len(bottom), 1)
    boards = list(state.boards.values())
    if len(boards) > 1 or any(board.result is None for board in boards):
        rows = room - 1 - min(len(state.ends) + 2, _LEAST_LAST)
        top += [Line(), *lines_of_boards(boards, state.clock(), width, max(rows, 1), glyphs)]
    last = list(state.ends.values())[::-1]
    room = height - len(top) - len(bottom) - 2
    if last and room > 0:
        top += [Line(), Line(t(key("The last ones:")), style="dim"), *_last(last[:room], width, glyphs)]
    lines = [*top, *bottom][-height:]
    for line in lines:
        line.truncate(width)
    return lines


def headline(state: WatchState) -> list[Text]:
    """What the person in front of the screen is to do now, in whole sentences."""
    if state.stopping:
        return [STOPPING]
    said: list[Text] = []
    if state.news is not None and state.news.result is not None:
        said += words_of_end(state.news.result, again=state.again)
    running = state.running()
    for board in running:
        if board.note is not None and board.waits(state.clock()):
            said.append(N_("{board}: {note}", board=board.label, note=board.note))
    if running:
        said.append(N_("Flashing {n} board. Leave it plugged in.", "Flashing {n} boards. Leave them plugged in.", n=len(running)))
    elif state.news is None or state.news.board.serial_port not in state.boards:
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


def _headline(state: WatchState, width: int, glyphs: Glyphs) -> list[Line]:
    """The words between two rules, in the colour of what they say and with its mark."""
    result = state.news.result if state.news else None
    style = _STYLES[result.outcome] if result and not state.stopping else "bold"
    mark = f"{result_mark(result.outcome, glyphs)} " if result and not state.stopping else ""
    rule = Line(glyphs.line * width, style=style)
    first, *rest = map(t, headline(state))
    words = [line for text in (mark + first, *rest) for line in _folded(text, width)]
    return [rule, *(Line(line, style=style) for line in words), rule.copy()]


def _folded(text: str, width: int) -> list[str]:
    return [f" {line}" for line in textwrap.wrap(text, max(width - 2, 10))]


def count_words(state: WatchState) -> Text:
    """How many boards are done and how many are not, and what ends the watch."""
    if state.wanted is not None:
        return N_("done: {done} of {n}, not done: {failed}. Ctrl+C ends.", done=state.done, n=state.wanted, failed=state.not_done)
    return N_("done: {done}, not done: {failed}. Ctrl+C ends.", done=state.done, failed=state.not_done)


def _last(results: Iterable[FlashResult], width: int, glyphs: Glyphs) -> list[Line]:
    shown = [(result.name or result.board.shown, result) for result in results]
    widest = max(len(name) for name, _ in shown)
    lines = []
    for name, result in shown:
        line = Line(f" {name.ljust(widest)}  ").append_text(ending(result, glyphs))
        line.append(f"  {number(result.seconds, '.0f')} s")
        if result.error is not None:
            line.append(f"  {cut(t(result.error.what), width - line.cell_len - 2, glyphs)}")
        lines.append(line)
    return lines
