"""What the screens about copies have in common: a list of those that were found, and one job at a time that reads or writes one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from lovhe.apps.language import t
from lovhe.apps.teaching.copies import FoundCopy
from lovhe.apps.teaching.copy_jobs import CopyJob
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.choice import FolderChoice
from lovhe.apps.tui.teacher.tables import refill
from lovhe.apps.workspace.told import Busy
from lovhe.core.messages import N_, Text

_LOOK_S = 0.1
_MEGABYTE = 1_000_000


class CopyListScreen(TeacherScreen):
    """`copies` are those that were found, None while they are looked for; `more` are folders that somebody has named."""

    heading = ""
    job: CopyJob | None = None

    def __init__(self) -> None:
        super().__init__()
        self.copies: list[FoundCopy] | None = None
        self.more: list[Path] = []
        self._said: list[Text] = []

    @property
    def at_stake(self) -> Text | None:
        return self.job.at_stake if self.job is not None else None

    def compose(self) -> ComposeResult:
        yield Static(t(self.heading), classes="title", markup=False)
        yield Static(id="copies-told", classes="line", markup=False)
        yield DataTable(id="copies", cursor_type="row", zebra_stripes=True)
        yield Static(id="copies-said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._listen)
        self.show_all()
        self.look()

    def put_together(self) -> None:
        self.show_all()
        self.query_one("#copies").focus()

    def on_screen_resume(self) -> None:
        """The list is what one chooses from."""
        self.query_one("#copies").focus()

    # --- what there is, found out in a thread ---

    def look(self) -> None:
        """Look for copies."""
        self.find_out(self.find, self._found)

    def find(self) -> list[FoundCopy]:
        """The copies to be listed; called in a thread."""
        return []

    def _found(self, copies: list[FoundCopy]) -> None:
        self.copies = copies
        self.show_all()

    # --- keys ---

    def action_look_again(self) -> None:
        """F3: a stick may have come."""
        if self.job is None:
            self.copies, self._said = None, []
            self.show_all()
            self.look()

    def action_another_folder(self) -> None:
        """F4: copies may lie elsewhere."""
        self.lovhe.push_screen(FolderChoice(N_("Where are copies?"), self._look_in))

    def _look_in(self, folder: Path) -> None:
        self.keep_looking_in(folder)
        self.action_look_again()

    def keep_looking_in(self, folder: Path) -> None:
        """Copies in there are listed, too, from now on."""
        if folder not in self.more:
            self.more.append(folder)

    # --- what is at work ---

    def begin(self, job: CopyJob) -> None:
        """One at a time."""
        if self.job is None:
            self.job = job
            job.begin()

    def _listen(self) -> None:
        job = self.job
        if job is None or self._rebuilding:
            return
        over = job.over
        for told in job.take():
            if isinstance(told, Busy):
                self.say([told.what, *([N_("{n} % is written.", n=told.done)] if told.total else [])])
        if over:
            self.job = None
            self.ended(job)

    def ended(self, job: CopyJob) -> None:
        """It is over."""

    # --- what is seen ---

    def say(self, sentences: Sequence[Text]) -> None:
        """What is told below the list now."""
        self._said = [*sentences]
        if not self._rebuilding:
            self.query_one("#copies-said", Static).update("\n".join(t(text) for text in sentences))

    def show_all(self) -> None:
        """Draw it; the cursor stays in its row."""
        if self._rebuilding or not self.query("#copies-said"):
            return
        told = [N_("Looking for copies …")] if self.copies is None else self.told(self.copies)
        self.query_one("#copies-told", Static).update(" ".join(t(sentence) for sentence in told))
        table = self.query_one("#copies", DataTable)
        at = table.cursor_row
        heads, rows = self.cells(self.copies) if self.copies else ([], [])
        refill(table, heads, rows)
        table.move_cursor(row=at)
        self.say(self._said)

    def told(self, copies: Sequence[FoundCopy]) -> list[Text]:
        """What is told above the list."""
        return []

    def cells(self, copies: Sequence[FoundCopy]) -> tuple[list[str], list[list[str]]]:
        """The headings and rows of the table."""
        return [], []


def made_and_size(copy: FoundCopy) -> list[str]:
    """Two cells."""
    return [f"{copy.made:%d.%m.%Y %H:%M}", f"{-(-copy.size_bytes // _MEGABYTE)} MB"]
