"""The seam between a virtual board and the interpreter that runs its programs.

One interpreter is one life of the chip, from a reset to the next: a soft reset ends it and the board starts another.
Today's engine is the unix port of MicroPython (`unix_engine`); a WebAssembly engine fits the same protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any, Protocol

import msgspec


class ResetCause(IntEnum):
    """Values of `machine.reset_cause()` on the ESP32; `INTO_LOADER` is `machine.bootloader()`, after which no program asks."""

    INTO_LOADER = 0
    POWER_ON = 1
    HARD = 2
    WATCHDOG = 3
    DEEP_SLEEP = 4
    SOFT = 5


HEAP_BYTES = {"esp32": 165_248, "esp32s3": 252_352, "esp32c3": 203_264}
"""What MicroPython has for programs on each chip without PSRAM: the first heap and the one region it can add.

Source: gc.mem_free() + gc.mem_alloc() at boot of 1.27 for ESP32 (github.com/micropython/micropython, issue 18859); mem_info() of an
ESP32-S3 (pull request 12141) and of an ESP32-C3 with 1.22 (issue 14293). The interpreter gets twice as much, since what programs
make (lists, numbers, objects) consists of pointers, which are twice as long on the PC. Long texts and bytearrays are not: they may get
up to twice as large as on the chip before memory ends.
"""


class EngineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What one life of the chip starts from.

    `vfs_offset` and `vfs_size` say in bytes where in the flash file the file system lies. `clock_us` is what the board's
    clock shows at the start: 0 after a hard reset, `Exit.clock_us` after a soft one; `pins` likewise is `Exit.pins`, since a
    soft reset leaves the pins as they are. `kept` is `Exit.kept` of the life before, "" after a loss of power. In virtual time
    the clock moves only as far as the world's "go" messages allow, and `seed` decides all that is left to chance. `heap_bytes`
    is the memory for programs, counted as the chip counts; 0 is what the chip has (`HEAP_BYTES`).
    """

    flash: Path
    vfs_offset: int
    vfs_size: int
    mac: bytes = bytes.fromhex("240ac4000001")
    chip: str = "esp32"
    virtual_time: bool = False
    seed: int = 0
    raw_repl_start: bool = False
    run_main: bool = True
    reset_cause: int = ResetCause.POWER_ON
    clock_us: int = 0
    pins: str = ""
    kept: str = ""
    heap_bytes: int = 0


class ExitReason(StrEnum):
    """Why an interpreter ended."""

    SOFT_RESET = "soft reset"
    """Ctrl-D, `sys.exit()` or `machine.soft_reset()`; the next life starts with the friendly REPL."""
    SOFT_RESET_RAW = "soft reset in raw REPL"
    """As before; the next life starts with the raw REPL, and main.py is not run."""
    HARD_RESET = "hard reset"
    """`machine.reset()`, the watchdog, or the end of deep sleep; `Exit.reset_cause` says which."""
    CRASHED = "crashed"
    """The interpreter itself failed; a real chip would show its panic message and reset."""
    KILLED = "killed"
    """`Interpreter.kill` was called."""


class Exit(msgspec.Struct, frozen=True):
    """How an interpreter ended. `clock_us` is the last time of the board's clock that is known.

    `kept` is what outlives a reset (the real-time clock and its memory …), for the next life's `EngineOptions` alone to read.
    """

    reason: ExitReason
    clock_us: int = 0
    reset_cause: int = ResetCause.SOFT
    pins: str = ""
    kept: str = ""


class Interpreter(Protocol):
    """A running interpreter: the chip's processor with the firmware in it.

    The callbacks are set before `start` and are called on the event loop's thread. Everything that the program printed
    before it sent a message has been handed to `on_output` before that message reaches `on_message`; `on_exit` comes last.
    """

    on_output: Callable[[bytes], None]
    on_message: Callable[[list[Any]], None]
    on_exit: Callable[[Exit], None]

    async def start(self, options: EngineOptions) -> None:
        """Start the interpreter; returns as soon as its process is there. Raises `UnavailableError`."""
        ...

    def write(self, data: bytes) -> None:
        """Bytes that arrive at the chip's UART. Byte 0x03 interrupts a running program unless it chose otherwise."""
        ...

    def send(self, message: list[Any]) -> None:
        """A message from the world, such as `["in", {"4": 0}]`."""
        ...

    def pause_output(self) -> None:
        """Take no more output for now; a program that goes on printing waits, as it does for a slow UART."""
        ...

    def resume_output(self) -> None:
        """Take output again."""
        ...

    def kill(self) -> None:
        """End the interpreter at once, as taking the power away does. `on_exit` follows; harmless when it has ended."""
        ...
