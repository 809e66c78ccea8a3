"""One class: its pupils, who is added, renamed or goes to another class, and how they show who they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_lists import Classes, free_class_name, with_new_pupils
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.asking import Ask, Choose
from lovhe.apps.tui.teacher.class_choice import ClassChoice
from lovhe.apps.tui.teacher.class_lists import SECRET_WORDS
from lovhe.apps.tui.teacher.roster_screen import RosterScreen
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.class_edits import edited, moved, renamed
from lovhe.core.pupils.first_names import check_first_name
from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind
from lovhe.core.shown_text import harmless

_SECRET_HEADS = {"pin": key("Four digits"), "pictures": key("Three pictures")}


class ClassPupilsScreen(RosterScreen):
    """A row a pupil; Enter changes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "add_pupils", key("Add pupils"), id="class-pupils.add", priority=True),
        Binding("f4", "change_pupil", key("Change"), id="class-pupils.change", priority=True),
        Binding("f5", "groups", key("Groups"), id="class-pupils.groups", priority=True),
        Binding("f6", "change_class", key("The class"), id="class-pupils.class", priority=True),
    ]

    def __init__(self, class_name: str) -> None:
        super().__init__()
        self._class_name = class_name

    @property
    def keys_first(self) -> tuple[str, ...]:
        own = ("class-pupils.add", "class-pupils.change", "class-pupils.groups", "class-pupils.class")
        return ("app.help", "app.menu", *own, "teacher.back")

    @property
    def school_class(self) -> SchoolClass | None:
        """The class as it is on the disk."""
        return self.known.called(self._class_name) if self.known is not None else None

    @property
    def pupil(self) -> Pupil | None:
        """The one under the cursor."""
        pupils = self.school_class.pupils if self.school_class is not None else []
        return pupils[self.row] if self.row < len(pupils) else None

    def title_line(self) -> str:
        """See `RosterScreen`."""
        one = self.school_class
        count = t(N_("{n} pupil", "{n} pupils", n=len(one.pupils))) if one is not None else ""
        left = t(key("has left school")) if one is not None and one.has_left else ""
        return " | ".join(filter(None, (harmless(self._class_name), count, left)))

    def told(self) -> list[Text]:
        """See `RosterScreen`."""
        one = self.school_class
        if one is None:
            return [N_("There is no class {name} on this computer.", name=self._class_name)]
        if not one.pupils:
            return [N_("The class {name} has no pupils yet.", name=one.name), N_("“Add pupils” adds some.")]
        shown = {
            "none": N_("They choose their names, and nothing else is asked."),
            "pin": N_("They show four digits."),
            "pictures": N_("They show three pictures."),
        }
        return [N_("Enter changes a pupil."), shown[one.secret_kind]]

    def cells(self, known: Classes) -> tuple[list[str], list[list[str]]]:
        """See `RosterScreen`."""
        one = known.called(self._class_name)
        if one is None:
            return [], []
        heads = [t(key("Number")), t(key("First name")), t(key("Group"))]
        rows = [[str(pupil.number), harmless(pupil.first_name), str(pupil.group or "")] for pupil in one.pupils]
        if one.secret_kind != "none":
            heads.append(t(_SECRET_HEADS[one.secret_kind]))
            for row, pupil in zip(rows, one.pupils, strict=True):
                row.append(t(key("chosen")) if pupil.id in known.with_secret else t(key("not yet")))
        return heads, rows

    # --- pupils ---

    @on(DataTable.RowSelected)
    def _chosen(self) -> None:
        self.action_change_pupil()

    def action_add_pupils(self) -> None:
        """F3."""
        if self.school_class is not None:
            question = N_("The first name of who is new in {name}; several with commas between them:", name=self._class_name)
            self.lovhe.push_screen(Ask(question, partial(self._add, self.school_class)))

    def _add(self, one: SchoolClass, typed: str) -> None:
        change = with_new_pupils(one, typed)
        said = N_("{n} pupil added to {name}.", "{n} pupils added to {name}.", n=len(change.added), name=one.name)
        self.change([change], said, lambda: self._point_at(len(one.pupils)))

    def _point_at(self, row: int) -> None:
        self.query_one("#roster", DataTable).move_cursor(row=row)

    def action_change_pupil(self) -> None:
        """F4 or Enter: what of the pupil under the cursor."""
        one, pupil = self.school_class, self.pupil
        if self.known is None or one is None or pupil is None:
            return
        offered: list[tuple[Text | str, Callable[[], None]]] = [
            (key("Another first name"), partial(self._ask_name, one, pupil)),
            (key("Another number"), partial(self._ask_number, one, pupil)),
        ]
        others = [other for other in self.known.at_school if other is not one]
        if others:
            offered.append((key("To another class"), partial(self._ask_class, one, pupil, others)))
        if one.secret_kind != "none" and pupil.id in self.known.with_secret:
            words = key("Forget the four digits") if one.secret_kind == "pin" else key("Forget the three pictures")
            offered.append((words, partial(self._ask_forget, pupil)))
        self.lovhe.push_screen(Choose(N_("{pupil}, number {number}", pupil=harmless(pupil.first_name), number=pupil.number), offered))

    def _ask_name(self, one: SchoolClass, pupil: Pupil) -> None:
        def use(typed: str) -> None:
            name = check_first_name(typed)
            said = N_("{old} is called {name} now.", old=pupil.first_name, name=name)
            self.change([edited(one, replace(pupil, first_name=name))], said)

        self.lovhe.push_screen(Ask(N_("The first name from now on:"), use, pupil.first_name))

    def _ask_number(self, one: SchoolClass, pupil: Pupil) -> None:
        def use(typed: str) -> None:
            number = int(typed) if typed.strip().isdecimal() and len(typed) < 10 else 0
            change = edited(one, replace(pupil, number=number))
            self.change([change], N_("{pupil} has the number {number} now.", pupil=pupil.first_name, number=number))

        self.lovhe.push_screen(Ask(N_("The number from now on:"), use, str(pupil.number)))

    def _ask_class(self, one: SchoolClass, pupil: Pupil, others: list[SchoolClass]) -> None:
        def use(other: SchoolClass) -> None:
            try:
                changes = moved(pupil, one, other)
            except InputError as problem:
                self.say([problem.what, problem.next_step])
                return
            number = changes[1].added[0].number
            said = N_("{pupil} is in {name} now, number {number}.", pupil=pupil.first_name, name=other.name, number=number)
            self.change(changes, said)

        self.lovhe.push_screen(ClassChoice(others, use))

    def _ask_forget(self, pupil: Pupil) -> None:
        said = N_("{pupil} chooses anew at the next start.", pupil=pupil.first_name)
        question = N_("What {pupil} has chosen is forgotten, and chosen anew at the next start. Forget it?", pupil=pupil.first_name)
        self.lovhe.push_screen(Question([question], lambda: self.write(lambda roster: roster.set_secret(pupil.id, ""), [said])))

    # --- the class ---

    def action_groups(self) -> None:
        """F5."""
        from lovhe.apps.tui.teacher.groups import GroupsScreen

        self.lovhe.push_screen(GroupsScreen(self._class_name))

    def action_change_class(self) -> None:
        """F6: what of the class."""
        one = self.school_class
        if self.known is None or one is None:
            return
        away = (key("Take it back: it is at school"), partial(self._put, one, False))
        if not one.has_left:
            away = (key("Put it away: it has left school"), partial(self._ask_away, one))
        self.lovhe.push_screen(
            Choose(
                N_("The class {name}", name=one.name),
                [
                    (key("Another name"), partial(self._ask_class_name, self.known, one)),
                    (key("How they show who they are"), partial(self._ask_kind, one)),
                    away,
                ],
            )
        )

    def _ask_class_name(self, known: Classes, one: SchoolClass) -> None:
        def use(typed: str) -> None:
            name = free_class_name(known.all, typed, one)
            said = N_("The class {old} is called {name} now.", old=one.name, name=name)
            self.write(lambda roster: roster.change([renamed(one, name)]), [said], partial(self._is_called, name))

        self.lovhe.push_screen(Ask(N_("What is the class called from now on?"), use, one.name))

    def _is_called(self, name: str) -> None:
        self._class_name = self.teaching.class_name = name
        self.show_all()

    def _ask_kind(self, one: SchoolClass) -> None:
        kinds: tuple[SecretKind, ...] = ("none", "pin", "pictures")
        self.lovhe.push_screen(Choose(key("They show"), [(SECRET_WORDS[kind], partial(self._ask_forgetting, one, kind)) for kind in kinds]))

    def _ask_forgetting(self, one: SchoolClass, kind: SecretKind) -> None:
        chosen = sum(pupil.id in self.known.with_secret for pupil in one.pupils) if self.known is not None else 0
        if kind == one.secret_kind:
            self.say([N_("That is so already: nothing was changed.")])
        elif not chosen:
            self._set_kind(one, kind)
        else:
            question = N_(
                "What {n} pupil has chosen is forgotten. Change it?", "What {n} pupils have chosen is forgotten. Change it?", n=chosen
            )
            self.lovhe.push_screen(Question([question], partial(self._set_kind, one, kind)))

    def _set_kind(self, one: SchoolClass, kind: SecretKind) -> None:
        said = {
            "none": N_("The pupils of {name} choose their names, and nothing else is asked.", name=one.name),
            "pin": N_("Each pupil of {name} chooses four digits at the next start, and types them each time from then on.", name=one.name),
            "pictures": N_(
                "Each pupil of {name} chooses three pictures at the next start, and shows them each time from then on.", name=one.name
            ),
        }
        self.write(lambda roster: roster.set_secret_kind(one.name, kind), [said[kind]])

    def _ask_away(self, one: SchoolClass) -> None:
        question = N_("{name} is not offered to pupils any more. Pupils and what they have done stay. Put it away?", name=one.name)
        self.lovhe.push_screen(Question([question], partial(self._put, one, True)))

    def _put(self, one: SchoolClass, away: bool) -> None:
        said = N_("{name} is put away.", name=one.name) if away else N_("{name} is at school again.", name=one.name)
        self.change([renamed(one, one.name, has_left=away)], said)
