"""`lovhe` as a process on a pseudo-terminal of its own, as a person has it in front of them."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import subprocess
import sys
import time

PATIENCE_S = 60.0
_ESCAPE = re.compile(r"\x1b\[[\d;?]*[a-zA-Z]")
_ESCAPE_CUT_OFF = re.compile(r"\x1b(\[[\d;?]*)?\Z")


class Terminal:
    """One command on a terminal of `columns` by `lines`; all that it drew is in `drawn`, without colours, and in `raw` as it came."""

    def __init__(self, *words: str, columns: int = 80, lines: int = 24, term: str = "xterm-256color", module: str = "lovhe") -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._screen, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        command = [sys.executable, "-m", module, *words, "--lang", "en"]
        env = {**os.environ, "TERM": term, "PYTHONIOENCODING": "utf-8"}
        self.process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=env, start_new_session=True)
        os.close(terminal)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cut_off = ""
        self._waited_for = 0
        self.drawn = ""
        self.raw = ""

    def until(self, words: str) -> None:
        """Wait until these words are drawn, after what was waited for before and after the last key."""
        self.until_like(re.escape(words))

    def until_all(self, *words: str) -> None:
        """Wait until all of these are drawn, in whatever order, after what was waited for before and after the last key."""
        start, ends = self._waited_for, []
        for each in words:
            self._waited_for = start
            self.until(each)
            ends.append(self._waited_for)
        self._waited_for = max(ends)

    def until_like(self, pattern: str) -> None:
        """Wait until something like this is drawn, after what was waited for before and after the last key."""
        deadline_s = time.monotonic() + PATIENCE_S
        while (found := re.compile(pattern).search(self.drawn, self._waited_for)) is None:
            assert time.monotonic() < deadline_s, self.drawn[-4000:]
            assert self._read(0.2) or self.process.poll() is None, self.drawn[-4000:]
        self._waited_for = found.end()

    def type(self, keys: str) -> None:
        """Press these keys."""
        self._waited_for = len(self.drawn)
        os.write(self._screen, keys.encode())

    def press_ctrl_c(self) -> None:
        """As the terminal's driver does it."""
        self._waited_for = len(self.drawn)
        self.process.send_signal(signal.SIGINT)

    def end(self) -> int:
        """Read until the process has ended; its exit code."""
        deadline_s = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline_s, self.drawn[-4000:]
            self._read(0.2)
        while self._read(0.0):
            pass
        return self.process.wait()

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._screen)

    def _read(self, timeout_s: float) -> bool:
        if not select.select([self._screen], [], [], timeout_s)[0]:
            return False
        try:
            data = os.read(self._screen, 65536)
        except OSError:  # the other side is closed
            return False
        text = self._decoder.decode(data)  # a read may end within a letter, or within what sets a colour
        self.raw += text
        text = self._cut_off + text
        self._cut_off = found[0] if (found := _ESCAPE_CUT_OFF.search(text)) else ""
        self.drawn += _ESCAPE.sub("", text.removesuffix(self._cut_off))
        return bool(data)
