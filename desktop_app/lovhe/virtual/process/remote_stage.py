"""The stage of a virtual board that runs in real time in a process of its own: its surroundings by its control server, the PC's clock."""

from __future__ import annotations

import time
from typing import Any

from lovhe.virtual.process.control import BoardControl


class RemoteStage:
    """Fits `services.ports.Stage`. Connects for each change only, so that a board that went away costs nothing until then."""

    def __init__(self, control: str, authkey: str) -> None:
        self._control = control
        self._authkey = authkey
        self._began_s = self._deadline_s = time.monotonic()

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
        with BoardControl(self._control, self._authkey) as board:
            board.set(part_id, value)

    def part_state(self, part_id: str) -> dict[str, Any]:
        """What a part shows now; empty where the board has no such part. Raises `BoardGoneError`."""
        with BoardControl(self._control, self._authkey) as board:
            state = board.snapshot().get("parts", {}).get(part_id, {})
        return state if isinstance(state, dict) else {}

    def end(self) -> None:
        """The program is over; real time goes on by itself."""
