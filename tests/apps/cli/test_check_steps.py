"""Every kind of step can be checked from the command line, and what was handed in is a result like any other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.apps import wiring

from tests.step_lesson import BLINK, FAST, MEASURE, put_step_lesson, right_order

from .terminal import Terminal

LESSON = "6-99-steps"
Command = Callable[..., tuple[str, str]]


@pytest.fixture
def folder(data_dir: Path) -> Iterator[Path]:
    """A lesson with a step of every kind, among the user's own lessons."""
    folder = data_dir / "lessons" / LESSON
    put_step_lesson(folder)
    wiring.kit.cache_clear()
    yield folder
    wiring.kit.cache_clear()


@pytest.fixture
def order(folder: Path) -> str:
    """The right answer to its order step."""
    lesson = KitFiles().lesson(str(folder))
    step = lesson.step("sort")
    assert step is not None
    return " ".join(map(str, right_order(lesson, step)))


def program(folder: Path, source: str) -> str:
    """A pupil's file with this program."""
    file = folder.parents[1] / "pupil.py"
    file.write_text(source)
    return str(file)


def test_a_prediction_needs_no_board(command: Command, folder: Path) -> None:
    """Right or wrong is told at once, with what the lesson says after it."""
    out, _ = command("check", LESSON, "--step", "guess", "--answer", "always")
    assert "✓ passed  What will the LED do?" in out
    assert "The loop begins again each time." in out
    out, _ = command("check", LESSON, "--step", "guess", "--answer", "a", code=1)
    assert "Right is: Again and again." in out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--step", "gues", "--answer", "a"], "no step “gues”"),
        (["--step", "guess"], "asks a question, and no answer"),
        (["--step", "guess", "--answer", "e"], "none of the answers"),
        (["--step", "guess", "{file}"], "answered with one of its choices"),
        (["--step", "start"], "something to read, and nothing to check"),
        (["--step", "build", "--answer", "1"], "the circuit itself is tested"),
        (["--step", "sort"], "what the answer to the step “sort” is"),
        (["--step", "sort", "--answer", "1 1"], "Line 1 is there twice"),
        (["--step", "gaps", "--answer", "1; 2; 3"], "more answers than gaps"),
        (["--step", "faster"], "which program to check"),
        (["--step", "faster", "--answer", "1"], "takes a program"),
        (["--answer", "1", "{file}"], "takes a program"),
        (["--step", "count"], "asks a question, and no answer"),
        ([], "which program to check"),
    ],
)
def test_what_does_not_fit_the_step_is_told_before_anything_runs(command: Command, folder: Path, words: list[str], what: str) -> None:
    """No board is asked for, and nothing is recorded."""
    out, said = command("check", LESSON, *[program(folder, BLINK) if word == "{file}" else word for word in words], code=2)
    assert out == ""
    assert what in said
    assert len(said.strip().split("\n")) == 2
    assert command("results", "--json")[0].strip() == "[]"


