"""A conversation with MicroPython on one board: `services.ports.BoardLink` over any serial line.

The only place that knows how a board is talked to; whether it is a real one or a virtual one, nobody here can tell.
"""

from __future__ import annotations

import logging
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lovhe.adapters import board_files
from lovhe.adapters.run_output import Run
from lovhe.adapters.serial_ports import gone_if_unplugged, open_serial
from lovhe.core.errors import BoardSilentError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    import serial

    from lovhe.adapters.repl_transport import ReplTransport

log = logging.getLogger(__name__)

_STOP_TIMEOUT_S = 3.0
_CTRL_C_EVERY_S = 0.04  # one that hits the trace instead of the program is lost


class ReplLink:
    """`services.ports.BoardLink`: see there. `fresh` resets the interpreter (not the chip) on opening, so that nothing runs on.

    `press_reset` resets the chip of a board whose line cannot; it may raise `BoardError`s.
    """

    def __init__(
        self,
        serial_port: str,
        line: serial.SerialBase | None = None,
        *,
        fresh: bool = True,
        press_reset: Callable[[], None] | None = None,
    ) -> None:
        from lovhe.adapters.repl_transport import ReplTransport

        self._where = serial_port
        self._line = line if line is not None else open_serial(serial_port)
        self._transport: ReplTransport = ReplTransport(self._line, press_reset)
        self._run: Run | None = None
        self._fresh = fresh
        try:
            with self._trouble():
                self._transport.catch(soft_reset=fresh)
        except BaseException:
            self._line.close()
            raise

    def execute(self, code: str, timeout_s: float = 10.0) -> bytes:
        """See `services.ports.BoardLink.execute`."""
        output, traceback = self.run(code.encode(), timeout_s)
        if traceback:
            log.info("%s: %s", self._where, traceback)
            if board_files.is_full(traceback):
                raise board_files.storing_error(self._where, traceback)
            raise BoardSilentError(
                N_("The board at {serial_port} answers with an error: {reason}", serial_port=self._where, reason=_last_line(traceback)),
                N_("Flash the board with “lovhe flash”, then try again."),
            )
        return output

    def run(self, code: bytes, timeout_s: float) -> tuple[bytes, str]:
        """Run `code` to its end: what it printed, and its traceback or ""."""
        self._settle()
        with self._trouble():
            output, traceback = self._transport.exec_raw(code, timeout=timeout_s)
        return output, traceback.decode("utf-8", "replace")

    def put_files(self, files: Mapping[str, bytes], progress: Callable[[int, int], None] | None = None) -> int:
        """See `services.ports.BoardLink.put_files`."""
        return board_files.put_files(self, self._where, files, progress)

    def start(self, code: str) -> None:
        """See `services.ports.BoardLink.start`."""
        self._settle()
        run = Run()
        with self._trouble():
            self._transport.exec_raw_no_follow(run.wrapped(code))
        self._run = run

    def read(self, timeout_s: float) -> bytes:
        """See `services.ports.BoardLink.read`. May return b"" earlier where a board in virtual time has come to its limit."""
        run = self._run
        if run is None:
            return b""
        with gone_if_unplugged(self._where):
            line = self._transport.serial
            if not line.buffered:
                line.fill(timeout_s)
            return run.take(line.take())

    def type(self, keys: bytes) -> None:
        """See `services.ports.BoardLink.type`."""
        if keys and not self.ended():
            with gone_if_unplugged(self._where):
                self._transport.serial.write(keys)

    def ended(self) -> bool:
        """See `services.ports.BoardLink.ended`."""
        return self._run is None or self._run.over

    def stop(self) -> bool:
        """See `services.ports.BoardLink.stop`. What the program prints meanwhile can still be read with `read`."""
        run = self._run
        if run is None or run.over:
            return True
        run.stopping = True
        with self._trouble():
            end = time.monotonic() + _STOP_TIMEOUT_S
            while time.monotonic() < end:
                self._transport.serial.write(b"\x03")
                if self._wait_for_end(run, _CTRL_C_EVERY_S):
                    return True
            log.info("%s does not stop on Ctrl-C", self._where)
            run.over = run.restarted = True
            self._transport.catch(soft_reset=self._fresh, listens=False)
        return False

    def restart(self) -> None:
        """See `services.ports.BoardLink.restart`."""
        self._settle()
        with self._trouble():
            self._transport.start_over()

    def close(self) -> None:
        """See `services.ports.BoardLink.close`."""
        try:
            if self._run is not None and not self._run.over:
                self._transport.serial.write(b"\x03\x03")
            self._transport.close()
        except OSError as problem:
            log.info("%s while closing: %s", self._where, problem)

    def _wait_for_end(self, run: Run, timeout_s: float) -> bool:
        end = time.monotonic() + timeout_s
        while not run.over and (left := end - time.monotonic()) > 0:
            line = self._transport.serial
            line.fill(min(left, 0.05))
            run.keep(line.take())
        return run.over

    def _settle(self) -> None:
        """Make sure that nothing of a started program stands between us and the raw REPL's prompt."""
        if self._run is None:
            return
        self.stop()
        run, self._run = self._run, None
        with self._trouble():
            if self._fresh or run.restarted:
                # Timers and interrupts of the program would go on; they end with its interpreter.
                self._transport.catch(soft_reset=self._fresh)
            else:
                self._transport.serial.put_back(b">")

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn what mpremote and pyserial raise into our errors."""
        from mpremote.transport import TransportError

        try:
            with gone_if_unplugged(self._where):
                yield
        except (TransportError, struct.error) as problem:
            raise silent_error(self._where) from problem


def _last_line(traceback: str) -> str:
    lines = traceback.strip().splitlines()
    return lines[-1].strip() if lines else ""


def silent_error(serial_port: str) -> BoardSilentError:
    """MicroPython does not answer."""
    return BoardSilentError(
        N_("MicroPython on the board at {serial_port} does not answer.", serial_port=serial_port),
        N_(
            "Press the RESET button of the board and try again. If it stays silent, flash it with “lovhe flash”. If it is silent even "
            "then, look whether its BOOT button is stuck or a wire joins the pin of that button to GND."
        ),
    )
