"""The chip's UART0 with the USB bridge in front of it: bytes both ways, and the two lines that reset the chip.

Endpoints (RFC 2217, PTY, a port in the same process) are the client's side. The board is the chip's side: it sets
`on_receive`, `on_reset` and `on_hold`. Everything runs on one event loop; nothing here blocks.

The lines go through the usual two transistors: EN is low while RTS is set and DTR is not, IO0 is low while DTR is set
and RTS is not. RFC 2217 clients set one line after the other, about 50 ms apart, so between "EN low" and "IO0 low" they
pass through "both set", where EN is already high; the boot strap is therefore sampled late, as the capacitor on a
real board's EN does it in small.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable

from lovhe.virtual.line.faults import Faults, Strike
from lovhe.virtual.line.pacer import Pacer

log = logging.getLogger(__name__)

STRAP_WINDOW_S = 0.12
"""How long after EN has risen IO0 may still go low to mean the loader."""

SYNC_QUIET_S = 3.0
"""A loader that was entered by a SYNC frame (no control lines) gives up after so long without a byte."""

OUTPUT_LIMIT = 1 << 20
"""Bytes kept for a client that does not read; more are lost, as in a PC's serial driver."""

OUTPUT_ROOM = 2 << 10
"""Below so many waiting bytes `output_room` lets the board send on. Little, as on a chip: Ctrl-C is seen only after all that waits."""

STALL_S = 0.5
"""A client that takes nothing for so long, with more than `OUTPUT_ROOM` waiting, loses what waits: a board does not stop
for a PC that is not listening."""

LATCHING_CAUSES = ("power", "pin", "brownout", "watchdog")
"""Resets at which the chip reads its strapping pins anew; one that the program asks for keeps what was read before."""

_SYNC_FRAME = re.compile(rb"\xc0\x00\x08\x24\x00[^\xc0]{4}\x07\x07\x12\x20\x55{32}\xc0", re.DOTALL)
_SYNC_LENGTH = 46


def _nothing() -> None:
    """The default of callbacks nobody has set."""


