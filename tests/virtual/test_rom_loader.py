"""The loader's protocol, frame by frame: what the ROM and the stub answer, and how they refuse."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lovhe.virtual.chip.chip_registers import CHIP_MODELS
from lovhe.virtual.chip.flash_file import SECTOR, FlashFile
from lovhe.virtual.chip.rom_loader import Loader
from lovhe.virtual.chip.slip import SlipReader, encode_frame
from lovhe.virtual.crc8 import crc8

MAC = bytes.fromhex("246f28a1b2c3")
SYNC = b"\x07\x07\x12\x20" + b"\x55" * 32
SYNC_OP, READ_REG, WRITE_REG, MEM_BEGIN, MEM_DATA, MEM_END = 0x08, 0x0A, 0x09, 0x05, 0x07, 0x06
FLASH_BEGIN, FLASH_DATA, FLASH_END, DEFL_BEGIN, DEFL_DATA = 0x02, 0x03, 0x04, 0x10, 0x11
MD5, READ_SLOW, READ_FAST, ERASE_ALL, ERASE_REGION, RUN = 0x13, 0x0E, 0xD2, 0xD0, 0xD1, 0xD3


class Client:
    """Sends commands to a loader and collects its answers."""

    def __init__(self, folder: Path, chip: str = "esp32") -> None:
        self.flash = FlashFile(folder / "flash.bin")
        self.frames: list[bytes] = []
        self.told = b""
        self.runs = 0
        self._reader = SlipReader()
        self.loader = Loader(self.flash, MAC, self._take, self._run, chip)

    def _take(self, data: bytes) -> None:
        self.told += data
        self.frames += self._reader.feed(data)

    def _run(self) -> None:
        self.runs += 1

    def send(self, command: int, body: bytes = b"", checksum: int = 0) -> list[bytes]:
        self.frames.clear()
        self._reader.clear()  # boot text is no frame
        self.loader.feed(encode_frame(struct.pack("<BBHI", 0, command, len(body), checksum) + body))
        return self.frames

    def ask(self, command: int, *words: int) -> tuple[int, bytes]:
        """The answer's value and data with status."""
        (answer,) = self.send(command, struct.pack(f"<{len(words)}I", *words))
        assert answer[:2] == bytes([1, command])
        return struct.unpack_from("<I", answer, 4)[0], answer[8:]

    def block(self, command: int, data: bytes, wrong_checksum: int = 0) -> bytes:
        """The status with which a data block is answered."""
        checksum = 0xEF
        for byte in data:
            checksum ^= byte
        (answer,) = self.send(command, struct.pack("<IIII", len(data), 0, 0, 0) + data, checksum ^ wrong_checksum)
        return answer[8:]

    def start_stub(self) -> None:
        self.ask(MEM_BEGIN, 4, 1, 0x1800, 0x400BE000)
        self.block(MEM_DATA, b"stub")
        assert self.send(MEM_END, struct.pack("<II", 0, 0x400BE5A8))[1] == b"OHAI"


@pytest.fixture
def rom(tmp_path: Path) -> Iterator[Client]:
    """A client of the chip's own loader."""
    client = Client(tmp_path)
    yield client
    client.flash.close()


@pytest.fixture
def stub(rom: Client) -> Client:
    """A client that has sent a stub."""
    rom.start_stub()
    return rom


ROM_OK, STUB_OK = bytes(4), bytes(2)


def test_sync_is_answered_eight_times_and_tells_rom_from_stub(rom: Client) -> None:
    """Clients see by the value whether a stub is still running."""
    assert [frame[4:8] for frame in rom.send(SYNC_OP, SYNC)] == [b"\x07\x07\x12\x20"] * 8
    rom.start_stub()
    assert [frame[4:8] for frame in rom.send(SYNC_OP, SYNC)] == [bytes(4)] * 8


def test_a_reset_ends_the_stub_and_greets(stub: Client) -> None:
    """RAM is lost at a reset; the ROM says that it waits for a download."""
    stub.loader.reset()
    assert not stub.loader.stub
    assert stub.told.count(b"waiting for download\r\n") == 1
    stub.loader.reset(greet=False)
    assert stub.told.count(b"waiting for download\r\n") == 1


def test_the_mac_lies_in_the_fuses_with_its_crc(rom: Client) -> None:
    """Two fuse words hold the board's own MAC as esptool and MicroPython read it."""
    low, high = rom.ask(READ_REG, 0x3FF5A004)[0], rom.ask(READ_REG, 0x3FF5A008)[0]
    assert struct.pack(">HI", high & 0xFFFF, low) == MAC
    assert high >> 16 == crc8(MAC)


