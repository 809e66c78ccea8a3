"""Turns what the unix interpreter writes into what the chip's UART sends.

Three differences: the chip ends lines with CR LF; bytes written through `sys.stdout.buffer` go out as they are (the guest
marks them, since a pipe cannot tell); and the banner names the chip.
"""

from __future__ import annotations

import re

from lovhe.virtual.interpreter.firmware_name import banner

_BANNER = re.compile(rb"MicroPython [0-9a-z.\-]+ on [0-9-]{10}(?=; |\Z)")
_MACHINE = re.compile(rb"; (?:linux|darwin|macos) \[[^\]\r\n]*\] version")
_LENGTH_DIGITS = 4


class OutputCooker:
    """A filter over a stream in pieces.

    A mark is the byte 0x00, the nonce, and four hexadecimal digits: so many bytes follow that go out untouched. `chip` is whose
    name the banner says.
    """

    def __init__(self, nonce: bytes, chip: str = "esp32") -> None:
        self._banner = banner(chip).encode()
        self._mark = b"\0" + nonce
        self._held = b""
        self._raw_left = 0
        self._last = b""

    def feed(self, data: bytes, more: bool = False) -> bytes:
        """The next bytes to send. With `more` to follow at once, what may be the beginning of a mark is kept for the next call."""
        data = self._held + data
        self._held = b""
        out = []
        while data:
            if self._raw_left:
                raw, data = data[: self._raw_left], data[self._raw_left :]
                self._raw_left -= len(raw)
                out.append(raw)
                self._last = b""
                continue
            at = data.find(b"\0")
            if at < 0:
                out.append(self._cook(data))
                break
            head = data[at : at + len(self._mark) + _LENGTH_DIGITS]
            if head[: len(self._mark)] == self._mark[: len(head)] and (more or len(head) == len(self._mark) + _LENGTH_DIGITS):
                out.append(self._cook(data[:at]))
                if len(head) < len(self._mark) + _LENGTH_DIGITS:
                    self._held = data[at:]
                    break
                self._raw_left = int(head[len(self._mark) :], 16)
                data = data[at + len(head) :]
            else:
                out.append(self._cook(data[: at + 1]))
                data = data[at + 1 :]
        return b"".join(out)

    def _cook(self, text: bytes) -> bytes:
        if not text:
            return b""
        if b" on " in text or b"] version" in text:
            text = _MACHINE.sub(b"", _BANNER.sub(self._banner, text))
            if not text:
                return b""
        after_cr = self._last == b"\r"
        self._last = text[-1:]
        if b"\n" not in text:
            return text
        cooked = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return cooked[1:] if after_cr and text.startswith(b"\n") else cooked
