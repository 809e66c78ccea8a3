"""Flash over esptool's own loader classes: one session a board, a thread each, what is sent to many made ready once.

esptool as a process costs two CPU seconds a board (import, deflate, checksums, SLIP); thirty of those are more than an old
PC has. Here the class shares all that: pieces are compressed and framed once, and a piece whose MD5 the board already has
is not sent at all. esptool is pinned, since it says that its API moves; nothing else in the kit imports it.
"""

from __future__ import annotations

import hashlib
import logging
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from lovhe.adapters.esptool_messages import flash_trouble, look_whether_alive, no_loader_error, refused_error, silence_esptool
from lovhe.adapters.serial_ports import gone_if_unplugged, open_serial
from lovhe.core.usb_bridges import FIRST_BAUD_BD
from lovhe.services.ports import BoardInfo, Region, Written

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

PIECE_SIZE = 0x20000
"""Bytes of flash that are compared, sent and read back at a time: a flash cut off half-way goes on from there."""

_CONNECT_ATTEMPTS = 5
_BLOCK_ATTEMPTS = 3
_PIECE_ATTEMPTS = 2
_ANSWER_TIMEOUT_S = 3.0
_ERASE_AND_WRITE_S_PER_MB = 40.0  # Source: esptool's own figure for the slowest flash chips


class _Piece(msgspec.Struct, frozen=True):
    """Part of a region, no longer than PIECE_SIZE."""

    offset: int
    data: bytes
    only_with_others: bool


class _Packed(msgspec.Struct, frozen=True):
    """A piece's data as it goes over the line: SLIP frames of compressed blocks, and each block's time limit in seconds."""

    compressed_size: int
    frames: list[bytes]
    timeout_s: float


class EsptoolLoader:
    """`services.ports.Loader` over esptool; one object for a class, usable from many threads."""

    def __init__(self) -> None:
        self._packed: dict[tuple[bytes, int], _Packed] = {}
        self._packing = threading.Lock()

    @contextmanager
    def connect(self, board: BoardInfo, baud_bd: int) -> Iterator[EsptoolSession]:
        """See `services.ports.Loader.connect`."""
        silence_esptool()
        line = open_serial(board.serial_port, FIRST_BAUD_BD)
        try:
            with gone_if_unplugged(board.serial_port), flash_trouble(board.serial_port, line):
                session = self._begin(board, line, baud_bd)
            yield session
        finally:
            line.close()

    def _begin(self, board: BoardInfo, line: serial.SerialBase, baud_bd: int) -> EsptoolSession:
        from esptool.util import FatalError

        esp = self._stub(board, line)
        if baud_bd > FIRST_BAUD_BD:
            try:
                esp.change_baud(baud_bd)
                esp.read_reg(esp.CHIP_DETECT_MAGIC_REG_ADDR)
            except FatalError:
                log.info("%s does not follow to %d baud", board.serial_port, baud_bd)
                line.baudrate = baud_bd = FIRST_BAUD_BD
                esp = self._stub(board, line)
        return EsptoolSession(board, line, esp, max(baud_bd, FIRST_BAUD_BD), self._pack)

    def _stub(self, board: BoardInfo, line: serial.SerialBase) -> Any:
        """Reset the board into its loader, find out what it is and start esptool's stub there."""
        from esptool.cmds import detect_chip
        from esptool.util import FatalError

        line.timeout = _ANSWER_TIMEOUT_S
        try:
            esp = detect_chip(line, FIRST_BAUD_BD, connect_attempts=_CONNECT_ATTEMPTS)
        except FatalError as problem:
            look_whether_alive(line)
            raise no_loader_error(board.serial_port, str(problem)) from problem
        if esp.secure_download_mode:
            raise refused_error(board.serial_port, "Secure Download Mode")
        return esp.run_stub()

    def _pack(self, esp: Any, data: bytes) -> _Packed:
        """Compress and frame once what many boards get."""
        key = (hashlib.sha256(data).digest(), int(esp.FLASH_WRITE_SIZE))
        with self._packing:
            if key not in self._packed:
                self._packed[key] = _packed(esp, data)
            return self._packed[key]


