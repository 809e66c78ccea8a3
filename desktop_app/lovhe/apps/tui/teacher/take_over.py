"""A class list is taken over from a file: one that was found, or one whose path is typed or pasted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.teaching import wiring
from lovhe.apps.teaching.class_lists import read_classes
from lovhe.apps.teaching.class_plans import ListPlan
from lovhe.apps.teaching.classes import listed_classes
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.asking import Ask
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.plan import PlanScreen
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless


class TakeOverScreen(TeacherScreen):
    """Files that may be lists, the newest first. `done` gets what is to be told when one was taken over."""

    def __init__(self, done: Callable[[Text], None]) -> None:
        super().__init__()
        self._done = done
        self._files: list[tuple[Path, str]] = []
        self._typed = ""
        self._said: list[Text] = []
        self._reads = False

    def compose(self) -> ComposeResult:
        yield Static(t(key("Take over a class list")), classes="title", markup=False)
        what = key("Choose a list and press Enter: from Excel (.xlsx, .csv), or a text with a name on each line. Nothing changes yet.")
        yield Static(t(what), classes="line", markup=False)
        yield OptionList(id="list-files", markup=False)
        where = t(key("Or paste the file's path here, or a folder, and press Enter"))
        yield Input(self._typed, id="list-path", compact=True, placeholder=where)
        with Horizontal(id="list-buttons"):
            yield Button(t(key("Look again")), id="again", compact=True)
            yield Button(t(key("Back")), id="back", compact=True)
        yield Static(id="list-told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._look_for()

    def put_together(self) -> None:
        self._show()
        self._settle()

    def on_screen_resume(self) -> None:
        """Back from what the list would change."""
        self._settle()

    # --- files, in a thread ---

    def _look_for(self, folder: Path | None = None) -> None:
        self._tell([N_("Looking for lists on USB sticks and among your files …")])
        self.run_worker(partial(self._find, folder), thread=True, exclusive=True, group="list-files", exit_on_error=False)

    def _find(self, folder: Path | None) -> None:
        files = [(path, _line(path, changed)) for path, changed in wiring.list_files(folder)]
        self.lovhe.call_from_thread(self._found, files)

    def _found(self, files: list[tuple[Path, str]]) -> None:
        if self.is_attached and self.lovhe.teaching is not None:
            self._files = files
            self._tell(
                [] if files else [N_("No list was found. Plug in a USB stick and press “Look again”, or paste the path of the file.")]
            )
            self._settle()

    def _open(self, path: Path, of_class: str | None = None) -> None:
        if not self._reads:
            self._reads = True
            self._tell([N_("One moment …")])
            self.run_worker(partial(self._read, path, of_class), thread=True, exit_on_error=False)

    def _read(self, path: Path, of_class: str | None) -> None:
        if wiring.is_folder(path):
            self.lovhe.call_from_thread(self._use_folder, path)
            return
        try:
            lists, known = wiring.read_list_file(path), read_classes()
            asks = of_class is None and any(not one.class_name for one in lists)
            plan = None if asks else ListPlan(listed_classes(known.all, lists, of_class, self.lovhe.settings.secret_kind))
        except LovheError as problem:
            self.lovhe.call_from_thread(self._is_read, path, None, [problem.what, problem.next_step])
        else:
            self.lovhe.call_from_thread(self._is_read, path, plan, [])

    def _use_folder(self, folder: Path) -> None:
        self._reads = False
        if self.is_attached and self.lovhe.teaching is not None:
            self._look_for(folder)

    def _is_read(self, path: Path, plan: ListPlan | None, said: Sequence[Text]) -> None:
        self._reads = False
        if not self.is_attached or self.lovhe.teaching is None:
            return
        self._tell(said)
        if plan is not None:
            self.lovhe.push_screen(PlanScreen(plan, self._taken))
        elif not said:
            question = N_("The list {file} does not tell which class it is. Which one?", file=harmless(path.name))
            self.lovhe.push_screen(Ask(question, partial(self._of_class, path), self.teaching.class_name))

    def _of_class(self, path: Path, typed: str) -> None:
        from lovhe.core.boards.names import check_class_name

        self._open(path, check_class_name(typed))

    def _taken(self, said: Text) -> None:
        self.dismiss()
        self._done(said)

    # --- what is chosen ---

    @on(OptionList.OptionSelected, "#list-files")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._open(self._files[event.option_index][0])

    @on(Input.Changed, "#list-path")
    def _typed_on(self, event: Input.Changed) -> None:
        self._typed = event.value

    @on(Input.Submitted, "#list-path")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._open(wiring.typed_path(event.value))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Look again, or back."""
        if event.button.id == "again":
            self._look_for()
        else:
            self.action_back()

    # --- what is seen ---

    def _tell(self, said: Sequence[Text]) -> None:
        self._said = [*said]
        self._show()

    def _show(self) -> None:
        if self._rebuilding or not self.query("#list-told"):
            return
        self.query_one("#list-told", Static).update("\n".join(t(sentence) for sentence in self._said))
        files = self.query_one("#list-files", OptionList)
        at = files.highlighted
        files.clear_options()
        files.add_options(Option(line) for _, line in self._files)
        files.highlighted = min(at or 0, len(self._files) - 1) if self._files else None

    def _settle(self) -> None:
        if self.query("#list-path"):
            self.query_one("#list-files" if self._files and not self._typed else "#list-path").focus()


def _line(path: Path, changed: datetime.datetime) -> str:
    when = changed.astimezone()
    return harmless(f"{path.name}   {when:%d.%m.%Y}   {path.parent}")
