"""The main way on every chip: flash, run under trace, check; and what a lesson says to a board it does not fit."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lovhe.apps import wiring
from lovhe.core.boards.choice import move_circuit
from lovhe.core.checks.judging import watched_gpios
from lovhe.core.errors import HardwareError
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program
from lovhe.services.ports import BoardInfo

BOARDS = ["esp32-devkitc", "esp32-s3-devkitc-1", "esp32-c3-devkitm-1", "esp32-c3-supermini"]
LESSONS = Path(__file__).parents[2] / "lessons"


def on_board(lesson: Lesson, board_id: str) -> Lesson:
    """The lesson with its circuit built on another board."""
    kit = wiring.kit()
    circuit = move_circuit(lesson.file.circuit, kit.boards()[board_id], kit.parts())
    return msgspec.structs.replace(lesson, file=msgspec.structs.replace(lesson.file, circuit=circuit))


@pytest.mark.parametrize("board_id", BOARDS)
@pytest.mark.parametrize("lesson_id", ["6-01-blink", "6-02-button-light"])
def test_a_lesson_that_fits_a_board_is_judged_there_as_on_its_own(lesson_id: str, board_id: str) -> None:
    """The solution passes and a program that does nothing fails, with the pins read from that chip's registers."""
    lesson = on_board(wiring.kit().lesson(lesson_id), board_id)
    lesson = lesson.judged_by(lesson.goal)
    outcomes = []
    with wiring.virtual_bench(lesson) as (link, stage):
        for source in ((LESSONS / lesson_id / "solution.py").read_text("utf8"), "print(1)\n"):
            report, _ = check_program(lesson, source, link, stage, name="main.py", watch=watched_gpios(lesson), runtime=wiring.runtime())
            outcomes.append(str(report.outcome))
    assert outcomes == ["passed", "failed"]


def test_a_lesson_refuses_a_board_on_which_its_circuit_cannot_be_built() -> None:
    """6-03 measures at IO34, which a C3 does not have; a board whose chip is unknown is not refused."""
    lesson = wiring.kit().lesson("6-03-night-light")
    with pytest.raises(HardwareError, match="does not fit the board “esp32-c3-devkitm-1”"):
        wiring.refuse_unfit_board(BoardInfo(name="c3", serial_port="x", chip="esp32c3", virtual=True, state="ready"), lesson)
    for chip in ("", "esp32"):
        wiring.refuse_unfit_board(BoardInfo(name="desk", serial_port="x", chip=chip, virtual=False, state="ready"), lesson)


@pytest.mark.parametrize("chip", ["esp32", "esp32s3", "esp32c3"])
def test_the_image_for_virtual_boards_is_the_chips_own(chip: str) -> None:
    """A board's firmware is looked up by the chip that its loader names, and begins where that chip looks for it."""
    board = BoardInfo(name="x", serial_port="x", chip=chip, virtual=True, state="empty")
    firmware = wiring._firmware_library().firmware_for(board, chip)
    assert (firmware.chip, firmware.virtual, firmware.offset) == (chip, True, 0x1000 if chip == "esp32" else 0)
