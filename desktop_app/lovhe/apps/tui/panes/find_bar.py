"""What is looked for in the program, and what stands in its place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.editor import ProgramEditor
from lovhe.core.messages import N_
from lovhe.core.programs import typing_rules


class FindBar(Vertical):
    """Two lines above the editor, as long as they are needed. Enter finds the next place, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", key("Close"), id="find.close"),
    ]

    def __init__(self, editor: ProgramEditor) -> None:
        super().__init__()
        self._editor = editor

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Input(id="sought", compact=True, placeholder=t(key("Find")))
            yield Button(t(key("Next")), id="next", compact=True)
            yield Button("x", id="close", compact=True, tooltip=t(key("Close")))
        with Horizontal():
            yield Input(id="instead", compact=True, placeholder=t(key("Replace with")))
            yield Button(t(key("Replace")), id="replace", compact=True)
            yield Button(t(key("All")), id="replace-all", compact=True)

    def open(self) -> None:
        """Show it; what is selected in one line is looked for."""
        self.add_class("open")
        sought = self.query_one("#sought", Input)
        chosen = self._editor.selected_text
        if chosen and "\n" not in chosen:
            sought.value = chosen
        sought.focus()

    def action_close(self) -> None:
        """Back to the program."""
        self.remove_class("open")
        self._editor.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter finds in the one line, and replaces in the other."""
        event.stop()
        if event.input.id == "sought":
            self._next()
        else:
            self._replace()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way."""
        event.stop()
        match event.button.id:
            case "next":
                self._next()
            case "replace":
                self._replace()
            case "replace-all":
                self._replace_all()
            case _:
                self.action_close()

    @property
    def _sought(self) -> str:
        return self.query_one("#sought", Input).value

    @property
    def _instead(self) -> str:
        return self.query_one("#instead", Input).value

    def _next(self) -> bool:
        editor = self._editor
        place = typing_rules.find(editor.text.split("\n"), self._sought, max(editor.selection))
        if place is None:
            if self._sought:
                self.notify(t(N_("“{text}” is not in the program.", text=self._sought)), markup=False)
            return False
        editor.move_cursor(place)
        editor.move_cursor((place[0], place[1] + len(self._sought)), select=True)
        editor.scroll_cursor_visible(center=True)
        return True

    def _replace(self) -> None:
        """What is found is replaced, and the next one found."""
        editor = self._editor
        if self._sought and typing_rules.is_same(editor.selected_text, self._sought) and not editor.read_only:
            editor.replace(self._instead, *sorted(editor.selection), maintain_selection_offset=False)
        self._next()

    def _replace_all(self) -> None:
        if self._editor.read_only:
            return
        text, count = typing_rules.replaced(self._editor.text, self._sought, self._instead)
        if count:
            self._editor.history.checkpoint()
            self._editor.put_text(text)
        self.notify(t(N_("Replaced: {n}", n=count)), markup=False)
