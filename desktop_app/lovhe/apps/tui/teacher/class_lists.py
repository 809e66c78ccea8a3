"""All classes: lists taken over from files, new classes, shifts, a new school year. Enter opens a class."""

from __future__ import annotations

import datetime
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_lists import Classes, new_class
from lovhe.apps.teaching.class_plans import YearPlan
from lovhe.apps.tui.teacher.asking import Ask
from lovhe.apps.tui.teacher.roster_screen import RosterScreen
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.pupil import SchoolClass, Shift
from lovhe.core.pupils.shifts import check_begin
from lovhe.core.shown_text import harmless

SECRET_WORDS = {"none": key("nothing"), "pin": key("four digits"), "pictures": key("three pictures")}
"""What pupils show, by how."""

_SHIFT_WORDS = {0: "", 1: key("1st shift"), 2: key("2nd shift")}
_NEXT_SHIFT: dict[Shift, Shift] = {0: 1, 1: 2, 2: 0}


class ClassListsScreen(RosterScreen):
    """A row a class; those that have left stand at the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "take_over", key("Take over a list"), id="class-lists.take-over", priority=True),
        Binding("f4", "new_class", key("New class"), id="class-lists.new", priority=True),
        Binding("f5", "turn_shift", key("Its shift"), id="class-lists.shift", priority=True),
        Binding("f6", "second_shift", key("When the 2nd shift begins"), id="class-lists.second-shift", priority=True),
        Binding("f7", "new_year", key("New school year"), id="class-lists.new-year", priority=True),
    ]

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "class-lists.take-over", "class-lists.new", "class-lists.shift", "teacher.back")

    def title_line(self) -> str:
        """See `RosterScreen`."""
        return t(key("Class lists"))

    def told(self) -> list[Text]:
        """See `RosterScreen`."""
        if self.known is None:
            return []
        if not self.known.all:
            return [N_("There is no class yet. “Take over a list” reads one from a file, “New class” begins one by hand.")]
        said: list[Text] = [N_("Enter opens a class.")]
        if any(one.shift for one in self.known.at_school):
            time = self.known.second_shift
            said.append(N_("From {time} on, classes of the second shift are offered to pupils first.", time=time))
        return said

    def cells(self, known: Classes) -> tuple[list[str], list[list[str]]]:
        """See `RosterScreen`."""
        heads = [t(key("Class")), t(key("Pupils")), t(key("Groups")), t(key("They show")), t(key("School shift"))]
        return heads, [_row(one) for one in known.all]

    @on(DataTable.RowSelected)
    def _chosen(self, event: DataTable.RowSelected) -> None:
        if self.known is not None and event.cursor_row < len(self.known.all):
            self._open(self.known.all[event.cursor_row].name)

    def _open(self, class_name: str) -> None:
        from lovhe.apps.tui.teacher.class_pupils import ClassPupilsScreen

        self.teaching.class_name = class_name
        self.lovhe.push_screen(ClassPupilsScreen(class_name))

    # --- keys ---

    def action_take_over(self) -> None:
        """F3."""
        from lovhe.apps.tui.teacher.take_over import TakeOverScreen

        self.lovhe.push_screen(TakeOverScreen(lambda said: self.say([said])))

    def action_new_class(self) -> None:
        """F4: a class without pupils, which is opened then."""
        if self.known is not None:
            self.lovhe.push_screen(Ask(N_("What is the new class called?"), partial(self._add, self.known)))

    def _add(self, known: Classes, typed: str) -> None:
        change = new_class(known.all, typed, self.lovhe.settings.secret_kind)
        name = change.after.name
        self.change([change], N_("The class {name} is new.", name=name), partial(self._open, name))

    def action_turn_shift(self) -> None:
        """F5: none, the first, the second, and none again."""
        if self.known is None or self.row >= len(self.known.all):
            return
        one = self.known.all[self.row]
        shift = _NEXT_SHIFT[one.shift]
        said = {
            0: N_("{name} belongs to no shift.", name=one.name),
            1: N_("{name} belongs to the first shift.", name=one.name),
            2: N_("{name} belongs to the second shift, which begins at {time}.", name=one.name, time=self.known.second_shift),
        }
        self.change([ClassChange(one, replace(one, shift=shift))], said[shift])

    def action_second_shift(self) -> None:
        """F6."""
        if self.known is not None:
            self.lovhe.push_screen(Ask(N_("When does the second shift begin?"), self._begin_second, self.known.second_shift))

    def _begin_second(self, typed: str) -> None:
        time = check_begin(typed)
        self.write(lambda roster: roster.set_second_shift(time), [N_("The second shift begins at {time}.", time=time)])

    def action_new_year(self) -> None:
        """F7: what would change is shown first."""
        from lovhe.apps.tui.teacher.plan import PlanScreen

        if self.known is None:
            return
        try:
            plan = YearPlan(self.known.all, datetime.datetime.now().astimezone().year)
        except InputError as problem:
            self.say([problem.what, problem.next_step])
            return
        self.lovhe.push_screen(PlanScreen(plan, lambda said: self.say([said])))


def _row(one: SchoolClass) -> list[str]:
    groups = len({pupil.group for pupil in one.pupils if pupil.group})
    shift = _SHIFT_WORDS[one.shift]
    shown = t(key("has left school")) if one.has_left else t(SECRET_WORDS[one.secret_kind])
    return [harmless(one.name), str(len(one.pupils)), str(groups or ""), shown, t(shift) if shift else ""]
