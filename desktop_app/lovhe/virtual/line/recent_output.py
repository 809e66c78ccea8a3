"""The last that a board has printed, for whoever looks at it without being the client of its serial line.

The output carries more than a program's words: evidence frames, and the marks with which the PC and the REPL understand each
other. What is kept is raw; `lines` leaves these out as well as can be done without having heard the other side.
"""

from __future__ import annotations

import re

_KEPT_BYTES = 4096
_BEGIN = re.compile(r'\x1e\[0,\d+,"begin",')
"""The first frame of a run under trace: what came before is no program's, but the PC's way of putting files on the board."""

_FRAME = re.compile(r"\x1e[^\n]*\n?")
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_RAW_REPL = re.compile(r"raw REPL; CTRL-B to exit|>|>?OK|")


class RecentOutput:
    """Keeps the newest bytes of an output."""

    def __init__(self) -> None:
        self._kept = b""
        self._cut = False

    def add(self, data: bytes) -> None:
        """More has been printed."""
        kept = self._kept + data
        self._cut = self._cut or len(kept) > _KEPT_BYTES
        self._kept = kept[-_KEPT_BYTES:]

    def lines(self, count: int) -> list[str]:
        """The last `count` lines or fewer, an unfinished one among them, without frames, terminal codes and the raw REPL's marks."""
        text = self._kept.decode("utf-8", "replace").replace("\r\n", "\n")
        if self._cut:
            text = text.partition("\n")[2]  # the first line has lost its begin
        begins = [found.start() for found in _BEGIN.finditer(text)]
        text = text[begins[-1] :] if begins else text
        text = _TERMINAL_CODE.sub("", _FRAME.sub("", text)).replace("\x04", "\n")
        spoken = (_CONTROL.sub("", line.rpartition("\x01")[2]).removeprefix(">OK") for line in text.split("\n"))
        kept = [line for line in spoken if not _RAW_REPL.fullmatch(line)]
        return kept[-count:] if count > 0 else []
