"""What esptool says, kept off the terminal and put into words a teacher can act on."""

from __future__ import annotations

import logging
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lovhe.adapters.serial_ports import READ_TIMEOUT_S, gone_if_unplugged
from lovhe.core.errors import LoaderError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

TORN_ANSWER = (IndexError, struct.error)
"""What esptool raises beside its own `FatalError` when noise has cut an answer short: it reads on without looking how long it is."""

_silencing = threading.Lock()
_silenced = False


def silence_esptool() -> None:
    """Send esptool's messages to our log, whatever thread they come from. Its logger is one object for the whole process."""
    global _silenced
    with _silencing:
        if not _silenced:
            _silence()
            _silenced = True


def _silence() -> None:
    from esptool.logger import TemplateLogger
    from esptool.logger import log as esptool_log
    from esptool.reset import ResetStrategy

    class LogFile(TemplateLogger):
        """esptool's seven words for a log, without its console."""

        def print(self, *args: Any, **kwargs: Any) -> None:
            log.debug("%s", " ".join(map(str, args)))

        def note(self, message: str) -> None:
            log.debug("%s", message)

        def warning(self, message: str) -> None:
            log.info("%s", message)

        def error(self, message: str) -> None:
            log.warning("%s", message)

        def stage(self, finish: bool = False) -> None:
            pass

        def progress_bar(self, *args: Any, **kwargs: Any) -> None:
            pass

        def set_verbosity(self, verbosity: str) -> None:
            pass

    ours = LogFile()
    esptool_log.set_logger(ours)
    # This one took its logger when the module was imported.
    ResetStrategy.print_once = ours.warning


@contextmanager
def flash_trouble(serial_port: str, line: serial.SerialBase) -> Iterator[None]:
    """Turn what esptool raises in mid-flash into a `LoaderError`, and what pyserial raises on a dead line into a `BoardGoneError`."""
    from esptool.util import FatalError

    with gone_if_unplugged(serial_port):
        try:
            yield
        except FatalError as problem:
            look_whether_alive(line)
            raise stopped_error(serial_port, str(problem)) from problem
        except TORN_ANSWER as problem:
            look_whether_alive(line)
            raise stopped_error(serial_port, f"noise: {problem}") from problem


def look_whether_alive(line: serial.SerialBase) -> None:
    """Raise what pyserial raises on a line whose other end is gone: to esptool that is noise, to a teacher a pulled cable."""
    if line.is_open:  # esptool closes it after some failures
        line.timeout, usual_s = READ_TIMEOUT_S, line.timeout
        line.read(1)
        line.timeout = usual_s


def no_loader_error(serial_port: str, reason: str) -> LoaderError:
    """The board did not come into its loader; `reason` is esptool's sentence."""
    log.info("%s: %s", serial_port, reason)
    if "boot mode" in reason:
        return LoaderError(
            N_("The board at {serial_port} restarts, but does not stay in its loader.", serial_port=serial_port),
            N_("Hold the BOOT button of the board down, start again, and let go when the bar begins to move."),
        )
    if _is_garbled(reason):
        return LoaderError(
            N_("What the board at {serial_port} answers is garbled.", serial_port=serial_port),
            N_("Take a shorter cable, plug the board into the computer itself and not into a hub, then try again."),
        )
    return LoaderError(
        N_("The loader of the board at {serial_port} does not answer.", serial_port=serial_port),
        N_(
            "Hold the BOOT button of the board down while you start again. If that does not help: take a cable that carries "
            "data, take off what is wired to IO0, IO2 and IO12, and look whether this serial port really is the board."
        ),
    )


def stopped_error(serial_port: str, reason: str) -> LoaderError:
    """The loader was there and then stopped answering or refused something."""
    log.info("%s: %s", serial_port, reason)
    what = N_("Flashing the board at {serial_port} stopped half-way: {reason}", serial_port=serial_port, reason=_first_line(reason))
    if _is_garbled(reason):
        what = N_(
            "Flashing the board at {serial_port} stopped half-way: what it answers is garbled, or it has restarted.",
            serial_port=serial_port,
        )
    elif "No serial data received" in reason or "Timed out" in reason:
        what = N_("Flashing the board at {serial_port} stopped half-way: it does not answer any more.", serial_port=serial_port)
    next_step = N_("Flash it again; it goes on where it stopped. If it stops again, take another cable and a USB socket with more power.")
    return LoaderError(what, next_step)


def refused_error(serial_port: str, reason: str) -> LoaderError:
    """The board's loader works, but does not do what is needed."""
    return LoaderError(
        N_("The board at {serial_port} refused to be flashed: {reason}", serial_port=serial_port, reason=_first_line(reason)),
        N_("Try again. If it happens with this board only, its flash chip is worn out or locked: put the board aside."),
    )


def _is_garbled(reason: str) -> bool:
    """Whether the loader, or esptool, got something it could not read: esptool names many ways in which that shows."""
    signs = (
        *("Invalid head of packet", "SLIP", "noise", "Packet content transfer stopped", "Only got", "doesn't match request"),
        *("Checksum error", "Bad data checksum", "Bad data length", "Inflate error", "Not enough data", "Too much data"),
        *("in the current download mode", "Invalid (unsupported) command", "Command not implemented", "Not in flash mode"),
    )
    return any(sign in reason for sign in signs)


def _first_line(reason: str) -> str:
    lines = reason.strip().splitlines()
    return lines[0].strip() if lines else ""
