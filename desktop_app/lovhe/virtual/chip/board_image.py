"""The image that virtual boards start from when no MicroPython image is at hand: a valid release file of our own for each chip.

Its bootloader and app hold an endless loop and nothing else; the app's description says that it is for virtual boards,
which is how the kit knows to keep it off real chips. The layout is that of MicroPython's releases.
"""

from __future__ import annotations

from dataclasses import dataclass

from lovhe import __version__
from lovhe.core.firmware.esp_image import VIRTUAL_PROJECT
from lovhe.core.firmware.image_format import CHIPS_BY_NAME, AppDescription, build_app_description
from lovhe.core.firmware.partitions import APP, DATA, FACTORY, TABLE_OFFSET, Partition, build_partition_table

PARTITIONS = [
    Partition("nvs", DATA, 0x02, 0x9000, 0x6000),
    Partition("phy_init", DATA, 0x01, 0xF000, 0x1000),
    Partition("factory", APP, FACTORY, 0x10000, 0x1F0000),
]
"""As in MicroPython's releases since 1.25: its files take what is left of the flash, and no row says so."""

_APP_OFFSET = 0x10000


@dataclass(frozen=True)
class _Layout:
    """Where one chip has memory for an image. `app_data` is flash-mapped, on a page boundary behind the image's first headers."""

    app_data: int
    code: int
    bootloader_data: int
    jump_to_itself: bytes
    image_class: str


_XTENSA = bytes.fromhex("06ffff00")  # `j .`, padded to a word
_RISC_V = bytes.fromhex("6f000000")
_LAYOUTS = {
    "esp32": _Layout(0x3F400020, 0x40080400, 0x3FFF0030, _XTENSA, "ESP32FirmwareImage"),
    "esp32s3": _Layout(0x3C000020, 0x40378000, 0x3FCD0000, _XTENSA, "ESP32S3FirmwareImage"),
    "esp32c3": _Layout(0x3C000020, 0x40380000, 0x3FCD0000, _RISC_V, "ESP32C3FirmwareImage"),
}
_DIO, _4MB_40MHZ = 2, 0x20
_NOTE = b"This image is for virtual boards of Lovhe. On a real chip it does nothing.\0"


def build_board_image(chip: str = "esp32") -> bytes:
    """One .bin to be written at the chip's bootloader offset: bootloader, partition table, app. The same bytes at every call."""
    layout, start = _LAYOUTS[chip], CHIPS_BY_NAME[chip].bootloader_offset
    jump = (layout.code, layout.jump_to_itself)
    pieces = {
        start: _build_image(layout, [(layout.bootloader_data, _NOTE), jump]),
        TABLE_OFFSET: build_partition_table(PARTITIONS),
        _APP_OFFSET: _build_image(layout, [(layout.app_data, _describe() + _NOTE), jump]),
    }
    image = bytearray()
    for offset, piece in pieces.items():
        image += b"\xff" * (offset - start - len(image)) + piece
    return bytes(image)


def _describe() -> bytes:
    return build_app_description(AppDescription(VIRTUAL_PROJECT, __version__, "Jan  1 2026", "00:00:00", "none"))


def _build_image(layout: _Layout, segments: list[tuple[int, bytes]]) -> bytes:
    from esptool import bin_image  # heavy, and needed here alone

    image = getattr(bin_image, layout.image_class)()
    image.flash_mode, image.flash_size_freq, image.entrypoint = _DIO, _4MB_40MHZ, layout.code
    image.segments = [bin_image.ELFSection(b"", address, data.ljust(-(-len(data) // 4) * 4, b"\0"), 0) for address, data in segments]
    built = image.save(None)
    assert isinstance(built, bytes)
    return built
