"""How much of a board's flash its files get: as MicroPython itself divides it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.firmware_library import read_firmware
from lovhe.core.firmware.partitions import DATA, FAT, Partition, build_partition_table
from lovhe.services.flash.flashing import fitted
from lovhe.virtual.chip.board_image import PARTITIONS, build_board_image
from lovhe.virtual.chip.bootrom import Boot, boot
from lovhe.virtual.chip.flash_file import FlashFile

MB = 1 << 20


def image_with_files() -> bytes:
    """A release whose table has a row for files, as MicroPython's had before 1.25."""
    image = bytearray(build_board_image("esp32s3"))
    image[0x8000:0x8C00] = build_partition_table([*PARTITIONS, Partition("vfs", DATA, FAT, 2 * MB, 2 * MB)])
    return bytes(image)


@pytest.mark.parametrize(("flash_size", "files_size"), [(8 * MB, 6 * MB), (4 * MB, 2 * MB), (0, 2 * MB), (1 * MB, 2 * MB)])
def test_files_take_what_the_boards_flash_has_left(flash_size: int, files_size: int) -> None:
    """A size that is unknown, or too small to hold the program, leaves what the file's own header says."""
    firmware = read_firmware(build_board_image("esp32s3"), "S3.bin")
    assert (firmware.files_to_end, firmware.files_offset) == (True, 2 * MB)
    assert fitted(firmware, flash_size).files_size == files_size


def test_a_table_with_a_place_for_files_is_obeyed() -> None:
    """Where the firmware says how large that place is, a larger flash changes nothing."""
    firmware = read_firmware(image_with_files(), "S3.bin")
    assert fitted(firmware, 8 * MB) == firmware
    assert fitted(msgspec.structs.replace(firmware, files_to_end=True), 8 * MB).files_size == 6 * MB


@pytest.mark.parametrize(("chip", "offset"), [("esp32", 0x1000), ("esp32s3", 0), ("esp32c3", 0)])
def test_a_virtual_board_finds_the_same_place(tmp_path: Path, chip: str, offset: int) -> None:
    """What starts from such an image keeps its files behind the program, to the end of its flash."""
    flash = FlashFile(tmp_path / "flash.bin", 8 * MB)
    flash.program(offset, build_board_image(chip))
    started = boot(flash, chip=chip)
    flash.close()
    assert isinstance(started, Boot)
    assert (started.vfs.offset, started.vfs.size) == (2 * MB, 6 * MB)
