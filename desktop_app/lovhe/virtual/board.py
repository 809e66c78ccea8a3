"""One virtual board: what the chip on it does from power-on to power-off.

Owns the flash, the loader, the interpreter, the line and the surroundings, and decides at each reset, as the chip does,
whether the loader runs or what is in the flash. Lives on one event loop and is used on that loop's thread only.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.virtual.chip import bootrom
from lovhe.virtual.chip.flash_file import FlashFile
from lovhe.virtual.chip.rom_loader import Loader
from lovhe.virtual.interpreter.engine import EngineOptions, Exit, ExitReason, Interpreter, ResetCause
from lovhe.virtual.interpreter.unix_engine import UnixEngine, interpreter_library
from lovhe.virtual.line.faults import Faults
from lovhe.virtual.line.recent_output import RecentOutput
from lovhe.virtual.line.uart import LATCHING_CAUSES, Uart
from lovhe.virtual.surroundings.channel import Channel
from lovhe.virtual.surroundings.world import World

log = logging.getLogger(__name__)

ANY_BAUD = 1 << 31
"""A limit that limits nothing but the rate the client has chosen."""

_UNHEARD_BYTES_PER_S = 11_520  # what a UART at 115,200 baud sends, whether or not someone listens
_TX_GPIO, _RX_GPIO = 1, 3  # of the serial line of an ESP32
_CAUSES = {"software": ResetCause.HARD, "watchdog": ResetCause.WATCHDOG, "deepsleep": ResetCause.DEEP_SLEEP}


@dataclass(frozen=True, kw_only=True)
class BoardPlan:
    """What a virtual board is made of. `baud_limit_bd` None follows the client's baud, 0 is as fast as the PC.

    `flash` is a file that keeps the board's contents; it is made if it is not there.
    """

    flash: Path
    mac: bytes
    board: Board
    parts: Mapping[str, Part]
    circuit: Circuit
    virtual_time: bool = False
    seed: int = 0
    baud_limit_bd: int | None = None
    faults: Faults = field(default_factory=Faults)

    @property
    def chip(self) -> str:
        """The board's chip: "esp32", "esp32s3" or "esp32c3"."""
        return self.board.chip


