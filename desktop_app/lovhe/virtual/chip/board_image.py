"""The image that virtual boards start from when no MicroPython image is at hand: a valid ESP32 release file of our own.

Its bootloader and app hold an endless loop and nothing else; the app's description says that it is for virtual boards,
which is how the kit knows to keep it off real chips. The layout is that of MicroPython's ESP32 release.
"""

from __future__ import annotations

from lovhe import __version__
from lovhe.core.esp_image import VIRTUAL_PROJECT
from lovhe.core.image_format import CHIPS, AppDescription, build_app_description
from lovhe.core.partitions import APP, DATA, FACTORY, FAT, TABLE_OFFSET, Partition, build_partition_table

PARTITIONS = [
    Partition("nvs", DATA, 0x02, 0x9000, 0x6000),
    Partition("phy_init", DATA, 0x01, 0xF000, 0x1000),
    Partition("factory", APP, FACTORY, 0x10000, 0x1F0000),
    Partition("vfs", DATA, FAT, 0x200000, 0x200000),
]

_FLASH_OFFSET = CHIPS[0].bootloader_offset
_APP_OFFSET = 0x10000
_DATA_ADDRESS = 0x3F400020  # flash-mapped, on a page boundary behind the image's first headers
_CODE_ADDRESS = 0x40080400
_BOOTLOADER_DATA_ADDRESS = 0x3FFF0030
_DIO, _4MB_40MHZ = 2, 0x20
_JUMP_TO_ITSELF = bytes.fromhex("06ffff00")  # Xtensa `j .`, padded to a word
_NOTE = b"This image is for virtual boards of Lovhe. On a real chip it does nothing.\0"


def build_board_image() -> bytes:
    """One .bin to be written at 0x1000: bootloader, partition table, app. The same bytes at every call."""
    pieces = {
        _FLASH_OFFSET: _build_image([(_BOOTLOADER_DATA_ADDRESS, _NOTE), (_CODE_ADDRESS, _JUMP_TO_ITSELF)]),
        TABLE_OFFSET: build_partition_table(PARTITIONS),
        _APP_OFFSET: _build_image([(_DATA_ADDRESS, _describe() + _NOTE), (_CODE_ADDRESS, _JUMP_TO_ITSELF)]),
    }
    image = bytearray()
    for offset, piece in pieces.items():
        image += b"\xff" * (offset - _FLASH_OFFSET - len(image)) + piece
    return bytes(image)


def _describe() -> bytes:
    return build_app_description(AppDescription(VIRTUAL_PROJECT, __version__, "Jan  1 2026", "00:00:00", "none"))


def _build_image(segments: list[tuple[int, bytes]]) -> bytes:
    from esptool.bin_image import ELFSection, ESP32FirmwareImage  # heavy, and needed here alone

    image = ESP32FirmwareImage()
    image.flash_mode, image.flash_size_freq, image.entrypoint = _DIO, _4MB_40MHZ, _CODE_ADDRESS
    image.segments = [ELFSection(b"", address, data.ljust(-(-len(data) // 4) * 4, b"\0"), 0) for address, data in segments]
    built = image.save(None)
    assert isinstance(built, bytes)
    return built
