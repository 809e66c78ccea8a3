"""A virtual board's serial port as a PTY: what programs see that open `/dev/...` files and know no `rfc2217://`.

POSIX alone; the modules that exist only there are imported when a port is opened. A PTY has no control lines, so a SYNC
frame sent to a running board takes their place (see `Uart.sync_enters_loader`). We keep its other end open ourselves:
the settings survive clients that come and go, and what a client does to them (echo, line mode) is put right again.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import os

from lovhe.virtual.line.uart import Uart

log = logging.getLogger(__name__)

_READ_BYTES = 1 << 16


class PtyEndpoint:
    """A PTY in front of `uart`. `serial_port` is its path; after a cable was pulled and put back it is another.

    A pulled cable hangs up: who has the port open reads the end, and the path is gone, as with a USB adapter on Linux. The
    system would give the path to the next PTY, another board's; so it is kept from being used again until ours is open anew.
    `is_open` stays False: a PTY does not tell who else has it open.
    """

    is_open = False

    def __init__(self, uart: Uart) -> None:
        self.uart = uart
        self.serial_port = ""
        self._ours = self._theirs = self._unplugged = -1
        self._waiting = b""
        self._held = False

    async def start(self) -> None:
        """Open the port. Raises `OSError` when the system has no PTY left, `ImportError` where there are none at all."""
        self._open()
        self.uart.sync_enters_loader = True
        self.uart.on_unplug = self._unplug
        self.uart.on_replug = self._open

    async def stop(self) -> None:
        """Close the port."""
        self.uart.detach()
        self._close()
        self._let_path_go()

    def _open(self) -> None:
        import pty

        self._ours, self._theirs = pty.openpty()
        os.set_blocking(self._ours, False)
        self.serial_port = os.ttyname(self._theirs)
        self._keep_raw()
        asyncio.get_running_loop().add_reader(self._ours, self._read)
        self.uart.attach(self._send)
        self._let_path_go()

    def _unplug(self) -> None:
        if self._theirs >= 0:
            self._unplugged = os.dup(self._theirs)
        self._close()

    def _let_path_go(self) -> None:
        if self._unplugged >= 0:
            os.close(self._unplugged)
            self._unplugged = -1

    def _close(self) -> None:
        if self._ours < 0:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._ours)
        loop.remove_writer(self._ours)
        os.close(self._ours)
        os.close(self._theirs)
        self._ours = self._theirs = -1
        self._waiting = b""
        self._held = False

    def _read(self) -> None:
        try:
            data = os.read(self._ours, _READ_BYTES)
        except BlockingIOError:
            return
        self._keep_raw()
        self.uart.client_write(data)

    def _send(self, data: bytes) -> None:
        """Send what fits; the UART keeps the rest back until the client has read some of it."""
        self._keep_raw()
        self._waiting += data
        self._write()

    def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            sent = os.write(self._ours, self._waiting) if self._waiting else 0
        except BlockingIOError:
            sent = 0
        self._waiting = self._waiting[sent:]
        if self._waiting:
            loop.add_writer(self._ours, self._write)
            if sent or not self._held:
                self.uart.hold_output(True)
            self._held = True
        else:
            loop.remove_writer(self._ours)
            if self._held:
                self._held = False
                self.uart.hold_output(False)

    def _keep_raw(self) -> None:
        """Set raw mode where a client has left another, and note the rate it has chosen."""
        import termios
        import tty

        settings = termios.tcgetattr(self._theirs)
        if settings[3] & (termios.ICANON | termios.ECHO | termios.ISIG) or settings[1] & termios.OPOST or settings[0] & termios.ICRNL:
            tty.setraw(self._theirs, termios.TCSANOW)
        rate = _rates().get(settings[5])
        if rate and rate != self.uart.baud_bd:
            self.uart.set_baud(rate)


@functools.cache
def _rates() -> dict[int, int]:
    """The system's constants for line rates, as bauds."""
    import termios

    return {getattr(termios, name): int(name[1:]) for name in dir(termios) if name[0] == "B" and name[1:].isdigit()}