class VirtualBoard:
    """A board made of software. `uart` is its serial line, `stage` its surroundings and its clock.

    Raises `UnavailableError` where this PC has no interpreter for it.
    `state` is "off", "ready", "empty" (the flash holds nothing the chip can start from), "silent" (its flash cannot be read)
    or "loader"; `on_state` is called when it has changed.
    """

    def __init__(self, plan: BoardPlan) -> None:
        interpreter_library()
        self.plan = plan
        self.flash = FlashFile(plan.flash, plan.board.flash_size_mb << 20)
        limit = None if plan.virtual_time or plan.baud_limit_bd == 0 else plan.baud_limit_bd or ANY_BAUD
        self.uart = Uart(plan.faults, limit)
        self._lost_pads: set[int] = set()  # of the serial line, which the program has made its own
        world = World(plan.board, plan.parts, plan.board.with_own_parts(plan.circuit), plan.seed)
        self.stage = Channel(world, plan.virtual_time, self._lost_pads.add)
        self.state = "off"
        self.on_state: Callable[[], None] = lambda: None
        self.recent_output = RecentOutput()
        self._loader = self._make_loader()
        self._interpreter: Interpreter | None = None
        self._kept = ""  # what outlives the reset that is under way
        self._tasks: set[asyncio.Task[None]] = set()
        self.uart.on_receive = self._receive
        self.uart.on_reset = self._on_reset
        self.uart.on_hold = self._on_hold
        self.uart.loader_is_busy = lambda: self._loader.busy
        self.uart.boot_pin_is_low = self._boot_pin_is_low

    def power_on(self) -> None:
        """Give the board power: the chip starts as after plugging the cable in."""
        self.uart.reset(cause="power")

    async def power_off(self) -> None:
        """Take the power away and end all that runs for this board."""
        self.uart.close()
        self._end_life()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.flash.close()
        self.state = "off"

    def _enter(self, state: str) -> None:
        self.state = state
        self.on_state()

    # --- resets ---

    def _boot_pin_is_low(self) -> bool:
        """Whether a part holds down the pin that asks for the loader; in reset the chip lets go of it."""
        self._let_go_of_pins()
        return self.stage.world.strapped(bootrom.BOOT_GPIO[self.plan.chip]) == 0

    def _on_hold(self) -> None:
        self._end_life()
        self._let_go_of_pins()
        self._enter("off")

    def _let_go_of_pins(self) -> None:
        """As in reset; with its cable pulled the board feeds its parts no longer, either."""
        self.stage.set_power(self.uart.mode != "off")
        self.stage.reset_pins(hard=True)

    def _on_reset(self, into_loader: bool) -> None:
        self._end_life()
        self._lost_pads.clear()
        self._let_go_of_pins()
        if into_loader:
            self._enter("loader")
            if self.plan.faults.chip != self._loader_pretends:
                self._loader = self._make_loader()
            self._loader.reset(greet=not self.uart.entered_by_sync)
        else:
            self._start_from_flash(self.uart.reset_cause)
        self._kept = ""

    def _make_loader(self) -> Loader:
        """The loader of the chip, or of the one that a fault makes it say it is."""
        self._loader_pretends = self.plan.faults.chip
        chip = self._loader_pretends or self.plan.chip
        return Loader(self.flash, self.plan.mac, self.uart.transmit, self._leave_loader, chip, lambda: self.uart.baud_bd)

    def _leave_loader(self) -> None:
        self.uart.reset(cause="software")

    def _start_from_flash(self, cause: str) -> None:
        starved = cause in LATCHING_CAUSES and self.plan.chip == "esp32" and self.stage.world.strapped(bootrom.FLASH_VOLTAGE_GPIO) == 1
        found = bootrom.starve(cause) if starved else bootrom.boot(self.flash, cause, self.plan.chip)
        if isinstance(found, bootrom.BootFailure):
            self._enter("silent" if starved else "empty")
            self._keep(self._complain(found.text))
            return
        self._enter("ready")
        self.uart.transmit(bootrom.boot_messages(found, cause, self.plan.chip))
        self.flash.materialise()
        options = EngineOptions(
            flash=self.plan.flash,
            vfs_offset=found.vfs.offset,
            vfs_size=found.vfs.size,
            mac=self.plan.mac,
            chip=self.plan.chip,
            virtual_time=self.plan.virtual_time,
            seed=self.plan.seed,
            reset_cause=_CAUSES.get(cause, ResetCause.POWER_ON),
            kept=self._kept,
        )
        self._keep(self._live(options))

    async def _complain(self, text: bytes) -> None:
        while self.state in ("empty", "silent"):
            self.uart.transmit(text)
            await asyncio.sleep(bootrom.REPEAT_S)

    # --- one life of the interpreter ---

    async def _live(self, options: EngineOptions) -> None:
        """Run the interpreter from a reset through its soft resets to the next hard one."""
        while True:
            life = UnixEngine()
            ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
            life.on_output = self._send
            life.on_message = self.stage.on_message
            life.on_exit = lambda exit_, ended=ended: ended.done() or ended.set_result(exit_)  # type: ignore[misc]
            await life.start(options)
            self._interpreter = life
            self.stage.connect(life.send)
            try:
                exit_ = await asyncio.shield(ended)
            finally:
                if self._interpreter is life:
                    self._let_go(life)
                life.kill()
                while not ended.done():
                    # Power off right after a pulled cable cancels a second time; the process must be waited for all the same.
                    with contextlib.suppress(asyncio.CancelledError):
                        await asyncio.shield(ended)
            if exit_.reason not in (ExitReason.SOFT_RESET, ExitReason.SOFT_RESET_RAW):
                break
            if _TX_GPIO not in self._lost_pads:
                self.uart.transmit(b"MPY: soft reboot\r\n")
            self.stage.reset_pins(hard=False)
            options = _next_life(options, exit_)
        if exit_.reason is not ExitReason.KILLED:
            log.info("the interpreter ended: %s", exit_.reason)
            self._kept = exit_.kept
            into_loader = exit_.reset_cause == ResetCause.INTO_LOADER
            self.uart.reset(into_loader, cause=_reset_cause_word(exit_))

    def _end_life(self) -> None:
        """End the interpreter, or the complaints of a chip that has nothing to start from."""
        for task in list(self._tasks):
            if task is not asyncio.current_task():
                task.cancel()
        if self._interpreter is not None:
            self._let_go(self._interpreter)

    def _let_go(self, life: Interpreter) -> None:
        """End a life; its last words must not reach the next life's world."""
        life.on_message = lambda message: None
        life.on_output = lambda data: None
        life.kill()
        self._interpreter = None
        self.stage.disconnect()

    def _keep(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the board's life ended by an error", exc_info=error)

    # --- bytes ---

    def _receive(self, data: bytes) -> None:
        if self.uart.mode == "loader":
            self._loader.feed(data)
        elif self._interpreter is not None and _RX_GPIO not in self._lost_pads:
            self._interpreter.write(data)

    def _send(self, data: bytes) -> None:
        if _TX_GPIO in self._lost_pads:
            return
        self.recent_output.add(data)
        self.uart.transmit(data)
        if self.plan.virtual_time or self._interpreter is None:
            return
        if not self.uart.has_client:
            self._keep(self._slow_down(self._interpreter, len(data) / _UNHEARD_BYTES_PER_S))
        elif not self.uart.has_room:
            self._keep(self._slow_down(self._interpreter, 0))

    async def _slow_down(self, life: Interpreter, seconds: float) -> None:
        """Let a flood wait for the line, as a chip's UART does."""
        life.pause_output()
        await asyncio.sleep(seconds)
        await self.uart.output_room()
        life.resume_output()


def _next_life(options: EngineOptions, exit_: Exit) -> EngineOptions:
    raw = exit_.reason is ExitReason.SOFT_RESET_RAW
    return msgspec.structs.replace(
        options,
        raw_repl_start=raw,
        run_main=not raw,
        reset_cause=ResetCause.SOFT,
        clock_us=exit_.clock_us,
        pins=exit_.pins,
        kept=exit_.kept,
    )


def _reset_cause_word(exit_: Exit) -> str:
    if exit_.reason is ExitReason.CRASHED or exit_.reset_cause == ResetCause.WATCHDOG:
        return "watchdog"
    return "deepsleep" if exit_.reset_cause == ResetCause.DEEP_SLEEP else "software"
