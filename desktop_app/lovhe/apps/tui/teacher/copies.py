"""Copies of the results: one is made onto a USB stick with a key, those that there are are listed, and one is put back after a question."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.copies import CopyState, FoundCopy, copies_here, how_it_stands, read_copy_state
from lovhe.apps.teaching.copy_jobs import LookInto, MakeCopy, PutBack
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.choice import FolderChoice
from lovhe.apps.tui.teacher.tables import refill
from lovhe.apps.workspace.told import Busy
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless

_LOOK_S = 0.1
_MEGABYTE = 1_000_000


class CopiesScreen(TeacherScreen):
    """A row a copy, the newest first; Enter puts one back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "look_again", key("Look again"), id="copies.again", priority=True),
        Binding("f4", "another_folder", key("Another folder"), id="copies.folder", priority=True),
        Binding("f5", "copy", key("Copy to a stick"), id="copies.copy", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._state: CopyState | None = None
        self._copies: list[FoundCopy] | None = None
        self._more: list[Path] = []
        self._said: list[Text] = []
        self._work: MakeCopy | LookInto | PutBack | None = None

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "copies.copy", "copies.again", "copies.folder", "teacher.back", "group.switch")

    def compose(self) -> ComposeResult:
        yield Static(t(key("Copies of the results")), classes="title", markup=False)
        yield Static(id="copies-told", classes="line", markup=False)
        yield DataTable(id="copies", cursor_type="row", zebra_stripes=True)
        yield Static(id="copies-said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._listen)
        self._show()
        self._look()

    def put_together(self) -> None:
        self._show()
        self.query_one("#copies").focus()

    def on_screen_resume(self) -> None:
        """The list is what one chooses from."""
        self.query_one("#copies").focus()

    # --- what there is, found out in a thread ---

    def _look(self) -> None:
        self.find_out(read_copy_state, self._stands)
        self.find_out(partial(copies_here, *self._more), self._found)

    def _stands(self, state: CopyState) -> None:
        self._state = state
        self._show()

    def _found(self, copies: list[FoundCopy]) -> None:
        self._copies = copies
        self._show()

    # --- keys ---

    def action_look_again(self) -> None:
        """F3: a stick may have come."""
        if self.job is None:
            self._copies, self._said = None, []
            self._show()
            self._look()

    def action_another_folder(self) -> None:
        """F4: copies may lie elsewhere."""
        self.lovhe.push_screen(FolderChoice(N_("Where are copies?"), self._look_in))

    def _look_in(self, folder: Path) -> None:
        self._more = [folder]
        self.action_look_again()

    def action_copy(self) -> None:
        """F5: onto the one stick that there is; else it is asked where to."""
        if self.job is None:
            from lovhe.apps.workspace.wiring import stick_folders

            self.find_out(stick_folders, self._copy_to_stick)

    def _copy_to_stick(self, sticks: list[Path]) -> None:
        if len(sticks) == 1:
            self._copy(sticks[0])
        elif self.is_current:
            self.lovhe.push_screen(FolderChoice(N_("Where to?") if sticks else N_("There is no USB stick. Where to?"), self._copy))

    def _copy(self, folder: Path) -> None:
        self._more = [folder]
        self._begin(MakeCopy(folder))

    @on(DataTable.RowSelected, "#copies")
    def _chosen(self, event: DataTable.RowSelected) -> None:
        if self._copies is not None and event.cursor_row < len(self._copies):
            self._begin(LookInto(self._copies[event.cursor_row]))

    def action_back(self) -> None:
        """What is being copied is waited for."""
        if self.job is None:
            super().action_back()
        else:
            self.lovhe.say(N_("Wait until it is done: half a copy helps nobody."))

    # --- what is at work ---

    def _begin(self, job: MakeCopy | LookInto | PutBack) -> None:
        """One at a time."""
        if self.job is None:
            self.job = self._work = job
            job.begin()

    def _listen(self) -> None:
        job = self._work
        if job is None or self._rebuilding:
            return
        over = job.over
        for told in job.take():
            if isinstance(told, Busy):
                self._say([told.what, *([N_("{n} % is written.", n=told.done)] if told.total else [])])
        if over:
            self.job = self._work = None
            self._over(job)

    def _over(self, job: MakeCopy | LookInto | PutBack) -> None:
        if job.problem is not None:
            self._say([job.problem.what, job.problem.next_step])
        elif isinstance(job, LookInto):
            self._say([])
            self._ask(job)
        else:
            self._say(job.said)
        if not isinstance(job, LookInto):
            self._look()

    def _ask(self, looked: LookInto) -> None:
        if looked.copied is not None and self._state is not None and self.is_current:
            put_back = partial(self._begin, PutBack(looked.copy.file))
            sentences = _what_is_put_back(looked.copy, looked.copied.attempts, self._state.attempts)
            self.lovhe.push_screen(Question(sentences, put_back, N_("Put a copy back")))

    # --- what is seen ---

    def _say(self, sentences: list[Text]) -> None:
        self._said = sentences
        if not self._rebuilding:
            self.query_one("#copies-said", Static).update("\n".join(t(text) for text in sentences))

    def _show(self) -> None:
        if self._rebuilding or not self.query("#copies-said"):
            return
        told = how_it_stands(self._state) if self._state is not None else []
        if self._copies is None:
            told.append(N_("Looking for copies …"))
        else:
            told.append(N_("Enter puts a copy back.") if self._copies else N_("No copy was found. F4 looks in another folder."))
        self.query_one("#copies-told", Static).update(" ".join(t(sentence) for sentence in told))
        table = self.query_one("#copies", DataTable)
        at = table.cursor_row
        table.clear(columns=True)
        if self._copies:
            refill(table, [t(key("Made")), t(key("Size")), t(key("Folder"))], [_row(copy) for copy in self._copies])
            table.move_cursor(row=at)
        self._say(self._said)


def _row(copy: FoundCopy) -> list[str]:
    return [f"{copy.made:%d.%m.%Y %H:%M}", f"{-(-copy.size_bytes // _MEGABYTE)} MB", harmless(str(copy.file.parent))]


def _what_is_put_back(copy: FoundCopy, attempts: int, attempts_here: int) -> list[Text]:
    return [
        N_(
            "The copy of {when} has {n} result.",
            "The copy of {when} has {n} results.",
            n=attempts,
            when=f"{copy.made:%d.%m.%Y %H:%M}",
        ),
        N_(
            "Here is {n} result now. What is here is kept on this computer as another copy.",
            "Here are {n} results now. What is here is kept on this computer as another copy.",
            n=attempts_here,
        ),
        N_("Pupils who were erased here do not come back, and your passphrase stays what it is here."),
        N_("Put the copy in the place of the results of this computer?"),
    ]
