"""What all screens have in common: the app with its desk, and key names in the language in use."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self, cast

from textual import events
from textual.binding import ActiveBinding, Binding, BindingType
from textual.geometry import Region
from textual.screen import Screen

from lovhe.apps.language import t
from lovhe.apps.tui.measuring import measure_whoever_changes

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp
    from lovhe.apps.workspace.jobs import Job

LIST_KEYS: tuple[BindingType, ...] = (
    Binding("down", "move('cursor_down')", show=False),
    Binding("up", "move('cursor_up')", show=False),
    Binding("pagedown", "move('page_down')", show=False),
    Binding("pageup", "move('page_up')", show=False),
)
"""The arrows go through a list while the search above it has the focus: `action_move` is told how."""


class LovheScreen(Screen[None]):
    """A screen of the app. What bindings are called is marked with `key` and translated when it is shown.

    `job` is what runs for it, None for nothing; it is stopped when the group leaves.
    """

    job: Job | None = None
    _rebuilding = False

    def on_mount(self) -> None:
        """Textual's; it calls those of the screens beyond this one, too."""
        measure_whoever_changes(self)

    @property
    def lovhe(self) -> LovheApp:
        """The app."""
        return cast("LovheApp", self.app)

    @property
    def rebuilding(self) -> bool:
        """Whether it is just put together anew, so that keys have to wait."""
        return self._rebuilding

    @property
    def keys_first(self) -> tuple[str, ...]:
        """The ids of the bindings that come first in the line of keys."""
        return ("app.help", "app.menu")

    @property
    def keys_hidden(self) -> tuple[str, ...]:
        """The ids of those that are not shown there now."""
        return ()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that do something now, for the line of keys, the help and the menu."""
        found = super().active_bindings
        return {
            name: active._replace(binding=dataclasses.replace(active.binding, description=self._called(active.binding)))
            for name, active in found.items()
        }

    def _called(self, binding: Binding) -> str:
        """What it does, in the language in use; the key that changes that names the languages it goes round."""
        return "·".join(self.lovhe.settings.languages) if binding.action == "app.next_language" else t(binding.description)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Textual's; a screen that is put together anew is not all there until that is done."""
        self._rebuilding = self._rebuilding or recompose
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    async def recompose(self) -> None:
        """Textual's."""
        try:
            await super().recompose()
        finally:
            self._rebuilding = False
            self.lovhe.memory.changed()
        if self.is_attached and not (self._pruning or self._closing):
            self.put_together()

    def put_together(self) -> None:
        """All widgets are there anew. Not called where the screen, or the app, goes meanwhile: then some are missing."""

    def make_way(self, event: events.Key) -> None:
        """A key is about to go its way: the place that it is meant for may be put in front."""

    def on_screen_resume(self) -> None:
        """It is shown, for the first time or again."""
        self.lovhe.memory.changed()
        self.call_after_refresh(self.lovhe.painted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key does anything while the screen is put together anew: what it is about may not be there."""
        return None if self._rebuilding else super().check_action(action, parameters)
