"""Every lesson of the kit is whole: files, circuit, checks and programs that fit together."""

import ast
import contextlib
import io
import re
import tokenize
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.core.lessons.lesson import Check, Lesson, LessonFile
from lovhe.core.lessons.steps import LessonStep, StepKind

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


KIT = KitFiles(ROOT)


@cache
def _lesson(folder: Path) -> Lesson:
    """A lesson as the kit reads it; the reader's cross-checks have passed then."""
    return KIT.lesson(folder.name)


def test_there_are_six_lessons_a_grade():
    """A moved folder must not make the other tests pass on nothing."""
    assert Counter(folder.name[0] for folder in FOLDERS) == dict.fromkeys("6789", 6)
    assert [folder.name[:4] for folder in FOLDERS] == [f"{grade}-{order:02}" for grade in range(6, 10) for order in range(1, 7)]


def test_the_kit_reads_its_own_lessons():
    """All cross-checks of the reader hold: texts, circuit, amounts, hints, steps."""
    assert [lesson.id for lesson in KIT.lessons()] == [folder.name for folder in FOLDERS]


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


@each_lesson
def test_the_skills_are_those_of_the_curriculum(folder):
    """A strand of the Digital Skills programme, competences of DigComp 2.2, and two subjects at least that are joined."""
    skills = _lesson_file(folder).skills
    assert skills.strands
    assert skills.digcomp
    assert all(re.fullmatch(r"1\.[1-3]|2\.[1-6]|[345]\.[1-4]", number) for number in skills.digcomp)
    assert len(set(skills.steam)) >= 2


@each_lesson
def test_there_are_several_solutions_and_enough_mistakes(folder):
    """At least three ways that are right and six that are wrong."""
    assert len(list(folder.glob("solution*.py"))) >= 3
    assert len(list(folder.glob("wrong/*.py"))) >= 6


@each_lesson
def test_a_lesson_has_a_few_checks_and_is_over_soon(folder):
    """Three to six checks for the goal, a seventh for 8-01's many answers; those of each step take at most 15 s of the board's time."""
    lesson = _lesson(folder)
    assert 3 <= len(_judging(lesson, lesson.goal)) <= (7 if folder.name == "8-01-classroom-air" else 6)
    for step in lesson.file.step:
        assert sum(parse_duration_ms(one.delay) for check in _judging(lesson, step) for one in check.step) <= 15_000, step.id


def _judging(lesson: Lesson, step: LessonStep) -> list[Check]:
    """The checks that judge a step."""
    return lesson.judged_by(step).file.check if step.checks else []


@each_lesson
def test_a_lesson_is_wired_predicted_and_made(folder):
    """It is a row of steps: a circuit to build, and a program of the pupil's own at its end."""
    kinds = [step.kind for step in _lesson_file(folder).step]
    assert len(kinds) >= 4
    assert "wire" in kinds
    assert _lesson(folder).goal.kind == "make"


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder.name[0] in "67"], ids=_name_of)
def test_who_has_never_written_a_program_reads_and_mends_one_first(folder):
    """In grades 6 and 7 a program is predicted, put in order, filled or changed before one is made."""
    kinds = [step.kind for step in _lesson_file(folder).step]
    before = set(kinds[: kinds.index("make")])
    assert len(before & {"predict", "order", "fill", "change"}) >= 2


def test_every_kind_of_step_is_used():
    """In more lessons than one."""
    used = Counter(kind for folder in FOLDERS for kind in {step.kind for step in _lesson_file(folder).step})
    assert not [kind for kind in get_args(StepKind) if used[kind] < 2]


@each_lesson
def test_settle_times_leave_something_to_judge(folder):
    """Each step is at least 250 ms longer than its settle time; one that is judged from its begin may be as short as a press."""
    for check in _lesson_file(folder).check:
        for step in check.step:
            assert parse_duration_ms(step.delay) - step.settle_ms >= (250 if step.settle_ms else 100), check.id


