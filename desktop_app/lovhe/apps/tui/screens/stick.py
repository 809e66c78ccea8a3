"""Work is copied to a USB stick or fetched from one: which stick, what is on it, how far it is, and what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.workspace.stick_jobs import CopyWork, FetchWork
from lovhe.apps.workspace.told import Busy
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.group import Group
from lovhe.core.shown_text import harmless
from lovhe.core.work.stick import StickIndex

_LOOK_S = 0.1


class StickScreen(LovheScreen):
    """What both ways have in common: the list of places, a folder typed by hand, and what is told."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", key("Back"), id="stick.back")]
    title_line: ClassVar[str]
    asked: ClassVar[str]

    def __init__(self, group: Group) -> None:
        super().__init__()
        self._group = group
        self._said: list[Text] = []

    def compose(self) -> ComposeResult:
        yield Static(t(self.title_line), classes="title", markup=False)
        yield Static(t(self.asked), id="asked", markup=False)
        yield OptionList(id="places", markup=False)
        yield Input(id="by-hand", compact=True, placeholder=t(key("Or type a folder here, and press Enter")))
        with Horizontal(id="stick-buttons"):
            yield Button(t(key("Look again")), id="again", compact=True)
            yield Button(t(key("Back")), id="back", compact=True)
        with VerticalScroll(id="told", can_focus=False):
            yield Static("\n".join(t(text) for text in self._said), id="said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look)
        self.look_for_places()

    def look_for_places(self, more: Path | None = None) -> None:
        """Find out what is plugged in, in a thread; `more` is a folder that was typed."""
        self.say([N_("Looking for USB sticks …")])
        self.run_worker(lambda: self._find(more), thread=True, exclusive=True, group="places", exit_on_error=False)

    def _find(self, more: Path | None) -> None:
        raise NotImplementedError

    def show_places(self, options: list[tuple[str, str]], none: Text) -> None:
        """Show what was found: ids and lines."""
        places = self.query_one("#places", OptionList)
        places.clear_options()
        places.add_options([Option(harmless(line), id=place) for place, line in options])
        places.highlighted = 0 if options else None
        self.query_one("#places" if options else "#by-hand").focus()
        self.say([] if options else [none, N_("Plug one in and press “Look again”, or type a folder.")])

    def say(self, sentences: list[Text]) -> None:
        """What is told now."""
        self._said = sentences
        self.query_one("#said", Static).update("\n".join(t(text) for text in sentences))

    def _look(self) -> None:
        job = self.job
        if job is None:
            return
        over = job.over
        for told in job.take():
            if isinstance(told, Busy):
                self.say([told.what] + ([N_("{done} of {total}", done=told.done, total=told.total)] if told.total else []))
        if over:
            self.job = None
            if job.problem is not None:
                self.say([job.problem.what, job.problem.next_step])
            elif isinstance(job, CopyWork | FetchWork):
                self.say(job.said)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Look again, or back."""
        if event.button.id == "again":
            self.look_for_places()
        else:
            self.action_back()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A folder typed by hand."""
        event.stop()
        if event.value.strip():
            self.by_hand(Path(event.value.strip()).expanduser())

    def by_hand(self, folder: Path) -> None:
        """Take this folder."""
        raise NotImplementedError

    def begin(self, job: CopyWork | FetchWork) -> None:
        """One at a time."""
        if self.job is None:
            self.job = job
            job.begin()

    def action_back(self) -> None:
        """What is being copied is waited for."""
        if self.job is None:
            self.dismiss()
        else:
            self.lovhe.say(N_("Wait until it is done: half a copy helps nobody."))


class CopyScreen(StickScreen):
    """Copy my work to a USB stick."""

    title_line = key("Copy my work to a USB stick")
    asked = key("Choose the stick and press Enter. All your programs and answers are copied, and compared afterwards.")

    def _find(self, more: Path | None) -> None:
        from lovhe.apps.workspace.wiring import stick_folders

        found = [(str(folder), str(folder)) for folder in stick_folders()]
        self.app.call_from_thread(self.show_places, found, N_("There is no USB stick."))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To this one."""
        self.by_hand(Path(event.option.id or ""))

    def by_hand(self, folder: Path) -> None:
        from lovhe.apps.workspace.lessons_here import lessons_with_work
        from lovhe.apps.workspace.wiring import work_store

        self.begin(CopyWork(self._group, work_store(), partial(lessons_with_work, self._group.key), folder))


class FetchScreen(StickScreen):
    """Fetch work from a USB stick."""

    title_line = key("Fetch work from a USB stick")
    asked = key("Choose your work and press Enter. What stands here now is kept in the history of each step.")

    def __init__(self, group: Group) -> None:
        super().__init__(group)
        self._found: dict[str, tuple[Path, StickIndex]] = {}

    def _find(self, more: Path | None) -> None:
        from lovhe.apps.workspace.wiring import stick_folders, work_on_sticks

        found = work_on_sticks([more] if more is not None else stick_folders())
        self.app.call_from_thread(self._show_found, found)

    def _show_found(self, found: list[tuple[Path, StickIndex]]) -> None:
        self._found = {str(folder): (folder, index) for folder, index in found}
        lines = []
        for folder, index in found:
            count = t(N_("{n} file", "{n} files", n=len(index.files)))
            lines.append((str(folder), f"{index.names[:60] or t(key('Guest'))}   {count}   {folder}"))
        self.show_places(lines, N_("There is no work of Lövhə's on a USB stick."))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """This one."""
        from lovhe.apps.workspace.lessons_here import lessons_named
        from lovhe.apps.workspace.wiring import work_store

        if event.option.id in self._found:
            folder, index = self._found[event.option.id]
            lessons = partial(lessons_named, [file.lesson for file in index.files])
            self.begin(FetchWork(self._group, work_store(), lessons, folder, index))

    def by_hand(self, folder: Path) -> None:
        self.look_for_places(folder)
