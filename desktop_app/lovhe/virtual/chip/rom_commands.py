"""The loader's flash commands: write sessions (plain and deflated), reading, and how it refuses.

Source: Espressif's "Serial Protocol" page in the esptool documentation. The ROM erases what will be written before the
first block and answers a block when it is in flash. The stub erases sector by sector as it goes, and answers a block
before it has written all of it; power that fails then leaves a torn block, which is what cut-off flashes look like.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from enum import Enum

from lovhe.virtual.chip.flash_file import SECTOR, FlashFile


class Reason(Enum):
    """Why a command is refused: the ROM's error code and the stub's."""

    INVALID = (0x05, 0xC0)
    UNKNOWN = (0x05, 0xFF)
    FAILED = (0x06, 0xC4)
    CHECKSUM = (0x07, 0xC1)
    WRITE = (0x08, 0xC4)
    READ_LENGTH = (0x0A, 0xC0)
    DEFLATE = (0x0B, 0xC7)
    BLOCK_SIZE = (0x05, 0xC2)
    NOT_WRITING = (0x06, 0xC6)
    TOO_LITTLE = (0x06, 0xC8)
    TOO_MUCH = (0x06, 0xC9)


class RefusalError(Exception):
    """The loader answers with an error."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


class FlashWrite:
    """One write session, from its BEGIN to its END. `left` is how many bytes of flash are still to come."""

    def __init__(self, flash: FlashFile, offset: int, size: int, deflated: bool, erase_first: bool) -> None:
        if offset + size > flash.size_bytes:
            raise RefusalError(Reason.FAILED)
        self._flash = flash
        self._offset = offset
        self._inflate = zlib.decompressobj() if deflated else None
        self._answers_late = erase_first
        self._late = b""
        self._erased_to = offset // SECTOR * SECTOR
        self.left = size
        if erase_first and size:
            flash.erase(offset, size)
            self._erased_to = flash.size_bytes

    @property
    def finished(self) -> bool:
        """Whether all has come. The ROM is told a rounded size, so the zlib stream's own end counts too."""
        return self.left == 0 or (self._inflate is not None and self._inflate.eof)

    def block(self, data: bytes) -> None:
        """Take the next block; padding behind the announced end is dropped. Raises: `RefusalError`.

        The stub's second half of it waits for `settle`.
        """
        self.settle()
        if self._inflate is not None:
            try:
                data = self._inflate.decompress(data, self.left + 1)
            except zlib.error as error:
                raise RefusalError(Reason.DEFLATE) from error
            if len(data) > self.left:
                raise RefusalError(Reason.TOO_MUCH)
        data = data[: self.left]
        self.left -= len(data)
        middle = (self._offset + len(data) // 2) // SECTOR * SECTOR - self._offset
        if middle > 0 and not self._answers_late:
            data, self._late = data[:middle], data[middle:]
        self._put(data)

    def settle(self) -> None:
        """Write what was answered already and is not in flash yet. Called when the next command comes."""
        if self._late:
            data, self._late = self._late, b""
            self._put(data)

    def _put(self, data: bytes) -> None:
        end = self._offset + len(data)
        if end > self._erased_to:
            up_to = -(-end // SECTOR) * SECTOR
            self._flash.erase(self._erased_to, up_to - self._erased_to)
            self._erased_to = up_to
        self._flash.program(self._offset, data)
        self._offset = end


class FlashRead:
    """The stub's read: blocks go out until `in_flight` of them wait for an acknowledgement, then an MD5."""

    def __init__(self, flash: FlashFile, offset: int, size: int, block_size: int, in_flight: int) -> None:
        if offset + size > flash.size_bytes:
            raise RefusalError(Reason.FAILED)
        if not 0 < block_size <= 1 << 16 or not in_flight:
            raise RefusalError(Reason.BLOCK_SIZE)
        self._flash = flash
        self._start = offset
        self._size = size
        self._block_size = block_size
        self._window = in_flight * block_size
        self._sent = self._acknowledged = 0
        self._digest = hashlib.md5(usedforsecurity=False)

    @property
    def done(self) -> bool:
        """Whether all was acknowledged; the digest has then been handed out."""
        return self._acknowledged >= self._size

    def next_frames(self) -> list[bytes]:
        """The payloads that may be sent now."""
        frames = []
        while self._sent < self._size and self._sent - self._acknowledged < self._window:
            length = min(self._block_size, self._size - self._sent)
            block = self._flash.read(self._start + self._sent, length)
            self._digest.update(block)
            frames.append(block)
            self._sent += length
        if self.done:
            frames.append(self._digest.digest())
        return frames

    def acknowledge(self, frame: bytes) -> bool:
        """Take the client's count of received bytes; False if that is not what `frame` is."""
        if len(frame) != 4:
            return False
        (count,) = struct.unpack("<I", frame)
        if not self._acknowledged <= count <= self._sent:
            return False
        self._acknowledged = count
        return True