class Uart:
    """One board's serial line. `mode` is "off" (unplugged), "held" (EN low), "loader" or "run"."""

    def __init__(self, faults: Faults | None = None, baud_limit_bd: int | None = None) -> None:
        self.faults = faults or Faults()
        self.baud_limit_bd = baud_limit_bd
        self.baud_bd = 115200
        self.mode = "run"
        self.reset_cause = "power"
        self.entered_by_sync = False
        self.sync_enters_loader = False
        self.loader_is_busy: Callable[[], bool] = lambda: False
        self.boot_pin_is_low: Callable[[], bool] = lambda: False
        self.on_receive: Callable[[bytes], None] = lambda data: None
        self.on_reset: Callable[[bool], None] = lambda into_loader: None
        self.on_hold: Callable[[], None] = _nothing
        self.on_unplug: Callable[[], None] = _nothing
        self.on_replug: Callable[[], None] = _nothing
        self.received = 0
        self._dtr = self._rts = False
        self._strap_timer: asyncio.TimerHandle | None = None
        self._quiet_timer: asyncio.TimerHandle | None = None
        self._stall_timer: asyncio.TimerHandle | None = None
        self._last_received_s = 0.0
        self._sync_tail = b""
        self._sink: Callable[[bytes], None] | None = None
        self._to_chip = Pacer(self._rate, self._receive, limit=4 << 20)
        self._to_client = Pacer(self._rate, self._deliver, limit=OUTPUT_LIMIT)
        self._room = asyncio.Event()
        self._room.set()

    # --- the client's side ---

    def attach(self, sink: Callable[[bytes], None]) -> None:
        """A client has opened the port; `sink` gets what the chip sends from now on."""
        self._sink = sink
        self._to_client.clear()
        self.hold_output(False)

    def detach(self) -> None:
        """The client is gone. Its lines fall together, which resets nothing; what it wrote still arrives."""
        self._sink = None
        self._cancel_stall()
        self.drop_output()
        self.set_lines(False, False)

    def client_write(self, data: bytes) -> None:
        """Bytes from the client to the chip, paced by the line's rate."""
        if self.mode != "off":
            self._to_chip.push(data)

    def set_baud(self, baud_bd: int) -> None:
        """The client has chosen a line rate."""
        self.baud_bd = max(1, baud_bd)

    def set_lines(self, dtr: bool, rts: bool) -> None:
        """The client has set DTR and RTS (True is pyserial's True)."""
        was_held = self._rts and not self._dtr
        self._dtr, self._rts = dtr, rts
        if self.mode == "off":
            return
        held, io0_low = rts and not dtr, dtr and not rts
        if held:
            self._cancel_strap()
            if self.mode != "held":
                self.mode = "held"
                self._silence()
                self.on_hold()
        elif self.mode == "held":
            if io0_low:
                self._release(into_loader=True)
            elif was_held:
                self._strap_timer = asyncio.get_running_loop().call_later(STRAP_WINDOW_S, self._release, False)

    def drop_input(self) -> None:
        """Forget what the client wrote and the line has not carried yet."""
        self._to_chip.clear()

    def drop_output(self) -> None:
        """Forget what the chip sent and the client has not taken yet."""
        self._to_client.clear()
        self._check_room()

    def hold_output(self, hold: bool) -> None:
        """The client cannot take more for now (True), or can again (False)."""
        self._cancel_stall()
        if hold:
            self._stall_timer = asyncio.get_running_loop().call_later(STALL_S, self._stalled)
        self._to_client.hold(hold)
        self._check_room()

    # --- the chip's side ---

    def transmit(self, data: bytes) -> None:
        """Bytes from the chip to the client; lost when no client is attached or the chip is held in reset."""
        if self._sink is not None and self.mode in ("run", "loader"):
            self._to_client.push(data)
            self._check_room()

    @property
    def has_client(self) -> bool:
        """Whether someone has the port open."""
        return self._sink is not None

    @property
    def has_room(self) -> bool:
        """Whether a flood may go on (see `output_room`)."""
        return self._room.is_set()

    async def output_room(self) -> None:
        """Wait until the client has taken most of what was sent, or is gone. A flood should ask before each piece."""
        await self._room.wait()

    def reset(self, into_loader: bool = False, cause: str = "software") -> None:
        """Reset the chip from inside: `machine.reset()`, the loader's end, a brown-out, the power coming on."""
        if self.mode != "off":
            self.entered_by_sync = False
            self._restart(into_loader, cause)

    def press_reset(self) -> None:
        """The board's RESET button is pressed and let go, as its lines would do it; without power nothing happens."""
        if self.mode != "off":
            self._silence()
            self._release(into_loader=False)

    # --- the cable ---

    def unplug(self) -> None:
        """Pull the cable: the endpoint closes, the chip has no power. `replug` undoes it."""
        if self.mode == "off":
            return
        self.mode = "off"
        self._sink = None
        self._dtr = self._rts = False
        self._silence()
        self._cancel_strap()
        self._cancel_stall()
        self.on_hold()
        self.on_unplug()

    def replug(self) -> None:
        """Put the cable back: the power comes on and the endpoint opens again."""
        if self.mode != "off":
            return
        self.mode = "held"
        self.on_replug()
        self.reset(cause="power")

    def close(self) -> None:
        """End all timers; the board is being taken down."""
        self._cancel_strap()
        self._cancel_quiet()
        self._cancel_stall()
        self._silence()

    # --- inside ---

    def _rate(self) -> float | None:
        """Bytes a second, or None where the line is as fast as the PC."""
        limits = [limit for limit in (self.baud_limit_bd, self.faults.slow_bd) if limit]
        return min(self.baud_bd, *limits) / 10 if limits else None

    def _receive(self, data: bytes) -> None:
        while data and self.mode != "off":
            arrives, strike, data = self.faults.admit(data)
            self.received += len(arrives)
            arrives = self.faults.disturb(arrives)
            if arrives and self.mode != "held":
                self._hand_over(arrives)
            if strike is Strike.UNPLUG:
                self.unplug()
            elif strike is Strike.BROWNOUT:
                self.reset(cause="brownout")

    def _hand_over(self, data: bytes) -> None:
        if self.sync_enters_loader:
            self._last_received_s = asyncio.get_running_loop().time()
            if self.mode == "run":
                data = self._look_for_sync(data)
        self.on_receive(data)

    def _look_for_sync(self, data: bytes) -> bytes:
        """Go into the loader if a SYNC frame ends in `data`; return what the chip then gets."""
        seen = self._sync_tail + data
        found = _SYNC_FRAME.search(seen)
        if found is None or self.faults.ignores_loader:
            self._sync_tail = seen[-(_SYNC_LENGTH - 1) :]
            return data
        self._sync_tail = b""
        self.entered_by_sync = True
        self._restart(True, "sync")
        self._await_quiet()
        return seen[found.start() :]

    def _await_quiet(self) -> None:
        self._cancel_quiet()
        loop = asyncio.get_running_loop()
        left_s = self._last_received_s + SYNC_QUIET_S * (5 if self.loader_is_busy() else 1) - loop.time()
        if left_s > 0:
            self._quiet_timer = loop.call_later(left_s, self._await_quiet)
        elif self.mode == "loader" and self.entered_by_sync:
            self.reset(cause="quiet")

    def _release(self, into_loader: bool) -> None:
        """EN has risen and the strap has been read."""
        self._cancel_strap()
        self.entered_by_sync = False
        self._restart(into_loader, "pin")

    def _restart(self, into_loader: bool, cause: str) -> None:
        self._cancel_strap()
        if not self.entered_by_sync:
            self._cancel_quiet()
        strapped = cause in LATCHING_CAUSES and self.boot_pin_is_low()
        into_loader = (into_loader or self.faults.stuck_in_loader or strapped) and not self.faults.ignores_loader
        self.mode = "loader" if into_loader else "run"
        self.reset_cause = cause
        self._sync_tail = b""
        log.debug("reset into %s by %s", self.mode, cause)
        self.on_reset(into_loader)

    def _silence(self) -> None:
        self._to_chip.clear()
        self._to_client.clear()
        self._check_room()

    def _deliver(self, data: bytes) -> None:
        data = self.faults.disturb(data, to_chip=False)
        if self._sink is not None and data:
            self._sink(data)
        self._check_room()

    def _check_room(self) -> None:
        if self._sink is None or self._to_client.waiting < OUTPUT_ROOM:
            self._room.set()
        else:
            self._room.clear()

    def _stalled(self) -> None:
        if self._to_client.waiting >= OUTPUT_ROOM:
            log.debug("the client does not read: %d bytes lost", self._to_client.waiting)
            self.drop_output()
        self.hold_output(True)

    def _cancel_stall(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None

    def _cancel_strap(self) -> None:
        if self._strap_timer is not None:
            self._strap_timer.cancel()
            self._strap_timer = None

    def _cancel_quiet(self) -> None:
        if self._quiet_timer is not None:
            self._quiet_timer.cancel()
            self._quiet_timer = None
