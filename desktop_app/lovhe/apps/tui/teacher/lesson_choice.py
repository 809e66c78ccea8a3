"""Which lesson's circuit is on the table: lessons whose circuits have parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from lovhe.apps.language import key, t
from lovhe.apps.teaching.marks_tables import titled
from lovhe.apps.tui.teacher.choice import ListChoice
from lovhe.apps.workspace.lesson_list import read_shelf
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.shown_text import harmless

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp


class LessonChoice(ListChoice):
    """Enter takes the lesson under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="lesson-choice.close", show=False)]

    def __init__(self, chosen: Callable[[Lesson], None]) -> None:
        super().__init__(t(key("Which lesson's circuit is on the table?")), [], lambda place: chosen(self._lessons[place]))
        self._lessons: list[Lesson] = []

    def on_mount(self) -> None:
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        app = cast("LovheApp", self.app)
        try:
            shelf = read_shelf()
        except LovheError as problem:
            app.call_from_thread(app.tell_problem, problem)
        else:
            app.call_from_thread(self._known, [lesson for lesson in shelf.lessons if lesson.file.circuit.part])

    def _known(self, lessons: list[Lesson]) -> None:
        self._lessons = lessons
        self.offer([harmless(titled(lesson)) for lesson in lessons])
