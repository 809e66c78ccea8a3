"""mpremote's raw REPL over a line that is read in bulk, and the ways into it from whatever a board is doing.

`SerialTransport` reads a byte at a time and sleeps 10 ms when there is none; over a class set that is most of the time a
deploy takes. Only its reading is replaced: raw-paste and the raw REPL's framing stay mpremote's own.
"""

from __future__ import annotations

import logging
import secrets
import struct
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from mpremote.transport import TransportError
from mpremote.transport_serial import SerialTransport

from lovhe.adapters.serial_ports import READ_TIMEOUT_S

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

BANNER = b"raw REPL; CTRL-B to exit\r\n"

_FLOOD_LIMIT = 1 << 20
_ATTEMPTS = 4
_ANSWER_TIMEOUT_S = 3.0
_SOFT_RESET_TIMEOUT_S = 8.0
_BOOT_TIMEOUTS_S = (3.0, 3.0, 8.0)  # a busy PC may miss the moment, and some boards are slow
_RESET_HOLD_S = 0.1
_KNOCK_EVERY_S = 0.04  # boot.py listens for 0.12 s, at a moment that differs from board to board


class BufferedLine:
    """An open serial line with a buffer in front of it; what mpremote calls `serial`."""

    def __init__(self, line: serial.SerialBase, timeout_s: float = 10.0) -> None:
        self.line = line
        if line.timeout != READ_TIMEOUT_S:
            line.timeout = READ_TIMEOUT_S
        self.timeout_s = timeout_s
        self._buffer = bytearray()

    def fill(self, timeout_s: float) -> bool:
        """Wait up to `timeout_s`, give or take the line's own time limit, for bytes and take all there are; False when none came.

        May return earlier without bytes when the line has been told that none will come (a board in virtual time).
        """
        end = time.monotonic() + timeout_s
        while True:
            waiting = self.line.in_waiting
            if not waiting and timeout_s <= 0:
                return False
            begin = time.monotonic()
            data = self.line.read(max(1, waiting))
            if data:
                waiting = self.line.in_waiting
                self._buffer += data + (self.line.read(waiting) if waiting else b"")
                return True
            now = time.monotonic()
            if now >= end or now - begin < READ_TIMEOUT_S / 2:
                return False

    def take(self, size: int | None = None) -> bytes:
        """Bytes that have come, at most `size`, without waiting."""
        data = bytes(self._buffer if size is None else self._buffer[:size])
        del self._buffer[: len(data)]
        return data

    def put_back(self, data: bytes) -> None:
        """Let `data` be read again, before anything else."""
        self._buffer[:0] = data

    @property
    def buffered(self) -> int:
        """Bytes that have been taken from the line and not yet read."""
        return len(self._buffer)

    def read(self, size: int = 1) -> bytes:
        """`size` bytes, or fewer after `timeout_s`."""
        end = time.monotonic() + self.timeout_s
        while len(self._buffer) < size and (left := end - time.monotonic()) > 0:
            self.fill(min(left, 0.5))
        return self.take(size)

    def inWaiting(self) -> int:  # noqa: N802 (pyserial's old name, which mpremote uses)
        """Bytes that can be read without waiting."""
        return len(self._buffer) or int(self.line.in_waiting)

    def write(self, data: bytes) -> None:
        """Send `data`."""
        self.line.write(data)

    def close(self) -> None:
        """Close the line."""
        self.line.close()

    def read_through(self, ending: bytes, timeout_s: float | None, overall_s: float | None) -> bytes:
        """Bytes up to and with `ending`; without it, what has come by the time limit (since the last byte, or in all).

        Of a flood only the last megabyte is kept.
        """
        begin = last = time.monotonic()
        searched = 0
        while True:
            found = self._buffer.find(ending, searched)
            if found >= 0:
                return self.take(found + len(ending))
            searched = max(0, len(self._buffer) - len(ending) + 1)
            if searched > _FLOOD_LIMIT:
                del self._buffer[: _FLOOD_LIMIT // 2]
                searched = 0
            now = time.monotonic()
            limits = [limit for limit in (_until(last, timeout_s), _until(begin, overall_s)) if limit is not None]
            left = min(limits, default=now + 1.0) - now
            if left <= 0:
                return self.take()
            if self.fill(min(left, 0.2)):
                last = time.monotonic()


def _until(begin_s: float, span_s: float | None) -> float | None:
    return None if span_s is None else begin_s + span_s


class ReplTransport(SerialTransport):
    """mpremote's transport over a line that is open already. Raises `TransportError` where MicroPython does not answer."""

    def __init__(self, line: serial.SerialBase, press_reset: Callable[[], None] | None = None) -> None:
        # mpremote's own constructor opens the port; ours has been opened, and its errors told, by `serial_ports`.
        self.serial = BufferedLine(line)
        self.in_raw_repl = False
        self.use_raw_paste = True
        self.device_name = str(line.name)
        self.mounted = False
        self.is_pty = False
        self._press_reset = press_reset

    def read_until(
        self,
        min_num_bytes: int,
        ending: bytes,
        timeout: float | None = 10,
        data_consumer: Callable[[bytes], None] | None = None,
        timeout_overall: float | None = None,
    ) -> bytes:
        """mpremote's `read_until`, in bulk."""
        data = self.serial.read_through(ending, timeout, timeout_overall)
        if data_consumer is None:
            return data
        data_consumer(data[:-1] if data.endswith(ending) else data)
        return data[-1:]

    def exec_raw_no_follow(self, command: bytes | str) -> None:
        """mpremote's, but silent when the board is, and not led astray by text of a timer that still runs."""
        code = command if isinstance(command, bytes) else command.encode()
        if not self.read_until(1, b">").endswith(b">"):
            raise TransportError("no prompt")
        if self.use_raw_paste:
            self.serial.write(b"\x05A\x01")
            answer = self.serial.read_through(b"R\x01", None, _ANSWER_TIMEOUT_S)
            if answer.endswith(b"R\x01"):
                self.raw_paste_write(code)
                return
            if not answer.endswith(b"R\x00"):
                raise TransportError("no answer to raw paste")
            self.use_raw_paste = False
        for start in range(0, len(code), 256):
            self.serial.write(code[start : start + 256])
            time.sleep(0.01)  # without raw-paste there is no flow control
        self.serial.write(b"\x04")
        if self.serial.read(2) != b"OK":
            raise TransportError("the code was not taken")

    def catch(self, soft_reset: bool, *, listens: bool = True) -> None:
        """Get the board into its raw REPL, whatever it is doing; with `soft_reset` into a fresh one.

        Ctrl-C first, again and again; a board that does not listen is reset and caught while it boots. Blocks up to some
        25 s; with `listens` False, Ctrl-C is known to do nothing. Raises `TransportError`.
        """
        for way_in in (self._interrupt, self._reset_and_interrupt)[0 if listens else 1 :]:
            if way_in() and (not soft_reset or self._soft_reset()) and self._proves_itself():
                self.in_raw_repl = True
                return
        raise TransportError("could not enter raw repl")

    def _soft_reset(self) -> bool:
        self.serial.write(b"\x04")
        end = time.monotonic() + _SOFT_RESET_TIMEOUT_S
        for landmark in (b"soft reboot\r\n", BANNER):
            if not self.serial.read_through(landmark, None, end - time.monotonic()).endswith(landmark):
                return False
        return True

    def _proves_itself(self) -> bool:
        """Whether it really is the raw REPL that answers, and not a program that prints its banner."""
        token = secrets.token_hex(8)
        self.serial.timeout_s, usual_s = 2.0, self.serial.timeout_s
        try:
            answer, _ = self.exec_raw(f"print('{token[:8]}'+'{token[8:]}')", timeout=2.0)
        except (TransportError, struct.error) as problem:
            log.info("%s is not in its raw REPL: %s", self.device_name, problem)
            return False
        finally:
            self.serial.timeout_s = usual_s
        return token.encode() in answer

    def _interrupt(self) -> bool:
        """Ctrl-C and Ctrl-A until the raw REPL's banner comes; False for a board that goes on doing something else."""
        for attempt in range(_ATTEMPTS):
            # Two at different moments: a program may catch the first. CR first, so that a half-typed line is over.
            self.serial.write(b"\r\x03")
            self.serial.read_through(b"\x00never\x00", 0.03, 0.1 + 0.1 * attempt)
            self.serial.write(b"\x03\r\x01")
            if self.serial.read_through(BANNER, None, 0.4 + 0.3 * attempt).endswith(BANNER):
                return True
        return False

    def _reset_and_interrupt(self) -> bool:
        """Reset by the control lines and knock during boot, until the raw REPL's banner comes."""
        for timeout_s in _BOOT_TIMEOUTS_S:
            if not self.reset():
                return False
            log.info("%s did not listen to Ctrl-C and was reset", self.device_name)
            end = time.monotonic() + timeout_s
            while time.monotonic() < end:
                self.serial.write(b"\x03")
                if self.serial.read_through(b">>> ", None, _KNOCK_EVERY_S).endswith(b">>> ") and self._interrupt():
                    return True
        return self._interrupt()

    def reset(self) -> bool:
        """Reset the chip by RTS (EN), IO0 high; where the line has no control lines, as a PTY, by `press_reset`, and False without it."""
        line = self.serial.line
        try:
            line.dtr = False
            line.rts = True
            time.sleep(_RESET_HOLD_S)
            line.rts = False
        except OSError as problem:
            log.info("%s has no control lines: %s", self.device_name, problem)
            if self._press_reset is None:
                return False
            self._press_reset()
        self.serial.take()
        self.in_raw_repl = False
        return True

    def start_over(self) -> None:
        """Leave the raw REPL and reset the interpreter, which then runs boot.py and main.py. Raises `TransportError`."""
        self.exit_raw_repl()
        self.serial.read_through(b">>> ", None, _ANSWER_TIMEOUT_S)
        self.serial.write(b"\x04")
        if not self.serial.read_through(b"soft reboot\r\n", None, _SOFT_RESET_TIMEOUT_S).endswith(b"soft reboot\r\n"):
            raise TransportError("no soft reset")

    def close(self) -> None:
        """Leave the raw REPL and close the line, RTS first, so that closing does not reset the board."""
        try:
            if self.in_raw_repl:
                self.exit_raw_repl()
            self.serial.line.rts = False
            self.serial.line.dtr = False
        except OSError as problem:
            log.debug("%s while closing: %s", self.device_name, problem)
        finally:
            self.serial.close()
