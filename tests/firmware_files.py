"""Firmware files for tests, made with esptool's own classes: small, sound, and laid out as MicroPython's releases are."""

from __future__ import annotations

import functools
import json
import random

import msgspec
from lovhe.core.firmware.image_format import CHIPS_BY_NAME, AppDescription, build_app_description
from lovhe.core.firmware.partitions import DATA, FAT, Partition, build_partition_table
from lovhe.core.firmware.releases import Release
from lovhe.virtual.chip import board_image

PARTITIONS = [*board_image.PARTITIONS, Partition("vfs", DATA, FAT, 0x200000, 0x200000)]
NAMELESS = AppDescription("", "", "Sep 11 2025", "04:38:51", "v5.4.2")
GREETING = b"\0MicroPython v1.26.1 on 2025-09-11\0; Generic ESP32 module with ESP32\r\n\0\0"
MICROPYTHON = AppDescription("micropython", "v1.26.1", "Sep 11 2025", "12:00:00", "v5.4.2")
"""A MicroPython that says what it is; MicroPython's own releases leave it empty, as `NAMELESS`, and only greet."""


def make_image(chip: str, app: AppDescription | None = None, hashed: bool = True, size: str = "4MB", more: bytes = b"") -> bytes:
    """A small image made with esptool's own classes."""
    from esptool import bin_image

    image = getattr(bin_image, f"{chip.upper()}FirmwareImage")(append_digest=hashed)
    image.entrypoint = 0x3FFB0000
    image.flash_size_freq = image.ROM_LOADER.FLASH_SIZES[size]
    data = build_app_description(app) + more if app else b"bootcode" * 10
    image.segments = [bin_image.ELFSection(b"", image.ROM_LOADER.DROM_MAP_START + 0x20 if app else 0x3FFB0000, data, 0)]
    built = image.save(None)
    assert isinstance(built, bytes)
    return built


def make_release(chip: str, bootloader_offset: int, partitions: list[Partition], app: bytes, bootloader: bytes | None = None) -> bytes:
    """A release file: bootloader, partition table and app at their distances."""
    data = bootloader or make_image(chip)
    data = data.ljust(0x8000 - bootloader_offset, b"\xff") + build_partition_table(partitions)
    return data.ljust(0x10000 - bootloader_offset, b"\xff") + app


@functools.cache
def micropython_release(chip: str = "esp32", version: str = "1.26.1", size: int = 200_000) -> bytes:
    """A release as MicroPython makes them since 1.25: no name, no row for files, about `size` bytes that do not compress."""
    greeting = f"\0MicroPython v{version} on 2025-09-11\0; Generic {chip.upper()} module with {chip.upper()}\r\n\0".encode()
    filling = random.Random(f"{chip} {version}").randbytes(size // 4 * 4)
    app = make_image(chip, NAMELESS, more=greeting.ljust(128, b"\0") + filling)
    return make_release(chip, CHIPS_BY_NAME[chip].bootloader_offset, PARTITIONS[:3], app)


def images_toml(*releases: Release) -> str:
    """A table of releases as `firmware/images.toml` is."""
    return "\n".join(
        "[[image]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in msgspec.structs.asdict(release).items())
        for release in releases
    )
