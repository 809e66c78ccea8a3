"""All that has a key, with its id, and a new key for any of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.tui.fitted_text import filled
from lovhe.apps.tui.key_names import key_name, known_keys
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.workspace.key_map import KEYS_FILE, KnownKey, pressed_key, refusal
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text

_ID = 24
_KEY = 16
SCOPE_WORDS = {"app": key("Everywhere"), "workspace": key("In a lesson")}


class KeysScreen(LovheScreen):
    """Enter changes a key, Del puts it back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", key("Back"), id="keys.back"),
        Binding("delete", "default", key("As it was"), id="keys.default"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._told: Text | None = None

    def compose(self) -> ComposeResult:
        yield Static(t(key("Keys")), classes="title", markup=False)
        yield OptionList(id="keys", markup=False, compact=True)
        yield Static(id="keys-told", markup=False)
        with Horizontal(classes="answers"):
            yield Button(t(key("Another key")), id="change", compact=True)
            yield Button(t(key("As it was")), id="default", compact=True)
            yield Button(t(key("All as they were")), id="all-default", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.query_one(OptionList).focus()

    def put_together(self) -> None:
        self._show()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        self._show()

    def action_back(self) -> None:
        """Escape."""
        self.dismiss()

    def action_default(self) -> None:
        """The key that is highlighted goes back to what it was."""
        self._choose(known_keys()[self._at], "")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._at = event.option_index

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._ask(known_keys()[event.option_index])

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way to all of it."""
        if event.button.id == "change":
            self._ask(known_keys()[self._at])
        elif event.button.id == "default":
            self.action_default()
        else:
            self._keep({}, N_("All keys are as they were."))

    def _ask(self, wanted: KnownKey) -> None:
        self.lovhe.push_screen(PressKey(wanted, lambda pressed: self._choose(wanted, pressed)))

    def _choose(self, wanted: KnownKey, pressed: str) -> None:
        """`pressed` is "" for the key that it had at first."""
        chosen = {name: one for name, one in self.lovhe.chosen_keys.items() if name != wanted.id}
        why = refusal(wanted, pressed or wanted.keys[0], known_keys(), chosen) if pressed else None
        if why is not None:
            self._told = why
            self._show()
            return
        if pressed and pressed not in wanted.keys:
            chosen[wanted.id] = pressed
        name = t(wanted.name)
        self._keep(chosen, N_("“{name}” is on the key {key} now.", name=name, key=key_name(pressed or wanted.keys[0])))

    def _keep(self, chosen: dict[str, str], told: Text) -> None:
        try:
            self.lovhe.use_keys(chosen)
            self._told = told
        except LovheError as problem:
            self._told = problem.what
        self._show()

    def _show(self) -> None:
        if not self.query("#keys-told"):
            return
        options = self.query_one(OptionList)
        width = max(self.size.width - 6, 60)
        with self.prevent(OptionList.OptionHighlighted):
            options.clear_options()
            options.add_options(Option(self._line(one, width)) for one in known_keys())
            options.highlighted = self._at
        told = self._told or N_(
            "Enter, then press the new key. Del puts the key back. On the right: the ids for the file {file}.", file=KEYS_FILE
        )
        self.query_one("#keys-told", Static).update(t(told))

    def _line(self, one: KnownKey, width: int) -> str:
        chosen = self.lovhe.chosen_keys.get(one.id)
        shown = key_name(chosen or one.keys[0]) + (" *" if chosen else "")
        name = t(one.name) + (f" ({t(SCOPE_WORDS[one.scope])})" if one.scope == "app" else "")
        room = width - _ID - _KEY
        return f"{filled(name, room)}{filled(shown, _KEY)}{one.id}"


class PressKey(ModalScreen[None]):
    """Waits for one key, whatever it does elsewhere."""

    takes_all_keys = True

    def __init__(self, wanted: KnownKey, use: Callable[[str], None]) -> None:
        super().__init__()
        self._wanted, self._use = wanted, use

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper"):
            yield Static(t(N_("Press the new key for “{name}”.", name=t(self._wanted.name))), classes="paper-title", markup=False)
            yield Static(t(key("A function key, or one together with Ctrl or Alt. Escape leaves it as it is.")), markup=False)

    def on_key(self, event: Key) -> None:
        """This key it is."""
        event.stop()
        event.prevent_default()
        self.dismiss()
        if event.key != "escape":
            self._use(pressed_key(event.key))
