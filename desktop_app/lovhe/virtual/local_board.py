"""A virtual board on a thread of this process: for checks in virtual time, where a process and a socket would only cost time."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

from lovhe.virtual.board import BoardPlan, VirtualBoard
from lovhe.virtual.line.local_serial import LocalSerial

_T = TypeVar("_T")
_START_TIMEOUT_S = 20.0
_CALL_TIMEOUT_S = 20.0


class LocalBoard:
    """A context in which the board of `plan` runs. `line` is a pyserial-like port to it; the rest is `services.ports.Stage`."""

    def __init__(self, plan: BoardPlan, name: str) -> None:
        self.line = LocalSerial(self, name)
        self._plan = plan
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"virtual-board-{name}", daemon=True)
        self._board: VirtualBoard
        self._allowed_ms = 0
        self._began_s = time.monotonic()

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._wait(self._power_on(), _START_TIMEOUT_S)
        except BaseException:
            self._end_thread()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.line.close()
        try:
            self._wait(self._board.power_off())
        finally:
            self._end_thread()

    def _end_thread(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CALL_TIMEOUT_S)
        if not self._thread.is_alive():  # else it ends with the process: a loop that runs cannot be closed
            self._loop.close()

    async def _power_on(self) -> None:
        self._board = VirtualBoard(self._plan)
        self._board.stage.on_reached = self.line.wake
        self._board.uart.attach(self.line.deliver)
        self._board.uart.on_unplug = lambda: self.line.deliver(b"")
        self._board.power_on()

    # --- the line, from the reader's thread ---

    def write_from_client(self, data: bytes) -> None:
        """Bytes for the chip."""
        self._loop.call_soon_threadsafe(self._board.uart.client_write, data)

    def set_lines_from_client(self, dtr: bool, rts: bool) -> None:
        """DTR and RTS as the reader has set them."""
        self._loop.call_soon_threadsafe(self._board.uart.set_lines, dtr, rts)

    def set_baud_from_client(self, baud_bd: int) -> None:
        """The line rate, which nothing depends on here."""

    # --- the stage ---

    def set(self, part_id: str, value: str) -> None:
        """Change the surroundings. Raises `InputError` for an unknown part or value."""
        self._call(self._board.stage.set, part_id, value)

    def begin(self) -> None:
        """From now on the clock obeys `allow`."""
        self._allowed_ms = 0
        self._began_s = time.monotonic()
        self._call(self._board.stage.begin)

    def allow(self, duration_ms: int) -> None:
        """Let the board run `duration_ms` further than it was allowed before."""
        self._allowed_ms += duration_ms
        self._call(self._board.stage.allow, duration_ms)

    def reached(self) -> bool:
        """Whether the board has used up what it was allowed."""
        return self._board.stage.reached()

    def now_ms(self) -> int:
        """Board time since `begin`: all that was allowed, since the board is let run to its end before more is; in real time the PC's."""
        return self._allowed_ms if self._plan.virtual_time else round((time.monotonic() - self._began_s) * 1000)

    def end(self) -> None:
        """The clock runs free again."""
        self._call(self._board.stage.end)

    def type_in(self, keys: bytes) -> bool:
        """What somebody types, at this very moment of virtual time; False where the line has to carry it."""

        async def type_in() -> bool:
            return self._board.stage.type_in(keys)

        return self._wait(type_in())

    def part_state(self, part_id: str) -> dict[str, Any]:
        """What a part shows now; empty where the circuit has no such part."""

        async def look() -> dict[str, Any]:
            parts: dict[str, dict[str, Any]] = self._board.stage.snapshot()["parts"]
            return parts.get(part_id, {})

        return self._wait(look())

    # --- between the threads ---

    def _call(self, function: Callable[..., None], *arguments: Any) -> None:
        """Run `function` on the board's thread and wait for it, so that what follows here finds it done."""

        async def run() -> None:
            function(*arguments)

        self._wait(run())

    def _wait(self, work: Coroutine[Any, Any, _T], timeout_s: float = _CALL_TIMEOUT_S) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s)
