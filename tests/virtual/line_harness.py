"""A serial line for tests: its two ends are recorded, and its clock turns as far as anybody waits."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

from lovhe.virtual.line.faults import Faults
from lovhe.virtual.line.uart import Uart


class TurnedClock(selectors.DefaultSelector):
    """A selector that does not wait: it turns the loop's clock forward instead."""

    now_s = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now_s += max(0.0, timeout or 0.0)
        return super().select(0)


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine function on a loop whose waits cost no time."""
    clock = TurnedClock()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now_s  # type: ignore[method-assign]
    try:
        loop.run_until_complete(work())
    finally:
        loop.close()


class Line:
    """A UART whose two ends are recorded; the chip's side answers nothing."""

    def __init__(self, faults: Faults | None = None, baud_limit_bd: int | None = None) -> None:
        self.uart = Uart(faults, baud_limit_bd)
        self.at_chip: list[tuple[float, bytes]] = []
        self.at_client: list[tuple[float, bytes]] = []
        self.resets: list[str] = []
        self.uart.on_receive = lambda data: self.at_chip.append((asyncio.get_running_loop().time(), data))
        self.uart.on_reset = lambda into_loader: self.resets.append("loader" if into_loader else self.uart.reset_cause)
        self.uart.on_hold = lambda: self.resets.append("held")
        self.uart.attach(lambda data: self.at_client.append((asyncio.get_running_loop().time(), data)))

    @property
    def chip_got(self) -> bytes:
        return b"".join(data for _, data in self.at_chip)

    @property
    def client_got(self) -> bytes:
        return b"".join(data for _, data in self.at_client)
