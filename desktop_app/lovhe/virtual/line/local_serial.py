"""A serial port to a virtual board in this process: what pyserial's `Serial` is to a cable.

A check in virtual time runs its board on a thread of its own process; a socket or PTY in between would only cost
time. The board's event loop and the reader's thread meet here.
"""

from __future__ import annotations

import threading
import time
from typing import Protocol

import serial


class UartSide(Protocol):
    """The board's side of the line. All three are called from the reader's thread and must hand over to the board's own."""

    def write_from_client(self, data: bytes) -> None: ...

    def set_lines_from_client(self, dtr: bool, rts: bool) -> None: ...

    def set_baud_from_client(self, baud_bd: int) -> None: ...


class LocalSerial(serial.SerialBase):
    """pyserial's interface over a `UartSide`; `deliver` is what the board calls with its output."""

    def __init__(self, uart_side: UartSide, name: str) -> None:
        self._uart_side = uart_side
        self._received = bytearray()
        self._arrival = threading.Condition()
        self._woken = False
        self._gone = False
        super().__init__(None)
        self.name = name
        self.is_open = True

    # --- the board's side ---

    def deliver(self, data: bytes) -> None:
        """Add what the board has sent; b"" means that the board went away."""
        with self._arrival:
            if data:
                self._received += data
            else:
                self._gone = True
            self._arrival.notify_all()

    def wake(self) -> None:
        """Let a waiting `read` return at once with what there is: the board has come to the end of its time."""
        with self._arrival:
            self._woken = True
            self._arrival.notify_all()

    # --- the reader's side, as pyserial names it ---

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    @property
    def in_waiting(self) -> int:
        with self._arrival:
            self._check_gone()
            return len(self._received)

    def read(self, size: int = 1) -> bytes:
        deadline = None if self._timeout is None else time.monotonic() + self._timeout
        with self._arrival:
            while len(self._received) < size and not self._woken:
                self._check_gone()
                left = None if deadline is None else deadline - time.monotonic()
                if (left is not None and left <= 0) or not self._arrival.wait(left):
                    break
            self._woken = False
            data = bytes(self._received[:size])
            del self._received[:size]
            return data

    def write(self, data: bytes) -> int:
        with self._arrival:
            self._check_gone(even_with_bytes=True)
        self._uart_side.write_from_client(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits on this side."""

    def reset_input_buffer(self) -> None:
        with self._arrival:
            self._received.clear()

    def reset_output_buffer(self) -> None:
        """Nothing waits on this side."""

    def _check_gone(self, even_with_bytes: bool = False) -> None:
        if self._gone and (even_with_bytes or not self._received):
            raise serial.SerialException("the board is gone")

    def _reconfigure_port(self, *_: object) -> None:
        self._uart_side.set_baud_from_client(self._baudrate)

    def _update_dtr_state(self) -> None:
        self._uart_side.set_lines_from_client(bool(self._dtr_state), bool(self._rts_state))

    _update_rts_state = _update_dtr_state

    def _update_break_state(self) -> None:
        """A break means nothing to the chip's UART."""
