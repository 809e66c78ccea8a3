"""`lovhe flash --watch`: plug in, it is flashed, unplug, the next; said with big words, a bell and a count."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, TextIO

from lovhe.apps.cli.flash_screen import FlashEnd, follow_flash, has_screen
from lovhe.apps.cli.output import say
from lovhe.apps.flash.stoppable import StoppableFlash
from lovhe.apps.flash.watch_state import WatchState, count_words, words_of_end
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult, FlashWishes
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    from rich.text import Text as Line

    from lovhe.apps.terminal_drawings import Glyphs


class WatchLines(WatchState):
    """The state of a watch that tells of each event in a line of its own, where nothing can be drawn."""

    def plugged(self, board: BoardInfo) -> None:
        super().plugged(board)
        say(N_("{board}: plugged in; flashing. Leave it plugged in.", board=board.shown))

    def note(self, board: BoardInfo, text: Text) -> None:
        super().note(board, text)
        say(N_("{board}: {note}", board=self._line(board).label, note=text))

    def _tell(self, result: FlashResult, *, again: bool = False) -> None:
        super()._tell(result, again=again)
        ring(self, sys.stderr)
        for text in words_of_end(result, again=again):
            say(text)
        say(count_words(self))


def watch_and_flash(wishes: FlashWishes, count: int | None) -> FlashEnd:
    """Flash each board that is plugged in until Ctrl+C, or until `count` boards are done."""
    from lovhe.apps import wiring
    from lovhe.services.flash.watch import watch_boards

    state = WatchState(wanted=count) if has_screen() else WatchLines(wanted=count)
    flash = StoppableFlash(wishes, state)
    if not has_screen():
        say(N_("Plug in a board."))

    def work() -> list[FlashResult]:
        flash.work(lambda class_flash: watch_boards(class_flash, wiring.find_boards, state, count, lambda: flash.stopped))
        return list(state.ends.values())

    end = follow_flash(state, work, flash.stop, partial(_draw, state, sys.stderr))
    return FlashEnd(end.results, end.seconds, stopped=any(result.outcome == "stopped" for result in end.results), left=end.left)


def _draw(state: WatchState, stream: TextIO, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    from lovhe.apps.flash.watch_view import watch_lines

    ring(state, stream)
    return watch_lines(state, width, height, glyphs)


def ring(state: WatchState, stream: TextIO) -> None:
    """The terminal's bell, once a call, as often as is still to be rung; nowhere else."""
    if state.bells > 0 and stream.isatty():
        state.bells -= 1
        stream.write("\a")
        stream.flush()
