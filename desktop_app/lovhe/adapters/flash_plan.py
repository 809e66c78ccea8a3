"""What goes to many boards is made ready once: regions cut into pieces, each with its MD5 and its compressed, framed blocks.

Thirty boards get the same image, so nothing here is a board's own: a piece looks into its region's bytes and holds none of
its own, and its blocks are kept as they go over the line. What differs between boards is another region.
"""

from __future__ import annotations

import hashlib
import struct
import threading
import zlib
from collections.abc import Sequence

import msgspec

from lovhe.core.firmware.image_format import xor_checksum
from lovhe.services.ports import Region

PIECE_SIZE = 0x20000
"""Bytes of flash that are compared, sent and read back at a time: a flash cut off half-way goes on from there."""

_DEFLATED_BLOCK = 0x11  # Source: Espressif's "Serial Protocol" page, FLASH_DEFL_DATA


class Packed(msgspec.Struct, frozen=True):
    """A piece's data as it goes over the line: SLIP frames, one for each block of compressed bytes."""

    compressed_size: int
    frames: list[bytes]


class Piece:
    """Part of a region, no longer than PIECE_SIZE. `md5` is in hexadecimal; usable from many threads."""

    def __init__(self, offset: int, data: memoryview, only_with_others: bool) -> None:
        self.offset = offset
        self.size = len(data)
        self.only_with_others = only_with_others
        self.md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
        self._data = data
        self._packed: dict[int, Packed] = {}
        self._packing = threading.Lock()

    def packed(self, block_size: int) -> Packed:
        """The frames for a loader that takes blocks of `block_size` bytes. Made when it is asked for the first time."""
        with self._packing:
            if block_size not in self._packed:
                self._packed[block_size] = _packed(self._data, block_size)
            return self._packed[block_size]


class FlashPlan:
    """The pieces of all regions that a class gets; one object for a class, usable from many threads."""

    def __init__(self) -> None:
        self._pieces: dict[Region, list[Piece]] = {}
        self._cutting = threading.Lock()

    def pieces(self, regions: Sequence[Region]) -> list[Piece]:
        """The pieces of `regions` in their order. Regions that are equal, whoever made them, have the very same pieces."""
        with self._cutting:
            return [piece for region in regions for piece in self._of(region)]

    def _of(self, region: Region) -> list[Piece]:
        # Region is a frozen value, so it is its own key. Python keeps the hash of bytes: an image shared by a class is hashed once.
        if region not in self._pieces:
            self._pieces[region] = _cut(region)
        return self._pieces[region]


def _cut(region: Region) -> list[Piece]:
    data = memoryview(region.data)
    return [
        Piece(region.offset + start, data[start : start + PIECE_SIZE], region.only_with_others) for start in range(0, len(data), PIECE_SIZE)
    ]


def _packed(data: memoryview, block_size: int) -> Packed:
    compressed = zlib.compress(data, 9)
    frames = []
    for sequence, start in enumerate(range(0, len(compressed), block_size)):
        block = compressed[start : start + block_size]
        body = struct.pack("<IIII", len(block), sequence, 0, 0) + block
        packet = struct.pack("<BBHI", 0, _DEFLATED_BLOCK, len(body), xor_checksum(block)) + body
        frames.append(b"\xc0" + packet.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0")
    return Packed(len(compressed), frames)
