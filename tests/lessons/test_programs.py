"""Every program of the kit's lessons, run on a virtual board, gets the verdict its author wants."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LESSONS = Path(__file__).parents[2] / "lessons"
LESSON_IDS = {path.parent.name for path in LESSONS.glob("*/lesson.toml")}
COMMAND = [sys.executable, "-c", "import sys; from lovhe.apps.cli.main import main; sys.exit(main())"]

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")


def _judged(*words: str) -> list[dict]:
    """What became of the programs of some lessons, or of all: one process is as quick as the PC allows."""
    done = subprocess.run([*COMMAND, "lesson", "test", *words, "--json"], capture_output=True, text=True, timeout=600)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)["programs"]


def _wrongly_judged(lesson: Path) -> list[dict]:
    """The programs of a lesson's folder that did not get the verdict they should, with what they got."""
    return [trial for trial in _judged(str(lesson)) if not trial["right"]]


def _variants(tmp_path: Path, lesson_id: str, *changes: tuple[str, str]) -> Path:
    """The lesson with its solution's text changed in several ways, each of which is still right."""
    folder = tmp_path / lesson_id
    shutil.copytree(LESSONS / lesson_id, folder, ignore=shutil.ignore_patterns("wrong", "solution_*.py"))
    solution = (folder / "solution.py").read_text(encoding="utf-8")
    for index, (old, new) in enumerate(changes):
        assert old in solution
        (folder / f"solution_{index}.py").write_text(solution.replace(old, new), encoding="utf-8")
    return folder


def test_right_programs_pass_and_mistakes_are_caught():
    """In each step what a pupil begins with does not pass and what is right does; each mistake fails first at the check it names.

    One test for all lessons, as one process judges them soonest.
    """
    trials = _judged("--all")
    assert not [trial for trial in trials if not trial["right"]]
    assert {trial["lesson"] for trial in trials} == LESSON_IDS
    for lesson_id in LESSON_IDS:
        assert {trial["form"] for trial in trials if trial["lesson"] == lesson_id} >= {"begin", "solution", "wrong"}, lesson_id


def test_a_blink_by_feeling_passes(tmp_path):
    """12 % too slow or too fast, one half longer than the other, or begun late: all within what a person can set by feeling."""
    lesson = _variants(
        tmp_path,
        "6-01-blink",
        ("sleep(0.5)", "sleep(0.56)"),
        ("sleep(0.5)", "sleep(0.44)"),
        ("on()\n    time.sleep(0.5)", "on()\n    time.sleep(0.55)"),
        ("while True", "time.sleep(0.37)\nwhile True"),
    )
    assert not _wrongly_judged(lesson)


def test_a_button_looked_at_three_times_a_second_is_soon_enough(tmp_path):
    """Slow programs are right where the text does not ask for more; so are those that begin late or look all the time."""
    lesson = _variants(
        tmp_path,
        "6-02-button-light",
        ("sleep(0.05)", "sleep(0.3)"),
        ("    time.sleep(0.05)\n", ""),
        ("while True", "time.sleep(0.25)\nwhile True"),
        ("led.off()\n    time.sleep(0.05)", "led.off()\n    print(button.value())\n    time.sleep(0.2)"),
    )
    assert not _wrongly_judged(lesson)


def test_a_night_light_that_measures_three_times_a_second_is_soon_enough(tmp_path):
    """Thresholds near those of the text are right, too, for one reads them off one's own sensor."""
    lesson = _variants(
        tmp_path,
        "6-03-night-light",
        ("sleep(0.1)", "sleep(0.3)"),
        ("sleep(0.1)", "sleep(0.45)"),
        ("15000", "12000"),
        ("25000", "30000"),
    )
    assert not _wrongly_judged(lesson)
