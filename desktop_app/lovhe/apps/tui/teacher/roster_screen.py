"""What the screens about class lists have in common: classes that are read and written in a thread, and a table of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from lovhe.apps.language import t
from lovhe.apps.teaching.class_lists import Classes, write_classes
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.tables import refill
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.services.ports.pupils import Roster


class RosterScreen(TeacherScreen):
    """A title, a line that tells what was done, and a table. `known` is what is on the disk, None while that is not read yet."""

    def __init__(self) -> None:
        super().__init__()
        self.known: Classes | None = None
        self._said: list[Text] = [N_("One moment …")]
        self._writes = False
        self._turn = 0

    def compose(self) -> ComposeResult:
        yield Static(id="roster-title", classes="title", markup=False)
        yield Static(id="roster-told", classes="line", markup=False)
        yield DataTable(id="roster", cursor_type="row", zebra_stripes=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.show_all()

    def put_together(self) -> None:
        self.show_all()
        self.query_one("#roster").focus()

    def on_screen_resume(self) -> None:
        """What was changed meanwhile."""
        self.query_one("#roster").focus()
        self.look()

    # --- in a thread ---

    def look(self) -> None:
        """Read the classes, unless something is being written: then they are read after it."""
        if not self._writes:
            self._begin(lambda roster: None, None, None)

    def change(self, changes: Sequence[ClassChange], said: Text, done: Callable[[], None] | None = None) -> None:
        """Write the changes; `said` and `done` come when they have been read back."""
        self.write(lambda roster: roster.change(changes), [said], done)

    def write(self, change: Callable[[Roster], object], said: Sequence[Text] | None = None, done: Callable[[], None] | None = None) -> None:
        """Do something with the classes, one thing at a time, then show them as they are on the disk."""
        if not self._writes:
            self._writes = True
            self._begin(change, said, done)

    def _begin(self, change: Callable[[Roster], object], said: Sequence[Text] | None, done: Callable[[], None] | None) -> None:
        self._turn += 1
        self.run_worker(partial(self._write, self._turn, change, said, done), thread=True, exit_on_error=False)

    def _write(self, turn: int, change: Callable[[Roster], object], said: Sequence[Text] | None, done: Callable[[], None] | None) -> None:
        try:
            known = write_classes(change)
        except LovheError as problem:
            self.lovhe.call_from_thread(self._failed, turn, problem)
        else:
            self.lovhe.call_from_thread(self._written, turn, known, said, done)

    def _is_meant(self, turn: int) -> bool:
        """Whether what comes from a thread is still of use: not after the teacher has gone, nor what was read before a later change."""
        return turn == self._turn and self.is_attached and self.lovhe.teaching is not None

    def _failed(self, turn: int, problem: LovheError) -> None:
        if self._is_meant(turn):
            self.say([problem.what, problem.next_step])
            if self._writes:
                self._writes = False
                self.look()  # what was to be changed may be another one now

    def _written(self, turn: int, known: Classes, said: Sequence[Text] | None, done: Callable[[], None] | None) -> None:
        if not self._is_meant(turn):
            return
        self._writes = False
        if said is not None:
            self._said = [*said]
        elif self.known is None:
            self._said = []
        self.known = known
        self.show_all()
        if done is not None:
            done()

    # --- what is seen ---

    def say(self, sentences: Sequence[Text]) -> None:
        """What is told now."""
        self._said = [*sentences]
        self.show_all()

    def show_all(self) -> None:
        """Draw it; the cursor stays in its row."""
        if self._rebuilding or not self.query("#roster"):
            return
        self.query_one("#roster-title", Static).update(self.title_line())
        self.query_one("#roster-told", Static).update(" ".join(t(sentence) for sentence in self._said or self.told()))
        table = self.query_one("#roster", DataTable)
        at = table.cursor_row
        heads, rows = self.cells(self.known) if self.known is not None else ([], [])
        refill(table, heads, rows)
        table.move_cursor(row=min(at, max(len(rows) - 1, 0)))

    @property
    def row(self) -> int:
        """The row under the cursor."""
        return self.query_one("#roster", DataTable).cursor_row

    def title_line(self) -> str:
        """What stands at the top."""
        return ""

    def told(self) -> list[Text]:
        """What is told while nothing was done yet."""
        return []

    def cells(self, known: Classes) -> tuple[list[str], list[list[str]]]:
        """The headings and rows of the table."""
        return [], []
