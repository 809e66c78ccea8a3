"""A board's flash chip as one file, with the habits of NOR flash.

Erased bytes read 0xFF, programming can only clear bits, erasing works on whole sectors. A new file is empty, and what
lies beyond the file's end reads as erased, so that starting thirty boards costs nothing; `materialise` writes the
whole chip out for a reader that works on the file by itself, as the interpreter's block device does.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

SECTOR = 4096
ERASED = 0xFF


class FlashFile:
    """`size_bytes` of NOR flash kept in the file `path`, which is made if it is not there.

    All methods block for a disk access at most. Raises `ValueError` for a range outside the chip.
    """

    def __init__(self, path: Path, size_bytes: int = 4 << 20) -> None:
        self.path = path
        self.size_bytes = size_bytes
        self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)

    def read(self, offset: int, length: int) -> bytes:
        """`length` bytes from `offset`."""
        self._check(offset, length)
        self._file.seek(offset)
        data = self._file.read(length) or b""
        return data + bytes([ERASED]) * (length - len(data))

    def program(self, offset: int, data: bytes) -> None:
        """Clear the bits that are 0 in `data`; a bit that is 0 already stays 0 until its sector is erased."""
        self._check(offset, len(data))
        before = self.read(offset, len(data))
        if before.count(ERASED) != len(before):
            both = int.from_bytes(before, "little") & int.from_bytes(data, "little")
            data = both.to_bytes(len(data), "little")
        self._put(offset, data)

    def erase(self, offset: int, length: int) -> None:
        """Erase every sector that the range touches."""
        self._check(offset, length)
        start = offset // SECTOR * SECTOR
        end = min(self.size_bytes, -(-(offset + length) // SECTOR) * SECTOR)
        filled = self._filled()
        if end >= filled:
            self._file.truncate(min(start, filled))
        elif start < end:
            self._put(start, bytes([ERASED]) * (end - start))

    def md5(self, offset: int, length: int) -> bytes:
        """The MD5 of a range, 16 bytes."""
        self._check(offset, length)
        digest = hashlib.md5(usedforsecurity=False)
        for start in range(offset, offset + length, 1 << 18):
            digest.update(self.read(start, min(1 << 18, offset + length - start)))
        return digest.digest()

    def materialise(self) -> None:
        """Make the file as long as the chip, so that another reader of `path` sees every erased byte as 0xFF."""
        filled = self._filled()
        if filled < self.size_bytes:
            self._file.seek(filled)
            self._file.write(bytes([ERASED]) * (self.size_bytes - filled))

    def close(self) -> None:
        """Let go of the file; it stays on the disk."""
        self._file.close()

    def _put(self, offset: int, data: bytes) -> None:
        gap = offset - self._filled()
        if gap > 0:
            data, offset = bytes([ERASED]) * gap + data, offset - gap
        self._file.seek(offset)
        self._file.write(data)

    def _filled(self) -> int:
        return self._file.seek(0, 2)

    def _check(self, offset: int, length: int) -> None:
        if offset < 0 or length < 0 or offset + length > self.size_bytes:
            raise ValueError(f"flash range {offset:#x}+{length:#x} is outside the chip's {self.size_bytes:#x} bytes")
