"""The places of the teacher's side, to choose from."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.teaching import class_progress
from lovhe.apps.teaching.copies import CopyState, read_copy_state, reminder
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.places import PLACES, open_place
from lovhe.core.messages import Text


class HomeScreen(TeacherScreen):
    """Two lines a place. Enter opens one; Escape leaves the teacher's side. Above stands what is to be done, if anything."""

    def __init__(self) -> None:
        super().__init__()
        self._reminder: Text | None = None

    def compose(self) -> ComposeResult:
        yield Static(t(key("For teachers")), classes="title", markup=False)
        yield Static(id="teacher-reminder", classes="line", markup=False)
        lines = (Option(f"{t(place.name)}\n   {t(place.what)}", id=place.id) for place in PLACES)
        yield OptionList(*lines, id="teacher-places", markup=False)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """The list is what one chooses from."""
        self.query_one("#teacher-places").focus()
        self.find_out(read_copy_state, self._remind)

    def put_together(self) -> None:
        self.query_one("#teacher-places").focus()
        self._show()

    def _remind(self, state: CopyState) -> None:
        self._reminder = reminder(state, class_progress.now(), self.lovhe.settings.backup_reminder_days)
        self._show()

    def _show(self) -> None:
        if not self._rebuilding:
            line = self.query_one("#teacher-reminder", Static)
            line.update(f"! {t(self._reminder)}" if self._reminder is not None else "")
            line.display = self._reminder is not None

    @on(OptionList.OptionSelected, "#teacher-places")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        open_place(self.lovhe, next(place for place in PLACES if place.id == event.option.id))

    def action_back(self) -> None:
        """Escape."""
        self.lovhe.end_teaching()
