"""Decoding evidence: our stream decoder against reading lines and parsing each as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from lovhe.core.checks.frames import FrameDecoder

from tests.bench.table import Row, paired

FRAMES = 20_000


def _frame(number: int) -> bytes:
    return b"\x1e" + json.dumps([number, 1000 + number * 5, "level", 2, number & 1], separators=(",", ":")).encode() + b"\r\n"


def _ours(stream: bytes) -> int:
    decoder = FrameDecoder()
    return sum(len(decoder.feed(stream[start : start + 512])) for start in range(0, len(stream), 512))


def _peer(stream: bytes) -> int:
    """What one would write first; it neither finds gaps nor takes frames out of text."""
    return sum(1 for line in iter(io.BytesIO(stream).readline, b"") if json.loads(line.lstrip(b"\x1e")))


def rows() -> Iterator[Row]:
    """Thousand frames decoded a second; the peer's shorter time would be a ratio below 1."""
    stream = b"\x1e" + b'[0,1000,"begin","0.1.0",5,"main.py"]\r\n' + b"".join(_frame(number) for number in range(1, FRAMES))
    assert _ours(stream) >= FRAMES
    ours, peer = paired(lambda: _ours(stream), lambda: _peer(stream))
    fastest = len(stream) / 11520
    yield Row(
        f"decode {FRAMES} frames", ours, "readline + json.loads", peer, limit=f"a 115,200 baud line takes {fastest:.0f} s to bring them"
    )
