"""The stage of a virtual board that runs in real time in a process of its own: its surroundings by its control server, the PC's clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lovhe.virtual.process.control import BoardControl


class RemoteStage:
    """Fits `services.ports.Stage`. Connects for the first change and hangs up when the program is over.

    A wheel that turns ten times a second is forty changes a second: a connection for each would come too late.
    """

    def __init__(self, control: str, authkey: str) -> None:
        self._control = control
        self._authkey = authkey
        self._began_s = self._deadline_s = time.monotonic()
        self._connection: BoardControl | None = None

    def begin(self) -> None:
        """A program is about to start."""
        self._began_s = self._deadline_s = time.monotonic()

    def allow(self, duration_ms: int) -> None:
        """Let `duration_ms` go by from now."""
        self._deadline_s = time.monotonic() + duration_ms / 1000

    def reached(self) -> bool:
        """Whether that time is over."""
        return time.monotonic() >= self._deadline_s

    def now_ms(self) -> int:
        """The PC's time since `begin`."""
        return round((time.monotonic() - self._began_s) * 1000)

    def set(self, part_id: str, value: str) -> None:
        """Change the board's surroundings. Raises `InputError` for an unknown part or value, `BoardGoneError`."""
        with self._hanging_up_on_faults() as board:
            board.set(part_id, value)

    def part_state(self, part_id: str) -> dict[str, Any]:
        """What a part shows now; empty where the board has no such part. Raises `BoardGoneError`."""
        with self._hanging_up_on_faults() as board:
            state = board.snapshot().get("parts", {}).get(part_id, {})
        return state if isinstance(state, dict) else {}

    def end(self) -> None:
        """The program is over; real time goes on by itself."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _hanging_up_on_faults(self) -> Iterator[BoardControl]:
        """The connection, which is not used again once something has gone wrong on it."""
        if self._connection is None:
            self._connection = BoardControl(self._control, self._authkey)
        try:
            yield self._connection
        except BaseException:
            self.end()
            raise
