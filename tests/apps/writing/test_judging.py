"""Tests and mutation of lessons that are being written, on real virtual boards: what they tell, and how they are stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps import bench_folders, wiring
from lovhe.apps.writing.judging import MutateLessons, TestLessons
from lovhe.apps.writing.lesson_files import find_written, stamp_of
from lovhe.apps.writing.mends import Mend, mends_of
from lovhe.apps.writing.watch import lint_written
from lovhe.apps.writing.written import WrittenLesson

from tests.services.small_lesson import DARK, LIT

from .conftest import LIMIT_S, SMALL, Waits

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

Begun = Callable[[Any], Any]


@pytest.fixture
def small(lessons: Path) -> WrittenLesson:
    """The lesson that is judged in a second."""
    return _written(lessons, SMALL)


def _written(folder: Path, name: str) -> WrittenLesson:
    lesson = WrittenLesson(find_written(folder)[0][name])
    lint_written(lesson, stamp_of(lesson.place))
    return lesson


def _about(lesson: WrittenLesson, file: str) -> list[Mend]:
    return [mend for mend in mends_of(lesson) if mend.file == file and mend.sign != "unknown"]


def test_a_lesson_that_is_right_is_told_in_a_line(small: WrittenLesson, begun: Begun) -> None:
    """Four programs, each judged as it should be."""
    assert begun(TestLessons([small])).wait(LIMIT_S)
    assert (small.tests_cell[0], str(small.tests_cell[1])) == ("fine", "4 of 4")
    assert "All programs were judged as they should be: 4." in [mend.head for mend in mends_of(small)]
    assert small.busy is None


def test_a_mistake_that_another_check_catches_is_told_with_its_line(lessons: Path, begun: Begun) -> None:
    """The program is named, what was wanted of it, and what it came to."""
    (lessons / SMALL / "wrong" / "dark.py").write_text("# caught by: stays\n" + DARK, "utf-8")
    small = _written(lessons, SMALL)
    begun(TestLessons([small])).wait(LIMIT_S)
    assert (small.tests_cell[0], str(small.tests_cell[1])) == ("wrong", "3 of 4")
    [mend] = _about(small, "wrong/dark.py")
    assert (mend.sign, mend.line) == ("wrong", 1)
    assert mend.more[0] == "Wanted: stays. Came to: on, stays."


def test_a_solution_that_breaks_is_told_with_the_line_where_it_does(lessons: Path, begun: Begun) -> None:
    """The exception's line is where its writer wants to go."""
    (lessons / SMALL / "solution.py").write_text(LIT.replace("    pass", "    led.blink()"), "utf-8")
    small = _written(lessons, SMALL)
    begun(TestLessons([small])).wait(LIMIT_S)
    assert [mend.line for mend in _about(small, "solution.py") if mend.sign == "wrong"] == [5]


def test_a_weak_check_is_told_at_its_table(lessons: Path, begun: Begun) -> None:
    """Without the mistake that it alone sees."""
    (lessons / SMALL / "wrong" / "goes_out.py").unlink()
    small = _written(lessons, SMALL)
    begun(TestLessons([small])).wait(LIMIT_S)
    assert small.tests_cell[0] == "pity"
    [mend] = [mend for mend in _about(small, "lesson.toml") if "stays" in mend.head]
    lines = (lessons / SMALL / "lesson.toml").read_text("utf-8").split("\n")
    assert mend.line is not None
    assert 'id = "stays"' in "\n".join(lines[mend.line - 1 : mend.line + 1])


def test_an_outcome_is_old_once_a_program_has_changed_but_not_for_a_text(lessons: Path, small: WrittenLesson, begun: Begun) -> None:
    """A writer polishes sentences without running all tests again."""
    begun(TestLessons([small])).wait(LIMIT_S)
    text = lessons / SMALL / "en.md"
    text.write_text(text.read_text("utf-8") + "More.\n", "utf-8")
    lint_written(small, stamp_of(small.place))
    assert small.tests_cell[0] == "fine"
    (lessons / SMALL / "starter.py").write_text("# TODO\nx = 22\n", "utf-8")
    lint_written(small, stamp_of(small.place))
    assert small.tests_cell[0] == "old"
    assert any("changed since" in mend.head for mend in mends_of(small))


