"""The partition table of an ESP chip: which part of the flash holds what.

Source: ESP-IDF Programming Guide, "Partition Tables": 32-byte entries with the magic 0x50AA, then a row with the MD5 of
the entries, then 0xFF to the end of the table's 0xC00 bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence

import msgspec

from lovhe.core.errors import ImageError
from lovhe.core.messages import N_, Message

TABLE_OFFSET = 0x8000
TABLE_BYTES = 0xC00

APP, DATA = 0, 1
FACTORY, OTA_0 = 0x00, 0x10
FAT, SPIFFS = 0x81, 0x82

_ENTRY = struct.Struct("<2sBBII16sI")
_ENTRY_MAGIC = b"\xaa\x50"
_MD5_MAGIC = b"\xeb\xeb" + b"\xff" * 14
_END = b"\xff" * 32
_SECTOR = 4096


class Partition(msgspec.Struct, frozen=True):
    """One row of the table: `kind` is APP or DATA, `offset` and `size` are bytes of the whole flash."""

    label: str
    kind: int
    subtype: int
    offset: int
    size: int
    flags: int = 0


def parse_partition_table(data: bytes, name: str = "") -> list[Partition]:
    """The rows of the table that begins at `data[0]`.

    Raises: `ImageError` when there is no table, when it is cut off, or when its MD5 is wrong; it names the file `name`.
    """
    partitions: list[Partition] = []
    for start in range(0, min(len(data), TABLE_BYTES), 32):
        row = data[start : start + 32]
        if row[:2] == _ENTRY_MAGIC and len(row) == 32:
            _, kind, subtype, offset, size, label, flags = _ENTRY.unpack(row)
            partitions.append(Partition(label.rstrip(b"\0").decode("ascii", "replace"), kind, subtype, offset, size, flags))
        elif row[:16] == _MD5_MAGIC and partitions:
            if hashlib.md5(data[:start], usedforsecurity=False).digest() != row[16:]:
                break
        elif row == _END and partitions:
            return partitions
        else:
            break
    if partitions:
        raise ImageError(
            N_("The partition table in {name} is damaged.", name=name),
            N_("Download the firmware again, or copy it again from where it is whole."),
        )
    raise ImageError(
        N_("{name} has no partition table.", name=name),
        N_("Take the full firmware file (.bin), not one for updates; with internet, `lovhe firmware fetch` gets it."),
    )


def build_partition_table(partitions: Iterable[Partition]) -> bytes:
    """The table as it lies in flash, with its MD5 row, filled up to 0xC00 bytes."""
    rows = b"".join(
        _ENTRY.pack(_ENTRY_MAGIC, row.kind, row.subtype, row.offset, row.size, row.label.encode("ascii"), row.flags) for row in partitions
    )
    table = rows + _MD5_MAGIC + hashlib.md5(rows, usedforsecurity=False).digest()
    return table.ljust(TABLE_BYTES, b"\xff")


def find_vfs(partitions: Sequence[Partition]) -> Partition | None:
    """The partition that holds the board's files: labelled "vfs" or "ffat", else the first one of a file system's type."""
    for label in ("vfs", "ffat"):  # as MicroPython itself looks: ports/esp32/modules/flashbdev.py
        for partition in partitions:
            if partition.kind == DATA and partition.label == label:
                return partition
    return next((row for row in partitions if row.kind == DATA and row.subtype in (FAT, SPIFFS)), None)


def refuse_impossible_table(partitions: Sequence[Partition], flash_bytes: int, name: str) -> None:
    """Raise `ImageError` where a table cannot be true of a flash of `flash_bytes`: each flaw has its own sentence.

    Source: ESP-IDF Programming Guide, "Partition Tables" (offsets, alignment, names), and what its bootloader refuses to start.
    """
    labels: set[str] = set()
    end = TABLE_OFFSET + _SECTOR  # the table has a sector of its own
    for row in sorted(partitions, key=lambda row: (row.offset, row.size)):
        label = printable(row.label)
        if row.size == 0 or row.offset % _SECTOR:
            raise _impossible(
                N_("In {name} the partition {partition} has no size, or begins within a flash sector.", name=name, partition=label)
            )
        if row.offset < end:
            raise _impossible(N_("In {name} the partition {partition} lies over what is before it.", name=name, partition=label))
        if row.offset + row.size > flash_bytes:
            raise _impossible(
                N_(
                    "In {name} the partition {partition} reaches beyond the {size_mb} MB of flash that the firmware is made for.",
                    name=name,
                    partition=label,
                    size_mb=flash_bytes >> 20,
                )
            )
        if row.label in labels:
            raise _impossible(N_("In {name} two partitions have the name {partition}.", name=name, partition=label))
        labels.add(row.label)
        end = row.offset + row.size


def printable(label: str) -> str:
    """A name out of a file, fit for a terminal; "?" for what is not."""
    return "".join(letter if letter.isprintable() else "?" for letter in label)


def _impossible(what: Message) -> ImageError:
    return ImageError(what, N_("Take the firmware from where its maker offers it: a board with this one would not start."))


def implied_vfs(partitions: Sequence[Partition], flash_bytes: int) -> Partition | None:
    """Where MicroPython since 1.25 keeps its files when the table has no partition for them: the sectors behind all others."""
    start = -(-max((row.offset + row.size for row in partitions), default=0) // _SECTOR) * _SECTOR
    return Partition("vfs", DATA, FAT, start, flash_bytes - start) if 0 < start < flash_bytes else None


def find_app(partitions: Sequence[Partition]) -> Partition | None:
    """The partition a fresh board starts its program from: the factory one, else the first for updates."""
    for subtype in (FACTORY, OTA_0):
        for partition in partitions:
            if partition.kind == APP and partition.subtype == subtype:
                return partition
    return None
