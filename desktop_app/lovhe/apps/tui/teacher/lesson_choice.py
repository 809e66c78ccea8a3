"""Which lesson's circuit is on the table: lessons whose circuits have parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.teaching.marks_tables import titled
from lovhe.apps.workspace.lesson_list import read_shelf
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.shown_text import harmless

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp


class LessonChoice(ModalScreen[None]):
    """Enter takes the lesson under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="lesson-choice.close", show=False)]

    def __init__(self, chosen: Callable[[Lesson], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._offered: list[Lesson] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(key("Which lesson's circuit is on the table?")), classes="paper-title", markup=False)
            yield OptionList(*self._options(), id="lesson-choice", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        app = cast("LovheApp", self.app)
        try:
            shelf = read_shelf()
        except LovheError as problem:
            app.call_from_thread(app.tell_problem, problem)
        else:
            app.call_from_thread(self._known, [lesson for lesson in shelf.lessons if lesson.file.circuit.part])

    def _known(self, offered: list[Lesson]) -> None:
        self._offered = offered
        for options in self.query(OptionList):
            options.clear_options()
            options.add_options(self._options())
            options.highlighted = 0 if offered else None

    def _options(self) -> list[Option]:
        return [Option(harmless(titled(lesson)), id=lesson.id) for lesson in self._offered]

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss()
        self._chosen(self._offered[event.option_index])

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()
