"""The chip's serial loader: what unmodified esptool talks to, in the ROM's dialect and, once a stub was sent, the stub's.

No Xtensa code runs here: when a client has put a stub into RAM and jumps to it, the loader greets as the stub does
("OHAI") and answers its commands from then on. Synchronous: bytes in by `feed`, bytes out by `send`.
Source: Espressif's "Serial Protocol" page in the esptool documentation; the clients' own reading of the answers.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable

from lovhe.core.firmware.image_format import xor_checksum
from lovhe.virtual.chip.bootrom import download_messages
from lovhe.virtual.chip.chip_registers import CHIP_MODELS, Registers
from lovhe.virtual.chip.flash_file import SECTOR, FlashFile
from lovhe.virtual.chip.rom_commands import FlashRead, FlashWrite, Reason, RefusalError
from lovhe.virtual.chip.slip import SlipReader, encode_frame

log = logging.getLogger(__name__)

_SYNC = b"\x07\x07\x12\x20" + b"\x55" * 32
_ROM_GREETS_WITH = 0x20120707
_ROM_READ_BYTES = 64

_Answer = tuple[int, bytes]
_Handler = Callable[[bytes, int], _Answer]


class Loader:
    """The loader of one chip. `on_run` is called when the client sends the chip into its program.

    `chip` is a name from `CHIP_MODELS`; `baud_bd` tells the client's line rate, which the chip measures at SYNC.
    """

    def __init__(
        self,
        flash: FlashFile,
        mac: bytes,
        send: Callable[[bytes], None],
        on_run: Callable[[], None],
        chip: str = "esp32",
        baud_bd: Callable[[], int] = lambda: 115200,
    ) -> None:
        self.stub = False
        self._flash = flash
        self._send = send
        self._on_run = on_run
        self._model = CHIP_MODELS[chip]
        self._registers = Registers(self._model, mac, flash.size_bytes, baud_bd)
        self._reader = SlipReader()
        self._write: FlashWrite | None = None
        self._read: FlashRead | None = None
        self._ram_left = 0
        self._rom_commands: dict[int, _Handler] = {
            0x02: self._flash_begin,
            0x03: self._flash_data,
            0x04: self._flash_end,
            0x05: self._mem_begin,
            0x06: self._mem_end,
            0x07: self._mem_data,
            0x08: self._sync,
            0x09: self._write_reg,
            0x0A: self._read_reg,
            0x0B: self._accept,  # SPI_SET_PARAMS
            0x0D: self._accept,  # SPI_ATTACH
            0x0E: self._read_slow,
            0x0F: self._accept,  # CHANGE_BAUDRATE: the line's rate is the client's
            0x10: self._deflate_begin,
            0x11: self._flash_data,
            0x12: self._flash_end,
            0x13: self._md5,
        }
        if self._model.security_info:
            self._rom_commands[0x14] = self._security_info
        self._stub_commands = self._rom_commands | {
            0xD0: self._erase_all,
            0xD1: self._erase_region,
            0xD2: self._read_fast,
            0xD3: self._run_program,
        }
        del self._stub_commands[0x0E]

    @property
    def busy(self) -> bool:
        """Whether a write has begun and its last byte has not come."""
        return self._write is not None and not self._write.finished

    def reset(self, greet: bool = True) -> None:
        """The chip has been reset into its loader: registers and RAM are lost, and with it a stub; flash stays as it is."""
        self._registers.forget()
        self.stub = False
        self._write = self._read = None
        self._reader.clear()
        if greet:
            self._send(download_messages(chip=self._model.name))

    def feed(self, data: bytes) -> None:
        """Bytes from the client."""
        for frame in self._reader.feed(data):
            self._take_frame(frame)

    def _take_frame(self, frame: bytes) -> None:
        if self._read is not None:
            if self._read.acknowledge(frame):
                self._stream()
                return
            self._read = None
        if len(frame) < 8 or frame[0] != 0:
            return
        _, command, length, checksum = struct.unpack_from("<BBHI", frame)
        body = frame[8:]
        handler = (self._stub_commands if self.stub else self._rom_commands).get(command)
        if handler is None or length != len(body):
            self._refuse_unknown(command)
            return
        after_stub = self.stub
        if self._write is not None:
            self._write.settle()
        try:
            value, data = handler(body, checksum)
        except RefusalError as refusal:
            log.debug("command %#04x refused: %s", command, refusal)
            self._reply(command, 0, b"", refusal.reason)
            return
        except struct.error:
            self._reply(command, 0, b"", Reason.INVALID)
            return
        if command != 0xD3:
            for _ in range(8 if command == 0x08 else 1):
                self._reply(command, value, data)
        self._follow_up(command, body, after_stub)

    def _follow_up(self, command: int, body: bytes, after_stub: bool) -> None:
        """What a command does after its answer has gone out."""
        if command == 0x06 and not after_stub and struct.unpack_from("<II", body)[1]:
            self.stub = True
            self._send(encode_frame(b"OHAI"))
        elif command == 0xD2:
            self._stream()
        elif command == 0x09 and self._registers.watchdog_bites:
            self._on_run()
        elif command in (0x04, 0x12):
            reboot = struct.unpack_from("<I", body)[0] == 0
            if not after_stub:
                self._on_run()
            elif reboot:
                self.reset()
        elif command == 0xD3:
            self._on_run()

    def _reply(self, command: int, value: int, data: bytes, reason: Reason | None = None) -> None:
        status = bytes(2 if self.stub else 4)
        if reason is not None:
            rom_code, stub_code = reason.value
            status = bytes([stub_code, 0]) if self.stub else bytes([1, rom_code, 0, 0])
        body = data + status
        self._send(encode_frame(struct.pack("<BBHI", 1, command, len(body), value) + body))

    def _refuse_unknown(self, command: int) -> None:
        if self.stub:
            self._reply(command, 0, b"", Reason.UNKNOWN)
            return
        for _ in range(8):  # the ROM says so eight times, and does not say to what
            self._reply(0, 0, b"", Reason.UNKNOWN)

    # --- commands: each returns the answer's value and data ---

    def _accept(self, body: bytes, checksum: int) -> _Answer:
        return 0, b""

    def _sync(self, body: bytes, checksum: int) -> _Answer:
        if body != _SYNC:
            raise RefusalError(Reason.INVALID)
        return 0 if self.stub else _ROM_GREETS_WITH, b""

    def _read_reg(self, body: bytes, checksum: int) -> _Answer:
        (address,) = struct.unpack("<I", body)
        return self._registers.read(address), b""

    def _write_reg(self, body: bytes, checksum: int) -> _Answer:
        for address, value, mask, _ in struct.iter_unpack("<IIII", body):
            self._registers.write(address, value, mask)
        return 0, b""

    def _security_info(self, body: bytes, checksum: int) -> _Answer:
        info = struct.pack("<IB7xII", 0, 0, self._model.image_id, 0)
        return 0, info[: self._model.security_info]

    def _mem_begin(self, body: bytes, checksum: int) -> _Answer:
        self._ram_left = struct.unpack("<IIII", body)[0]
        return 0, b""

    def _mem_data(self, body: bytes, checksum: int) -> _Answer:
        data = _block(body, checksum)
        if len(data) > self._ram_left:
            raise RefusalError(Reason.TOO_MUCH)
        self._ram_left -= len(data)
        return 0, b""

    def _mem_end(self, body: bytes, checksum: int) -> _Answer:
        struct.unpack("<II", body)
        if self._ram_left:
            raise RefusalError(Reason.TOO_LITTLE)
        return 0, b""

    def _flash_begin(self, body: bytes, checksum: int, deflated: bool = False) -> _Answer:
        size, _, block_size, offset = struct.unpack_from("<IIII", body)
        if block_size > 0x4000 and size:
            raise RefusalError(Reason.BLOCK_SIZE)
        self._write = None
        self._write = FlashWrite(self._flash, offset, size, deflated, erase_first=not self.stub)
        return 0, b""

    def _deflate_begin(self, body: bytes, checksum: int) -> _Answer:
        return self._flash_begin(body, checksum, deflated=True)

    def _flash_data(self, body: bytes, checksum: int) -> _Answer:
        data = _block(body, checksum)
        if self._write is None:
            raise RefusalError(Reason.NOT_WRITING)
        self._write.block(data)
        return 0, b""

    def _flash_end(self, body: bytes, checksum: int) -> _Answer:
        struct.unpack("<I", body)
        if self._write is None:
            raise RefusalError(Reason.NOT_WRITING)
        short = self.stub and self._write.left > 0
        self._write = None
        if short:
            raise RefusalError(Reason.TOO_LITTLE)
        return 0, b""

    def _md5(self, body: bytes, checksum: int) -> _Answer:
        offset, size, _, _ = struct.unpack("<IIII", body)
        try:
            digest = self._flash.md5(offset, size)
        except ValueError as error:
            raise RefusalError(Reason.FAILED) from error
        return 0, digest if self.stub else digest.hex().encode("ascii")

    def _read_slow(self, body: bytes, checksum: int) -> _Answer:
        offset, size = struct.unpack("<II", body)
        if size > _ROM_READ_BYTES or offset + size > self._flash.size_bytes:
            raise RefusalError(Reason.READ_LENGTH)
        return 0, self._flash.read(offset, size).ljust(_ROM_READ_BYTES, b"\0")

    def _read_fast(self, body: bytes, checksum: int) -> _Answer:
        self._read = FlashRead(self._flash, *struct.unpack("<IIII", body))
        return 0, b""

    def _stream(self) -> None:
        assert self._read is not None
        for frame in self._read.next_frames():
            self._send(encode_frame(frame))
        if self._read.done:
            self._read = None

    def _erase_all(self, body: bytes, checksum: int) -> _Answer:
        self._flash.erase(0, self._flash.size_bytes)
        return 0, b""

    def _erase_region(self, body: bytes, checksum: int) -> _Answer:
        offset, size = struct.unpack("<II", body)
        if offset % SECTOR or size % SECTOR:
            raise RefusalError(Reason.BLOCK_SIZE)
        if offset + size > self._flash.size_bytes:
            raise RefusalError(Reason.FAILED)
        self._flash.erase(offset, size)
        return 0, b""

    def _run_program(self, body: bytes, checksum: int) -> _Answer:
        return 0, b""


def _block(body: bytes, checksum: int) -> bytes:
    """The data of a block command, its length and checksum verified. Raises: `RefusalError`."""
    (length,) = struct.unpack_from("<I", body)
    data = body[16:]
    if length != len(data):
        raise RefusalError(Reason.INVALID)
    if xor_checksum(data) != checksum & 0xFF:
        raise RefusalError(Reason.CHECKSUM)
    return data
