"""One board: what is wrong with it, and what happened to it. A fault can be noted by hand, and cleared once it is mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_boards import MOST_NOTED, BoardLine, change_board, happened, local_time, read_fault, told_of
from lovhe.apps.tui.fitted_text import shortened
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.line_question import LineQuestion
from lovhe.apps.tui.teacher.tables import refill
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardEvent, ClassSet

_TIME = 21


class BoardHistoryScreen(TeacherScreen):
    """A row for each thing that happened, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "note", key("Note a fault"), id="board-history.note", priority=True),
        Binding("f4", "mended", key("It is mended"), id="board-history.mended", priority=True),
        Binding("f7", "forget", key("Forget"), id="board-history.forget", priority=True),
    ]

    def __init__(self, line: BoardLine) -> None:
        super().__init__()
        self._line = line
        self._events: Sequence[BoardEvent] = []

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "board-history.note", "board-history.mended", "board-history.forget", "teacher.back")

    def compose(self) -> ComposeResult:
        yield Static(id="board-title", classes="title", markup=False)
        yield Static(id="board-wrong", markup=False)
        yield DataTable(id="board-history", cursor_type="row", zebra_stripes=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self._change(lambda class_set: None)
        self.put_together()

    def put_together(self) -> None:
        self._show()
        self.query_one("#board-history").focus()

    def on_resize(self) -> None:
        self._show()

    def action_note(self) -> None:
        """F3: what somebody has seen of the board."""
        sentences = [N_("What is wrong with the board {board}? It stays noted until you say that it is mended.", board=self._line.label)]
        noted = self._line.record.noted_fault if self._line.record is not None else ""
        question = LineQuestion(sentences, self._note, N_("Note a fault"), typed=noted, most=MOST_NOTED, read=read_fault)
        self.lovhe.push_screen(question)

    def _note(self, words: str) -> None:
        self._change(lambda class_set: class_set.note_fault(self._line.mac, words))

    def action_mended(self) -> None:
        """F4: no fault counts any more."""
        record = self._line.record
        if record is None or not (record.noted_fault or record.fault is not None):
            self.lovhe.say(N_("No fault of this board is noted."))
            return
        sentences = [N_("Is the board {board} mended? Its faults are cleared then; its history keeps them.", board=self._line.label)]
        self.lovhe.push_screen(
            Question(sentences, lambda: self._change(lambda class_set: class_set.clear_faults(self._line.mac)), N_("It is mended"))
        )

    def action_forget(self) -> None:
        """F7: a board that is gone."""
        sentences = [
            N_("Forget the board {board}? Its history is lost, and its name is free for another.", board=self._line.label),
            N_("Do it for a board that will not come back."),
        ]
        self.lovhe.push_screen(Question(sentences, self._forget, N_("Forget")))

    def _forget(self) -> None:
        self._change(lambda class_set: class_set.forget(self._line.mac), then=self.dismiss)

    # --- what is known, in a thread ---

    def _change(self, change: Callable[[ClassSet], None], then: Callable[[], object] = lambda: None) -> None:
        self.run_worker(partial(self._find, change, then), thread=True, group="history", exit_on_error=False)

    def _find(self, change: Callable[[ClassSet], None], then: Callable[[], object]) -> None:
        try:
            known = change_board(self._line, change)
        except LovheError as problem:
            self.lovhe.call_from_thread(self.lovhe.tell_problem, problem)
        else:
            self.lovhe.call_from_thread(self._known, *known, then)

    def _known(self, line: BoardLine, events: list[BoardEvent], then: Callable[[], object]) -> None:
        if self.is_attached and self.lovhe.teaching is not None:
            self._line, self._events = line, events
            self._show()
            then()

    def _show(self) -> None:
        if self._rebuilding or not self.query("#board-history"):
            return
        record = self._line.record
        about = [self._line.label, self._line.mac, record.chip if record is not None else "", record.firmware if record is not None else ""]
        self.query_one("#board-title", Static).update(" | ".join(word for word in about if word))
        self.query_one("#board-wrong", Static).update("\n".join(t(sentence) for sentence in told_of(self._line)))
        table = self.query_one("#board-history", DataTable)
        room = max(self.size.width - _TIME, 20)
        rows = [[local_time(event.when_utc), shortened(t(happened(event)), room)] for event in self._events]
        refill(table, [t(key("Time")), t(key("What happened"))], rows)
