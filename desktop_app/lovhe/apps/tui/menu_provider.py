"""Entries of the menu that a screen has beside its keys: each provider says which there are now, with a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider

from lovhe.apps.language import t


class MenuEntry(NamedTuple):
    """What it is called, what it does in a sentence, and how it is done."""

    name: str
    what: str
    run: Callable[[], Any]


class MenuProvider(Provider):
    """`screens.menu` asks it for all that there is, and searches itself."""

    def entries(self) -> Iterator[MenuEntry]:
        """What can be done now, in the user's language."""
        raise NotImplementedError

    async def discover(self) -> Hits:
        for entry in self.entries():
            yield DiscoveryHit(entry.name, entry.run, help=entry.what)

    async def search(self, query: str) -> Hits:
        """Every provider of Textual's must have it."""
        matcher = self.matcher(query)
        for entry in self.entries():
            score = matcher.match(entry.name)
            if score > 0:
                yield Hit(score, matcher.highlight(entry.name), entry.run, help=entry.what)


class ActionProvider(MenuProvider):
    """Those of its `actions` that the screen has: the action, its name and its sentence, marked with `key`."""

    actions: ClassVar[Sequence[tuple[str, str, str]]]

    def entries(self) -> Iterator[MenuEntry]:
        for action, name, what in self.actions:
            if hasattr(self.screen, f"action_{action}"):
                yield MenuEntry(t(name), t(what), partial(self.screen.run_action, action))
