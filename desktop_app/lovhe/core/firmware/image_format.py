"""Images that an ESP chip starts from: header, segments, checksum, hash, and what an app says about itself.

Source: ESP-IDF Programming Guide, "App Image Format". `core.firmware.esp_image` reads whole firmware files with these.
"""

from __future__ import annotations

import hashlib
import struct
from enum import Enum

import msgspec

IMAGE_MAGIC = 0xE9
HEADER_BYTES = 24
CHECKSUM_START = 0xEF
APP_DESCRIPTION_MAGIC = 0xABCD5432

_HEADER = struct.Struct("<BBBBIB3xHBHH4xB")
_SEGMENT = struct.Struct("<II")
_APP_DESCRIPTION = struct.Struct("<I4x8x32s32s16s16s32s")
_MOST_SEGMENTS = 16


class Chip(msgspec.Struct, frozen=True):
    """A kind of chip, by the number its images carry and where its bootloader lies in flash."""

    name: str
    image_id: int
    bootloader_offset: int


CHIPS = {
    chip.image_id: chip
    for chip in (
        Chip("esp32", 0, 0x1000),
        Chip("esp32s2", 2, 0x1000),
        Chip("esp32c3", 5, 0x0),
        Chip("esp32s3", 9, 0x0),
        Chip("esp32c6", 13, 0x0),
    )
}
"""The chips the kit knows, by image id."""

APP_HEAD_BYTES = 0x120
"""Of an app image: enough for its header and its description."""

CHIPS_BY_NAME = {chip.name: chip for chip in CHIPS.values()}


class Flaw(Enum):
    """Why a chip would not start an image."""

    NOT_AN_IMAGE = "not an image"
    CUT_OFF = "cut off"
    CHECKSUM = "checksum"
    HASH = "hash"


class Segment(msgspec.Struct, frozen=True):
    """A piece of an image that goes to `address`; its bytes begin at `offset` in the image."""

    address: int
    offset: int
    length: int


class AppDescription(msgspec.Struct, frozen=True):
    """What an app says about itself in its first segment."""

    project: str
    version: str
    date: str = ""
    time: str = ""
    sdk: str = ""


class EspImage(msgspec.Struct, frozen=True):
    """A sound image: `length` counts its checksum and hash; `app` is None for bootloaders.

    `flash_bytes` is the size of flash that its header names, which a chip believes until its program looks for itself.
    """

    chip_id: int
    entry: int
    segments: list[Segment]
    length: int
    app: AppDescription | None = None
    flash_bytes: int = 0


def examine_image(data: bytes) -> EspImage | Flaw:
    """The image that begins at `data[0]`, with checksum and SHA-256 checked as the chip does, or its first flaw."""
    if data[:1] != bytes([IMAGE_MAGIC]):
        return Flaw.NOT_AN_IMAGE
    if len(data) < HEADER_BYTES:
        return Flaw.CUT_OFF
    _, count, _, size_and_speed, entry, _, chip_id, _, _, _, hashed = _HEADER.unpack_from(data)
    if not 0 < count <= _MOST_SEGMENTS or hashed > 1:
        return Flaw.NOT_AN_IMAGE
    segments, end = [], HEADER_BYTES
    checksum = CHECKSUM_START
    for _ in range(count):
        if len(data) < end + _SEGMENT.size:
            return Flaw.CUT_OFF
        address, length = _SEGMENT.unpack_from(data, end)
        segments.append(Segment(address, end + _SEGMENT.size, length))
        end += _SEGMENT.size + length
        if len(data) < end:
            return Flaw.CUT_OFF
        checksum = xor_checksum(data[end - length : end], checksum)
    end = (end // 16 + 1) * 16
    if len(data) < end + 32 * hashed:
        return Flaw.CUT_OFF
    if data[end - 1] != checksum:
        return Flaw.CHECKSUM
    if hashed and hashlib.sha256(data[:end]).digest() != data[end : end + 32]:
        return Flaw.HASH
    return EspImage(chip_id, entry, segments, end + 32 * hashed, read_app_description(data), 1 << 20 + (size_and_speed >> 4))


def read_app_description(data: bytes) -> AppDescription | None:
    """What the app image that begins at `data[0]` says about itself; None if it says nothing, as a bootloader does."""
    start = HEADER_BYTES + _SEGMENT.size
    if len(data) < start + _APP_DESCRIPTION.size:
        return None
    magic, *fields = _APP_DESCRIPTION.unpack_from(data, start)
    if magic != APP_DESCRIPTION_MAGIC:
        return None
    version, project, time, date, sdk = (field.split(b"\0")[0].decode("utf-8", "replace") for field in fields)
    return AppDescription(project, version, date, time, sdk)


def is_blank(data: bytes) -> bool:
    """Whether all of it is as erased flash is."""
    return data.count(0xFF) == len(data)


def build_app_description(description: AppDescription) -> bytes:
    """The 256 bytes with which an app's first segment begins."""
    texts = (description.version, description.project, description.time, description.date, description.sdk)
    fields = [text.encode("utf-8") for text in texts]
    return _APP_DESCRIPTION.pack(APP_DESCRIPTION_MAGIC, *fields).ljust(256, b"\0")


def xor_checksum(data: bytes, state: int = CHECKSUM_START) -> int:
    """All bytes of `data` and `state` XORed, as the ROM's checksum is; halves are folded, so it costs no loop per byte."""
    length = len(data)
    folded = int.from_bytes(data, "little")
    while length > 1:
        half = (length + 1) // 2
        folded = (folded & ((1 << 8 * half) - 1)) ^ (folded >> 8 * half)
        length = half
    return state ^ folded
