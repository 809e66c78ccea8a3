"""What would change, to be looked at; F4 does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_lists import Classes
from lovhe.apps.teaching.class_plans import Plan
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.roster_screen import RosterScreen
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless


class PlanScreen(RosterScreen):
    """Nothing is changed before Yes. `done` gets what is to be told when it is on the disk."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "do_it", key("Yes, do it"), id="take-over.do-it", priority=True)]

    def __init__(self, plan: Plan, done: Callable[[Text], None]) -> None:
        super().__init__()
        self._plan, self._done = plan, done

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "take-over.do-it", "teacher.back")

    def compose(self) -> ComposeResult:
        yield Static(id="roster-title", classes="title", markup=False)
        yield Static(id="roster-told", classes="line", markup=False)
        yield DataTable(id="roster", cursor_type="row", zebra_stripes=True)
        with Horizontal(classes="answers"):
            yield Button(t(key("No, back")), id="back", compact=True)
            yield Button(t(key("Yes, do it")), id="do-it", compact=True)
        yield KeyLine()

    def title_line(self) -> str:
        """See `RosterScreen`."""
        return t(self._plan.title)

    def told(self) -> list[Text]:
        """See `RosterScreen`."""
        return self._plan.told()

    def cells(self, known: Classes) -> tuple[list[str], list[list[str]]]:
        """See `RosterScreen`."""
        rows = [[harmless(one if isinstance(one, str) else t(one)) for one in row.cells] for row in self._plan.rows()]
        return [t(head) for head in self._plan.heads], rows

    @on(DataTable.RowSelected)
    def _turned(self, event: DataTable.RowSelected) -> None:
        self._plan.turn(self._plan.rows()[event.cursor_row].doubt)
        self.show_all()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way."""
        if event.button.id == "do-it":
            self.action_do_it()
        else:
            self.action_back()

    def action_do_it(self) -> None:
        """F4."""
        changes = self._plan.changes()
        if not changes:
            self.say([N_("Nothing would change. Escape leads back.")])
            return
        said = self._plan.done()
        self.change(changes, said, lambda: self._is_done(said))

    def _is_done(self, said: Text) -> None:
        self.dismiss()
        self._done(said)
