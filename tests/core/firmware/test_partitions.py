"""The partition table as it lies in flash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.errors import ImageError
from lovhe.core.firmware.partitions import (
    APP,
    DATA,
    FACTORY,
    FAT,
    OTA_0,
    SPIFFS,
    TABLE_BYTES,
    Partition,
    build_partition_table,
    find_app,
    find_vfs,
    parse_partition_table,
)

NVS = Partition("nvs", DATA, 0x02, 0x9000, 0x6000)
APP_ROW = Partition("factory", APP, FACTORY, 0x10000, 0x1F0000)
VFS = Partition("vfs", DATA, FAT, 0x200000, 0x200000)


def test_a_built_table_is_read_back_whole() -> None:
    """What is built is what is parsed, in 0xC00 bytes."""
    table = build_partition_table([NVS, APP_ROW, VFS])
    assert len(table) == TABLE_BYTES
    assert parse_partition_table(table) == [NVS, APP_ROW, VFS]


def test_a_row_lies_as_the_chip_reads_it() -> None:
    """Magic, kind, subtype, offset, size and label stand where ESP-IDF puts them, numbers little-endian."""
    row = build_partition_table([VFS])[:32]
    assert row == bytes.fromhex("aa50 01 81 00002000 00002000") + b"vfs".ljust(16, b"\0") + bytes(4)


@pytest.mark.parametrize("position", [4, 20, 33, 60, 64 + 20])
def test_a_changed_byte_is_told_as_damage(position: int) -> None:
    """The MD5 row guards all rows before it, and itself."""
    table = bytearray(build_partition_table([NVS, VFS]))
    table[position] ^= 0x10
    with pytest.raises(ImageError, match="damaged"):
        parse_partition_table(bytes(table), "x.bin")


@pytest.mark.parametrize("data", [b"", b"\xff" * TABLE_BYTES, b"\0" * TABLE_BYTES, b"\xe9" * 100])
def test_no_table_is_told_as_such(data: bytes) -> None:
    """Erased flash, zeros and other data are no table, and the message names the file."""
    with pytest.raises(ImageError, match=r"x\.bin has no partition table"):
        parse_partition_table(data, "x.bin")


def test_a_table_without_its_end_is_damaged() -> None:
    """A file that stops inside the table is refused."""
    with pytest.raises(ImageError, match="damaged"):
        parse_partition_table(build_partition_table([NVS, VFS])[:64])


def test_the_files_are_found_by_label_before_type() -> None:
    """MicroPython looks for the label "vfs"; a file system's type is the second choice."""
    other = Partition("storage", DATA, SPIFFS, 0x300000, 0x1000)
    assert find_vfs([NVS, other, VFS]) == VFS
    named_by_tinyuf2 = Partition("ffat", DATA, FAT, 0x310000, 0x10000)
    assert find_vfs([NVS, other, named_by_tinyuf2]) == named_by_tinyuf2
    assert find_vfs([NVS, other]) == other
    assert find_vfs([NVS, APP_ROW]) is None


def test_the_factory_app_comes_before_the_first_update() -> None:
    """A chip without update data starts the factory app, or the first update slot when there is none."""
    update = Partition("ota_0", APP, OTA_0, 0x10000, 0x100000)
    assert find_app([NVS, update, APP_ROW]) == APP_ROW
    assert find_app([NVS, update]) == update
    assert find_app([NVS]) is None


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_without_an_md5_are_refused_clearly(data: bytes, with_magic: bool) -> None:
    """No input makes the parser fail in another way than by `ImageError`."""
    with pytest.raises(ImageError):
        parse_partition_table((b"\xaa\x50" if with_magic else b"") + data)
