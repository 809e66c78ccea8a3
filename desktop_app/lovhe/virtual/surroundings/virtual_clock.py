"""The host's side of a virtual board's time.

In real time the board's clock runs with the PC's. In virtual time nothing waits: the guest's clock jumps to the next event,
and the guest may go only as far as it has been granted. It asks with `sync` when it has used up its horizon, and blocks
until it is answered with `go`; `till` brings the horizon nearer while it runs. The methods are those of `services.ports.Stage`;
each returns the messages that the guest must be sent. Nothing here looks at the PC's clock in virtual time, so runs are alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Message = list[Any]
NO_LIMIT = -1


def _never() -> int | None:
    return None


class VirtualClock:
    """Real or virtual time of one board.

    `next_change_us` tells when the world will next change by itself (see `World.next_change_us`). `on_reached` is called each
    time the grant is used up; the engine has delivered by then all that the program printed before.
    """

    def __init__(
        self,
        virtual: bool,
        next_change_us: Callable[[], int | None] = _never,
        on_reached: Callable[[], None] | None = None,
        pc_clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.virtual = virtual
        self.now_us = 0
        self._next_change_us = next_change_us
        self._on_reached = on_reached
        self._pc_clock_s = pc_clock_s
        self._deadline_s = 0.0
        self._grant_us: int | None = None
        self._unplaced_us: int | None = None  # granted since `begin`, while we have not yet heard what time it is there
        self._waiting = False
        self._horizon_us: int | None = 0  # how far the guest believes that nothing will change

    def sync(self, now_us: int) -> list[Message]:
        """The guest has come to `now_us` and blocks."""
        self.now_us = now_us
        self._waiting = True
        if self._unplaced_us is not None:
            self._grant_us, self._unplaced_us = now_us + self._unplaced_us, None
        return self._go_or_hold()

    def shorten(self) -> list[Message]:
        """The world may change sooner than the guest was told, since the guest has done something: tell it, while it runs."""
        next_us = self._next_change_us() if self.virtual and not self._waiting else None
        if next_us is None or (self._horizon_us is not None and next_us >= self._horizon_us):
            return []
        self._horizon_us = next_us
        return [["till", next_us]]

    def restart(self) -> None:
        """The guest has gone, with its question; a new one may start. Grants stay."""
        self._waiting = False
        self._horizon_us = 0

    def begin(self) -> list[Message]:
        """From now on the clock obeys `allow`: the guest blocks at its next `sync`, and what it is allowed counts from there."""
        if not self.virtual:
            self._deadline_s = self._pc_clock_s()
            return []
        if self._waiting:
            self._grant_us, self._unplaced_us = self.now_us, None
            return self._go_or_hold()
        self._grant_us, self._unplaced_us = None, 0
        self._horizon_us = self.now_us
        return [["go", self.now_us]]

    def allow(self, duration_ms: int) -> list[Message]:
        """Let the guest run `duration_ms` further than it was allowed before; in real time, than now."""
        if not self.virtual:
            self._deadline_s = self._pc_clock_s() + duration_ms / 1000
            return []
        duration_us = 1000 * max(duration_ms, 0)
        if self._unplaced_us is not None:
            self._unplaced_us += duration_us
        elif self._grant_us is not None:
            self._grant_us += duration_us
        return self._go_or_hold() if self._waiting else []

    def end(self) -> list[Message]:
        """The clock runs free again."""
        self._grant_us = self._unplaced_us = None
        if not self.virtual:
            return []
        if self._waiting:
            return self._go_or_hold()
        self._horizon_us = None
        return [["go", NO_LIMIT]]

    def reached(self) -> bool:
        """Whether the guest has used up its grant and blocks; in real time, whether the allowed time is over."""
        if not self.virtual:
            return self._pc_clock_s() >= self._deadline_s
        return self._waiting and self._at_limit()

    def _at_limit(self) -> bool:
        return self._grant_us is not None and self.now_us >= self._grant_us

    def _go_or_hold(self) -> list[Message]:
        if self._at_limit():
            if self._on_reached is not None:
                self._on_reached()
            return []
        self._waiting = False
        limits = [limit for limit in (self._grant_us, self._next_change_us()) if limit is not None]
        self._horizon_us = max(min(limits), self.now_us + 1) if limits else None
        free = ["free"] if limits and self._grant_us is None else []  # so that it hears of a `begin` before its horizon
        return [["go", NO_LIMIT if self._horizon_us is None else self._horizon_us, *free]]
