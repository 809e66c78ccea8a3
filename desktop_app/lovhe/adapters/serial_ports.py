"""Serial ports: which of them are boards, and how one is opened.

`core.boards.usb_bridges` has the bridges; `hardware/boards/` repeats only what one kind of board carries. A port is opened for
us alone where the system can do that, and every failure becomes an error that says who may hold the port.
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lovhe.core.boards.usb_bridges import BRIDGES, ESPRESSIF
from lovhe.core.circuits.hardware import UsbId
from lovhe.core.errors import BoardBusyError, BoardError, BoardGoneError, InputError, NoBoardError, UnavailableError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

REPL_BAUD_BD = 115200
READ_TIMEOUT_S = 0.05

_DISCONNECTED = {errno.EIO, errno.ENXIO, errno.ENODEV, errno.EBADF, errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN}
_BUSY = {errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK}
_HUNG_UP = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError)


def find_serial_boards(extra: tuple[UsbId, ...] = ()) -> list[BoardInfo]:
    """The real serial ports behind which a board may be, by their USB ids; `extra` adds a board file's own.

    Opens nothing, so that no board is reset: chip and state stay unknown ("") until one is spoken to. `mac` is known for
    chips with USB of their own, whose USB serial number it is.
    """
    import serial.tools.list_ports

    known = {(usb.vid, usb.pid): usb.bridge for usb in (*extra, *BRIDGES)}
    boards = []
    for port in serial.tools.list_ports.comports():
        bridge = known.get((port.vid, port.pid))
        if bridge is None:
            continue
        mac = (port.serial_number or "").lower() if port.vid == ESPRESSIF else ""
        boards.append(
            BoardInfo(
                name=PurePath(port.device).name,
                serial_port=port.device,
                chip="",
                virtual=False,
                state="ready",
                bridge=bridge,
                mac=mac if mac.count(":") == 5 else "",
            )
        )
    return sorted(boards, key=lambda board: board.serial_port)


def open_serial(serial_port: str, baud_bd: int = REPL_BAUD_BD, *, quiet_lines: bool = False) -> serial.SerialBase:
    """Open a serial port's name, a PTY's path or an `rfc2217://host:port` URL, for us alone where the system can.

    With `quiet_lines` DTR and RTS stay released, so that opening does not reset a board that listens to them. Reads time
    out after READ_TIMEOUT_S, so that nobody waits for ever. Raises `NoBoardError`, `BoardBusyError`, `UnavailableError`.
    """

    try:
        line = _closed_line(serial_port)
        line.baudrate = baud_bd
        line.timeout = READ_TIMEOUT_S
        if quiet_lines or sys.platform == "win32":
            # Set while closed: pyserial applies both on opening, so neither transistor of the reset circuit conducts.
            line.dtr = False
            line.rts = False
        line.open()
    except (OSError, ValueError, _termios_error()) as problem:
        raise opening_error(serial_port, problem) from problem
    return line


def _closed_line(serial_port: str) -> serial.SerialBase:
    import serial
    from serial import rfc2217

    class Rfc2217(rfc2217.Serial):
        """pyserial's, but it knows a port that is taken, and a new timeout is no reason to negotiate all again, which takes 0.2 s."""

        _sent_away = False

        def open(self) -> None:
            try:
                super().open()
            except OSError as problem:
                # Somebody else is served, who came first: the reader sees the line's end, or connecting and sending meet it.
                if self._sent_away or isinstance(problem, _HUNG_UP) or isinstance(problem.__context__, _HUNG_UP):
                    raise serial.SerialException(errno.EBUSY, "in use") from problem
                raise

        def close(self) -> None:
            line = self._socket
            super().close()
            if line is not None:  # where the other side has hung up, pyserial leaves it open
                line.close()

        def _telnet_read_loop(self) -> None:
            super()._telnet_read_loop()
            self._sent_away = self.is_open

        @property
        def timeout(self) -> float | None:
            return self._timeout

        @timeout.setter
        def timeout(self, timeout_s: float | None) -> None:
            self._timeout = timeout_s

        @property
        def write_timeout(self) -> float | None:
            return None

        @write_timeout.setter
        def write_timeout(self, timeout_s: float | None) -> None:
            if timeout_s is not None:
                raise NotImplementedError("RFC 2217 knows no write timeout")

    if serial_port.startswith("rfc2217://"):
        if not urlsplit(serial_port).port:
            raise ValueError("no port number")
        line = Rfc2217(None)
        line.port = serial_port
        return line
    return serial.serial_for_url(serial_port, do_not_open=True, exclusive=None if "://" in serial_port else True)


def opening_error(serial_port: str, problem: BaseException) -> BoardError | InputError | UnavailableError:
    """What to tell a user when `serial_port` could not be opened: by errno where there is one, else by the library's words."""
    code = getattr(problem, "errno", None)
    text = str(problem).lower()
    if code in _BUSY or "exclusively lock" in text or "resource busy" in text or "in use" in text:
        return busy_error(serial_port)
    if code == errno.EACCES or "permission" in text or "access is denied" in text:
        if sys.platform == "win32":
            # Windows says "Access is denied" for a port that another program has open.
            return busy_error(serial_port)
        return BoardBusyError(
            N_("You are not allowed to open the serial port {serial_port}.", serial_port=serial_port),
            N_("Add your user to the group “dialout” (on some systems “uucp”): “sudo usermod -aG dialout $USER”, then log in again."),
        )
    if "://" in serial_port and (isinstance(problem, ValueError) or "expected a string" in text):
        return NoBoardError(
            N_("“{serial_port}” is not an address of a serial port.", serial_port=serial_port),
            N_("Write it like rfc2217://127.0.0.1:4000, or look at the list that “lovhe boards” prints."),
        )
    return NoBoardError(
        N_("There is no serial port {serial_port}.", serial_port=serial_port),
        N_(
            "Look whether the board is plugged in with a cable that carries data, then see what “lovhe boards” lists. "
            "If it is not there, the driver of the USB chip (CP210x or CH340) may be missing."
        ),
    )


def busy_error(serial_port: str) -> BoardBusyError:
    """Another program holds the port."""
    return BoardBusyError(
        N_("Another program is using the serial port {serial_port}.", serial_port=serial_port),
        N_("Close Thonny, Arduino, a serial monitor or another window of this program, then try again."),
    )


def gone_error(serial_port: str) -> BoardGoneError:
    """The board was there and is not any more."""
    return BoardGoneError(
        N_("The board at {serial_port} went away while we were talking to it.", serial_port=serial_port),
        N_("Look at the cable and the plug, try another USB socket without a hub, then do it again."),
    )


@contextmanager
def gone_if_unplugged(serial_port: str) -> Iterator[None]:
    """Turn what pyserial raises when a cable is pulled into `BoardGoneError`."""
    import serial

    try:
        yield
    except serial.SerialException as problem:
        raise gone_error(serial_port) from problem
    except (OSError, _termios_error()) as problem:
        if problem.args and problem.args[0] in _DISCONNECTED:
            raise gone_error(serial_port) from problem
        raise


def _termios_error() -> type[Exception]:
    """What pyserial lets through on POSIX, too, and is no `OSError`; where there is no such module, `OSError` again."""
    error: type[Exception] = getattr(sys.modules.get("termios"), "error", OSError)
    return error
