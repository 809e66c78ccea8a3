"""The board's output, as bytes come in, turned into events: frames taken out of the program's text.

A frame is 0x1E, a JSON array, a newline (RFC 7464's text sequences, with the terminal's "\\r\\n" tolerated):
`[seq, ticks_ms, kind, …]`. The table of kinds is in `core.checks.evidence`. Frames interleave anywhere with text, but a frame's
own bytes are contiguous. What the events are does not depend on how the bytes were cut into chunks.

Any bytes are taken without an exception: a frame that cannot be read becomes a "gap" (evidence was lost), a stray 0x1E
becomes text. Memory is bounded by the longest frame and the longest line.
"""

from __future__ import annotations

from typing import Any

import msgspec

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frame_shapes import fits
from lovhe.core.decoding import json_decoder

RECORD_SEPARATOR = b"\x1e"
MAX_FRAME_BYTES = 16_384
MAX_LINE_BYTES = 4_096

_TICKS_PERIOD = 1 << 30  # time.ticks_ms() of the ESP32 port wraps here
_MAX_SEQ = 1 << 31
_JUMP_BACK_MS = 1_000  # frames may overtake each other by milliseconds; a longer way back means a damaged time stamp
_CONTROLS = bytes(sorted((set(range(32)) | {127}) - set(b"\t")))

_decode = json_decoder(list[Any]).decode


