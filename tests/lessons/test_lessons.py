"""Every lesson of the kit is whole: files, circuit, checks and programs that fit together."""

import ast
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.hardware import Board, Part
from lovhe.core.lesson import LessonFile

ROOT = Path(__file__).parents[2]
LESSONS = ROOT / "lessons"
HARDWARE = ROOT / "hardware"
LANGUAGES = ("az", "ru", "en")
FOLDERS = sorted(path.parent for path in LESSONS.glob("*/lesson.toml"))
PROGRAMS = sorted(LESSONS.glob("**/*.py"))


def _lesson_file(folder: Path) -> LessonFile:
    return msgspec.toml.decode((folder / "lesson.toml").read_bytes(), type=LessonFile)


def _name_of(path: Path) -> str:
    return str(path.relative_to(LESSONS))


each_lesson = pytest.mark.parametrize("folder", FOLDERS, ids=_name_of)


def test_there_are_the_three_first_lessons():
    """A moved folder must not make the other tests pass on nothing."""
    assert {"6-01-blink", "6-02-button-light", "6-03-night-light"} <= {folder.name for folder in FOLDERS}


def test_the_kit_reads_its_own_lessons():
    """All cross-checks of the reader hold: texts, circuit, amounts, hints."""
    lessons = KitFiles(ROOT).lessons()
    assert [lesson.id for lesson in lessons] == [folder.name for folder in FOLDERS]
    for lesson in lessons:
        assert set(lesson.texts) == set(lesson.teacher) == set(LANGUAGES)


@each_lesson
def test_a_lesson_has_all_its_files(folder):
    """Texts for pupils and teachers in each language, a starter, a solution."""
    wanted = (
        ["starter.py", "solution.py"] + [f"{language}.md" for language in LANGUAGES] + [f"teacher.{language}.md" for language in LANGUAGES]
    )
    missing = [name for name in wanted if not (folder / name).is_file() or not (folder / name).read_text(encoding="utf-8").strip()]
    assert not missing


@each_lesson
def test_the_folder_says_grade_and_order(folder):
    """The id `6-02-…` is the second lesson of grade 6."""
    grade, order, _ = folder.name.split("-", 2)
    lesson = _lesson_file(folder)
    assert (lesson.grade, lesson.order) == (int(grade), int(order))
    assert lesson.minutes == 45
    assert lesson.skills


@each_lesson
def test_there_are_several_solutions_and_enough_mistakes(folder):
    """At least three ways that are right and six that are wrong."""
    assert len(list(folder.glob("solution*.py"))) >= 3
    assert len(list(folder.glob("wrong/*.py"))) >= 6


@each_lesson
def test_a_lesson_has_a_few_checks_and_is_over_soon(folder):
    """Three to five checks, all of them in at most 15 s of the board's time."""
    checks = _lesson_file(folder).check
    assert 3 <= len(checks) <= 5
    assert sum(_milliseconds(step.delay) for check in checks for step in check.step) <= 15_000


@each_lesson
def test_settle_times_leave_something_to_judge(folder):
    """Each step is at least 250 ms longer than its settle time."""
    for check in _lesson_file(folder).check:
        for step in check.step:
            assert _milliseconds(step.delay) - _milliseconds(step.settle) >= 250, check.id


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+) (ms|s)", text).groups()
    return float(number) * {"ms": 1, "s": 1000}[unit]


@each_lesson
def test_checks_speak_of_parts_of_the_circuit(folder):
    """What a check sets or expects is wired; `needs` names an earlier check."""
    lesson = _lesson_file(folder)
    parts = {part.id for part in lesson.circuit.part}
    seen: set[str] = set()
    for check in lesson.check:
        assert set(check.needs) <= seen, check.id
        assert check.id not in seen
        seen.add(check.id)
        for step in check.step:
            named = {expect.part for expect in [*step.expect_pin, *step.expect_use]} | {name.split(".")[0] for name in step.set}
            assert named <= parts, check.id