def test_a_lesson_that_cannot_be_read_is_told_and_the_next_one_is_tested(lessons: Path, small: WrittenLesson, begun: Begun) -> None:
    """Of several lessons, a broken one is no reason to stop."""
    broken = _written(lessons, "6-01-blink")
    (lessons / "6-01-blink" / "lesson.toml").write_bytes(b"grade =\n")
    begun(TestLessons([broken, small])).wait(LIMIT_S)
    assert str(broken.tests_cell[1]) == "could not run"
    assert any(mend.head.startswith("Tests: ") and mend.more for mend in mends_of(broken))
    assert str(small.tests_cell[1]) == "4 of 4"


def test_what_the_checks_let_through_is_told_with_its_line(lessons: Path, begun: Begun) -> None:
    """A line that no check sees can be left out."""
    solution = lessons / SMALL / "solution.py"
    solution.write_text(LIT.replace("    pass", "    led.value()"), "utf-8")
    small = _written(lessons, SMALL)
    begun(MutateLessons([small])).wait(LIMIT_S)
    assert small.mutation_cell[0] == "pity"
    assert "% caught" in str(small.mutation_cell[1])
    assert (5, "solution.py:5  led.value()  →  (left out)") in [(mend.line, mend.head) for mend in _about(small, "solution.py")]


def test_mutation_is_stopped_and_leaves_neither_boards_nor_half_an_outcome(
    lessons: Path, wait_for: Waits, begun: Begun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some thirty changes, stopped after the first few."""
    places = tmp_path / "temporary"
    places.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(places))
    lesson = _written(lessons, "6-01-blink")
    job = begun(MutateLessons([lesson]))
    wait_for(lambda: lesson.busy is not None and lesson.busy[1] > 0, "the first verdict")
    assert lesson.mutation_cell[0] == "busy"
    job.stop()
    assert job.wait(LIMIT_S)
    assert job.problem is None
    assert str(lesson.mutation_cell[1]) == "not run"
    assert not list(places.iterdir())
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("virtual-board")]
    assert not wiring.stop_virtual_boards()


_IN_MID_TEST = """
import sys, time
from pathlib import Path
from lovhe.apps.writing.judging import TestLessons
from lovhe.apps.writing.lesson_files import find_written
from lovhe.apps.writing.written import WrittenLesson

lesson = WrittenLesson(find_written(Path(sys.argv[1]))[0]["6-01-blink"])
job = TestLessons([lesson] * 20)
job.begin()
while not (lesson.busy and lesson.busy[1]):
    time.sleep(0.01)
print("judging", flush=True)
time.sleep(1000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_kill_in_mid_test_leaves_no_process_and_the_next_test_tidies_up(
    lessons: Path, wait_for: Waits, begun: Begun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interpreters of its boards end with it, whatever ends it; what it had on the disk goes with the next one."""
    places = tmp_path / "temporary"
    places.mkdir()
    monkeypatch.setenv("TMPDIR", str(places))
    process = subprocess.Popen([sys.executable, "-c", _IN_MID_TEST, str(lessons)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    parent = f"parent={process.pid}".encode()
    try:
        assert process.stdout.readline() == b"judging\n"
        wait_for(lambda: _processes_with(parent), "an interpreter")
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    wait_for(lambda: not _processes_with(parent), "the end of its interpreters")
    assert list(places.iterdir())
    monkeypatch.setattr("tempfile.tempdir", str(places))
    bench_folders._tidy_up.cache_clear()
    others = places / "lovhe-bench-of-somebody"
    others.mkdir()
    assert begun(TestLessons([_written(lessons, SMALL)])).wait(LIMIT_S)
    assert list(places.iterdir()) == [others]


def _processes_with(word: bytes) -> list[str]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word in line.read_bytes().split(b"\0"):
                found.append(line.parent.name)
        except OSError:
            continue
    return found
