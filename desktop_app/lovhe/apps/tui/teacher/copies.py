"""Copies of the results: one is made onto a USB stick with a key, those that there are are listed, and one is put back after a question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from lovhe.apps.language import key, t
from lovhe.apps.teaching.copies import CopyState, FoundCopy, copies_here, how_it_stands, read_copy_state
from lovhe.apps.teaching.copy_jobs import CopyJob, LookInto, MakeCopy, PutBack
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.choice import FolderChoice
from lovhe.apps.tui.teacher.copy_list import CopyListScreen, made_and_size
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless


class CopiesScreen(CopyListScreen):
    """A row a copy, the newest first; Enter puts one back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "look_again", key("Look again"), id="copies.again", priority=True),
        Binding("f4", "another_folder", key("Another folder"), id="copies.folder", priority=True),
        Binding("f5", "copy", key("Copy to a stick"), id="copies.copy", priority=True),
        Binding("f6", "other_pcs", key("Other computers"), id="copies.other-pcs", priority=True),
    ]
    heading = key("Copies of the results")

    def __init__(self) -> None:
        super().__init__()
        self._state: CopyState | None = None

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "copies.copy", "copies.other-pcs", "teacher.back", "group.switch", "copies.folder", "copies.again")

    # --- what there is, found out in a thread ---

    def look(self) -> None:
        """Look for copies, and how the newest one stands."""
        self.find_out(read_copy_state, self._stands)
        super().look()

    def find(self) -> list[FoundCopy]:
        """See `CopyListScreen`."""
        return copies_here(*self.more)

    def _stands(self, state: CopyState) -> None:
        self._state = state
        self.show_all()

    # --- keys ---

    def action_other_pcs(self) -> None:
        """F6."""
        from lovhe.apps.tui.teacher.other_pcs import OtherPcsScreen

        if self.job is None:
            self.lovhe.push_screen(OtherPcsScreen(), lambda _: self.action_look_again())

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
        self.keep_looking_in(folder)
        self.begin(MakeCopy(folder))

    @on(DataTable.RowSelected, "#copies")
    def _chosen(self, event: DataTable.RowSelected) -> None:
        if self.copies is not None and event.cursor_row < len(self.copies):
            self.begin(LookInto(self.copies[event.cursor_row]))

    def action_back(self) -> None:
        """What is being copied is waited for."""
        if self.job is None:
            super().action_back()
        else:
            self.lovhe.say(N_("Wait until it is done: half a copy helps nobody."))

    # --- what is at work ---

    def ended(self, job: CopyJob) -> None:
        """See `CopyListScreen`."""
        if job.problem is not None:
            self.say([job.problem.what, job.problem.next_step])
        else:
            self.say(job.said)
        if isinstance(job, LookInto):
            self._ask(job)
        else:
            self.look()

    def _ask(self, looked: LookInto) -> None:
        if looked.copied is not None and self._state is not None and self.is_current:
            put_back = partial(self.begin, PutBack(looked.copy.file))
            sentences = _what_is_put_back(looked.copy, looked.copied.attempts, self._state.attempts)
            self.lovhe.push_screen(Question(sentences, put_back, N_("Put a copy back")))

    # --- what is seen ---

    def told(self, copies: Sequence[FoundCopy]) -> list[Text]:
        """See `CopyListScreen`."""
        stands = how_it_stands(self._state) if self._state is not None else []
        return [*stands, N_("Enter puts a copy back.") if copies else N_("No copy was found. F4 looks in another folder.")]

    def cells(self, copies: Sequence[FoundCopy]) -> tuple[list[str], list[list[str]]]:
        """See `CopyListScreen`."""
        heads = [t(key("Made")), t(key("Size")), t(key("Folder"))]
        return heads, [[*made_and_size(copy), harmless(str(copy.file.parent))] for copy in copies]


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
