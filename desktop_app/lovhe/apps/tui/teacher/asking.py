"""Small questions on top of a screen: something to type, and one of several things to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import Text

_MOST_TYPED = 400


class Ask(ModalScreen[None]):
    """A line to type. `use` gets it at Enter; where it raises `InputError`, that is told, and it stays to be mended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", key("Close"), id="ask.close", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, question: Text, use: Callable[[str], None], typed: str = "") -> None:
        super().__init__()
        self._question, self._use, self._typed = question, use, typed
        self._problem: InputError | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(self._question), classes="paper-title", markup=False)
            yield Input(self._typed, id="asked-typed", compact=True, max_length=_MOST_TYPED)
            yield Static(self._told(), id="asked-problem", markup=False)
            with Horizontal(classes="answers"):
                yield Button(t(key("Cancel")), id="cancel", compact=True)
                yield Button(t(key("OK")), id="ok", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._typed = event.value

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way."""
        event.stop()
        if event.button.id == "ok":
            self._take()
        else:
            self.dismiss()

    def action_close(self) -> None:
        """Escape: nothing is changed."""
        self.dismiss()

    def _take(self) -> None:
        try:
            self._use(self._typed)
        except InputError as problem:
            self._problem = problem
            self.query_one("#asked-problem", Static).update(self._told())
        else:
            self.dismiss()

    def _told(self) -> str:
        return f"! {t(self._problem.what)} {t(self._problem.next_step)}" if self._problem is not None else ""


class Choose(ModalScreen[None]):
    """One of several things: what it is called, and what is done then."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="choose.close", show=False)]

    def __init__(self, title: Text | str, offered: Sequence[tuple[Text | str, Callable[[], None]]]) -> None:
        super().__init__()
        self._title, self._offered = title, offered

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(self._title), classes="paper-title", markup=False)
            yield OptionList(*(Option(t(name)) for name, _ in self._offered), id="choose", markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss()
        self.app.call_later(self._offered[event.option_index][1])

    def action_close(self) -> None:
        """Escape: nothing is changed."""
        self.dismiss()