def test_results_of_steps_are_listed_exported_and_judged_again(command: Command, folder: Path, tmp_path: Path) -> None:
    """The step stands beside the lesson in the list, in JSON and in the table, and a replay asks the same step."""
    verdict, _ = command("check", LESSON, "--step", "guess", "--answer", "b")
    out, _ = command("results", "--json", "--csv", str(tmp_path / "class.csv"))
    (result,) = json.loads(out)
    assert (result["step"], result["outcome"], result["points"], result["total"]) == ("guess", "passed", 1, 1)
    assert "guess" in command("results")[0]
    rows = list(csv.reader(io.StringIO((tmp_path / "class.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[1][1:3] == [LESSON, "guess"]
    assert command("results", "replay", result["id"])[0] == verdict
    folder.joinpath("lesson.toml").write_text((folder / "lesson.toml").read_text().replace('answer = "always"', 'answer = "never"'))
    out, said = command("results", "replay", result["id"], code=1)
    assert "Right is: It stays dark." in out
    assert "the lesson's checks have changed" in said


def test_the_syntax_of_a_steps_program_is_judged_without_a_board(command: Command, folder: Path) -> None:
    """The checks of other steps are not spoken of."""
    out, _ = command("check", LESSON, program(folder, "while True\n"), "--step", "faster", "--json", code=1)
    report = json.loads(out)
    assert (report["lesson"], report["step"]) == (LESSON, "faster")
    assert [check["id"] for check in report["checks"]] == ["syntax", "fast"]


class TestOnAVirtualBoard:
    """The program that an answer makes runs as any other."""

    @pytest.fixture(autouse=True)
    def _needs_the_interpreter(self) -> None:
        pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

    def test_the_goal_is_judged_by_its_own_checks(self, command: Command, folder: Path) -> None:
        """A program for the goal need not do what other steps ask."""
        out, _ = command("check", LESSON, program(folder, BLINK), "--virtual", "--json")
        report = json.loads(out)
        assert report["step"] == "own"
        assert [check["id"] for check in report["checks"]] == ["blinks", "steady"]

    def test_lines_in_order_are_a_program(self, command: Command, folder: Path, order: str) -> None:
        """The right order passes; another one is judged by what it does, and replayed to the same verdict."""
        assert "1 point of 1" in command("check", LESSON, "--step", "sort", "--answer", order, "--virtual")[0]
        wrong = " ".join(order.split()[:2])
        verdict, _ = command("check", LESSON, "--step", "sort", "--answer", wrong, "--virtual", code=1)
        last = json.loads(command("results", "--json")[0])[-1]
        assert command("results", "replay", last["id"], code=1)[0] == verdict

    @pytest.mark.parametrize(
        ("answer", "code"), [("GAP_1=0.5; GAP_2=led.off()", 0), ("0.3; led.value(0)", 0), ("0.5; led.on()", 1), ("0.5", 1)]
    )
    def test_filled_gaps_are_a_program(self, command: Command, folder: Path, answer: str, code: int) -> None:
        """Whatever does the same is right; a gap that is left stops the program."""
        command("check", LESSON, "--step", "gaps", "--answer", answer, "--virtual", code=code)

    def test_a_changed_program_is_judged_by_its_step(self, command: Command, folder: Path) -> None:
        """The begin does not pass, the change does."""
        command("check", LESSON, program(folder, BLINK), "--step", "faster", "--virtual", code=1)
        command("check", LESSON, program(folder, FAST), "--step", "faster", "--virtual")

    def test_a_wired_step_tests_its_parts(self, command: Command, folder: Path) -> None:
        """Only those that it builds; the result is kept, and shown again as it was."""
        verdict, said = command("check", LESSON, "--step", "build", "--virtual")
        assert "1/1" in said
        (result,) = json.loads(command("results", "--json")[0])
        assert (result["step"], result["outcome"]) == ("build", "passed")
        assert command("results", "replay", result["id"])[0] == verdict

    def test_a_measured_number_is_held_against_the_run(self, command: Command, folder: Path) -> None:
        """The shown program runs, or the pupil's own; a comma is a decimal mark."""
        source = MEASURE.replace("light.read_u16()", "400")
        assert (
            "The mean of “light”: 400"
            in command("check", LESSON, program(folder, source), "--step", "count", "--answer", "410,5", "--virtual")[0]
        )
        verdict, _ = command("check", LESSON, "--step", "count", "--answer", "3", "--virtual", code=1)
        last = json.loads(command("results", "--json")[0])[-1]
        assert command("results", "replay", last["id"], code=1)[0] == verdict

    def test_a_program_that_does_not_measure_is_told_so_before_its_answer(self, command: Command, folder: Path) -> None:
        """There is nothing to be right about."""
        out, _ = command("check", LESSON, program(folder, BLINK), "--step", "count", "--answer", "3", "--virtual", code=1)
        assert "Title of measures" in out
        assert "What is the mean?" not in out


def test_at_a_terminal_the_readings_of_the_run_are_shown_before_the_question(folder: Path, data_dir: Path) -> None:
    """Whoever works the mean out needs the numbers that it is the mean of."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    file = program(folder, MEASURE.replace("light.read_u16()", "400"))
    terminal = Terminal("check", LESSON, file, "--step", "count", "--virtual")
    terminal.until_like(r"These are the readings “light” of this run:\s+(400\s+)+What is the mean\?")
    terminal.type("400\r")
    terminal.until("1 point of 1.")
    assert terminal.end() == 0


def test_at_a_terminal_the_question_is_asked(folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its choices, and again after what can be no answer."""
    terminal = Terminal("check", LESSON, "--step", "guess")
    terminal.until("c)  It stays dark.")
    terminal.type("x\r")
    terminal.until("none of the answers")
    terminal.type("b\r")
    terminal.until("1 point of 1.")
    assert terminal.end() == 0
