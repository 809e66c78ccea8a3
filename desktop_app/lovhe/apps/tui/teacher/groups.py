"""Who shares a keyboard: groups of one to three, made by hand or all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_lists import Classes
from lovhe.apps.tui.panes.step_bar import PASSED
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.asking import Choose
from lovhe.apps.tui.teacher.roster_screen import RosterScreen
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.class_edits import joined, neighbours, regrouped, ungrouped
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.shown_text import harmless


class GroupsScreen(RosterScreen):
    """Enter marks pupils; F4 makes a group of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "together", key("One group"), id="groups.together", priority=True),
        Binding("f5", "apart", key("No group"), id="groups.apart", priority=True),
        Binding("f6", "all_at_once", key("All at once"), id="groups.all", priority=True),
    ]

    def __init__(self, class_name: str) -> None:
        super().__init__()
        self._class_name = class_name
        self._marked: set[int] = set()

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "groups.together", "groups.apart", "groups.all", "teacher.back")

    @property
    def school_class(self) -> SchoolClass | None:
        """The class as it is on the disk."""
        return self.known.called(self._class_name) if self.known is not None else None

    def title_line(self) -> str:
        """See `RosterScreen`."""
        return f"{harmless(self._class_name)} | {t(key('Groups'))}"

    def told(self) -> list[Text]:
        """See `RosterScreen`."""
        if self._marked:
            numbers = ", ".join(map(str, sorted(self._marked)))
            return [N_("Marked: {numbers}. “One group” puts them together, “No group” takes them out of their groups.", numbers=numbers)]
        return [N_("Enter marks who shares a keyboard, one to three; then “One group” puts them together.")]

    def cells(self, known: Classes) -> tuple[list[str], list[list[str]]]:
        """See `RosterScreen`."""
        heads = ["", t(key("Group")), t(key("Number")), t(key("First name"))]
        return heads, [
            [PASSED if one.number in self._marked else " ", str(one.group or ""), str(one.number), harmless(one.first_name)]
            for one in _in_groups(known.called(self._class_name))
        ]

    @on(DataTable.RowSelected)
    def _mark(self, event: DataTable.RowSelected) -> None:
        pupils = _in_groups(self.school_class)
        if event.cursor_row < len(pupils):
            self._marked ^= {pupils[event.cursor_row].number}
            self.say([])

    def action_together(self) -> None:
        """F4."""
        self._regroup(joined, N_("They share a keyboard now."))

    def action_apart(self) -> None:
        """F5."""
        self._regroup(ungrouped, N_("They are in no group now."))

    def _regroup(self, how: Callable[[SchoolClass, set[int]], ClassChange], said: Text) -> None:
        if self.school_class is None:
            return
        if not self._marked:
            self.say([N_("Mark one, two or three pupils first: Enter does it.")])
            return
        try:
            change = how(self.school_class, self._marked)
        except InputError as problem:
            self.say([problem.what, N_("Mark one, two or three pupils.")])
            return
        self.change([change], said, self._unmark)

    def _unmark(self) -> None:
        self._marked.clear()
        self.show_all()

    def action_all_at_once(self) -> None:
        """F6."""
        one = self.school_class
        if one is None or not one.pupils:
            return
        offered: list[tuple[Text | str, Callable[[], None]]] = [
            (key("Two at a keyboard"), partial(self._ask_all, neighbours(one, 2))),
            (key("Three at a keyboard"), partial(self._ask_all, neighbours(one, 3))),
            (key("Each alone"), partial(self._ask_all, neighbours(one, 1))),
            (key("No groups"), partial(self._ask_all, ())),
        ]
        self.lovhe.push_screen(Choose(key("Who stands together in the list sits together"), offered))

    def _ask_all(self, groups: Sequence[Sequence[int]]) -> None:
        one = self.school_class
        if one is None:
            return
        if any(pupil.group for pupil in one.pupils):
            question = N_("The groups that {name} has are replaced. Do it?", name=one.name)
            self.lovhe.push_screen(Question([question], partial(self._group_all, one, groups)))
        else:
            self._group_all(one, groups)

    def _group_all(self, one: SchoolClass, groups: Sequence[Sequence[int]]) -> None:
        said = N_("{name} has {n} group now.", "{name} has {n} groups now.", name=one.name, n=len(groups))
        self.change([regrouped(one, groups)], said if groups else N_("{name} has no groups now.", name=one.name), self._unmark)


def _in_groups(school_class: SchoolClass | None) -> list[Pupil]:
    pupils = school_class.pupils if school_class is not None else []
    return sorted(pupils, key=lambda pupil: (not pupil.group, pupil.group, pupil.number))
