"""What a firmware file is for, told before a byte of it is written to a board.

A release file (MicroPython's, or the kit's own for virtual boards) begins with the bootloader; its partition table
and its app lie where they will lie in flash, less the chip's bootloader offset. The chip decides the offset, never
the user: a wrong one flashes without an error and leaves a silent board.
"""

from __future__ import annotations

import msgspec

from lovhe.core.errors import ImageError
from lovhe.core.image_format import CHIPS, IMAGE_MAGIC, AppDescription, Chip, EspImage, Flaw, examine_image, read_app_description
from lovhe.core.messages import N_, Message
from lovhe.core.partitions import TABLE_BYTES, TABLE_OFFSET, Partition, find_app, find_vfs, implied_vfs, parse_partition_table

VIRTUAL_PROJECT = "lovhe-virtual"
"""The project name that marks an image as made for virtual boards alone."""

_FILES_BEHIND_THE_REST = ("micropython", VIRTUAL_PROJECT)
"""Programs that keep their files behind all partitions when the table has none for them."""

_MERGED_FROM_ZERO = 0x1000


class FirmwareImage(msgspec.Struct, frozen=True):
    """A whole, sound firmware file. `flash_offset` is where its first byte belongs; `vfs` is where the board's files go.

    With `vfs_to_end` the table says nothing of files: MicroPython takes what is left of the board's flash, and `vfs` is that of a
    board as large as the bootloader's header says.
    """

    chip: str
    bootloader_offset: int
    flash_offset: int
    size: int
    partitions: list[Partition]
    app_partition: Partition
    vfs: Partition
    app: AppDescription
    vfs_to_end: bool = False

    @property
    def virtual(self) -> bool:
        """Whether the image is for virtual boards, and must not be written to a real chip."""
        return self.app.project == VIRTUAL_PROJECT


def describe_firmware(data: bytes, name: str = "firmware.bin") -> FirmwareImage:
    """What the release file `data` holds; every part of it is checked.

    Raises: `ImageError`, which names the file `name` and says what to take instead.
    """
    lead = _MERGED_FROM_ZERO if data[:1] == b"\xff" and data[_MERGED_FROM_ZERO : _MERGED_FROM_ZERO + 1] == bytes([IMAGE_MAGIC]) else 0
    chip, bootloader = _read_bootloader(data[lead:], name)
    flash_offset = chip.bootloader_offset - lead
    if flash_offset < 0:
        raise _not_firmware(name)
    partitions = _read_table(data, TABLE_OFFSET - flash_offset, lead + bootloader.length, name)
    app_partition, in_table = find_app(partitions), find_vfs(partitions)
    app = None
    if app_partition is not None:
        app = _sound(examine_image(data[app_partition.offset - flash_offset :]), name, cut_off_if_missing=True)
    description = (app and app.app) or AppDescription("", "")
    vfs = in_table
    if vfs is None and description.project in _FILES_BEHIND_THE_REST:
        vfs = implied_vfs(partitions, bootloader.flash_bytes)
    if vfs is None:
        raise ImageError(
            N_("The firmware in {name} has no partition for files, so lessons cannot be put on it.", name=name),
            N_("Take a MicroPython firmware for this chip."),
        )
    if app_partition is None or app is None or app.chip_id != chip.image_id:
        raise _not_firmware(name)
    return FirmwareImage(
        chip.name, chip.bootloader_offset, flash_offset, len(data), partitions, app_partition, vfs, description, in_table is None
    )


def _read_bootloader(data: bytes, name: str) -> tuple[Chip, EspImage]:
    if read_app_description(data) is not None:
        raise ImageError(N_("{name} holds only the program part of a firmware, without the bootloader.", name=name), _full_file())
    bootloader = _sound(examine_image(data), name)
    chip = CHIPS.get(bootloader.chip_id)
    if chip is None:
        raise ImageError(
            N_("{name} is for a kind of chip that this program does not know (number {chip_id}).", name=name, chip_id=bootloader.chip_id),
            N_("Take the firmware for an ESP32, ESP32-S2, ESP32-S3, ESP32-C3 or ESP32-C6."),
        )
    return chip, bootloader


def _read_table(data: bytes, start: int, bootloader_end: int, name: str) -> list[Partition]:
    if bootloader_end + 16 < len(data) < start + TABLE_BYTES:
        raise _cut_off(name)
    return parse_partition_table(data[start : start + TABLE_BYTES], name)


def _sound(image: EspImage | Flaw, name: str, cut_off_if_missing: bool = False) -> EspImage:
    if isinstance(image, EspImage):
        return image
    if image is Flaw.CUT_OFF:
        raise _cut_off(name)
    if image is Flaw.NOT_AN_IMAGE:
        raise _cut_off(name) if cut_off_if_missing else _not_firmware(name)
    wrong = N_("{name} is damaged: its checksum is wrong.", name=name)
    if image is Flaw.HASH:
        wrong = N_("{name} is damaged: its SHA-256 is wrong.", name=name)
    raise ImageError(wrong, _again())


def _cut_off(name: str) -> ImageError:
    return ImageError(N_("{name} is cut off: the end of the firmware is missing.", name=name), _again())


def _not_firmware(name: str) -> ImageError:
    return ImageError(N_("{name} is not a firmware for an ESP board.", name=name), _full_file())


def _again() -> Message:
    return N_("Download the firmware again, or copy it again from where it is whole.")


def _full_file() -> Message:
    return N_("Take the full firmware file (.bin) for a new board, the one that begins with the bootloader.")
