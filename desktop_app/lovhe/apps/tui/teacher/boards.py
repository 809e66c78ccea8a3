"""The class set: which boards are here and which are missing, what is wrong with which, and all that can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.board_jobs import AskBoards, BlinkBoard
from lovhe.apps.teaching.class_boards import BoardLine, board_lines, read_records, summed_up, told_of
from lovhe.apps.teaching.flash_choices import FlashOffers, read_offers
from lovhe.apps.tui.messages import BoardsChanged
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.boards_table import board_rows
from lovhe.apps.tui.teacher.flash_question import ask_to_finish, ask_to_flash, ask_to_watch
from lovhe.apps.tui.teacher.tables import refill
from lovhe.apps.workspace.told import Busy
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo, BoardRecord

_LOOK_S = 0.1
_BUSY = N_("Something is being done with a board. Wait until it is over.")


def _key(name: str, action: str, called: str, what: str) -> Binding:
    return Binding(name, action, called, id=f"boards.{action.replace('_', '-')}", tooltip=what, priority=True)


class BoardsScreen(TeacherScreen):
    """A row a board; below the table stands what there is to know of the one under the cursor. Enter shows its history."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("f5", "flash_all", key("Flash all"), key("MicroPython and the kit's files, on all boards that are here.")),
        _key("f6", "flash_one", key("Flash this board"), key("The board under the cursor alone.")),
        _key("f7", "watch", key("One after another"), key("For more boards than sockets: you are told when to unplug each.")),
        _key("f8", "blink", key("Blink"), key("The board under the cursor blinks, so that you find it among many.")),
        _key("f9", "test", key("Test"), key("The parts of a lesson's circuit are tried on the board under the cursor.")),
        _key("f3", "finish", key("Finish"), key("The boards whose flash was cut off.")),
        _key("f4", "ask", key("Ask"), key("Boards that do not say who they are tell it; their programs start anew.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._records: list[BoardRecord] | None = None
        self._problem: LovheError | None = None
        self._macs: dict[str, str] = {}
        self._lines: list[BoardLine] = []
        self._said: list[Text] = []
        self._at = ""

    @property
    def keys_first(self) -> tuple[str, ...]:
        flashes = ("boards.finish", "boards.ask", "boards.flash-all", "boards.flash-one")
        return ("app.help", "app.menu", *flashes, "teacher.back", "boards.watch", "boards.blink", "boards.test")

    @property
    def keys_hidden(self) -> tuple[str, ...]:
        return (
            *(("boards.finish",) if not any(line.is_cut_off for line in self._lines) else ()),
            *(("boards.ask",) if not self._unknown else ()),
        )

    def compose(self) -> ComposeResult:
        yield Static(t(key("Boards")), classes="title", markup=False)
        yield Static(id="boards-told", classes="line", markup=False)
        yield DataTable(id="class-boards", cursor_type="row", zebra_stripes=True)
        yield Static(id="board-told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look_at_job)
        self._read()
        self._show()

    def put_together(self) -> None:
        self._show()
        self.query_one("#class-boards").focus()

    def on_screen_resume(self) -> None:
        """What was done with boards meanwhile."""
        self.query_one("#class-boards").focus()
        self.lovhe.look_for_boards()
        self._read()

    def on_resize(self) -> None:
        self._show()

    # --- what is known ---

    @on(BoardsChanged)
    def _boards_changed(self) -> None:
        ports = {board.serial_port for board in self.lovhe.boards}
        self._macs = {port: mac for port, mac in self._macs.items() if port in ports}
        self._read()

    def _read(self) -> None:
        self.run_worker(self._find, thread=True, exclusive=True, group="records", exit_on_error=False)

    def _find(self) -> None:
        records, problem = self._records, None
        try:
            records = read_records()
        except LovheError as found:
            problem = found
        self.lovhe.call_from_thread(self._known, records, problem)

    def _known(self, records: list[BoardRecord] | None, problem: LovheError | None) -> None:
        if self.is_attached and self.lovhe.teaching is not None:
            if self._records is None:
                self._at = ""  # the cursor stood at whatever was plugged in; the list begins with the class set
            self._records, self._problem = records, problem
            self._show()

    def learn(self, macs: dict[str, str]) -> None:
        """These boards have said who they are, by serial port."""
        self._macs |= macs

    # --- keys ---

    @property
    def line(self) -> BoardLine | None:
        """The board under the cursor."""
        return next((line for line in self._lines if line.id == self._at), None)

    @property
    def _unknown(self) -> list[BoardInfo]:
        """Those that are here and do not say who they are."""
        return [line.here for line in self._lines if line.here is not None and not line.mac]

    def action_flash_all(self) -> None:
        """F5: all that are here."""
        if self._is_free():
            self._flash([line for line in self._lines if line.here is not None])

    def action_flash_one(self) -> None:
        """F6."""
        if (line := self._line_here()) is not None:
            self._flash([line])

    def _flash(self, lines: Sequence[BoardLine]) -> None:
        if lines:
            self._offer(lines, partial(ask_to_flash, self, lines))
        else:
            self.lovhe.say(N_("There is no board. Plug one in first."))

    def _offer(self, lines: Sequence[BoardLine], ask: Callable[[FlashOffers], None]) -> None:
        """Look which firmware is on this computer, then ask; once, however often a key is pressed meanwhile."""

        def ask_if_free(offers: FlashOffers) -> None:
            if self.is_current and self._is_free():
                ask(offers)

        self.find_out(partial(read_offers, lines), ask_if_free)

    def action_watch(self) -> None:
        """F7: whatever is plugged in from now on."""
        if self._is_free():
            self._offer([], partial(ask_to_watch, self))

    def action_finish(self) -> None:
        """F3: what was cut off."""
        if not any(line.is_cut_off for line in self._lines):
            self.lovhe.say(N_("No board is unfinished."))
        elif self._is_free():
            ask_to_finish(self, [line for line in self._lines if line.is_cut_off])

    def action_ask(self) -> None:
        """F4: those that do not say who they are."""
        if not self._unknown:
            self.lovhe.say(N_("All boards that are here say who they are."))
        elif self._is_free():
            self._begin(AskBoards(self._unknown))

    def action_blink(self) -> None:
        """F8."""
        if (line := self._line_here()) is not None and line.here is not None:
            self._begin(BlinkBoard(line.here, line.label))

    def action_test(self) -> None:
        """F9: first, which circuit is on the table."""
        from lovhe.apps.tui.teacher.lesson_choice import LessonChoice

        if (line := self._line_here()) is not None and line.here is not None:
            self.lovhe.push_screen(LessonChoice(partial(self._test, line.here, line.label)))

    def _test(self, board: BoardInfo, label: str, lesson: Lesson) -> None:
        from lovhe.apps.tui.teacher.parts_test import PartsTestScreen

        self.lovhe.push_screen(PartsTestScreen(board, label, lesson))

    @on(DataTable.RowSelected)
    def _chosen(self) -> None:
        from lovhe.apps.tui.teacher.board_history import BoardHistoryScreen

        line = self.line
        if line is not None and line.mac:
            self.lovhe.push_screen(BoardHistoryScreen(line))
        elif line is not None:
            self.lovhe.say(N_("This board does not say who it is. F4 asks it."))

    def _line_here(self) -> BoardLine | None:
        """The board under the cursor, where something can be done with it now; else it is told why not."""
        line = self.line
        if line is None:
            self.lovhe.say(N_("There is no board. Plug one in first."))
        elif line.here is None:
            self.lovhe.say(N_("The board {board} is not plugged in.", board=line.label))
        elif self._is_free():
            return line
        return None

    def _is_free(self) -> bool:
        if self.job is None and not self.lovhe.keeper.is_busy:
            return True
        self.lovhe.say(_BUSY)
        return False

    # --- a board is asked, or shows itself ---

    def _begin(self, job: AskBoards | BlinkBoard) -> None:
        self.job, self._said = job, []
        job.begin()

    def _look_at_job(self) -> None:
        job = self.job
        if job is None:
            return
        over = job.over
        self._said = [told.what for told in job.take() if isinstance(told, Busy)][-1:] or self._said
        if over:
            self.job = None
            if isinstance(job, AskBoards | BlinkBoard):
                self._said = job.said
            if isinstance(job, AskBoards):
                self.learn(job.macs)
            if job.problem is not None:
                self._said = [job.problem.what, job.problem.next_step]
        self._show()

    # --- what is seen ---

    def _show(self) -> None:
        if self._rebuilding or not self.query("#board-told"):
            return
        self._lines = board_lines(self._records or [], self.lovhe.boards, self._macs)
        self.query_one("#boards-told", Static).update(" ".join(t(sentence) for sentence in self._told()))
        self._fill()
        self._show_line()
        self.refresh_bindings()

    def _told(self) -> list[Text]:
        if self._problem is not None:
            return [self._problem.what, self._problem.next_step]
        return [N_("One moment …")] if self._records is None else summed_up(self._lines)

    def _fill(self) -> None:
        """The table; the cursor stays at its board."""
        table = self.query_one("#class-boards", DataTable)
        ids = [line.id for line in self._lines]
        if self._at not in ids:
            self._at = ids[min(table.cursor_row, len(ids) - 1)] if ids else ""
        at = self._at
        rows = board_rows(self._lines, self.size.width)
        heads = [str(column.label) for column in table.columns.values()]
        if [heads, *(table.get_row_at(row) for row in range(table.row_count))] == rows:
            return
        refill(table, rows[0], rows[1:])
        if at:
            table.move_cursor(row=ids.index(at))

    @on(DataTable.RowHighlighted)
    def _highlighted(self, event: DataTable.RowHighlighted) -> None:
        table = self.query_one("#class-boards", DataTable)
        if event.cursor_row != table.cursor_row or event.cursor_row >= len(self._lines):
            return  # from before the rows were put in anew
        at = self._lines[event.cursor_row].id
        if at != self._at:
            self._at, self._said = at, self._said if self.job is not None else []
            self._show_line()

    def _show_line(self) -> None:
        line = self.line
        told = self._said or (told_of(line) if line is not None else [])
        head = f"{line.label}: " if line is not None and not self._said else ""
        self.query_one("#board-told", Static).update(head + "\n".join(t(sentence) for sentence in told))
