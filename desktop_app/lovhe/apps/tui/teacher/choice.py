"""A list to choose from, on top of what is shown: of a few things that can be done, or of folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from rich.console import Group
from rich.padding import Padding
from rich.text import Text as Line
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.teaching.save_places import SavePlace, folder_typed, save_places
from lovhe.core.messages import Text

NOW, OTHER = "► ", "  "
"""What stands before the value that holds, and before each other one."""


class ListChoice(ModalScreen[None]):
    """Enter takes the line under the cursor: `chosen` is called with its place in the list. All is said in the user's language already.

    Below each line stands what it means, if that is given; the line at the place `now` is marked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="choice.close", show=False)]

    def __init__(
        self, asked: str, lines: Sequence[str], chosen: Callable[[int], None], meanings: Sequence[str] = (), now: int | None = None
    ) -> None:
        super().__init__()
        self._asked, self._lines, self._chosen = asked, lines, chosen
        self._meanings, self._now = meanings, now

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(self._asked, classes="paper-title", markup=False)
            yield OptionList(*self._options(), id="choice", markup=False)

    def on_mount(self) -> None:
        if self._now is not None:
            self.query_one(OptionList).highlighted = self._now

    def _options(self) -> Iterator[Option]:
        for place, line in enumerate(self._lines):
            marked = line if self._now is None else f"{NOW if place == self._now else OTHER}{line}"
            meaning = self._meanings[place] if self._meanings else ""
            yield Option(Group(Line(marked), Padding(Line(meaning), (0, 0, 0, 4))) if meaning else marked)

    def offer(self, lines: Sequence[str]) -> None:
        """These lines instead."""
        self._lines = lines
        for options in self.query(OptionList):
            options.clear_options()
            options.add_options(self._options())
            options.highlighted = 0 if lines else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss()
        self._chosen(event.option_index)

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()


class FolderChoice(ModalScreen[None]):
    """The sticks that are plugged in, the user's documents, or a folder typed by hand: `chosen` is called with it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", key("Close"), id="folder-choice.close", show=False)]

    def __init__(self, asked: Text, chosen: Callable[[Path], None]) -> None:
        super().__init__()
        self._asked, self._chosen = asked, chosen
        self._places: list[SavePlace] = []
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(self._asked), classes="paper-title", markup=False)
            yield OptionList(id="folders", markup=False)
            yield Input(self._typed, id="folder-typed", compact=True, placeholder=t(key("Or type a folder here, and press Enter")))
            yield Static(id="folder-none", markup=False)

    def on_mount(self) -> None:
        self._show()
        self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        self.app.call_from_thread(self._found, save_places())

    def _found(self, places: list[SavePlace]) -> None:
        self._places = places
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        folders = self.query_one("#folders", OptionList)
        folders.clear_options()
        folders.add_options([Option(t(place.told)) for place in self._places])
        folders.highlighted = 0 if self._places else None
        if not self._typed:
            folders.focus()

    @on(OptionList.OptionSelected, "#folders")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(self._places[event.option_index].folder)

    @on(Input.Changed, "#folder-typed")
    def _types(self, event: Input.Changed) -> None:
        self._typed = event.value

    @on(Input.Submitted, "#folder-typed")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        folder = folder_typed(event.value.strip())
        if folder is not None:
            self._take(folder)
        elif event.value.strip():
            self.query_one("#folder-none", Static).update(t(key("Type the whole name of the folder, from the drive on.")))

    def _take(self, folder: Path) -> None:
        self.dismiss()
        self._chosen(folder)

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()
