"""Which board to use, of all there are, or a new virtual one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.board_words import board_label
from lovhe.apps.language import key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.messages import BoardsChanged
from lovhe.core.shown_text import harmless
from lovhe.services.ports import BoardInfo

_NEW = "new"


class ChooseBoard(ModalScreen[None]):
    """A list; what is chosen is handed to `use`, or `start_new` is called. Boards that come and go meanwhile come and go in it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="choose-board.close", show=False)]

    def __init__(
        self, boards: Sequence[BoardInfo], used: BoardInfo | None, use: Callable[[BoardInfo], None], start_new: Callable[[], None] | None
    ) -> None:
        super().__init__()
        self._boards, self._used = list(boards), used
        self._use, self._start_new = use, start_new

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(key("Which board?")), classes="paper-title", markup=False)
            yield OptionList(id="boards", markup=False)

    def on_mount(self) -> None:
        self._fill()
        self.query_one(OptionList).focus()

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted
        options.clear_options()
        options.add_options(Option(self._label(board), id=f"at {board.serial_port}") for board in self._boards)
        if self._start_new is not None:
            options.add_option(Option(f"  {t(key('A new virtual board with the parts of this lesson'))}", id=_NEW))
        ports = [board.serial_port for board in self._boards]
        used = ports.index(self._used.serial_port) if self._used is not None and self._used.serial_port in ports else 0
        options.highlighted = used if at is None else min(at, options.option_count - 1)

    def _label(self, board: BoardInfo) -> str:
        glyphs = screen_glyphs()
        words = board_label(board)
        if not board.virtual and board.serial_port != board.shown:
            words.insert(1, board.serial_port)
        mark = glyphs.knob if self._used is not None and self._used.serial_port == board.serial_port else " "
        return harmless(f"{mark} {glyphs.between.join(words)}")

    @on(BoardsChanged)
    def _boards_changed(self, event: BoardsChanged) -> None:
        self._boards, self._used = list(event.boards), event.used
        self._fill()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        board = next((board for board in self._boards if f"at {board.serial_port}" == event.option.id), None)
        self.dismiss()
        if board is not None:
            self._use(board)
        elif event.option.id == _NEW and self._start_new is not None:
            self._start_new()

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()
