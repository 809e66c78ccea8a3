"""The line of keys at the bottom: those needed most come first, and one that has no room is left out rather than cut."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from lovhe.apps.tui.screens.base import LovheScreen


class _Shown(NamedTuple):
    """A key as it stands in the line."""

    key: str
    display: str
    description: str
    action: str
    enabled: bool


class KeyLine(Footer):
    """The screen's `keys_first` are binding ids in their order; the rest comes behind them.

    Textual asks for the line anew whenever keys might have changed, a dozen times while a screen is put up; it is made anew when they have.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._shown: list[_Shown] = []

    def compose(self) -> ComposeResult:
        self._shown = self._to_show()
        for one in self._shown:
            yield FooterKey(one.key, one.display, one.description, one.action, disabled=not one.enabled).data_bind(compact=Footer.compact)

    async def recompose(self) -> None:
        """Textual's; where the line would be the same it stays."""
        if not self.is_attached or self._to_show() != self._shown:
            await super().recompose()

    def _to_show(self) -> list[_Shown]:
        screen = self.screen
        first = screen.keys_first if isinstance(screen, LovheScreen) else ()
        actions: dict[str, _Shown] = {}
        ranks: dict[str, int] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.show or binding.action in actions or binding.id in screen_hidden(screen):
                continue
            ranks[binding.action] = first.index(binding.id) if binding.id in first else len(first)
            display = self.app.get_key_display(binding)
            actions[binding.action] = _Shown(binding.key, display, binding.description, binding.action, active.enabled)
        room = self.app.size.width
        shown: list[_Shown] = []
        for action in sorted(actions, key=lambda action: ranks[action]):
            one = actions[action]
            room -= cell_len(one.display) + cell_len(one.description) + 2
            if room >= -1:
                shown.append(one)
        return shown

    def on_resize(self, event: events.Resize) -> None:
        """There is room for more, or for less."""
        self.call_after_refresh(self.recompose)


def screen_hidden(screen: object) -> tuple[str, ...]:
    """The binding ids that the screen does not want to be seen now."""
    return screen.keys_hidden if isinstance(screen, LovheScreen) else ()
