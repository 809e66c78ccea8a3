"""What a step's text was before: every version that is kept, beside what stands there now, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.core.errors import LovheError
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless
from lovhe.core.work.comparing import side_by_side
from lovhe.services.ports.work import Reason, Version

_REASONS: dict[Reason, str] = {
    "typed": key("while you typed"),
    "run": key("you ran it"),
    "checked": key("you checked it"),
    "restored": key("before you took an older one"),
    "anew": key("before you began again"),
    "fetched": key("before you fetched work from a USB stick"),
    "elsewhere": key("typed in another window"),
    "copied": key("in the copy of the results"),
}


class HistoryScreen(LovheScreen):
    """The versions of one step. `restore` takes the text that is to stand there from now on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", key("Back"), id="history.back")]

    def __init__(self, work: LessonWork, step: LessonStep | None, present: str, restore: Callable[[str], None]) -> None:
        super().__init__()
        self._work, self._step, self._present, self._restore = work, step, present, restore
        self._versions: list[Version] | None = None
        self._chosen = ""
        self._text: str | None = None

    def compose(self) -> ComposeResult:
        yield Static(t(key("What this step was before")), classes="title", markup=False)
        yield OptionList(*self._options(), id="versions", markup=False)
        with Horizontal(id="history-buttons"):
            yield Button(t(key("Take this one")), id="restore", compact=True, variant="primary")
            yield Button(t(key("Begin again")), id="anew", compact=True)
            yield Button(t(key("Back")), id="back", compact=True)
        with Horizontal(classes="heads"):
            yield Static(t(key("then")), classes="column", markup=False)
            yield Static(t(key("now")), classes="column", markup=False)
        with VerticalScroll(id="beside"), Horizontal():
            yield Static(id="then", classes="column", markup=False)
            yield Static(id="now", classes="column", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.run_worker(self._find_versions, thread=True)

    def on_screen_resume(self) -> None:
        """The list is what one chooses from."""
        self.query_one("#versions").focus()

    def action_back(self) -> None:
        """Nothing is changed."""
        self.dismiss()

    # --- the list ---

    def _options(self) -> list[Option]:
        if self._versions is None:
            return [Option(t(key("Looking …")), disabled=True)]
        if not self._versions:
            return [Option(t(key("Nothing has been kept yet: type something, and run or check it.")), disabled=True)]
        return [Option(_shown(version), id=version.id) for version in self._versions]

    def _find_versions(self) -> None:
        try:
            versions: Sequence[Version] = self._work.versions(self._step)
        except LovheError as problem:
            versions = []
            self.app.call_from_thread(self.lovhe.tell_problem, problem)
        self.app.call_from_thread(self._found, list(versions))

    def _found(self, versions: list[Version]) -> None:
        self._versions = versions
        shown = self.query_one("#versions", OptionList)
        shown.clear_options()
        shown.add_options(self._options())
        shown.highlighted = 0 if versions else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show it beside what stands there now."""
        if event.option.id is not None:
            self._chosen = event.option.id
            self.run_worker(partial(self._read, self._chosen), thread=True, exclusive=True, group="version")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter leads to the button."""
        self.query_one("#restore").focus()

    def _read(self, version_id: str) -> None:
        try:
            text = self._work.version(self._step, version_id)
        except LovheError as problem:
            self.app.call_from_thread(self.lovhe.tell_problem, problem)
            return
        rows = side_by_side(text, self._present)
        then = "\n".join(f"{row.sign if row.sign != '+' else ' '} {harmless(row.old)}" for row in rows)
        now = "\n".join(f"{row.sign if row.sign != '-' else ' '} {harmless(row.new)}" for row in rows)
        self.app.call_from_thread(self._show, version_id, text, then, now)

    def _show(self, version_id: str, text: str, then: str, now: str) -> None:
        if version_id == self._chosen and self.is_attached:
            self._text = text
            self.query_one("#then", Static).update(then)
            self.query_one("#now", Static).update(now)

    # --- back to it ---

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Take a version, the begin, or nothing."""
        match event.button.id:
            case "restore":
                self._take(self._text, "restored")
            case "anew":
                self._take(self._work.begin_of(self._step), "anew")
            case _:
                self.dismiss()

    def _take(self, text: str | None, reason: Reason) -> None:
        if text is None:
            self.lovhe.say(N_("There is no version to take yet."))
            return
        if self._present != self._work.begin_of(self._step):
            self._work.keep(self._step, self._present, reason)
        self.dismiss()
        self._restore(text)
        self.lovhe.say(N_("Done. What stood there before is in the history."))


def _shown(version: Version) -> str:
    """When and why, on this PC's clock."""
    when = datetime.fromisoformat(version.when_utc).astimezone()
    lines = t(N_("{n} line", "{n} lines", n=version.lines))
    return f"{when:%d.%m.%Y %H:%M:%S}   {lines}   {t(_REASONS[version.reason])}"
