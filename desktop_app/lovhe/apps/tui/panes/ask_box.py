"""What somebody at a real board is asked to do or to say, so big that it is read from a metre, with the seconds that are left."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.tui.messages import Answered
from lovhe.apps.workspace.check_state import CheckState
from lovhe.core.messages import N_

_LOOK_S = 0.2
_READ_S = 0.4
_DIGITS = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▄█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", "▀▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
}


class AskBox(Vertical):
    """Over the workspace's lower half, as long as `state.asked` says so. It has the focus for a question, so that keys answer it.

    Enter alone answers nothing: a question must have been read, and an answer chosen. What is typed in the moment in which it comes
    was meant for something else.
    """

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(True)", key("Yes"), id="ask.yes", show=False),
        Binding("2", "answer(False)", key("No"), id="ask.no", show=False),
        Binding("left", "choose('yes')", key("Yes"), id="ask.left", show=False),
        Binding("right", "choose('no')", key("No"), id="ask.right", show=False),
    ]

    def __init__(self, state: CheckState) -> None:
        super().__init__(id="ask")
        self._state = state
        self.display = False
        self._focused_before: Widget | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="ask-sentence", markup=False)
        yield Static(id="ask-seconds", markup=False)
        with Horizontal(id="ask-answers"):
            yield Button(f"1   {t(key('Yes'))}", id="ask-yes")
            yield Button(f"2   {t(key('No'))}", id="ask-no")
        yield Static(id="ask-keys", markup=False)

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._count)
        self.show()

    def show(self) -> None:
        """Show what is asked now, or nothing."""
        asked = self._state.asked
        was_here = self.display
        self.display = asked is not None
        if asked is None:
            if was_here and self.has_focus_within:
                self.screen.set_focus(self._focused_before)
            return
        self.query_one("#ask-sentence", Static).update(asked.sentence)
        self.query_one("#ask-answers").display = asked.question
        keys = N_("Key 1 is yes, key 2 is no. Shift+F5 stops the check.") if asked.question else N_("Shift+F5 stops the check.")
        self.query_one("#ask-keys", Static).update(t(keys))
        self._count()

    def _count(self) -> None:
        asked = self._state.asked
        if asked is None:
            return
        self.query_one("#ask-seconds", Static).update(big_number(self._state.seconds_left))
        if asked.question and not self.has_focus_within and self.screen.is_current:  # whatever else wanted the keys meanwhile
            self._focused_before = self.screen.focused
            self.focus()

    def action_choose(self, which: str) -> None:
        """An arrow: that answer's button has the focus, and Enter presses it."""
        if self._questions:
            self.query_one(f"#ask-{which}", Button).focus()

    def action_answer(self, yes: bool) -> None:
        """Yes or no; the box goes at once."""
        if self._questions and time.monotonic() - self._state.asked_s >= _READ_S:
            self._state.noticed()
            self.show()
            self.post_message(Answered(yes))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_answer(event.button.id == "ask-yes")

    @property
    def _questions(self) -> bool:
        return self._state.asked is not None and self._state.asked.question


def big_number(number: int) -> str:
    """A number three lines high, of characters that Windows' old console has; as it is where the terminal has no blocks."""
    text = str(number)
    if screen_glyphs().full != "█":
        return text
    return "\n".join("  ".join(_DIGITS[digit][row] for digit in text) for row in range(3))
