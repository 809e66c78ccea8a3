"""Where the step's file for the pupil's own editor goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from lovhe.apps.language import key, t


class OwnEditorScreen(ModalScreen[None]):
    """Choose a folder; `chosen` is called with it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="own-editor.close", show=False)]

    def __init__(self, folder: Path, chosen: Callable[[Path], None]) -> None:
        super().__init__()
        self._folder, self._chosen = folder, chosen

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(key("Use my own editor")), classes="paper-title", markup=False)
            yield Static(
                t(key("This step's program is put into a file main.py. Each time you save it in your editor, Lövhə runs and checks it.")),
                classes="sentence",
                markup=False,
            )
            yield Static(t(key("The folder for it; you can type another one:")), markup=False)
            yield Input(str(self._folder), id="own-folder", compact=True)
            with Horizontal(classes="answers"):
                yield Button(t(key("Cancel")), id="cancel", compact=True)
                yield Button(t(key("OK")), id="ok", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes it."""
        event.stop()
        self._take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """OK or Cancel."""
        event.stop()
        if event.button.id == "ok":
            self._take()
        else:
            self.dismiss()

    def action_close(self) -> None:
        """Nothing is changed."""
        self.dismiss()

    def _take(self) -> None:
        typed = self.query_one(Input).value.strip()
        self.dismiss()
        self._chosen(Path(typed).expanduser() if typed else self._folder)
