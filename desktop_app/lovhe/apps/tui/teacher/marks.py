"""A class's points, by lesson or by skill: corrected by hand, and written as a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching import class_progress
from lovhe.apps.teaching.marks_files import KINDS, FileKind, read_marks, write_marks
from lovhe.apps.teaching.marks_tables import marks_table, short_name, titled
from lovhe.apps.tui.fitted_text import apart, shortened
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.choice import FolderChoice, ListChoice
from lovhe.apps.tui.teacher.class_screen import ANOTHER_CLASS, NUMBER, ClassScreen
from lovhe.apps.tui.teacher.correction import CorrectionScreen, standing
from lovhe.apps.tui.teacher.tables import refill
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.class_marks import BY, By, ClassMarks, Counted, PupilMarks
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import SchoolClass
from lovhe.core.shown_text import harmless

_NAMES: dict[By, str] = {"lessons": key("By lesson"), "strands": key("By skill"), "digcomp": key("By DigComp")}
_COUNTED: dict[Counted, str] = {"best": key("Best attempt"), "last": key("Last attempt")}
_BY_HAND = " !"
_PUPIL_COLUMNS: dict[By, int] = {"lessons": 3, "strands": 2, "digcomp": 2}
"""Number, first name, and of lessons their sum: these stay where they are when the rest is moved."""
_MAXIMUM_ROWS = 1  # what can be had stands above the pupils
_NAME, _HEADING = 14, 16


class MarksScreen(ClassScreen[ClassMarks]):
    """A row a pupil; Enter on a pupil's lesson corrects the points there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "another_class", ANOTHER_CLASS, id="marks.class", priority=True),
        Binding("f4", "turn", key("By skill"), id="marks.turn", priority=True),
        Binding("f5", "count", key("Last attempt"), id="marks.count", priority=True),
        Binding("f6", "save", key("Save"), id="marks.save", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._by: By = "lessons"
        self._counted: Counted = "best"

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "marks.class", "marks.turn", "marks.save", "teacher.back", "marks.count")

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `LovheScreen`; F4 and F5 are called after what they bring."""
        found = super().active_bindings
        for name, brings in (("turn", _NAMES[self._next_by]), ("count", _COUNTED[self._other_count])):
            for pressed, active in found.items():
                if active.binding.action == name:
                    found[pressed] = active._replace(binding=dataclasses.replace(active.binding, description=t(brings)))
        return found

    def compose(self) -> ComposeResult:
        yield Static(id="marks-title", classes="title", markup=False)
        yield Static(id="marks-told", classes="line", markup=False)
        yield DataTable(id="marks", cursor_type="cell", zebra_stripes=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.show()

    def put_together(self) -> None:
        self.show()
        self.query_one("#marks").focus()

    def on_screen_resume(self) -> None:
        """What was handed in or corrected meanwhile."""
        self.query_one("#marks").focus()
        self.look()

    def on_resize(self) -> None:
        self.show()

    def read(self, school_class: SchoolClass) -> ClassMarks:
        return read_marks(school_class, self._counted)

    # --- keys ---

    @property
    def _next_by(self) -> By:
        return BY[(BY.index(self._by) + 1) % len(BY)]

    @property
    def _other_count(self) -> Counted:
        return "last" if self._counted == "best" else "best"

    def action_turn(self) -> None:
        """F4: the next table."""
        self._by = self._next_by
        self.refresh_bindings()
        self.show()

    def action_count(self) -> None:
        """F5: the best attempt at each step counts, or the last one."""
        self._counted = self._other_count
        self.found = None
        self.refresh_bindings()
        self.show()
        self.look()

    @on(DataTable.CellSelected, "#marks")
    def _chosen(self, event: DataTable.CellSelected) -> None:
        place = self._place(event.coordinate)
        if place is not None:
            one, lesson = place
            self.lovhe.push_screen(CorrectionScreen(one.pupil, lesson, one.lessons.get(lesson.id), self.lovhe.say))
        elif self._by != "lessons":
            self.lovhe.say(N_("Points are corrected in the table by lesson: F4 turns to it."))

    # --- as a file ---

    def action_save(self) -> None:
        """F6: which file, then where to."""
        if self.found is None or self.school_class is None or not self.found.lessons:
            self.lovhe.say(N_("There are no marks to save yet."))
            return
        write = partial(self._choose_folder, self.school_class, self.found)
        self.lovhe.push_screen(ListChoice(t(key("Which file?")), [t(kind.name) for kind in KINDS], lambda place: write(KINDS[place])))

    def _choose_folder(self, school_class: SchoolClass, marks: ClassMarks, kind: FileKind) -> None:
        def chosen(folder: Path) -> None:
            self.do(partial(_save, folder, school_class, marks, self._by, kind))

        self.lovhe.push_screen(FolderChoice(N_("Where to?"), chosen))

    # --- what is seen ---

    def show(self) -> None:
        if self._rebuilding or not self.query("#marks"):
            return
        name = harmless(self.school_class.name) if self.school_class is not None else ""
        what = f"{t(key('Marks'))} | {t(_NAMES[self._by])}"
        title = apart(f"{what} | {name}" if name else what, t(_COUNTED[self._counted]), max(self.size.width - 2, 20))
        self.query_one("#marks-title", Static).update(title)
        self._fill()
        self._tell()

    def _fill(self) -> None:
        """The table; the cursor stays where it was."""
        table = self.query_one("#marks", DataTable)
        at = table.cursor_coordinate
        table.fixed_columns = table.fixed_rows = 0  # Textual draws fixed rows of an empty table, and fails
        table.clear(columns=True)
        if self.found is None or not self.found.lessons:
            return
        heads, *rows = _shown_rows(self.found, self._by)
        refill(table, heads, rows)
        table.fixed_columns, table.fixed_rows = _PUPIL_COLUMNS[self._by], _MAXIMUM_ROWS
        table.move_cursor(row=max(at.row, _MAXIMUM_ROWS), column=max(at.column, _PUPIL_COLUMNS[self._by]))

    @on(DataTable.CellHighlighted, "#marks")
    def _points_at(self) -> None:
        self._tell()

    def _tell(self) -> None:
        told = self.query_one("#marks-told", Static)
        place = self._place(self.query_one("#marks", DataTable).cursor_coordinate)
        if place is None:
            told.update(" ".join(t(sentence) for sentence in self._told()))
            return
        one, lesson = place
        who = harmless(f"{one.pupil.first_name} | {titled(lesson)}: ")
        stands = [*standing(one.lessons.get(lesson.id)), N_("Enter corrects it.")]
        told.update(who + " ".join(t(sentence) for sentence in stands))

    def _told(self) -> Sequence[Text]:
        if self.found is None:
            return self.why_empty()
        if not self.found.lessons:
            return [N_("Nobody in {name} has handed in anything yet.", name=self.school_class.name if self.school_class else "")]
        return [N_("Points in the lessons that train a skill and that the class has begun.")] if self._by != "lessons" else []

    def _place(self, at: Coordinate) -> tuple[PupilMarks, Lesson] | None:
        """The pupil and the lesson at a cell; None where it is another one."""
        if self.found is None or self._by != "lessons":
            return None
        row, column = at.row - _MAXIMUM_ROWS, at.column - _PUPIL_COLUMNS[self._by]
        if not (0 <= row < len(self.found.pupils) and 0 <= column < len(self.found.lessons)):
            return None
        return self.found.pupils[row], self.found.lessons[column]


def _save(folder: Path, school_class: SchoolClass, marks: ClassMarks, by: By, kind: FileKind) -> list[Text]:
    day = class_progress.now().astimezone().date()
    file = write_marks(folder, school_class, marks, by, kind, day)
    return [N_("The marks of {name} are in {file}.", name=school_class.name, file=str(file))]


def _shown_rows(marks: ClassMarks, by: By) -> list[list[str]]:
    """The table as it stands in files, but with short headings, the sum before the lessons, and a sign where points were set by hand."""
    rows = [["" if cell is None else harmless(str(cell)) for cell in row] for row in marks_table(marks, by, _short_name).rows]
    if by == "lessons":
        for one, row in zip(marks.pupils, rows[1 + _MAXIMUM_ROWS :], strict=True):
            for column, lesson in enumerate(marks.lessons, 2):
                row[column] += _BY_HAND if _is_set(one, lesson) else ""
        rows = [[*row[:2], row[-1], *row[2:-1]] for row in rows]
    heads, *rest = rows
    heads = [NUMBER, *(shortened(head, _HEADING) for head in heads[1:])]
    return [heads, *([number, shortened(name, _NAME), *points] for number, name, *points in rest)]


def _short_name(lesson: Lesson) -> str:
    return short_name(lesson.id)


def _is_set(one: PupilMarks, lesson: Lesson) -> bool:
    mark = one.lessons.get(lesson.id)
    return mark is not None and mark.correction is not None
