"""Where the lessons are that somebody writes."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from lovhe.apps.language import key, t
from lovhe.core.errors import LovheError


class FolderScreen(ModalScreen[Path | None]):
    """Type a folder; it is dismissed with one that is there, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="writer-folder.close", show=False)]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._typed = str(folder)
        self._problem: LovheError | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(key("Lessons being written")), classes="paper-title", markup=False)
            yield Static(t(key("The folder that holds your lessons, or the folder of one lesson:")), markup=False)
            yield Input(self._typed, id="lessons-folder", compact=True)
            yield Static(self._told(), id="folder-problem", markup=False)
            with Horizontal(classes="answers"):
                yield Button(t(key("The kit's lessons")), id="kit", compact=True)
                yield Button(t(key("Cancel")), id="cancel", compact=True)
                yield Button(t(key("OK")), id="ok", variant="primary", compact=True)

    def on_mount(self) -> None:
        from lovhe.apps.writing.lesson_files import kit_lessons

        self.query_one("#kit").display = kit_lessons() is not None
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed stays, whatever happens to the screen."""
        self._typed = event.value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes it."""
        event.stop()
        self._take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way."""
        from lovhe.apps.writing.lesson_files import kit_lessons

        event.stop()
        kit = kit_lessons()
        if event.button.id == "kit" and kit is not None:
            self.query_one(Input).value = str(kit)
        elif event.button.id == "ok":
            self._take()
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Nothing is changed."""
        self.dismiss(None)

    def _take(self) -> None:
        from lovhe.apps.writing.lesson_files import refuse_no_folder

        folder = Path(self.query_one(Input).value.strip()).expanduser()
        try:
            refuse_no_folder(folder)
        except LovheError as problem:
            self._problem = problem
            self.query_one("#folder-problem", Static).update(self._told())
            return
        self.dismiss(folder.resolve())

    def _told(self) -> str:
        return f"! {t(self._problem.what)} {t(self._problem.next_step)}" if self._problem is not None else ""
