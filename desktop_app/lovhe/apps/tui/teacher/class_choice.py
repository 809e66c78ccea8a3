"""Which class: the one that was looked at last, or another one from the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from lovhe.apps.language import key, t
from lovhe.apps.tui.teacher.choice import ListChoice
from lovhe.core.pupils.pupil import SchoolClass, looks_like
from lovhe.core.shown_text import harmless


class ClassChoice(ListChoice):
    """Enter takes the class under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="class-choice.close", show=False)]

    def __init__(self, classes: Sequence[SchoolClass], chosen: Callable[[SchoolClass], None]) -> None:
        super().__init__(t(key("Which class?")), [harmless(one.name) for one in classes], lambda place: chosen(classes[place]))


def likely_class(classes: Sequence[SchoolClass], last: str) -> SchoolClass | None:
    """The class called `last`, else the first one."""
    return next((one for one in classes if looks_like(one.name, last)), classes[0] if classes else None)
