"""What all forms of steps have in common."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.widget import Widget

from lovhe.apps.tui.messages import Edited
from lovhe.apps.workspace.check_state import CheckState
from lovhe.apps.workspace.run_seen import RunSeen
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo

NOT_STARTED = N_("The program has not been started.")
"""Said by `look_over_now`, before what is wrong."""


class StepForm(VerticalScroll):
    """Where a step is worked on. `text` is what is kept and handed in; each change of it is told by `Edited`.

    `program` is what Run runs, None where there is nothing to run. `cursor` is where the cursor was last, row and column; `ended`
    how the last run ended, where the form is shown anew after it. `hand_over` takes each change at once, before any message: keys
    may follow one another faster than messages. `state` is how the step's checks stand, `seen` what was seen of the last run in this
    step; both outlive the form. `board` is the one in use. `own_program` is what the pupil wrote in an earlier step, where this one is
    about that.
    """

    can_focus = False

    hand_over: Callable[[LessonStep | None, str], None] | None = None

    cursor: tuple[int, int] = (0, 0)
    ended: Event | None = None
    state: CheckState | None = None
    seen: RunSeen | None = None
    own_program: str | None = None
    board: BoardInfo | None = None

    def __init__(self, lesson: Lesson, step: LessonStep | None, text: str) -> None:
        super().__init__(id="form")
        self.lesson, self.step, self.text = lesson, step, text

    @property
    def program(self) -> str | None:
        """The program that the step is about, as far as it is made."""
        return self.lesson.begin_of(self.step) if self.step is not None else self.lesson.starter

    @property
    def answer(self) -> str | None:
        """What is answered, None where a program is handed in or nothing is answered yet."""
        return self.text or None

    @property
    def why_nothing_runs(self) -> Text:
        """What is said where Run finds no `program`."""
        return N_("There is no program to run in this step. F4 goes to the next one.")

    @property
    def next_with_board(self) -> Text | None:
        """What can be done here as soon as there is a board; None for nothing."""
        return N_("F5 runs the program on it.") if self.program is not None else None

    def look_over_now(self) -> bool:
        """Whether the program cannot be compiled, and so is not started; its line is marked, and said what is wrong."""
        return False

    def board_is(self, board: BoardInfo | None) -> None:
        """Boards have come or gone, or another one is used."""
        self.board = board

    def happened(self, events: list[Event]) -> None:
        """The running program's events; `seen` has them already."""

    def checked(self) -> None:
        """How the checks stand has changed."""

    @property
    def place_to_work(self) -> Widget | None:
        """Where keys belong in this form; None where there is nothing to do."""
        return next((widget for widget in self.query("*") if widget.can_focus), None)

    def take_focus(self) -> None:
        """The keys go to where work is to be done, from the very next one on."""
        place = self.place_to_work
        if place is not None:
            self.screen.set_focus(place)

    def put(self, text: str) -> None:
        """Another text comes from elsewhere: an older version, or the pupil's own editor."""
        self.take(text)
        self.refresh(recompose=True)

    def take(self, text: str) -> None:
        """The pupil has changed what is handed in."""
        self.text = text
        if self.hand_over is not None:
            self.hand_over(self.step, text)
        self.post_message(Edited(text))