def test_the_crc_is_the_one_on_real_chips() -> None:
    """Known answer of CRC-8/MAXIM."""
    assert crc8(b"123456789") == 0xA1


@pytest.mark.parametrize("chip", CHIP_MODELS)
def test_each_chip_is_known_by_its_magic_or_its_id(tmp_path: Path, chip: str) -> None:
    """A wrong chip is seen before a byte is written: by the magic register or by its security info."""
    client = Client(tmp_path, chip)
    assert client.ask(READ_REG, 0x40001000)[0] == CHIP_MODELS[chip].magic
    answers = client.send(0x14)
    if chip in ("esp32s3", "esp32c3", "esp32c6"):
        assert struct.unpack_from("<I", answers[0], 8 + 12)[0] == CHIP_MODELS[chip].image_id
    elif chip == "esp32":
        assert [frame[8:10] for frame in answers] == [b"\x01\x05"] * 8
    client.flash.close()


def test_registers_keep_what_is_written_under_a_mask(rom: Client) -> None:
    """Only the bits named by the mask change."""
    rom.ask(WRITE_REG, 0x3FF48074, 0xFFFF, 0xFFFFFFFF, 0)
    rom.ask(WRITE_REG, 0x3FF48074, 0, 0x00F0, 0)
    assert rom.ask(READ_REG, 0x3FF48074)[0] == 0xFF0F


def test_a_plain_write_erases_first_and_drops_the_padding(rom: Client) -> None:
    """The ROM erases the sectors, writes the blocks, and leaves what lies behind the announced size erased."""
    rom.flash.program(0, bytes(3 * SECTOR))
    assert rom.ask(FLASH_BEGIN, 600, 1, 0x400, SECTOR)[1] == ROM_OK
    assert rom.loader.busy
    assert rom.block(FLASH_DATA, b"a" * 600 + b"\0" * 424) == ROM_OK
    assert not rom.loader.busy
    assert rom.flash.read(0, 3 * SECTOR) == bytes(SECTOR) + (b"a" * 600).ljust(SECTOR, b"\xff") + bytes(SECTOR)


def test_the_stub_erases_as_it_goes(stub: Client) -> None:
    """Until its block has come, a sector keeps its content; so a cut flash is half old, half new."""
    stub.flash.program(0, bytes(3 * SECTOR))
    stub.ask(FLASH_BEGIN, 2 * SECTOR, 2, SECTOR, 0, 0)
    assert stub.flash.read(0, 10) == bytes(10)
    assert stub.block(FLASH_DATA, b"n" * SECTOR) == STUB_OK
    assert stub.flash.read(0, 3 * SECTOR) == b"n" * SECTOR + bytes(2 * SECTOR)


def test_power_that_fails_after_a_block_leaves_it_torn(stub: Client) -> None:
    """The stub answers before it has written all; only the next command's answer says that the block is in flash."""
    stub.flash.program(0, bytes(8 * SECTOR))
    stub.ask(FLASH_BEGIN, 8 * SECTOR, 2, 4 * SECTOR, 0, 0)
    stub.block(FLASH_DATA, b"1" * 4 * SECTOR)
    stub.block(FLASH_DATA, b"2" * 4 * SECTOR)
    assert stub.flash.read(0, 8 * SECTOR) == b"1" * 4 * SECTOR + b"2" * 2 * SECTOR + bytes(2 * SECTOR)
    stub.loader.reset()
    assert stub.flash.read(6 * SECTOR, 2 * SECTOR) == bytes(2 * SECTOR)
    stub.start_stub()
    stub.ask(FLASH_BEGIN, 4 * SECTOR, 1, 4 * SECTOR, 4 * SECTOR, 0)
    stub.block(FLASH_DATA, b"3" * 4 * SECTOR)
    assert stub.ask(FLASH_END, 1)[1] == STUB_OK
    assert stub.flash.read(4 * SECTOR, 4 * SECTOR) == b"3" * 4 * SECTOR


