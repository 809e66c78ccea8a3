"""A class while the lesson runs: who is where and stuck on what; or what all have reached in all lessons. It follows by itself."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching import class_progress
from lovhe.apps.teaching.at_work import AtWork
from lovhe.apps.teaching.class_progress import ClassProgress, is_now, is_stuck_now, seconds_since
from lovhe.apps.teaching.marks_tables import short_name
from lovhe.apps.tui.fitted_text import apart, shortened
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.panes.step_bar import KIND_WORDS, NOT_BEGUN, PASSED, TRIED
from lovhe.apps.tui.teacher.class_screen import ANOTHER_CLASS, NUMBER, ClassScreen
from lovhe.apps.tui.teacher.tables import fitted, refill
from lovhe.core.checks.judging import check_title
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.class_marks import LessonMark
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.shown_text import harmless

_LOOK_S = 5.0
_NAME, _STEP = 14, 18
_STUCK = "!"


class ProgressScreen(ClassScreen[ClassProgress]):
    """A row a pupil; Enter shows all that a pupil has handed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "another_class", ANOTHER_CLASS, id="progress.class", priority=True),
        Binding("f4", "turn", key("All lessons"), id="progress.turn", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._all_lessons = False
        self._heads: list[str] = []
        self._rows: list[list[str]] = []
        self._pupils: list[Pupil] = []

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "progress.class", "progress.turn", "teacher.back", "group.switch")

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `LovheScreen`; F4 is called after what it brings."""
        found = super().active_bindings
        if self._all_lessons and "f4" in found:
            back = dataclasses.replace(found["f4"].binding, description=t(key("This lesson")))
            found["f4"] = found["f4"]._replace(binding=back)
        return found

    def compose(self) -> ComposeResult:
        yield Static(id="progress-title", classes="title", markup=False)
        yield Static(id="progress-told", classes="line", markup=False)
        yield DataTable(id="progress", cursor_type="row", zebra_stripes=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look_again)
        self.show()

    def put_together(self) -> None:
        self.show()
        self.query_one("#progress").focus()

    def on_screen_resume(self) -> None:
        """What was handed in meanwhile."""
        self.query_one("#progress").focus()
        self.look()

    def on_resize(self) -> None:
        self.show()

    def read(self, school_class: SchoolClass) -> ClassProgress:
        return class_progress.read_class(school_class, class_progress.now())

    def _look_again(self) -> None:
        if self.is_current and not self.reads:
            self.look()

    # --- keys ---

    def action_turn(self) -> None:
        """F4: this lesson, or all."""
        self._all_lessons = not self._all_lessons
        self.refresh_bindings()
        self.show()

    @on(DataTable.RowSelected)
    def _chosen(self, event: DataTable.RowSelected) -> None:
        from lovhe.apps.tui.teacher.pupil import PupilScreen

        if event.cursor_row < len(self._pupils):
            self.lovhe.push_screen(PupilScreen(self._pupils[event.cursor_row]))

    # --- what is seen ---

    def show(self) -> None:
        if self._rebuilding or not self.query("#progress"):
            return
        found = self.found
        name = harmless(found.school_class.name) if found is not None else ""
        what = t(key("Progress in all lessons") if self._all_lessons else key("Progress in this lesson"))
        clock = f"{found.at.astimezone():%H:%M}" if found is not None else ""
        self.query_one("#progress-title", Static).update(apart(f"{what} | {name}" if name else what, clock, max(self.size.width - 2, 20)))
        self.query_one("#progress-told", Static).update(" ".join(t(sentence) for sentence in self._told()))
        if found is None:
            self._fill([], [], [])
        elif self._all_lessons:
            self._fill(*_all_lessons(found), [one.pupil for one in found.marks.pupils])
        else:
            self._fill(*_this_lesson(found, self.size.width), [one.pupil for one in found.at_work])

    def _told(self) -> Sequence[Text]:
        if self.found is None:
            return self.why_empty()
        shows = N_("Enter shows all of a pupil.")
        if self._all_lessons:
            return [N_("√ the goal of the lesson is passed, ~ begun; then the points. Left and Right move the lessons."), shows]
        stuck, here = self.found.stuck, self.found.here
        if not here:
            return [N_("Nobody has handed in anything in this lesson yet."), shows]
        return [
            N_("{n} pupil has handed in something in this lesson.", "{n} pupils have handed in something in this lesson.", n=here),
            N_("{n} is stuck.", "{n} are stuck.", n=stuck) if stuck else N_("Nobody is stuck."),
            shows,
        ]

    def _fill(self, heads: Sequence[str], rows: list[list[str]], pupils: list[Pupil]) -> None:
        """The table; the cursor stays at its pupil."""
        table = self.query_one("#progress", DataTable)
        at = self._pupils[table.cursor_row].id if self._pupils and table.cursor_row < len(self._pupils) else ""
        if [*heads] == self._heads and rows == self._rows and pupils == self._pupils:
            return
        refill(table, heads, rows)
        table.fixed_columns = 2 if self._all_lessons and heads else 0
        self._heads = [*heads]
        self._rows, self._pupils = rows, pupils
        ids = [pupil.id for pupil in pupils]
        if at in ids:
            table.move_cursor(row=ids.index(at))


def _this_lesson(progress: ClassProgress, width: int) -> tuple[list[str], list[list[str]]]:
    heads = [NUMBER, t(key("First name")), t(key("Lesson")), t(key("Step")), t(key("Result")), t(key("For")), t(key("Stuck at"))]
    lessons = {lesson.id: lesson for lesson in progress.marks.lessons}
    rows = [_row(one, lessons.get(one.lesson_id), progress.at) for one in progress.at_work]
    return heads, fitted(heads, rows, len(heads) - 1, width)


def _row(one: AtWork, lesson: Lesson | None, now: datetime.datetime) -> list[str]:
    who = [str(one.pupil.number), shortened(harmless(one.pupil.first_name), _NAME)]
    if not one.when_utc:
        return [*who, "", "", f"{NOT_BEGUN} {t(key('nothing yet'))}", "", ""]
    where = [short_name(one.lesson_id), shortened(step_name(lesson, one.step), _STEP)]
    if not is_now(one, now):
        when = datetime.datetime.fromisoformat(one.when_utc).astimezone()
        return [*who, *where, f"{PASSED if one.outcome == 'passed' else TRIED} {when:%d.%m.}", "", ""]
    if not is_stuck_now(one, now):
        return [*who, *where, f"{PASSED if one.outcome == 'passed' else TRIED} {t(one.outcome)}", _for(one.when_utc, now), ""]
    tries = t(N_("{n} try", "{n} tries", n=one.tries))
    return [*who, *where, f"{_STUCK} {tries}", _for(one.since_utc, now), check_name(lesson, one.check)]


def _for(since_utc: str, now: datetime.datetime) -> str:
    return t(N_("{n} min", n=round(seconds_since(since_utc, now) / 60)))


def step_name(lesson: Lesson | None, step_id: str) -> str:
    """A step's number and kind, as pupils see it; of one that is not there any more its id."""
    steps = lesson.file.step if lesson is not None else []
    for number, step in enumerate(steps, 1):
        if step.id == step_id:
            return f"{number} {t(KIND_WORDS[step.kind])}"
    return step_id


def check_name(lesson: Lesson | None, check_id: str) -> str:
    """A check's title in the teacher's language; of one that is no check of the lesson's its id, of a text that cannot be read a word."""
    if check_id == "syntax":
        return t(key("The program's text"))
    checks = lesson.file.check if lesson is not None else []
    return next((t(check_title(lesson, check)) for check in checks if lesson is not None and check.id == check_id), check_id)


def _all_lessons(progress: ClassProgress) -> tuple[list[str], list[list[str]]]:
    lessons = progress.marks.lessons
    heads = [NUMBER, t(key("First name")), t(key("Sum")), *(short_name(lesson.id) for lesson in lessons)]
    rows = []
    for one in progress.marks.pupils:
        cells = [_cell(one.lessons.get(lesson.id)) for lesson in lessons]
        rows.append([str(one.pupil.number), shortened(harmless(one.pupil.first_name), _NAME), str(one.points), *cells])
    return heads, rows


def _cell(mark: LessonMark | None) -> str:
    if mark is None:
        return ""
    return f"{PASSED if mark.state == 'checked' else TRIED}{mark.points:>3}"