class FrameDecoder:
    """Decodes one run's output. Feed it bytes as they come and `finish` it when there will be no more."""

    def __init__(self) -> None:
        self._carry = b""  # bytes after the last complete frame or line; starts with 0x1E inside a frame
        self._next_seq = 0
        self._began = False
        self._last_ticks = 0  # of the last frame, as sent
        self._t_ms = 0  # of the last frame

    def feed(self, data: bytes) -> list[Event]:
        """Events completed by `data`. Never raises."""
        if not data:
            return []
        out: list[Event] = []
        pieces = (self._carry + data).split(RECORD_SEPARATOR)
        # The first piece is text; each other one is a frame and the text after it. The last may be incomplete.
        last = pieces.pop()
        if not pieces:
            self._carry = self._text(last, out, complete=False)
            return out
        self._text(pieces[0], out, complete=True)
        for piece in pieces[1:]:
            if piece.find(b"\n") + 1 == len(piece) < MAX_FRAME_BYTES:
                self._frame(piece, out)  # the usual case: nothing but a frame
            else:
                self._piece(piece, out, complete=True)
        self._carry = self._piece(last, out, complete=False)
        return out

    def unfinished(self) -> list[Event]:
        """The begin of a line whose end has not come, for who shows it while the program waits; the rest is an event of its own."""
        if self._carry.startswith(RECORD_SEPARATOR):
            return []
        cut = len(self._carry) - _begun_character(self._carry)
        begun, self._carry = self._carry[:cut], self._carry[cut:]
        out: list[Event] = []
        self._text(begun, out, complete=True)
        return out

    def finish(self) -> list[Event]:
        """Events in what is left when no more bytes will come: a last line without newline, a frame cut off (a "gap")."""
        carry, self._carry = self._carry, b""
        out: list[Event] = []
        if carry.startswith(RECORD_SEPARATOR):
            self._broken(carry[1:], out)
        else:
            self._text(carry, out, complete=True)
        return out

    def _piece(self, piece: bytes, out: list[Event], *, complete: bool) -> bytes:
        """One 0x1E and what follows it up to the next; returns what must wait for more bytes."""
        end = piece.find(b"\n", 0, MAX_FRAME_BYTES)
        if end < 0:
            if complete or len(piece) >= MAX_FRAME_BYTES:
                self._broken(piece[:MAX_FRAME_BYTES], out)
                return self._text(piece[MAX_FRAME_BYTES:], out, complete=complete)
            return RECORD_SEPARATOR + piece
        self._frame(piece[: end + 1], out)
        if end + 1 == len(piece):
            return b""
        return self._text(piece[end + 1 :], out, complete=complete)

    def _frame(self, body: bytes, out: list[Event]) -> None:
        try:
            seq, ticks, kind, *args = _decode(body)
        except (msgspec.DecodeError, RecursionError, ValueError):  # ValueError: too short, or an integer with thousands of digits
            self._broken(body, out)
            return
        if type(seq) is not int or type(ticks) is not int or type(kind) is not str or not fits(kind, args):
            self._broken(body, out)
            return
        step = ticks - self._last_ticks
        if seq == self._next_seq != 0 and 0 <= step < _TICKS_PERIOD // 2 and ticks < _TICKS_PERIOD:  # the usual case
            self._next_seq = seq + 1
            self._last_ticks = ticks
            self._t_ms += step
        elif 0 <= seq < _MAX_SEQ and 0 <= ticks < _TICKS_PERIOD:
            self._out_of_turn(seq, ticks, kind, out)
        else:
            self._broken(body, out)
            return
        if kind != "print":
            out.append(Event(self._t_ms, kind, args))

    def _out_of_turn(self, seq: int, ticks: int, kind: str, out: list[Event]) -> None:
        """A frame that is the first, whose clock wrapped or was overtaken, or before which frames are missing."""
        begins = kind == "begin" and seq == 0
        missing = 0 if begins else seq - self._next_seq
        step = (ticks - self._last_ticks + _TICKS_PERIOD // 2) % _TICKS_PERIOD - _TICKS_PERIOD // 2
        if begins or not self._began:
            step = 0  # time zero; of a program that began once more, time goes on where its evidence ended
        self._began = True
        self._next_seq = seq + 1
        self._last_ticks = ticks
        self._t_ms += step
        if missing < 0:
            # A number that was there before: who sent that one? A program can print what looks like a frame, so nothing is certain.
            out.append(Event(self._t_ms, "gap", [-missing, 0]))
        elif missing or step < -_JUMP_BACK_MS:
            out.append(Event(self._t_ms, "gap", [max(missing, 1)]))

    def _broken(self, body: bytes, out: list[Event]) -> None:
        if body[:1] == b"[":
            # It looks like one of ours, so evidence is lost; its number is used up.
            self._next_seq += 1
            out.append(Event(self._t_ms, "gap", [1]))
        else:
            self._text(body, out, complete=True)

    def _text(self, data: bytes, out: list[Event], *, complete: bool) -> bytes:
        """One event a line; returns the begun line, which waits for its end unless a frame (`complete`) cuts it."""
        if not data:
            return b""
        lines = data.split(b"\n")
        rest = lines.pop()
        for line in lines:
            self._line(line + b"\n", out)
        while len(rest) > MAX_LINE_BYTES:
            cut = _character_boundary(rest, MAX_LINE_BYTES)
            self._line(rest[:cut], out)
            rest = rest[cut:]
        if complete:
            if rest:
                self._line(rest, out)
            return b""
        return rest

    def _line(self, line: bytes, out: list[Event]) -> None:
        while len(line) > MAX_LINE_BYTES:
            cut = _character_boundary(line, MAX_LINE_BYTES)
            self._line(line[:cut], out)
            line = line[cut:]
        end = "\n" if line.endswith(b"\n") else ""
        text = line.translate(None, _CONTROLS).decode("utf-8", "replace") + end
        if text:
            out.append(Event(self._t_ms, "text", [text]))


def _character_boundary(data: bytes, limit: int) -> int:
    """The largest cut at most `limit` that does not fall inside a UTF-8 character."""
    cut = limit
    while cut > limit - 3 and data[cut] & 0xC0 == 0x80:
        cut -= 1
    return cut


def _begun_character(data: bytes) -> int:
    """How many bytes at the end are the begin of a UTF-8 character that is not complete."""
    for size in range(1, min(3, len(data)) + 1):
        byte = data[-size]
        if byte & 0xC0 != 0x80:
            return size if byte >= 0xC0 and size < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
    return 0
