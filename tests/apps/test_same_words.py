"""The words of checks mean the same in real time over the serial line, with the firmware's trace, as in virtual time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program
from lovhe.services.ports import BoardInfo

from tests.services import test_check_words as words
from tests.services import test_check_words_doing as doing
from tests.services.lesson_words import circuit_file, judged

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

CASES: list[tuple[Lesson, list[str]]] = [
    (words.CROSSING, [words.PLAIN, words.PLAIN.replace("    red.off()\n", "")]),
    (words.CARPET, [words.WEAVE, words.WEAVE.replace("7 - i", "4 + i")]),
    (words.DOORBELL, [words.BELL, words.BELL.replace("659, 784", "698, 784")]),
    (words.BARRIER, [words.DRIVER, words.DRIVER.replace("90 if", "45 if")]),
    (doing.DOOR, [doing.INPUT, doing.INPUT.replace('"wrong"', '"wrong:", code')]),
    (doing.WIND, [doing.BY_INTERRUPT, doing.BY_INTERRUPT.replace("    turns = 0\n    time", "    time")]),
]


@pytest.fixture
def boards(data_dir: Path, tmp_path: Path) -> Iterator[list[BoardInfo]]:
    """A flashed board in real time for each lesson, with its circuit, each a process with a port of its own."""
    (data_dir / "boards").mkdir(parents=True)
    started: list[BoardInfo] = []
    try:
        for number, (lesson, _) in enumerate(CASES):
            (data_dir / "boards" / f"words{number}.flash").write_bytes(wiring._factory_flash())
            started += wiring.start_virtual_boards(
                count=1,
                name=f"words{number}",
                lesson=None,
                circuit=circuit_file(lesson, tmp_path / f"{number}.toml"),
                chip="esp32",
                baud_limit=None,
                endpoint="rfc2217",
                tie_to_this_process=True,
            )
        yield started
    finally:
        wiring.stop_virtual_boards()


def _in_real_time(board: BoardInfo, lesson: Lesson, programs: list[str]) -> list[Report]:
    link = wiring.open_link(board)
    try:
        stage = wiring.open_stage(board, lesson, "en", pytest.fail)
        return [check_program(lesson, program, link, stage, runtime=wiring.runtime())[0] for program in programs]
    finally:
        link.close()


def _verdict(report: Report) -> object:
    return report.outcome, [(check.id, check.outcome, str(check.expected), str(check.hint)) for check in report.checks]


def test_right_and_wrong_programs_have_the_same_verdicts_in_both_times(boards: list[BoardInfo]) -> None:
    """An order of lights, a picture, a tune, an angle, typed lines, what swings and glides: one right and one wrong program each."""
    with ThreadPoolExecutor(len(CASES)) as pool:
        real = [pool.submit(_in_real_time, board, *case) for board, case in zip(boards, CASES, strict=True)]
        for (lesson, programs), run in zip(CASES, real, strict=True):
            virtual = [_verdict(report) for report, _ in judged(lesson, *programs)]
            assert [_verdict(report) for report in run.result()] == virtual
            assert [report.outcome for report in run.result()] == ["passed", "failed"]