@each_lesson
def test_the_circuit_is_made_of_known_parts_and_pins(folder):
    """Each wire joins a pin that the part has with one that the board has."""
    lesson = _lesson_file(folder)
    board = msgspec.toml.decode((HARDWARE / "boards" / f"{lesson.circuit.board}.toml").read_bytes(), type=Board)
    for placed in lesson.circuit.part:
        part = msgspec.toml.decode((HARDWARE / "parts" / f"{placed.part}.toml").read_bytes(), type=Part)
        assert set(placed.wires) == {pin.name for pin in part.pin}
        assert set(placed.wires.values()) <= {pin.name for pin in board.pin}


@each_lesson
def test_wrong_programs_name_a_check_of_the_lesson(folder):
    """The first line of a wrong program says which check catches it, and all checks catch something."""
    caught = set()
    for path in folder.glob("wrong/*.py"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        found = re.fullmatch(r"# caught by: ([\w-]+)", first)
        assert found, path.name
        caught.add(found[1])
    assert caught == {check.id for check in _lesson_file(folder).check}


@pytest.mark.parametrize("path", PROGRAMS, ids=_name_of)
def test_programs_compile(path):
    """Wrong ones, too: a slip that no program survives needs no lesson's check."""
    ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PROGRAMS, ids=_name_of)
def test_programs_need_no_language(path):
    """Code that pupils see is plain ASCII; what a comment would say stands in the text."""
    text = path.read_text(encoding="utf-8")
    assert text.isascii()
    assert text.endswith("\n")
    comments = re.findall(r"#.*", text)
    assert all(comment == "# TODO" or comment.startswith("# caught by: ") for comment in comments)


@each_lesson
def test_solutions_are_not_the_same_program_twice(folder):
    """Different solutions differ in what they do, not in their spacing."""
    trees = [ast.dump(ast.parse(path.read_text(encoding="utf-8"))) for path in folder.glob("**/*.py")]
    assert len(set(trees)) == len(trees)


def test_settings_of_the_night_light_are_clear_of_its_thresholds():
    """The light sensor's model puts each setting at least 2000 from both thresholds, on an ideal converter and on a real chip's.

    The real one at 11 dB: (mV - 142) / 0.8057 of 4096 steps. Source: ESP-IDF v4.4, `esp_adc_cal`, typical coefficients.
    """
    part = msgspec.toml.decode((HARDWARE / "parts" / "light-sensor.toml").read_bytes(), type=Part)
    points = part.quantity[0].analog_mv
    lesson = _lesson_file(LESSONS / "6-03-night-light")
    for value in {float(step.set["light"].rstrip(" %")) for check in lesson.check for step in check.step}:
        (low, low_mv), (high, high_mv) = next(pair for pair in pairwise(points) if pair[0][0] <= value <= pair[1][0])
        mv = low_mv + (value - low) * (high_mv - low_mv) / (high - low)
        for raw in (mv / 3300 * 65535, (mv - 142) / 0.8057 * 16):
            assert min(abs(raw - 15000), abs(raw - 25000)) >= 2000, (value, raw)
            assert [raw < 15000, raw > 25000] == [value < 30, value > 50]


def test_the_pack_is_named_and_licensed():
    """pack.toml says what the folder is; the licence lies beside it."""
    pack = tomllib.loads((LESSONS / "pack.toml").read_text(encoding="utf-8"))
    assert pack["id"] == "lovhe-core"
    assert pack["languages"] == list(LANGUAGES)
    assert pack["licence"] == "CC-BY-SA-4.0"
    licence = (LESSONS / "LICENSE").read_text(encoding="utf-8")
    assert "Attribution-ShareAlike 4.0 International" in licence
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in licence


def test_the_repository_carries_the_whole_gpl():
    """The licence of all but firmware/ and lessons/ is there in full."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "Version 3, 29 June 2007" in text
    assert "END OF TERMS AND CONDITIONS" in text
