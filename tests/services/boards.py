"""Virtual boards with MicroPython, freshly flashed, on a thread of the test's process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lovhe.adapters.littlefs_image import files_regions, read_image
from lovhe.apps import wiring
from lovhe.core.lessons.lesson import Lesson
from lovhe.virtual.board import BoardPlan
from lovhe.virtual.line.faults import Faults
from lovhe.virtual.local_board import LocalBoard


@contextmanager
def powered_board(
    folder: Path, lesson: Lesson, *, virtual_time: bool = False, main: bytes | None = None, faults: Faults | None = None
) -> Iterator[LocalBoard]:
    """A board with the lesson's circuit as `lovhe flash` leaves it, `main` in place of its first program."""
    flash = folder / "flash.bin"
    if not flash.exists():
        image = bytearray(wiring._factory_flash())
        if main is not None:
            files_at = 0x200000
            files = {**read_image(bytes(image[files_at:])), "/main.py": main}
            for region in files_regions(files, files_at, len(image) - files_at):
                image[region.offset : region.offset + len(region.data)] = region.data
        flash.write_bytes(image)
    board = wiring.kit().boards()[lesson.file.circuit.board]
    plan = BoardPlan(
        flash=flash,
        mac=bytes.fromhex("240ac4000001"),
        board=board,
        parts=wiring.kit().parts(),
        circuit=lesson.file.circuit,
        virtual_time=virtual_time,
        faults=faults or Faults(),
        baud_limit_bd=0,
    )
    with LocalBoard(plan, "desk") as running:
        yield running
