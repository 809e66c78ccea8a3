"""One direction of a serial line: bytes come out no faster than the line carries them.

A real line is what a class waits for, so a benchmark against it must not be faster than its rate. Without a rate the
bytes go straight through.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

log = logging.getLogger(__name__)

_SLICE_S = 0.02


class Pacer:
    """Takes bytes by `push` and gives them to `deliver` at `rate()` bytes a second, in slices of about 20 ms.

    The last byte of what was pushed comes out exactly when the line would have carried it. At most `limit` bytes
    wait; what is more is lost, as in a FIFO that nobody empties.
    """

    def __init__(self, rate: Callable[[], float | None], deliver: Callable[[bytes], None], limit: int) -> None:
        self._rate = rate
        self._deliver = deliver
        self._limit = limit
        self._queue: deque[memoryview] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._held = False
        self.waiting = 0

    def push(self, data: bytes) -> None:
        """Bytes enter the line."""
        if not (self._queue or self._held or self._timer) and self._rate() is None:
            self._deliver(data)
            return
        room = self._limit - self.waiting
        if len(data) > room:
            log.debug("%d bytes lost: nobody takes them", len(data) - room)
            data = data[:room]
        if data:
            self._queue.append(memoryview(data))
            self.waiting += len(data)
            self._schedule()

    def hold(self, hold: bool) -> None:
        """Stop (True) or go on (False) delivering; bytes wait meanwhile."""
        self._held = hold
        if not hold:
            self._schedule()

    def clear(self) -> None:
        """Forget what waits."""
        self._queue.clear()
        self.waiting = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _schedule(self, line_free_at_s: float | None = None) -> None:
        """Take the next slice and set the time at which its last byte has been carried.

        `line_free_at_s` is when the slice before it was due, so that a late timer does not slow the line down.
        """
        while self._queue and not self._held and self._timer is None:
            rate = self._rate()
            if rate is None:
                data, self.waiting = b"".join(self._queue), 0
                self._queue.clear()
                self._deliver(data)
                continue
            loop = asyncio.get_running_loop()
            size = max(1, int(rate * _SLICE_S))
            waiting = self._queue.popleft()
            if len(waiting) > size:
                self._queue.appendleft(waiting[size:])
            piece = bytes(waiting[:size])
            due_s = (loop.time() if line_free_at_s is None else line_free_at_s) + len(piece) / rate
            self._timer = loop.call_at(due_s, self._carried, piece, due_s)

    def _carried(self, data: bytes, due_s: float) -> None:
        self._timer = None
        self.waiting -= len(data)
        self._deliver(data)
        self._schedule(due_s)
