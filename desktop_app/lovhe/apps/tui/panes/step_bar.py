"""The workspace's first line: the lesson, the row of steps with how each stands, who is here, and the board in use."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from lovhe.apps.language import current_language, key, t
from lovhe.apps.lesson_view import language_for
from lovhe.apps.tui.fitted_text import shortened
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep, StepKind
from lovhe.core.shown_text import harmless

KIND_WORDS: dict[StepKind, str] = {
    "read": key("Read"),
    "wire": key("Build"),
    "predict": key("Predict"),
    "order": key("Put in order"),
    "fill": key("Fill the gaps"),
    "change": key("Change"),
    "make": key("Write"),
    "measure": key("Measure"),
}

NOT_BEGUN, TRIED, PASSED, NOTHING_TO_CHECK = "○", "~", "√", "-"
"""Signs that Windows' old console has, too."""

_MOST_NAMES = 18
_MOST_BOARD = 12
_LEAST_TITLE = 6


class StepBar(Static):
    """One line; a click on a step goes there."""

    class Chosen(Message):
        """Somebody has clicked on a step."""

        def __init__(self, step: LessonStep) -> None:
            super().__init__()
            self.step = step

    def __init__(
        self, lesson: Lesson, step: LessonStep | None, outcomes: Mapping[str, str] | None = None, names: str = "", board: str = ""
    ) -> None:
        super().__init__(id="step-bar", markup=False)
        self._lesson, self._step, self._names = lesson, step, names
        self._outcomes = dict(outcomes or {})
        self._board = board
        self._places: list[tuple[int, int, LessonStep]] = []

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def stands(self, outcomes: Mapping[str, str]) -> None:
        """How the steps stand: the best outcome by the step's id."""
        self._outcomes = dict(outcomes)
        self._draw()

    def board_is(self, board: str) -> None:
        """The name of the board in use, "" for none."""
        self._board = board
        self._draw()

    def on_click(self, event: Click) -> None:
        """Go to the step that was clicked."""
        for first, last, step in self._places:
            if first <= event.x < last and step != self._step:
                self.post_message(self.Chosen(step))

    def sign_of(self, step: LessonStep) -> str:
        """How a step stands, as one character."""
        if step.kind == "read":
            return NOTHING_TO_CHECK
        outcome = self._outcomes.get(step.id, "")
        return PASSED if outcome == "passed" else TRIED if outcome else NOT_BEGUN

    def _mark(self, number: int, step: LessonStep) -> str:
        mark = f"{number}{self.sign_of(step)}"
        return f"[{mark}]" if step == self._step else f" {mark} "

    def _draw(self) -> None:
        if self.is_mounted or self.size.width:
            self.update(self.line(self.size.width or 80))

    def line(self, width: int) -> str:
        """The line, `width` columns at most. What is long is shortened first: the title, then names and board."""
        steps = self._lesson.file.step
        marks = [self._mark(number, step) for number, step in enumerate(steps, 1)]
        row = "".join(marks)
        kind = f" {t(KIND_WORDS[self._step.kind])}" if self._step is not None else ""
        right = [word for word in (shortened(harmless(self._names), _MOST_NAMES), shortened(harmless(self._board), _MOST_BOARD)) if word]
        title = harmless(self._lesson.texts[language_for(current_language().code, self._lesson.texts)].title)
        left = ""
        for tail in (" | ".join(right), "".join(right[-1:]), ""):
            room = width - cell_len(row) - cell_len(kind) - cell_len(tail) - 2
            left = shortened(title, room) if room >= _LEAST_TITLE else ""
            if left or not tail:
                break
        begin = cell_len(left) + 1 if left else 0
        self._places = []
        for mark, step in zip(marks, steps, strict=True):
            self._places.append((begin, begin + cell_len(mark), step))
            begin += cell_len(mark)
        middle = f"{left} {row}{kind}" if left else f"{row}{kind}"
        room = width - cell_len(middle) - cell_len(tail)
        return f"{middle}{' ' * max(room, 1)}{tail}" if room > 0 else shortened(middle, width)