def test_deflated_blocks_come_out_whole(stub: Client) -> None:
    """A zlib stream in pieces is written as one; MD5 and END confirm it."""
    data = b"lesson " * 3000
    packed = zlib.compress(data, 9)
    stub.ask(DEFL_BEGIN, len(data), 2, 0x4000, 0x10000, 0)
    for start in range(0, len(packed), 50):
        assert stub.block(DEFL_DATA, packed[start : start + 50]) == STUB_OK
    assert stub.ask(MD5, 0x10000, len(data), 0, 0)[1] == hashlib.md5(data).digest() + STUB_OK
    assert stub.ask(0x12, 1)[1] == STUB_OK
    assert (stub.loader.stub, stub.runs) == (True, 0)


def test_the_roms_md5_is_text(rom: Client) -> None:
    """The ROM answers 32 hexadecimal digits, the stub 16 bytes."""
    assert rom.ask(MD5, 0, 100, 0, 0)[1] == hashlib.md5(b"\xff" * 100).hexdigest().encode() + ROM_OK


def test_a_wrong_checksum_is_refused_and_writes_nothing(rom: Client) -> None:
    """ROM and stub use their own codes; a block sent again is taken."""
    rom.ask(FLASH_BEGIN, 4, 1, 0x400, 0)
    assert rom.block(FLASH_DATA, b"data", wrong_checksum=1) == b"\x01\x07\0\0"
    assert rom.flash.read(0, 4) == b"\xff" * 4
    assert rom.block(FLASH_DATA, b"data") == ROM_OK
    rom.start_stub()
    rom.ask(FLASH_BEGIN, 4, 1, 0x400, 0, 0)
    assert rom.block(FLASH_DATA, b"data", wrong_checksum=1) == b"\xc1\0"


@pytest.mark.parametrize(
    ("command", "body", "code"),
    [
        (FLASH_DATA, struct.pack("<IIII", 0, 0, 0, 0), 0xC1),
        (FLASH_END, struct.pack("<I", 1), 0xC6),
        (FLASH_BEGIN, struct.pack("<IIIII", 0x10000, 1, 0x400, 0x3FF000, 0), 0xC4),
        (FLASH_BEGIN, struct.pack("<IIIII", 0x10000, 1, 0x10000, 0, 0), 0xC2),
        (FLASH_BEGIN, b"short", 0xC0),
        (ERASE_REGION, struct.pack("<II", 0x100, 0x1000), 0xC2),
        (ERASE_REGION, struct.pack("<II", 0x3FF000, 0x2000), 0xC4),
        (MD5, struct.pack("<IIII", 0x3FF000, 0x2000, 0, 0), 0xC4),
        (READ_FAST, struct.pack("<IIII", 0x3FF000, 0x2000, 0x1000, 64), 0xC4),
        (READ_FAST, struct.pack("<IIII", 0, 0x2000, 0, 64), 0xC2),
        (0x77, b"", 0xFF),
    ],
)
def test_the_stub_refuses_with_its_own_codes(stub: Client, command: int, body: bytes, code: int) -> None:
    """Wrong sizes, places, orders and unknown commands each get the code that esptool can explain."""
    (answer,) = stub.send(command, body)
    assert answer[8:] == bytes([code, 0])


def test_a_broken_zlib_stream_is_refused(stub: Client) -> None:
    """Bytes that cannot be inflated, and a stream longer than announced, do not pass."""
    stub.ask(DEFL_BEGIN, 100, 1, 0x4000, 0, 0)
    assert stub.block(DEFL_DATA, b"not zlib") == b"\xc7\0"
    stub.ask(DEFL_BEGIN, 100, 1, 0x4000, 0, 0)
    assert stub.block(DEFL_DATA, zlib.compress(bytes(10_000_000), 9)) == b"\xc9\0"


def test_a_write_that_ends_early_is_not_whole(stub: Client) -> None:
    """END before the last byte is an error, so a client cannot take a half for the whole."""
    stub.ask(FLASH_BEGIN, 2 * SECTOR, 2, SECTOR, 0, 0)
    stub.block(FLASH_DATA, bytes(SECTOR))
    assert stub.ask(FLASH_END, 1)[1] == b"\xc8\0"


def test_a_frame_shorter_than_it_says_is_refused(rom: Client) -> None:
    """The ROM answers an invalid message eight times."""
    rom.frames.clear()
    rom.loader.feed(encode_frame(struct.pack("<BBHI", 0, READ_REG, 4, 0)))
    assert [frame[8:10] for frame in rom.frames] == [b"\x01\x05"] * 8


