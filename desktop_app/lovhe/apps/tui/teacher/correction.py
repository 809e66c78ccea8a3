"""A pupil's points in a lesson, set by hand with the reason, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.marks_files import set_points, take_back, worth
from lovhe.apps.teaching.marks_tables import titled
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.class_marks import LessonMark
from lovhe.core.marks.corrections import MOST_REASON_LETTERS
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.shown_text import harmless


class CorrectionScreen(ModalScreen[None]):
    """Points and a reason are typed; `done` is called with what to tell when they are on the disk. Else all stays as it was."""

    AUTO_FOCUS = "#points"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="correction.close", show=False)]

    def __init__(self, pupil: Pupil, lesson: Lesson, mark: LessonMark | None, done: Callable[[Text], None]) -> None:
        super().__init__()
        self._pupil, self._lesson, self._mark, self._done = pupil, lesson, mark, done
        self._total = mark.total if mark is not None else worth(lesson)
        self._writes = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(harmless(f"{self._pupil.first_name} | {titled(self._lesson)}"), classes="paper-title", markup=False)
            yield Static("\n".join(t(sentence) for sentence in standing(self._mark)), classes="sentence", markup=False)
            yield Static(t(N_("Points, from 0 to {total}:", total=self._total)), markup=False)
            yield Input(id="points", max_length=6, compact=True)
            yield Static(t(key("Why? The reason is kept with them.")), markup=False)
            yield Input(id="reason", max_length=MOST_REASON_LETTERS, compact=True)
            yield Static(id="correction-note", markup=False)
            with Horizontal(classes="answers"):
                if self._mark is not None and self._mark.correction is not None:
                    yield Button(t(key("Take back")), id="take-back", compact=True)
                yield Button(t(key("Cancel")), id="cancel", compact=True)
                yield Button(t(key("Set the points")), id="set", variant="primary", compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on from the points to the reason, and from there it is done."""
        event.stop()
        if event.input.id == "points":
            self.query_one("#reason").focus()
        else:
            self._set()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The buttons."""
        event.stop()
        match event.button.id:
            case "set":
                self._set()
            case "take-back":
                self._begin(partial(self._take_back, self._reason))
            case _:
                self.action_close()

    def action_close(self) -> None:
        """Nothing is changed; what is just being written is waited for."""
        if not self._writes:
            self.dismiss()

    @property
    def _reason(self) -> str:
        return self.query_one("#reason", Input).value

    def _set(self) -> None:
        self._begin(partial(self._set_points, self.query_one("#points", Input).value, self._reason))

    def _begin(self, write: Callable[[], Text]) -> None:
        if not self._writes:
            self._writes = True
            self.run_worker(partial(self._write, write), thread=True, exit_on_error=False)

    # --- in a thread ---

    def _set_points(self, points: str, reason: str) -> Text:
        wanted = set_points(self._pupil, self._lesson, points, self._total, reason)
        return N_(
            "{pupil} has {points} of {total} points for {lesson} now.",
            pupil=self._pupil.first_name,
            points=wanted,
            total=self._total,
            lesson=self._lesson.id,
        )

    def _take_back(self, reason: str) -> Text:
        take_back(self._pupil, self._lesson, reason)
        return N_("{pupil} has again the points of what was handed in for {lesson}.", pupil=self._pupil.first_name, lesson=self._lesson.id)

    def _write(self, write: Callable[[], Text]) -> None:
        try:
            told = write()
        except LovheError as problem:
            self.app.call_from_thread(self._refused, problem)
            return
        self.app.call_from_thread(self._written, told)

    # --- back in the event loop ---

    def _refused(self, problem: LovheError) -> None:
        self._writes = False
        if self.is_attached:
            self.query_one("#correction-note", Static).update(f"! {t(problem.what)} {t(problem.next_step)}")

    def _written(self, told: Text) -> None:
        if self.is_attached:
            self.dismiss()
            self._done(told)


def standing(mark: LessonMark | None) -> list[Text]:
    """How a pupil stands in a lesson."""
    if mark is None:
        return [N_("Nothing was handed in.")]
    told: list[Text] = [
        N_(
            "{points} of {total} points, after {n} try.",
            "{points} of {total} points, after {n} tries.",
            n=mark.attempts,
            points=mark.points,
            total=mark.total,
        )
    ]
    if mark.correction is not None:
        told.append(N_("Set by hand: {reason}", reason=mark.correction.reason))
    return told
