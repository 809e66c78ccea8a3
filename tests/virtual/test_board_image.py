"""The kit's own image, and what the chip makes of what lies in its flash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe import __version__
from lovhe.core.firmware.esp_image import VIRTUAL_PROJECT
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.chip.bootrom import Boot, BootFailure, boot, boot_messages, download_messages
from lovhe.virtual.chip.flash_file import FlashFile


@pytest.fixture
def flash(tmp_path: Path) -> Iterator[FlashFile]:
    """A chip with the kit's image on it."""
    chip = FlashFile(tmp_path / "flash.bin")
    chip.program(0x1000, build_board_image())
    yield chip
    chip.close()


@pytest.mark.parametrize(("part", "offset"), [("bootloader", 0), ("app", 0xF000)])
def test_esptool_accepts_the_image(part: str, offset: int, tmp_path: Path) -> None:
    """Esptool finds checksum and hash of both parts valid."""
    file = tmp_path / f"{part}.bin"
    file.write_bytes(build_board_image()[offset:])
    done = subprocess.run(
        [sys.executable, "-m", "esptool", "image-info", str(file)], capture_output=True, text=True, timeout=60, check=True
    )
    told = done.stdout
    assert told.count("(valid)") == 2
    assert "Detected image type: ESP32" in told
    assert part == "bootloader" or (f"Project name: {VIRTUAL_PROJECT}" in told and f"App version: {__version__}" in told)


def test_the_image_is_small_and_always_the_same() -> None:
    """Two builds give the same bytes, so an unchanged board is recognised as such."""
    assert build_board_image() == build_board_image()
    assert len(build_board_image()) < 100_000


def test_what_was_written_boots(flash: FlashFile) -> None:
    """A flash with the image starts, with the file system's place from its own table."""
    result = boot(flash)
    assert isinstance(result, Boot)
    assert (result.vfs.offset, result.vfs.size, result.app.project) == (0x200000, 0x200000, VIRTUAL_PROJECT)
    assert b"rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n" in boot_messages(result)
    assert b"entry 0x40080400\r\n" in boot_messages(result)


def test_an_empty_flash_says_invalid_header(tmp_path: Path) -> None:
    """The ROM of a new or erased board complains in its own words."""
    chip = FlashFile(tmp_path / "empty.bin")
    result = boot(chip)
    chip.close()
    assert isinstance(result, BootFailure)
    assert (result.stage, b"invalid header: 0xffffffff\r\n" in result.text) == ("rom", True)


@pytest.mark.parametrize(
    ("offset", "stage", "complaint"),
    [
        (0x1000, "rom", b"invalid header"),
        (0x1040, "rom", b"csum err"),
        (0x8005, "bootloader", b"load partition table error"),
        (0x10000, "bootloader", b"not bootable"),
        (0x10080, "bootloader", b"not bootable"),
    ],
)
def test_a_damaged_flash_does_not_boot(flash: FlashFile, offset: int, stage: str, complaint: bytes) -> None:
    """One byte lost in bootloader, table or app is noticed at the place where a chip notices it."""
    flash.program(offset, b"\0")
    result = boot(flash)
    assert isinstance(result, BootFailure)
    assert result.stage == stage
    assert complaint in result.text


def test_an_image_for_another_chip_does_not_boot(flash: FlashFile) -> None:
    """An ESP32's image in another chip's flash lies at the wrong offset, and at the right one it is still another chip's."""
    assert isinstance(boot(flash, chip="esp32s3"), BootFailure)
    flash.erase(0, 0x40000)
    flash.program(0, build_board_image("esp32c3"))
    assert isinstance(boot(flash, chip="esp32s3"), BootFailure)
    assert isinstance(boot(flash, chip="esp32c3"), Boot)


def test_the_reset_line_names_the_cause(flash: FlashFile) -> None:
    """A brown-out and a reset by the program are told apart, and esptool can read the loader's boot mode."""
    result = boot(flash, "brownout")
    assert isinstance(result, Boot)
    assert b"Brownout detector was triggered" in boot_messages(result, "brownout")
    assert b"SW_CPU_RESET" in boot_messages(result, "software")
    assert b"boot:0x3" in download_messages()
    assert b"waiting for download" in download_messages()
