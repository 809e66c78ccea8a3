"""What a firmware file is for, told before a byte of it is written to a board.

A release file (MicroPython's, or the kit's own for virtual boards) begins with the bootloader; its partition table
and its app lie where they will lie in flash, less the chip's bootloader offset. The chip decides the offset, never
the user: a wrong one flashes without an error and leaves a silent board.
"""

from __future__ import annotations

import msgspec

from lovhe.core.errors import ImageError
from lovhe.core.firmware.image_format import CHIPS, IMAGE_MAGIC, AppDescription, Chip, EspImage, Flaw, examine_image, read_app_description
from lovhe.core.firmware.partitions import (
    TABLE_BYTES,
    TABLE_OFFSET,
    Partition,
    find_app,
    find_vfs,
    implied_vfs,
    parse_partition_table,
    printable,
    refuse_impossible_table,
)
from lovhe.core.firmware.program_inside import VIRTUAL_PROJECT as VIRTUAL_PROJECT
from lovhe.core.firmware.program_inside import Program, find_program
from lovhe.core.messages import N_, Message

_MERGED_FROM_ZERO = 0x1000
_LEAST_FILES_BYTES = 2 * 4096  # what littlefs needs to exist at all


class FirmwareImage(msgspec.Struct, frozen=True):
    """A whole, sound firmware file. `flash_offset` is where its first byte belongs; `vfs` is where the board's files go.

    With `vfs_to_end` the table says nothing of files: MicroPython takes what is left of the board's flash, and `vfs` is that of a
    board as large as the bootloader's header says. `app` is what the program's header says of it, `program` what was found out.
    """

    chip: str
    bootloader_offset: int
    flash_offset: int
    size: int
    partitions: list[Partition]
    app_partition: Partition
    vfs: Partition
    app: AppDescription
    program: Program
    vfs_to_end: bool = False

    @property
    def virtual(self) -> bool:
        """Whether the image is for virtual boards, and must not be written to a real chip."""
        return self.program.name == VIRTUAL_PROJECT


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
    refuse_impossible_table(partitions, bootloader.flash_bytes, name)
    app_partition = find_app(partitions)
    app = _read_app(data, app_partition, flash_offset, name) if app_partition else None
    program = Program()
    if app_partition is not None and app is not None:
        begin = app_partition.offset - flash_offset
        program = find_program(data[begin : begin + app.length], app.app)
    in_table = find_vfs(partitions)
    vfs = in_table
    if vfs is None and program.files_behind_the_rest:
        vfs = implied_vfs(partitions, bootloader.flash_bytes)
    if vfs is None or vfs.size < _LEAST_FILES_BYTES:
        raise ImageError(
            N_("The firmware in {name} has no partition for files, so lessons cannot be put on it.", name=name),
            N_("Take a MicroPython firmware for this chip."),
        )
    if app_partition is None or app is None or app.chip_id != chip.image_id:
        raise _not_firmware(name)
    return FirmwareImage(
        chip=chip.name,
        bootloader_offset=chip.bootloader_offset,
        flash_offset=flash_offset,
        size=len(data),
        partitions=partitions,
        app_partition=app_partition,
        vfs=vfs,
        app=app.app or AppDescription("", ""),
        program=program,
        vfs_to_end=in_table is None,
    )


def _read_app(data: bytes, partition: Partition, flash_offset: int, name: str) -> EspImage:
    """The program, which must be whole and must fit its partition."""
    begin = partition.offset - flash_offset
    app = _sound(examine_image(data[begin:]), name, cut_off_if_missing=True)
    if app.length > partition.size:
        raise ImageError(
            N_("The program in {name} is larger than its partition {partition}.", name=name, partition=printable(partition.label)),
            N_("Take the firmware from where its maker offers it: a board with this one would not start."),
        )
    return app


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
    return N_("Take the full firmware file (.bin), not one for updates; with internet, `lovhe firmware fetch` gets it.")
