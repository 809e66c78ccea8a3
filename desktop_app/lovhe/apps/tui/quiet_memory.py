"""Keeps Python's collector of garbage from stopping the screen in the middle of a run.

A full collection looks at every object there is, most of which (modules, styles, widgets) stay as long as the app does: some
60 ms on a school's PC, again and again while a program prints. So what is there once a screen stands is put aside, and only what
comes later is looked at. With each new screen all is looked at once more, so that nothing of an old one stays in memory.
"""

from __future__ import annotations

import gc
import logging
import time
import weakref

log = logging.getLogger(__name__)

_STANDS_S = 1.0
_MOST_LOOKS = 30


class QuietMemory:
    """To be told of each new screen, and asked now and then."""

    def __init__(self) -> None:
        self._changed_s: float | None = None
        self._going: list[weakref.ref[object]] = []
        self._looks = 0

    def changed(self) -> None:
        """A screen was put up, or put together anew."""
        self._changed_s = time.monotonic()

    def goes(self, *things: object) -> None:
        """These are to be no more soon: nothing is put aside as long as one of them is still there."""
        self._going, self._looks = [weakref.ref(thing) for thing in things], 0
        self.changed()

    def look(self) -> bool:
        """Put aside what is there, if a new screen has stood for a moment; whether that was done."""
        if self._changed_s is None or time.monotonic() - self._changed_s < _STANDS_S:
            return False
        self._changed_s = None
        gc.unfreeze()
        gc.collect()
        left = [type(one()).__name__ for one in self._going if one() is not None]
        self._looks += 1
        if left and self._looks < _MOST_LOOKS:
            self.changed()
            return False
        if left:
            log.warning("still in memory: %s", ", ".join(left))
        self._going = []
        gc.freeze()
        return True

    def end(self) -> None:
        """Nothing is set aside any more."""
        gc.unfreeze()
