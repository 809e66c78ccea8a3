"""SLIP framing (RFC 1055) as Espressif's loaders use it: 0xC0 before and after every frame."""

from __future__ import annotations

END = b"\xc0"
_ESC, _ESC_END, _ESC_ESC = b"\xdb", b"\xdb\xdc", b"\xdb\xdd"
_LONGEST = 1 << 18


def encode_frame(payload: bytes) -> bytes:
    """`payload` escaped, between two END bytes."""
    return END + payload.replace(_ESC, _ESC_ESC).replace(END, _ESC_END) + END


class SlipReader:
    """Frames out of a byte stream. What cannot be a frame (noise, an endless or wrongly escaped one) is dropped."""

    def __init__(self) -> None:
        self._partial = bytearray()
        self._endless = False

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that end in `data`, in order; a frame's beginning is kept for the next call."""
        *ended, rest = data.split(END)
        frames = []
        for piece in ended:
            frame = self._take(piece)
            if frame:
                frames.append(frame)
        self._keep(rest)
        return frames

    def clear(self) -> None:
        """Forget a frame that has begun."""
        self._partial.clear()
        self._endless = False

    def _take(self, last_piece: bytes) -> bytes | None:
        self._keep(last_piece)
        raw, endless = bytes(self._partial), self._endless
        self.clear()
        escapes = raw.count(_ESC)
        if endless or escapes != raw.count(_ESC_END) + raw.count(_ESC_ESC):
            return None
        return raw.replace(_ESC_END, END).replace(_ESC_ESC, _ESC) if escapes else raw

    def _keep(self, piece: bytes) -> None:
        if len(self._partial) + len(piece) > _LONGEST:
            self._endless = True
            self._partial.clear()
        elif not self._endless:
            self._partial += piece