def test_the_rom_reads_at_most_64_bytes(rom: Client) -> None:
    """The slow read always sends 64 bytes and refuses more."""
    rom.flash.program(0x2000, b"abc")
    assert rom.ask(READ_SLOW, 0x2000, 3)[1] == b"abc".ljust(64, b"\0") + ROM_OK
    assert rom.ask(READ_SLOW, 0x2000, 65)[1] == b"\x01\x0a\0\0"
    assert rom.ask(READ_SLOW, 0x3FFFFF, 2)[1] == b"\x01\x0a\0\0"


def test_the_stub_reads_with_a_window(stub: Client) -> None:
    """No more blocks go out than may wait for an acknowledgement; the MD5 of all comes last."""
    stub.flash.program(0, b"\x5a" * 10_000)
    answer, *blocks = stub.send(READ_FAST, struct.pack("<IIII", 0, 10_000, 4096, 2))
    assert (answer[8:], [len(block) for block in blocks]) == (STUB_OK, [4096, 4096])
    stub.frames.clear()
    for received in (4096, 8192, 10_000):
        stub.loader.feed(encode_frame(struct.pack("<I", received)))
    assert stub.frames == [b"\x5a" * 1808, hashlib.md5(b"\x5a" * 10_000).digest()]


def test_a_read_the_client_gives_up_does_not_block_the_next_command(stub: Client) -> None:
    """A command in place of an acknowledgement ends the reading."""
    stub.send(READ_FAST, struct.pack("<IIII", 0, 10_000, 4096, 1))
    assert stub.ask(READ_REG, 0x40001000)[0] == 0x00F01D83


def test_erasing_makes_the_flash_new(stub: Client) -> None:
    """A region, then all."""
    stub.flash.program(0, bytes(3 * SECTOR))
    assert stub.ask(ERASE_REGION, SECTOR, SECTOR)[1] == STUB_OK
    assert stub.flash.read(0, 3 * SECTOR) == bytes(SECTOR) + b"\xff" * SECTOR + bytes(SECTOR)
    assert stub.ask(ERASE_ALL)[1] == STUB_OK
    assert stub.flash.read(0, 3 * SECTOR) == b"\xff" * 3 * SECTOR


def test_the_rom_cannot_erase_on_demand(rom: Client) -> None:
    """Erase commands belong to the stub."""
    assert len(rom.send(ERASE_ALL)) == 8


def test_the_end_of_a_write_leads_where_it_should(rom: Client) -> None:
    """From the ROM's loader END runs the program; the stub stays, or reboots into the ROM's loader."""
    rom.ask(FLASH_BEGIN, 0, 0, 0x400, 0)
    rom.ask(FLASH_END, 1)
    assert rom.runs == 1
    rom.start_stub()
    rom.ask(FLASH_BEGIN, 0, 0, 0x400, 0, 0)
    rom.ask(FLASH_END, 0)
    assert (rom.runs, rom.loader.stub) == (1, False)
    rom.start_stub()
    rom.send(RUN)
    assert rom.runs == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.tuples(st.integers(0, 255), st.binary(max_size=40)).map(
                lambda pair: encode_frame(struct.pack("<BBHI", 0, pair[0], len(pair[1]), 0) + pair[1])
            ),
        ),
        max_size=20,
    ),
    st.booleans(),
)
def test_any_bytes_leave_the_loader_alive(tmp_path: Path, pieces: list[bytes], as_stub: bool) -> None:
    """Whatever comes down the line, a client that connects afterwards is answered."""
    client = Client(tmp_path)
    if as_stub:
        client.start_stub()
    for piece in pieces:
        client.loader.feed(piece)
    client.loader.feed(b"\xc0")
    assert len(client.send(SYNC_OP, SYNC)) >= 8
    client.flash.close()


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=8), st.integers(1, 30))
def test_slip_frames_survive_any_cut(payloads: list[bytes], size: int) -> None:
    """What is framed comes out again, however the line cuts it."""
    stream = b"noise\xdb" + b"".join(encode_frame(payload) for payload in payloads)
    reader, got = SlipReader(), []
    for start in range(0, len(stream), size):
        got += reader.feed(stream[start : start + size])
    assert [frame for frame in got if frame in payloads][-len(payloads) :] == payloads or not payloads


def test_an_endless_frame_takes_no_memory() -> None:
    """A frame without an end is dropped, and the next one is read."""
    reader = SlipReader()
    for _ in range(50):
        assert reader.feed(bytes(100_000)) == []
    assert len(reader._partial) < 1 << 19
    assert reader.feed(b"\xc0" + encode_frame(b"next")) == [b"next"]
