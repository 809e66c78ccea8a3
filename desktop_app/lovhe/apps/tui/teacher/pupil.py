"""All that one pupil has handed in, the newest first."""

from __future__ import annotations

import datetime

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_progress import read_attempts
from lovhe.apps.teaching.marks_tables import titled
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.step_bar import PASSED, TRIED
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.progress import step_name
from lovhe.apps.tui.teacher.tables import fitted, refill
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.shown_text import harmless
from lovhe.services.ports import Mark

_LESSON = 1  # the column


class PupilScreen(TeacherScreen):
    """A row an attempt; Enter replays it."""

    def __init__(self, pupil: Pupil) -> None:
        super().__init__()
        self._pupil = pupil
        self._marks: list[Mark] = []
        self._lessons: dict[str, Lesson] = {}
        self._told = key("One moment …")

    def compose(self) -> ComposeResult:
        who = harmless(f"{self._pupil.class_name}  {self._pupil.number}  {self._pupil.first_name}")
        yield Static(who, classes="title", markup=False)
        yield Static(id="pupil-told", classes="line", markup=False)
        yield DataTable(id="attempts", cursor_type="row", zebra_stripes=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def put_together(self) -> None:
        self._show()
        self.query_one("#attempts").focus()

    def on_screen_resume(self) -> None:
        """The list is what one chooses from."""
        self.query_one("#attempts").focus()

    def on_resize(self) -> None:
        self._show()

    def _read(self) -> None:
        try:
            marks, lessons = read_attempts(self._pupil)
        except LovheError as problem:
            self.lovhe.call_from_thread(self.lovhe.tell_problem, problem)
            return
        self.lovhe.call_from_thread(self._known, marks, lessons)

    def _known(self, marks: list[Mark], lessons: dict[str, Lesson]) -> None:
        self._marks, self._lessons = marks, lessons
        self._told = key("Enter shows an attempt as it happened.") if marks else key("Nothing has been handed in yet.")
        self._show()

    def _show(self) -> None:
        if self._rebuilding or not self.query("#attempts"):
            return
        self.query_one("#pupil-told", Static).update(t(self._told))
        table = self.query_one("#attempts", DataTable)
        at = table.cursor_row
        heads = [t(key("Time")), t(key("Lesson")), t(key("Step")), t(key("Result")), t(key("Points"))]
        refill(table, heads, fitted(heads, [self._row(mark) for mark in self._marks], _LESSON, self.size.width))
        table.move_cursor(row=at)

    def _row(self, mark: Mark) -> list[str]:
        when = datetime.datetime.fromisoformat(mark.when_utc).astimezone()
        lesson = self._lessons.get(mark.lesson_id)
        title = titled(lesson) if lesson is not None else mark.lesson_id
        sign = PASSED if mark.outcome == "passed" else TRIED
        return [
            f"{when:%d.%m.%Y %H:%M}",
            harmless(title),
            step_name(lesson, mark.step),
            f"{sign} {t(mark.outcome)}",
            f"{mark.points}/{mark.total}",
        ]

    @on(DataTable.RowSelected)
    def _chosen(self, event: DataTable.RowSelected) -> None:
        from lovhe.apps.tui.teacher.replay import ReplayScreen

        if event.cursor_row < len(self._marks):
            self.lovhe.push_screen(ReplayScreen(self._pupil, self._marks, event.cursor_row))
