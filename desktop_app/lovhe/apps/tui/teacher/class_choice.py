"""Which class: the one that was looked at last, or another one from the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.core.pupils.pupil import SchoolClass, looks_like
from lovhe.core.shown_text import harmless


class ClassChoice(ModalScreen[None]):
    """Enter takes the class under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="class-choice.close", show=False)]

    def __init__(self, classes: Sequence[SchoolClass], chosen: Callable[[SchoolClass], None]) -> None:
        super().__init__()
        self._offered, self._chosen = classes, chosen

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(key("Which class?")), classes="paper-title", markup=False)
            yield OptionList(*(Option(harmless(one.name), id=one.name) for one in self._offered), id="class-choice", markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss()
        self._chosen(self._offered[event.option_index])

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()


def likely_class(classes: Sequence[SchoolClass], last: str) -> SchoolClass | None:
    """The class called `last`, else the first one."""
    return next((one for one in classes if looks_like(one.name, last)), classes[0] if classes else None)
