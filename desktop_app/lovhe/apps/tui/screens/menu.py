"""The menu: everything that can be done here, by name and with its key, found by typing a word in any layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.events import Click
from textual.screen import ModalScreen, Screen
from textual.style import Style
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lovhe.apps.language import key, t
from lovhe.apps.tui.fitted_text import apart
from lovhe.apps.tui.key_names import key_name
from lovhe.apps.tui.screens.base import LIST_KEYS
from lovhe.core.shown_text import harmless
from lovhe.core.typed_words import holds_words, plain, readings

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_MOST_TYPED = 40
_LAST = ("group.switch", "app.help", "app.quit")


class Entry:
    """One line: what it is called, what it does in a sentence, its key, and how it is done."""

    def __init__(self, name: str, what: str, key_word: str, run: Callable[[], Any], action: str = "") -> None:
        self.name, self.what, self.key_word, self.run, self.action = name, what, key_word, run, action

    def is_called(self, reading: str) -> int:
        """How near its name is to what was typed: 0 for the name itself, 1 for a part of it, 2 where only its sentence speaks of that."""
        name = plain(self.name)
        return 0 if name == plain(reading).strip() else 1 if holds_words(name, reading) else 2

    def means(self, reading: str) -> bool:
        """Whether what was typed may mean this."""
        return holds_words(plain(f"{self.name} {self.what} {self.key_word}"), reading)


def _meant(entries: Sequence[Entry], reading: str) -> list[Entry]:
    """Those that `reading` may mean, the one with that name first."""
    return sorted((entry for entry in entries if entry.means(reading)), key=lambda entry: entry.is_called(reading))


class MenuScreen(ModalScreen[None]):
    """Letters search, the arrows choose, Enter does it; Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", key("Close"), id="menu.close", show=False),
        *LIST_KEYS,
    ]

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = list(entries)
        self._found: list[Entry] = []
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="paper menu"):
            yield Input(self._typed, placeholder=t(key("Menu: type a word of what you want to do")), compact=True, max_length=_MOST_TYPED)
            yield OptionList(markup=False, compact=True)
            yield Static(id="menu-what", markup=False)

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._typed = event.value
        self._show()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(OptionList).action_select()

    def action_move(self, how: str) -> None:
        """The arrows go through the list while the search has the focus."""
        getattr(self.query_one(OptionList), f"action_{how}")()

    def action_close(self) -> None:
        """Escape."""
        self.dismiss()

    def on_click(self, event: Click) -> None:
        """A click beside the menu closes it."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._found):
            self.query_one("#menu-what", Static).update(self._found[event.option_index].what)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        entry = self._found[event.option_index]
        self.dismiss()
        self.app.call_later(entry.run)

    def _show(self) -> None:
        if not self.query("#menu-what"):
            return
        self._found = self._entries
        if self._typed.strip():
            ways = (_meant(self._entries, reading) for reading in readings(self._typed))
            self._found = next((found for found in ways if found), [])
        options = self.query_one(OptionList)
        width = max(min(self.size.width * 9 // 10, 76) - 10, 30)
        options.clear_options()
        options.add_options(Option(apart(entry.name, entry.key_word, width)) for entry in self._found)
        options.highlighted = 0 if self._found else None
        if not self._found:
            self.query_one("#menu-what", Static).update(t(key("Nothing here is called that. Try another word, or delete some letters.")))


async def entries_of(screen: Screen[Any]) -> list[Entry]:
    """What can be done on a screen: what has a key there, what its own providers know, then what can be done everywhere."""
    app = cast("LovheApp", screen.app)
    here, everywhere, last = _of_keys(screen)
    by_action = {entry.action: entry for entry in here}
    by_name = {entry.name: entry for entry in last}
    for provider in _providers(screen):
        async for hit in provider.discover():
            command, name = cast("Any", hit).command, harmless(str(cast("Any", hit).display))
            what = harmless(getattr(hit, "help", "") or "")
            known = by_action.get(command.args[0]) if isinstance(command, partial) and command.args else by_name.get(name)
            if known is not None:
                known.name, known.what = name, what
            else:
                here.append(Entry(name, what, "", command))
    here += everywhere
    here += [Entry(command.title, command.help, "", command.callback) for command in app.get_system_commands(screen)]
    return here + last


def _of_keys(screen: Screen[Any]) -> tuple[list[Entry], list[Entry], list[Entry]]:
    app = cast("LovheApp", screen.app)
    here: list[Entry] = []
    everywhere: list[Entry] = []
    last: list[Entry] = []
    seen: set[str] = {"app.menu"}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.id or binding.id in seen or not active.enabled or not binding.description:
            continue
        seen.add(binding.id)
        run = partial(app.run_action, binding.action, active.node)
        entry = Entry(t(binding.description), t(binding.tooltip or ""), key_name(binding.key), run, binding.action)
        (last if binding.id in _LAST else everywhere if active.node is app else here).append(entry)
    for node, binding in _of_panes(screen, seen):
        name = key_name(app.chosen_keys.get(binding.id or "", binding.key))
        here.append(Entry(t(binding.description), "", name, partial(app.run_action, binding.action, node), binding.action))
    last.sort(key=lambda entry: entry.action == "quit")
    own = [entry for entry in here if entry.run.args[1] is screen]  # type: ignore[attr-defined]
    return own + [entry for entry in here if entry not in own], everywhere, last


def _of_panes(screen: Screen[Any], seen: set[str]) -> Iterator[tuple[DOMNode, Binding]]:
    """What panes that can be seen have keys for while they have the focus; of several of a kind, only the one with the focus has."""
    offers: dict[str, dict[DOMNode, Binding]] = {}
    for node in screen.query("*"):
        for _, binding in node._bindings if node.region.area else ():
            if binding.id and binding.description and binding.id not in seen and node.check_action(binding.action, ()):
                offers.setdefault(binding.id, {}).setdefault(node, binding)
    yield from (next(iter(nodes.items())) for nodes in offers.values() if len(nodes) == 1)


def _providers(screen: Screen[Any]) -> list[Provider]:
    found = [one if isinstance(one, type) else one() for one in (*screen.COMMANDS, *screen.app.COMMANDS)]
    return [one(screen, Style()) for one in found if one is not SystemCommandsProvider]
