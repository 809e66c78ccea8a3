"""What the teacher settles for this PC: a row each, Enter offers the values that there are."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from lovhe.apps.language import key, t
from lovhe.apps.teaching.teacher_settings import Setting, all_settings
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.passphrase import PassphraseScreen
from lovhe.apps.tui.teacher.tables import refill
from lovhe.apps.tui.teacher.value_choice import ValueChoice
from lovhe.apps.tui.themes import THEME_WORDS
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless
from lovhe.core.teacher_settings import TeacherSettings

_PASSPHRASE = key("Your passphrase")
_PASSPHRASE_WHAT = key("Another one takes the place of the passphrase that opens this side.")


class SettingsScreen(TeacherScreen):
    """What is chosen holds as soon as it is on the disk."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Setting] = []
        self._at = 0
        self._saves = False

    @property
    def keys_first(self) -> tuple[str, ...]:
        return ("app.help", "app.menu", "teacher.back", "group.switch")

    def compose(self) -> ComposeResult:
        yield Static(t(key("Settings")), classes="title", markup=False)
        yield DataTable(id="settings", cursor_type="row", zebra_stripes=True)
        yield Static(id="settings-what", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def put_together(self) -> None:
        self._show()
        self.query_one("#settings").focus()

    def on_screen_resume(self) -> None:
        """The table is what one chooses from."""
        self.query_one("#settings").focus()

    # --- which kinds of boards there are, read in a thread ---

    def _read(self) -> None:
        from lovhe.apps import wiring

        try:
            rows = all_settings(THEME_WORDS, wiring.kit().boards())
        except LovheError as problem:
            self.lovhe.call_from_thread(self.lovhe.tell_problem, problem)
            rows = all_settings(THEME_WORDS, {})
        self.lovhe.call_from_thread(self._known, rows)

    def _known(self, rows: list[Setting]) -> None:
        if self.is_attached and self.lovhe.teaching is not None:
            self._rows = rows
            self._show()

    # --- what is chosen ---

    @on(DataTable.RowHighlighted, "#settings")
    def _at_row(self, event: DataTable.RowHighlighted) -> None:
        if not self._rebuilding:
            self._at = event.cursor_row
            self._tell()

    @on(DataTable.RowSelected, "#settings")
    def _chosen(self, event: DataTable.RowSelected) -> None:
        if event.cursor_row >= len(self._rows):
            self.lovhe.push_screen(PassphraseScreen(self._passphrase_holds, anew=True))
            return
        setting = self._rows[event.cursor_row]
        self.lovhe.push_screen(ValueChoice(setting, setting.now(self.lovhe.settings), partial(self._settle, setting)))

    def _passphrase_holds(self) -> None:
        self.lovhe.say(N_("The new passphrase holds from now on."))

    def _settle(self, setting: Setting, value: Any) -> None:
        if not self._saves:
            self._saves = True
            self.run_worker(partial(self._save, setting.settle(self.lovhe.settings, value)), thread=True, exit_on_error=False)

    def _save(self, settings: TeacherSettings) -> None:
        from lovhe.apps.teaching.wiring import save_settings

        try:
            file = save_settings(settings)
        except LovheError as problem:
            self.lovhe.call_from_thread(self._refused, problem)
        else:
            self.lovhe.call_from_thread(self._kept, settings, str(file))

    def _refused(self, problem: LovheError) -> None:
        self._saves = False
        self.lovhe.tell_problem(problem)

    def _kept(self, settings: TeacherSettings, file: str) -> None:
        self._saves = False
        self.lovhe.settings = settings
        self.lovhe.say(N_("Kept, in {file}.", file=file))
        if self.is_attached and self.lovhe.teaching is not None:
            self._show()

    # --- what is seen ---

    def _show(self) -> None:
        if self._rebuilding or not self.query("#settings-what"):
            return
        table = self.query_one("#settings", DataTable)
        at = self._at
        rows = [[t(one.name), harmless(one.shown(one.now(self.lovhe.settings)))] for one in self._rows]
        refill(table, [t(key("What")), t(key("As it is now"))], [*rows, [t(_PASSPHRASE), t(key("another one …"))]])
        table.move_cursor(row=at)
        self._tell()

    def _tell(self) -> None:
        what = self._rows[self._at].what if self._at < len(self._rows) else _PASSPHRASE_WHAT
        self.query_one("#settings-what", Static).update(f"{t(what)}\n{t(key('Enter or a second click changes it.'))}")
