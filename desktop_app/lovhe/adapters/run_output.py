"""The output of started code, up to its end.

A program may print anything, also what the raw REPL says at an end. So the code that starts it ends by printing a token that
the program cannot know.
"""

from __future__ import annotations

import re
import secrets

_REMEMBERED = 2048

# The chip's ROM after a reset, and the raw REPL after a soft reset.
_RESTARTED = re.compile(rb"rst:0x[0-9a-f]+ \([A-Z0-9_]+\),boot:0x|soft reboot\r\n.*raw REPL; CTRL-B to exit\r\n>", re.DOTALL)
_REPL_END = re.compile(rb"\x04[^\x04]*\x04>\Z")


class Run:
    """One run's output. `over` once it has ended; `restarted` if it took the board with it, so that the REPL must be entered anew.

    Set `stopping` after Ctrl-C: a program that is caught just while it ends cannot print the token any more.
    """

    def __init__(self) -> None:
        self._token = secrets.token_hex(8)
        self._end = b"\x1e=" + self._token.encode() + b"\x1e"
        self._pending = bytearray()
        self._kept = bytearray()
        self._recent = bytearray()
        self.over = False
        self.stopping = False
        self.restarted = False

    def wrapped(self, code: str) -> bytes:
        """`code`, with the token printed on every way out of it."""
        half = len(self._token) // 2
        said = f"'\\x1e='+'{self._token[:half]}'+'{self._token[half:]}\\x1e'"
        return f"try:\n exec({code!r})\nfinally:\n import sys\n sys.stdout.write({said})\n".encode()

    def keep(self, data: bytes) -> None:
        """Take bytes that will be asked for later."""
        if self.over:
            return
        self._recent = (self._recent + data)[-_REMEMBERED - len(data) :]
        self._pending += data
        at = self._pending.find(self._end)
        if at >= 0:
            # Then the REPL's own: \x04, a traceback or nothing, \x04, the prompt.
            rest = self._pending[at + len(self._end) :]
            self.over = rest.count(b"\x04") >= 2 and rest.endswith(b">")
        elif _RESTARTED.search(self._recent):
            self.over = self.restarted = True
            at = len(self._pending)
        elif self.stopping and _REPL_END.search(self._recent):
            self.over = True
            at = self._pending.rfind(b"\x04", 0, max(0, len(self._pending) - 2))
        else:
            at = _begun(self._pending, self._end)
        self._kept += self._pending[:at]
        del self._pending[:at]

    def take(self, data: bytes) -> bytes:
        """What the program printed, in `data` and kept from before; bytes that may begin the end's token wait for more."""
        self.keep(data)
        printed = bytes(self._kept)
        self._kept.clear()
        return printed


def _begun(data: bytearray, mark: bytes) -> int:
    """Where at the end of `data` a beginning of `mark` starts; len(data) if nowhere."""
    for size in range(min(len(mark) - 1, len(data)), 0, -1):
        if data.endswith(mark[:size]):
            return len(data) - size
    return len(data)