@each_lesson
def test_the_circuit_is_made_of_known_parts_and_pins(folder):
    """Each wire joins a pin that the part has with one that the board has."""
    lesson = _lesson_file(folder)
    board = msgspec.toml.decode((HARDWARE / "boards" / f"{lesson.circuit.board}.toml").read_bytes(), type=Board)
    for placed in lesson.circuit.part:
        part = msgspec.toml.decode((HARDWARE / "parts" / f"{placed.part}.toml").read_bytes(), type=Part)
        assert set(placed.wires) <= {pin.name for pin in part.pin}
        assert set(placed.wires.values()) <= {pin.name for pin in board.pin}


@each_lesson
def test_nothing_is_wrong_or_doubtful_with_the_circuit(folder):
    """What a class is told to build harms nothing and works each time.

    A strip of NeoPixels is the exception: at 5 V with the signal of a 3.3 V board it is beyond its data sheet, and works.
    """
    circuit = _lesson_file(folder).circuit
    findings = circuit_findings(KIT.boards()[circuit.board], KIT.parts(), circuit)
    assert not [str(finding.what) for finding in findings if finding.severity != "note" and finding.rule != "level-low"]


@each_lesson
def test_wrong_programs_name_a_check_of_the_goal(folder):
    """The first line of a wrong program says which check catches it, and all the goal's checks catch something."""
    lesson = _lesson(folder)
    caught = {program.caught_by for program in lesson.wrong}
    assert caught - {"syntax"} == {check.id for check in _judging(lesson, lesson.goal)}


@pytest.mark.parametrize("path", [path for path in PROGRAMS if "wrong" not in path.parts], ids=_name_of)
def test_programs_compile(path):
    """Those of steps, too, with their gaps."""
    ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PROGRAMS, ids=_name_of)
def test_programs_need_no_language(path):
    """Code that pupils see is plain ASCII; what a comment would say stands in the text."""
    text = path.read_text(encoding="utf-8")
    assert text.isascii()
    assert text.endswith("\n")
    comments = [token.string for token in _tokens(text) if token.type == tokenize.COMMENT]
    assert all(comment == "# TODO" or comment.startswith("# caught by: ") for comment in comments)


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    """The program's words as far as Python can read them: a wrong one may end in the middle of a line."""
    found = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        found.extend(tokenize.generate_tokens(io.StringIO(text).readline))
    return found


@pytest.mark.parametrize("path", [path for path in PROGRAMS if path.stem == "starter" or path.parent.name == "steps"], ids=_name_of)
def test_programs_that_are_shown_fit_the_screen(path):
    """With line numbers and a frame, on 80 columns."""
    assert max(map(len, path.read_text(encoding="utf-8").split("\n"))) <= 72


@each_lesson
def test_the_starter_has_a_place_for_the_pupils_own_lines(folder):
    """It is marked as in every lesson."""
    assert "# TODO" in (folder / "starter.py").read_text(encoding="utf-8")


@each_lesson
def test_solutions_are_not_the_same_program_twice(folder):
    """Answers to the goal, right and wrong, differ in what they do, not in their spacing."""
    found: dict[str, Path] = {}
    for path in [*folder.glob("*.py"), *folder.glob("wrong/*.py")]:
        with contextlib.suppress(SyntaxError):
            tree = ast.dump(ast.parse(path.read_text(encoding="utf-8")))
            assert tree not in found, (path.name, found.get(tree))
            found[tree] = path


def test_settings_of_the_night_light_are_clear_of_its_thresholds():
    """The light sensor's model puts each setting at least 2000 from both thresholds, on an ideal converter and on a real chip's.

    The real one at 11 dB: (mV - 142) / 0.8057 of 4096 steps. Source: ESP-IDF v4.4, `esp_adc_cal`, typical coefficients.
    """
    part = msgspec.toml.decode((HARDWARE / "parts" / "light-sensor.toml").read_bytes(), type=Part)
    points = part.quantity[0].analog_mv
    lesson = _lesson_file(LESSONS / "6-03-night-light")
    for value in {float(step.set["light"].rstrip(" %")) for check in lesson.check for step in check.step if "light" in step.set}:
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
