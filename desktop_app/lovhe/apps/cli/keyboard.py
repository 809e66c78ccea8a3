"""What somebody types while a program runs on a board, for the program's `input()`.

The board shows what it is sent, so a terminal must not show it too. A pipe is read as it comes.
"""

from __future__ import annotations

import contextlib
import os
import sys
from types import TracebackType
from typing import Any

_AT_ONCE = 64
"""Bytes a look: less than the chip's buffer for what it is sent, which is 260."""


class Keyboard:
    """The standard input without waiting: keys at a terminal, or a pipe; nothing where there is neither."""

    def __init__(self) -> None:
        self._descriptor: int | None = None
        self._settings: Any = None

    def __enter__(self) -> Keyboard:
        try:
            self._descriptor = sys.stdin.fileno()
        except (AttributeError, OSError, ValueError):
            return self
        if sys.platform != "win32" and os.isatty(self._descriptor):
            import termios
            import tty

            with contextlib.suppress(termios.error):
                self._settings = termios.tcgetattr(self._descriptor)
                tty.setcbreak(self._descriptor, termios.TCSANOW)
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if sys.platform != "win32" and self._settings is not None and self._descriptor is not None:
            import termios

            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._descriptor, termios.TCSANOW, self._settings)

    def read(self) -> bytes:
        """What has been typed since the last look, as a terminal sends it: "\\r" ends a line. Ctrl-C raises `KeyboardInterrupt`."""
        if self._descriptor is None:
            return b""
        typed = _keys() if sys.platform == "win32" else self._waiting(self._descriptor)
        return typed.replace(b"\r\n", b"\r").replace(b"\n", b"\r")

    def _waiting(self, descriptor: int) -> bytes:
        import select

        try:
            if not select.select([descriptor], [], [], 0)[0]:
                return b""
            typed = os.read(descriptor, _AT_ONCE)
        except (OSError, ValueError):
            typed = b""
        if not typed:
            self._descriptor = None  # its end
        return typed


def _keys() -> bytes:
    """Keys of Windows' console; arrows and function keys, which come in two parts, are left out."""
    typed = ""
    if sys.platform == "win32":
        import msvcrt

        while len(typed) < _AT_ONCE and msvcrt.kbhit():
            key = msvcrt.getwch()
            if key in ("\x00", "\xe0"):
                msvcrt.getwch()
            elif key == "\x03":
                raise KeyboardInterrupt
            else:
                typed += key
    return typed.encode()
