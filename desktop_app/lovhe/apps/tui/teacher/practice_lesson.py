"""A pupil's workspace in which a teacher practises: a line above it says what to press next."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.core.messages import N_, Text

_LOOK_S = 0.5

_FIRST: Mapping[str, Text] = {
    "read": N_("Read the text. F4 goes to the next step."),
    "wire": N_("Read the text. On the computer's board the circuit is built already: press F6, and each part is tested."),
    "predict": N_("Read the program. Then choose an answer with the arrow keys and Enter, and press F6."),
    "order": N_("Choose a line and move it up or down, until the order is right. F6 checks it."),
    "fill": N_("Type what is missing into each gap; Tab goes to the next one. F5 runs the program, F6 checks it."),
    "change": N_("F5 runs the program, Shift+F5 stops it. Change the line that the text speaks of, then press F6."),
    "make": N_("Write the program that the text asks for. Press F6, and then F7 for one hint after the other."),
    "measure": N_("F5 runs the program. Look at what it measures, answer, and press F6."),
}
_CHECKING = N_("The board is watched. Wait a little.")
_FAILED = N_("Not right yet. Read below what was expected and what was seen. Mend it, then press F6.")
_PASSED = N_("Passed. F4 goes to the next step.")
_LAST = N_("Passed, and that was the last step. Escape goes back to the first hour.")


class PracticeLesson(WorkspaceScreen):
    """Escape leads back to the first hour."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `LayingOut`; Escape and F10 are called after what they do for a teacher."""
        found = super().active_bindings
        for pressed, words in (("escape", key("Back")), ("f10", key("Leave"))):
            if pressed in found:
                found[pressed] = found[pressed]._replace(binding=dataclasses.replace(found[pressed].binding, description=t(words)))
        return found

    def compose(self) -> ComposeResult:
        yield Static(id="practice-next", markup=False)
        yield from super().compose()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._tell)
        self._tell()

    def put_together(self) -> None:
        super().put_together()
        self._tell()

    def action_lessons(self) -> None:
        """Escape."""
        self.dismiss()

    def _tell(self) -> None:
        for line in self.query("#practice-next").results(Static):
            line.update(f"► {t(self._next())}")

    def _next(self) -> Text:
        steps, state = self.lesson.file.step, self.checking.state
        if state.goes_on:
            return _CHECKING
        if state.report is not None and state.report.outcome == "passed":
            return _LAST if self.step == steps[-1] else _PASSED
        if state.report is not None and state.report.outcome == "failed":
            return _FAILED
        return _FIRST[self.step.kind if self.step is not None else "make"]
