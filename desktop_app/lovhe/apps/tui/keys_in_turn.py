"""Keys go their way one after another: the next one when all has been done that the one before it asked for.

Textual puts a key into the queue of what has the focus, and looks for what is bound to it when it has come back from there through
everything around; F-keys are done at once. So of keys that come close together, as on a PC that was busy for a moment, Ctrl+A comes
after the letters that were typed after it, F5 runs a program without its last letters, and what is typed while a screen is put
together goes nowhere.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from lovhe.apps.tui.guard import GuardedApp
from lovhe.apps.tui.screens.base import LovheScreen

_PATIENCE_S = 5.0
"""What has not come to its messages by then is not waited for: it may have been taken down with a message in its queue."""
_STANDS_S = 15.0
_LOOK_S = 0.005
_NEW_LINE = "ctrl+j"
"""How Enter comes where it was pressed before the app had the terminal, or where a text is pasted as if it was typed."""


class KeysInTurn(GuardedApp):
    """An app in which no key overtakes another one, and none is lost while a screen is put together.

    Since the begin, `keys_typed` have come, and `keys_taken` of them have done all that they do.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self.keys_typed = self.keys_taken = 0
        self._taking: asyncio.Task[None] | None = None
        self._holding = 0
        self._waits_since_s: float | None = None

    def hold_keys(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Do `work`. What is typed meanwhile is meant for the screen that comes with it, and waits for that, but not for ever."""
        self._holding += 1

        async def held() -> None:
            try:
                await work
            finally:
                self._holding = max(0, self._holding - 1)

        self.run_worker(held(), group=group)

    def on_mount(self) -> None:
        """Before any group's screen is there: what begins later keeps alive what is on the screen then."""
        self._begin()

    def _begin(self) -> None:
        self._taking = asyncio.create_task(self._take_keys(), name="keys")

    async def on_event(self, event: events.Event) -> None:
        """Textual's; a key that was just pressed goes to the line's end."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.keys_typed += 1
            if isinstance(event, events.Key) and event.key == _NEW_LINE:
                event = events.Key("enter", "\r")
            self._keys.put_nowait(event)
            if self._taking is None or self._taking.done():
                self._begin()
            return
        await super().on_event(event)

    def on_unmount(self) -> None:
        """Nobody types any more."""
        if self._taking is not None:
            self._taking.cancel()

    async def _press_keys(self, keys: Iterable[str]) -> None:
        """A pilot's keys have done what they do when it goes on."""
        await super()._press_keys(keys)
        while self.is_running and self.keys_taken < self.keys_typed:
            await asyncio.sleep(_LOOK_S)

    async def _take_keys(self) -> None:
        while True:
            event = await self._keys.get()
            try:
                await self._until_a_screen_stands()
                await self._take(event)
            finally:
                self.keys_taken += 1

    async def _until_a_screen_stands(self) -> None:
        while self._holding or not self.screen_stack or not _stands(self.screen):
            if self._waits_since_s is None:
                self._waits_since_s = time.monotonic()
            elif time.monotonic() - self._waits_since_s > _STANDS_S:
                self._holding = 0  # better keys that come too early than none at all
                return
            await asyncio.sleep(_LOOK_S)
        self._waits_since_s = None

    async def _take(self, event: events.Key | events.Paste) -> None:
        way: list[Widget] = []

        async def hand_on() -> None:
            screen = self.screen
            if isinstance(event, events.Key) and isinstance(screen, LovheScreen):
                screen.make_way(event)
            way.extend(node for node in (self.focused or screen).ancestors_with_self if isinstance(node, Widget))
            await super(KeysInTurn, self).on_event(event)

        await self._done_by(self, hand_on)
        if event.is_forwarded:
            for node in way:  # also where somebody has taken it: what they say of it, as that a line was entered, goes the same way
                await self._done_by(node)
            if not event._stop_propagation:  # nobody has taken it, so it is in the app's queue now, and may be bound to something
                await self._done_by(self)
                for node in way:
                    await self._done_by(node)
        await self._done_by(self)  # the focus, which may have been asked to go elsewhere

    async def _done_by(self, pump: MessagePump, callback: Callable[[], Awaitable[None]] | None = None) -> None:
        """Wait until `pump` has dealt with all that is in its queue now, and then with `callback`."""
        done = asyncio.get_running_loop().create_future()

        async def last() -> None:
            try:
                if callback is not None:
                    await callback()
            finally:
                if not done.done():
                    done.set_result(None)

        if pump.post_message(events.Callback(last)):
            await asyncio.wait([done], timeout=_PATIENCE_S)


def _stands(screen: Screen[Any]) -> bool:
    return screen.is_mounted and not (isinstance(screen, LovheScreen) and screen.rebuilding)
