"""The values that one setting can have: the one that it has is marked, and Enter takes another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.teacher_settings import Setting
from lovhe.apps.tui.teacher.choice import NOW, OTHER
from lovhe.core.shown_text import harmless


class ValueChoice(ModalScreen[None]):
    """`chosen` is called with another value than `now`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="value-choice.close", show=False)]

    def __init__(self, setting: Setting, now: Any, chosen: Callable[[Any], None]) -> None:
        super().__init__()
        self._setting, self._now, self._chosen = setting, now, chosen

    def compose(self) -> ComposeResult:
        setting = self._setting
        with Vertical(classes="paper"):
            yield Static(t(setting.name), classes="paper-title", markup=False)
            yield Static(t(setting.what), classes="sentence", markup=False)
            lines = (f"{NOW if value == self._now else OTHER}{harmless(setting.shown(value))}" for value in setting.values)
            yield OptionList(*lines, id="value-choice", markup=False)

    def on_mount(self) -> None:
        if self._now in self._setting.values:
            self.query_one(OptionList).highlighted = self._setting.values.index(self._now)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss()
        value = self._setting.values[event.option_index]
        if value != self._now:
            self._chosen(value)

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()
