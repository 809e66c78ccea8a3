"""A virtual board with everything but an interpreter, for tests of its loader and its ports."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.core.firmware.image_format import CHIPS_BY_NAME
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.chip.bootrom import BootFailure, boot, boot_messages
from lovhe.virtual.chip.flash_file import FlashFile
from lovhe.virtual.chip.rom_loader import Loader
from lovhe.virtual.line.faults import Faults
from lovhe.virtual.line.pty_endpoint import PtyEndpoint
from lovhe.virtual.line.rfc2217_endpoint import Rfc2217Endpoint
from lovhe.virtual.line.uart import Uart

MAC = bytes.fromhex("246f28a1b2c3")


class BareBoard:
    """UART, loader, flash and one endpoint on a thread's own event loop. Its "program" prints a line and echoes."""

    def __init__(self, folder: Path, endpoint: str, faults: Faults, chip: str, baud_limit_bd: int | None, mac: bytes = MAC) -> None:
        self.chip = chip
        self.flash = FlashFile(folder / "flash.bin")
        self.uart = Uart(faults, baud_limit_bd)
        self.loader = Loader(self.flash, mac, self.uart.transmit, self.uart.reset, chip, lambda: self.uart.baud_bd)
        self.uart.on_receive = self._receive
        self.uart.on_reset = self._reset
        self.uart.loader_is_busy = lambda: self.loader.busy
        self.endpoint = Rfc2217Endpoint(self.uart) if endpoint == "rfc2217" else PtyEndpoint(self.uart)
        self.program_got = b""
        self.booted: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.run(self.endpoint.start())

    @property
    def serial_port(self) -> str:
        return self.endpoint.serial_port

    def run(self, work: Any) -> Any:
        """Await a coroutine, or call a function, on the board's loop."""

        async def called() -> Any:
            return work()

        return asyncio.run_coroutine_threadsafe(called() if callable(work) else work, self._loop).result(30)

    def close(self) -> None:
        self.run(self.endpoint.stop())
        self.run(self.uart.close)
        self.run(asyncio.sleep(0))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self.flash.close()

    def has_left_its_loader(self) -> bool:
        """Whether it was in its loader and has been reset into its program. What asks it to comes over the line, a moment later."""
        return "loader" in self.booted and self.booted[-1] != "loader"

    def write_firmware(self, data: bytes | None = None) -> None:
        offset = CHIPS_BY_NAME[self.chip].bootloader_offset
        self.run(lambda: self.flash.program(offset, data or build_board_image(self.chip)))

    def _receive(self, data: bytes) -> None:
        if self.uart.mode == "loader":
            self.loader.feed(data)
        else:
            self.program_got += data
            self.uart.transmit(data)

    def _reset(self, into_loader: bool) -> None:
        self.booted.append("loader" if into_loader else self.uart.reset_cause)
        if into_loader:
            self.loader.reset(greet=not self.uart.entered_by_sync)
            return
        result = boot(self.flash, self.uart.reset_cause, self.chip)
        failed = isinstance(result, BootFailure)
        self.uart.transmit(result.text if failed else boot_messages(result, self.uart.reset_cause, self.chip) + b"program runs\r\n")


@pytest.fixture
def bare_board(tmp_path: Path) -> Iterator[Callable[..., BareBoard]]:
    """Start boards without an interpreter, each with a MAC of its own, the first with `MAC`; they are taken down after the test."""
    boards: list[BareBoard] = []

    def start(
        endpoint: str = "rfc2217", faults: Faults | None = None, chip: str = "esp32", baud_limit_bd: int | None = None, mac: bytes = b""
    ) -> BareBoard:
        folder = tmp_path / f"board{len(boards)}"
        mac = mac or (int.from_bytes(MAC, "big") + len(boards)).to_bytes(6, "big")
        folder.mkdir()
        boards.append(BareBoard(folder, endpoint, faults or Faults(), chip, baud_limit_bd, mac))
        return boards[-1]

    yield start
    for board in boards:
        board.close()


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """Poll a condition until it holds; fail after half a minute: another program may have the processor for a while."""

    def wait(condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
        deadline = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.01)

    return wait
