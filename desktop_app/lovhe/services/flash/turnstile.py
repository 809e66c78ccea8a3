"""Names in order: boards connect in any order, and their numbers follow the order in which they were given."""

from __future__ import annotations

import threading


class Turnstile:
    """A queue of `count` boards. Each is settled once: when it has its name, needs none, or will not have one soon."""

    def __init__(self, count: int) -> None:
        self._settled = [False] * count
        self._changed = threading.Condition()

    def settle(self, place: int) -> None:
        """Those behind `place` need not wait for it (any more)."""
        with self._changed:
            self._settled[place] = True
            self._changed.notify_all()

    def is_open(self, place: int) -> bool:
        """Whether all before `place` are settled."""
        with self._changed:
            return all(self._settled[:place])

    def wait(self, place: int, timeout_s: float) -> bool:
        """Wait until all before `place` are settled, at most so long; whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: all(self._settled[:place]), timeout_s)
