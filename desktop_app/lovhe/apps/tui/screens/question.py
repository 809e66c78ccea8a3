"""Sentences on top of what is shown: a question that wants yes or no, and a letter that only wants to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from lovhe.apps.language import key, t
from lovhe.core.messages import Text


class Letter(ModalScreen[None]):
    """Sentences, and a button that closes them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", key("Close"), id="letter.close", show=False),
        Binding("left", "point(-1)", show=False),
        Binding("right", "point(1)", show=False),
        Binding("down,pagedown", "scroll(1)", show=False),
        Binding("up,pageup", "scroll(-1)", show=False),
    ]

    def __init__(self, sentences: Sequence[Text], title: Text | str = "") -> None:
        super().__init__()
        self._sentences, self._title = sentences, title

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            if self._title:
                yield Static(t(self._title), classes="paper-title", markup=False)
            with VerticalScroll():
                for sentence in self._sentences:
                    yield Static(t(sentence), classes="sentence", markup=False)
            with Horizontal(classes="answers"):
                yield from self.answers()

    def answers(self) -> ComposeResult:
        """The buttons."""
        yield Button(t(key("OK")), id="close", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Read."""
        event.stop()
        self.dismiss()

    def action_point(self, by: int) -> None:
        """The arrow keys go from button to button."""
        buttons = list(self.query(Button))
        here = next((number for number, button in enumerate(buttons) if button.has_focus), 0)
        buttons[min(max(here + by, 0), len(buttons) - 1)].focus()

    def action_scroll(self, by: int) -> None:
        """A long letter moves by half a page."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=by * max(text.size.height // 2, 1), animate=False)

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()


class Question(Letter):
    """Sentences that end with a question; `on_yes` is called when the answer is yes. No is what the Enter key gives."""

    def __init__(self, sentences: Sequence[Text], on_yes: Callable[[], None], title: Text | str = "") -> None:
        super().__init__(sentences, title)
        self._on_yes = on_yes

    def answers(self) -> ComposeResult:
        yield Static(t(key("Arrows and Enter")), classes="answers-keys", markup=False)
        yield Button(t(key("No")), id="no", compact=True)
        yield Button(t(key("Yes")), id="yes", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.prevent_default()  # the letter's own would be called, too, and close what is below
        super().on_button_pressed(event)
        if event.button.id == "yes":
            self._on_yes()
