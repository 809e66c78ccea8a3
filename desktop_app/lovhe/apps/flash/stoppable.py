"""A flash that works in one thread and is stopped from another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from lovhe.services.flash.flashing import FlashWatcher, FlashWishes

if TYPE_CHECKING:
    from lovhe.services.flash.class_flash import ClassFlash

T = TypeVar("T")


class StoppableFlash:
    """A class's flash that is opened in the thread that works with it, and can be stopped from another one at any time."""

    def __init__(self, wishes: FlashWishes, watcher: FlashWatcher) -> None:
        self._wishes = wishes
        self._watcher = watcher
        self._flash: ClassFlash | None = None
        self.stopped = False

    def work(self, with_flash: Callable[[ClassFlash], T]) -> T:
        """What `with_flash` returns."""
        from lovhe.apps.flash.wiring import class_flash

        with class_flash(self._wishes, self._watcher) as self._flash:
            if self.stopped:
                self._flash.stop()
            return with_flash(self._flash)

    def stop(self) -> None:
        """End it between two blocks."""
        self.stopped = True
        if self._flash is not None:
            self._flash.stop()