class EsptoolSession:
    """`services.ports.LoaderSession` over a board that runs esptool's stub."""

    def __init__(self, board: BoardInfo, line: serial.SerialBase, esp: Any, baud_bd: int, pack: Callable[[Any, bytes], _Packed]) -> None:
        from esptool.cmds import detect_flash_size
        from esptool.util import flash_size_bytes, strip_chip_name

        self._board = board
        self._line = line
        self._esp = esp
        self._pack = pack
        self.baud_bd = baud_bd
        self.chip: str = strip_chip_name(esp.CHIP_NAME)
        self.mac: str = ":".join(f"{byte:02x}" for byte in esp.read_mac())
        size = detect_flash_size(esp)
        self.flash_size: int = flash_size_bytes(size) if size else 0
        if self.flash_size:
            esp.flash_set_parameters(self.flash_size)

    def read(self, offset: int, size: int) -> bytes:
        """See `services.ports.LoaderSession.read`."""
        with gone_if_unplugged(self._board.serial_port), flash_trouble(self._board.serial_port, self._line):
            return bytes(self._esp.read_flash(offset, size))

    def write(
        self,
        regions: Sequence[Region],
        progress: Callable[[int, int], None] | None = None,
        before_writing: Callable[[], None] | None = None,
    ) -> Written:
        """See `services.ports.LoaderSession.write`."""
        pieces = [piece for region in regions for piece in _pieces(region)]
        with gone_if_unplugged(self._board.serial_port), flash_trouble(self._board.serial_port, self._line):
            return self._write(pieces, progress or (lambda done, total: None), before_writing or (lambda: None))

    def _write(self, pieces: list[_Piece], progress: Callable[[int, int], None], before_writing: Callable[[], None]) -> Written:
        total = sum(len(piece.data) for piece in pieces)
        done = written = 0
        changed = []
        for piece in pieces:
            if not piece.only_with_others:
                if self._equal(piece):
                    done += len(piece.data)
                else:
                    changed.append(piece)
                progress(done, total)
        if changed:
            changed += [piece for piece in pieces if piece.only_with_others and not self._equal(piece)]
            before_writing()
        for piece in sorted(changed, key=lambda piece: piece.offset):
            self._send_until_equal(piece, lambda part, before=done: progress(before + part, total))  # type: ignore[misc]
            done += len(piece.data)
            written += len(piece.data)
            progress(done, total)
        progress(total, total)
        return Written(written, total - written)

    def restart(self) -> None:
        """See `services.ports.LoaderSession.restart`."""
        with gone_if_unplugged(self._board.serial_port), flash_trouble(self._board.serial_port, self._line):
            self._esp.hard_reset()
            if not self._has_control_lines():  # a PTY: then the stub itself must leave
                self._esp.command(self._esp.ESP_CMDS["RUN_USER_CODE"], wait_response=False)

    def _has_control_lines(self) -> bool:
        try:
            self._line.rts = False
        except OSError:
            return False
        return True

    def _equal(self, piece: _Piece) -> bool:
        found: str = self._esp.flash_md5sum(piece.offset, len(piece.data))
        return found == hashlib.md5(piece.data, usedforsecurity=False).hexdigest()

    def _send_until_equal(self, piece: _Piece, progress: Callable[[int], None]) -> None:
        for _ in range(_PIECE_ATTEMPTS):
            self._send(piece, progress)
            if self._equal(piece):
                return
        raise refused_error(self._board.serial_port, f"MD5 at {piece.offset:#x}")

    def _send(self, piece: _Piece, progress: Callable[[int], None]) -> None:
        packed = self._pack(self._esp, piece.data)
        self._esp.flash_defl_begin(len(piece.data), packed.compressed_size, piece.offset)
        for count, frame in enumerate(packed.frames, 1):
            self._send_frame(frame, packed.timeout_s)
            progress(len(piece.data) * count // len(packed.frames))
        # The stub answers a block when it has it, not when it is in flash: this answer comes after the last one is.
        self._esp.read_reg(self._esp.CHIP_DETECT_MAGIC_REG_ADDR, timeout=packed.timeout_s)

    def _send_frame(self, frame: bytes, timeout_s: float) -> None:
        from esptool.util import FatalError

        for attempt in range(1, _BLOCK_ATTEMPTS + 1):
            self._line.write(frame)
            try:
                _, answer = self._esp.command(timeout=timeout_s)
                if answer[:1] == b"\0":
                    return
                problem = FatalError.WithResult("Failed to write compressed data to flash", answer[:2])
            except FatalError as failure:
                problem = failure
            if attempt == _BLOCK_ATTEMPTS:
                raise problem
            look_whether_alive(self._line)
            self._esp.flush_input()


def _pieces(region: Region) -> Iterator[_Piece]:
    for start in range(0, len(region.data), PIECE_SIZE):
        yield _Piece(region.offset + start, region.data[start : start + PIECE_SIZE], region.only_with_others)


def _packed(esp: Any, data: bytes) -> _Packed:
    compressed = zlib.compress(data, 9)
    frames = []
    for sequence, start in enumerate(range(0, len(compressed), esp.FLASH_WRITE_SIZE)):
        block = compressed[start : start + esp.FLASH_WRITE_SIZE]
        body = struct.pack("<IIII", len(block), sequence, 0, 0) + block
        packet = struct.pack("<BBHI", 0, esp.ESP_CMDS["FLASH_DEFL_DATA"], len(body), esp.checksum(block)) + body
        frames.append(b"\xc0" + packet.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0")
    timeout_s = max(_ANSWER_TIMEOUT_S, len(data) / 1e6 * _ERASE_AND_WRITE_S_PER_MB)
    return _Packed(len(compressed), frames, timeout_s)
