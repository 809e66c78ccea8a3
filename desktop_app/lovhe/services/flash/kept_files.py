"""What `--keep-files` cannot promise is refused before a byte is written: files that may be half, and files that nobody would find."""

from __future__ import annotations

from collections.abc import Callable

from lovhe.core.errors import ImageError
from lovhe.core.firmware.image_format import APP_HEAD_BYTES, is_blank, read_app_description
from lovhe.core.firmware.partitions import TABLE_BYTES, TABLE_OFFSET, Partition, find_app, find_vfs, implied_vfs, parse_partition_table
from lovhe.core.firmware.program_inside import MICROPYTHON, VIRTUAL_PROJECT
from lovhe.core.messages import N_
from lovhe.services.ports import BoardRecord, Firmware

_BEGIN_BYTES = 0x2000
"""A file system is not empty where its first two blocks are not."""


def refuse_half_written_files(record: BoardRecord | None, serial_port: str) -> None:
    """Raise `ImageError` where a flash of this board was cut off that was to write its files too."""
    if record is not None and record.flash_state == "unfinished" and not (record.order and record.order.keep_files):
        raise ImageError(
            N_(
                "The last flash of the board at {serial_port} was to write its files anew and was cut off: "
                "there may be no whole files on it to keep.",
                serial_port=serial_port,
            ),
            N_("Finish it with `lovhe flash --resume`, which writes the files anew. Nothing was written to it now."),
        )


def refuse_unreachable_files(read: Callable[[int, int], bytes], flash_size: int, firmware: Firmware, serial_port: str) -> None:
    """Raise `ImageError` where the board has files that `firmware` would look for elsewhere. `read(offset, size)` reads its flash."""
    there = _place_for_files(read, flash_size)
    if there is None or (there.offset, there.size) == (firmware.files_offset, firmware.files_size):
        return
    if is_blank(read(there.offset, _BEGIN_BYTES)):
        return
    raise ImageError(
        N_(
            "The files on the board at {serial_port} are not where {firmware} looks for files, so they cannot be kept.",
            serial_port=serial_port,
            firmware=firmware.name,
        ),
        N_("Copy what you want to keep off the board, then flash it without --keep-files. Nothing was written to it."),
    )


def _place_for_files(read: Callable[[int, int], bytes], flash_size: int) -> Partition | None:
    """Where the firmware on the board keeps its files; None where there is none, or it keeps none."""
    try:
        partitions = parse_partition_table(read(TABLE_OFFSET, TABLE_BYTES))
    except ImageError:
        return None
    if (in_table := find_vfs(partitions)) is not None:
        return in_table
    app = find_app(partitions)
    if app is None:
        return None
    said = read_app_description(read(app.offset, APP_HEAD_BYTES))
    keeps_files = said is not None and said.project in ("", MICROPYTHON, VIRTUAL_PROJECT)
    return implied_vfs(partitions, flash_size) if keeps_files else None
