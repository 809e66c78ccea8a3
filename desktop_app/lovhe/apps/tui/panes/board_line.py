"""A lasting line in the workspace: what is being done with a board, or what has to be done because of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.message import Message
from textual.widgets import Static

from lovhe.apps.language import t
from lovhe.apps.terminal_drawings import drawn_bar
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.steps.step_form import StepForm

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_LOOK_S = 0.2
_BAR = 16
_WANDER = 4


class BoardLine(Static):
    """Not there while there is nothing to say. A click on it shows the board's panel."""

    class Clicked(Message):
        """Somebody wants to do something about it."""

    def __init__(self) -> None:
        super().__init__(id="board-line", markup=False)
        self.display = False
        self._said = ""
        self._ticks = 0

    def on_mount(self) -> None:
        self._look()
        self.set_interval(_LOOK_S, self._look)

    def on_click(self) -> None:
        """Show the panel."""
        self.post_message(self.Clicked())

    def _look(self) -> None:
        said = self._words()
        if said != self._said:
            self._said = said
            self.update(said)
            self.display = bool(said)

    def _words(self) -> str:
        keeper, glyphs = cast("LovheApp", self.app).keeper, screen_glyphs()
        busy = keeper.busy
        if busy is not None:
            self._ticks += 1
            if busy.total:
                share = 100 * busy.done / busy.total
                return f"{drawn_bar(share, _BAR, glyphs)} {share:3.0f} %  {t(busy.what)}"
            at = self._ticks % (_BAR - _WANDER + 1)
            return f"{glyphs.empty * at}{glyphs.full * _WANDER}{glyphs.empty * (_BAR - _WANDER - at)}  {t(busy.what)}"
        news, trouble = keeper.use.news, keeper.trouble
        self.set_class(trouble is not None or (news is not None and not keeper.use.passing), "lasting")
        if trouble is not None:
            return f"! {t(trouble.what)} {t(trouble.next_step)}"
        if news is None:
            return ""
        if not keeper.use.passing:
            return f"! {t(news)}"
        afterwards = next((form.next_with_board for form in self.screen.query(StepForm)), None)
        return f"{t(news)} {t(afterwards)}" if afterwards is not None and keeper.use.used is not None else t(news)
