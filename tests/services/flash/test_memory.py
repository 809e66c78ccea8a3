"""A class is flashed with one image in memory, not with one a board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.adapters.firmware_library import read_firmware
from lovhe.adapters.littlefs_image import files_regions
from lovhe.services.flash.class_flash import ClassFlash, FlashWishes
from lovhe.services.ports import BoardInfo, Firmware, Region
from lovhe.virtual.chip.board_image import build_board_image

from tests.services.conftest import Journal
from tests.virtual.conftest import BareBoard

Boards = Callable[..., BareBoard]


class Watched(bytes):
    """Bytes that remember how long the copies were that were cut out of them."""

    copies: list[int]

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        if isinstance(part, bytes):
            self.copies.append(len(part))
        return part


def _watched(data: bytes) -> Watched:
    watched = Watched(data)
    watched.copies = []
    return watched


def _files_of(board: BoardInfo, mac: str, firmware: Firmware) -> Sequence[Region]:
    return files_regions({"/board.json": board.name.encode()}, firmware.files_offset, firmware.files_size)


def test_a_board_costs_no_copy_of_the_image(bare_board: Boards, journal: Journal) -> None:
    """While boards are flashed nothing longer than a few hundred bytes is cut out of the image: no board has one of its own."""
    plain = read_firmware(build_board_image(), "lovhe-virtual")
    image = _watched(plain.data)
    regions = [Region(region.offset, _watched(region.data), region.only_with_others) for region in plain.regions]
    firmware = msgspec.structs.replace(plain, data=image, regions=regions)
    flash = ClassFlash(EsptoolLoader(), journal, lambda board, chip, wanted: firmware, _files_of, list, FlashWishes())
    blank, flashed_before = bare_board(endpoint="pty"), bare_board(endpoint="pty")
    flashed_before.write_firmware()
    boards = [BoardInfo("desk", board.serial_port, "", True, "ready") for board in (blank, flashed_before)]
    assert [result.outcome for result in flash.flash(boards)] == ["done", "done"]
    assert image.copies, "what a board was is found out by comparing some bytes"
    copies = [*image.copies, *(size for region in regions for size in region.data.copies)]  # type: ignore[attr-defined]
    assert max(copies) < 1024
