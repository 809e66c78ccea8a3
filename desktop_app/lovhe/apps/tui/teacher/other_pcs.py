"""A class sat at several computers: copies from the others are marked, and come to the results of this one after a question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from lovhe.apps.language import key, t
from lovhe.apps.teaching.copies import FoundCopy, copies_of_others
from lovhe.apps.teaching.copy_jobs import CopyJob, LookIntoAll, PutTogether
from lovhe.apps.tui.panes.step_bar import PASSED
from lovhe.apps.tui.screens.question import Letter, Question
from lovhe.apps.tui.teacher.copy_list import CopyListScreen, made_and_size
from lovhe.apps.tui.teacher.leaving import stop_jobs
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless


class OtherPcsScreen(CopyListScreen):
    """A row a copy, the newest first; Enter or Space marks it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "look_again", key("Look again"), id="other-pcs.again", priority=True),
        Binding("f4", "another_folder", key("Another folder"), id="other-pcs.folder", priority=True),
        Binding("f5", "together", key("Put together"), id="other-pcs.together", priority=True),
        Binding("space", "mark", show=False),
    ]
    heading = key("Put together with other computers")

    def __init__(self) -> None:
        super().__init__()
        self._marked: set[Path] = set()

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "other-pcs.together", "other-pcs.folder", "other-pcs.again", "teacher.back", "group.switch")

    def find(self) -> list[FoundCopy]:
        """See `CopyListScreen`."""
        return copies_of_others(*self.more)

    @property
    def _chosen(self) -> list[Path]:
        """Those that are marked, and there."""
        return [copy.file for copy in self.copies or () if copy.file in self._marked]

    # --- keys ---

    def action_mark(self) -> None:
        """Space."""
        self._mark(self.query_one("#copies", DataTable).cursor_row)

    @on(DataTable.RowSelected, "#copies")
    def _selected(self, event: DataTable.RowSelected) -> None:
        self._mark(event.cursor_row)

    def _mark(self, row: int) -> None:
        if self.job is None and self.copies is not None and row < len(self.copies):
            self._marked ^= {self.copies[row].file}
            self.show_all()
            self.say(self._what_is_marked())

    def _what_is_marked(self) -> list[Text]:
        count = len(self._chosen)
        return [N_("{n} copy is marked. F5 goes on.", "{n} copies are marked. F5 goes on.", n=count)] if count else []

    def action_together(self) -> None:
        """F5: first all of them are read."""
        if self._chosen:
            self.begin(LookIntoAll(self._chosen))
        else:
            self.say([N_("Mark the copies from the other computers first: Enter or Space does it.")])

    def action_back(self) -> None:
        """Asked, while results are being put together; reading alone is just given up."""
        job = self.job
        if job is None or self.at_stake is None:
            stop_jobs([self])
            super().action_back()
        elif not job.stopped.is_set():
            self.lovhe.push_screen(Question([self.at_stake, N_("Stop it in good order?")], job.stop, N_("Stop")))

    # --- what is at work ---

    def ended(self, job: CopyJob) -> None:
        """See `CopyListScreen`. Asked only where all copies can be used; those that cannot are no longer marked."""
        problem = [job.problem.what, job.problem.next_step] if job.problem is not None else []
        self.say(problem or job.said[-1:])
        if isinstance(job, LookIntoAll):
            self._marked.difference_update(job.refused)
            self.say(problem or self._what_is_marked())
            if not problem and not job.refused:
                self._ask(job)
        elif job.said:
            self._marked.clear()
        self.show_all()
        if job.said:
            self.lovhe.push_screen(Letter([*problem, *job.said], self.heading))

    def _ask(self, looked: LookIntoAll) -> None:
        if looked.copied and self.is_current:
            put_together = partial(self.begin, PutTogether([one.file for one in looked.copied]))
            sentences = _what_is_asked(len(looked.copied), sum(one.attempts for one in looked.copied))
            self.lovhe.push_screen(Question(sentences, put_together, self.heading))

    # --- what is seen ---

    def told(self, copies: Sequence[FoundCopy]) -> list[Text]:
        """See `CopyListScreen`."""
        if not copies:
            return [
                N_("No copy was found. F4 looks in another folder."),
                N_("On each of the other computers “Copy to a stick” makes one; then bring the stick here."),
            ]
        return [
            N_("The results of the copies that you mark come to those of this computer."),
            N_("Nothing is taken away here, and the outcome is the same in any order and any number of times."),
            N_("Enter or Space marks a copy."),
        ]

    def cells(self, copies: Sequence[FoundCopy]) -> tuple[list[str], list[list[str]]]:
        """See `CopyListScreen`."""
        heads = ["", t(key("Made")), t(key("Size")), t(key("File"))]
        signs = [PASSED if copy.file in self._marked else " " for copy in copies]
        return heads, [[sign, *made_and_size(copy), harmless(str(copy.file))] for sign, copy in zip(signs, copies, strict=True)]


def _what_is_asked(files: int, results: int) -> list[Text]:
    return [
        N_(
            "{n} copy is marked; it has this many results: {results}.",
            "{n} copies are marked; together they have this many results: {results}.",
            n=files,
            results=results,
        ),
        N_("First what is here now is kept on this computer as another copy."),
        N_("Who was erased on one of the other computers is erased here, too. Nobody should work at this computer meanwhile."),
        N_("Put the results together?"),
    ]
