"""What pupils are given in a step, and the programs that their answers make."""

import ast

import pytest
from lovhe.core.errors import InputError
from lovhe.core.lessons.answers import (
    answered_program,
    begin_program,
    filled_program,
    gap_fillings,
    gapped_program,
    order_task,
    ordered_program,
    solution_programs,
)

from tests.step_lesson import BLINK, right_order, step_lesson_files

RIGHT = "".join(f"{line}\n" for line in BLINK.split("\n") if line)


@pytest.fixture
def lesson(read):
    """A lesson with a step of every kind."""
    return read(step_lesson_files())


@pytest.fixture
def sort(lesson):
    """Its order step."""
    return lesson.step("sort")


def test_lines_are_shuffled_alike_each_time_and_never_in_the_right_order(lesson, sort):
    """A class can talk about line 3; the first lines stay, the distractor is among the others."""
    task = order_task(lesson, sort)
    assert task == order_task(lesson, sort)
    assert task.fixed == ["from machine import Pin", "import time", "led = Pin(2, Pin.OUT)"]
    assert sorted(task.lines) == sorted([*RIGHT.split("\n")[3:-1], "    led.of()"])
    assert [line for line in task.lines if line != "    led.of()"] != RIGHT.split("\n")[3:-1]


@pytest.mark.parametrize("value", range(60))
def test_no_lines_are_shuffled_into_the_right_order(read, value):
    """Not even two lines, of which every second shuffling would leave the order as it is."""
    files = step_lesson_files()
    files["steps/sort.py"] = f"a = {value}\nb = a\n".encode()
    files["lesson.toml"] = files["lesson.toml"].replace(b"fixed = 3\n", b"")
    lesson = read(files)
    lines = order_task(lesson, lesson.step("sort")).lines
    assert [line for line in lines if line != "    led.of()"] == ["b = a", f"a = {value}"]


def test_the_right_order_makes_the_authors_program(lesson, sort):
    """Numbers with spaces or commas, as a pupil types them, and a row of numbers say the same."""
    numbers = right_order(lesson, sort)
    assert len(numbers) == 5
    assert ordered_program(lesson, sort, numbers) == RIGHT
    assert ordered_program(lesson, sort, " ".join(map(str, numbers))) == RIGHT
    assert ordered_program(lesson, sort, ", ".join(map(str, numbers))) == RIGHT


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("", "names no line"),
        ("1 2 9", "There is no line 9"),
        ("0", "There is no line 0"),
        ("1 1", "Line 1 is there twice"),
        ("a b", "“a b”"),
    ],
)
def test_what_is_no_order_is_refused(lesson, sort, answer, what):
    """The sentence says which number, the next one how to write it."""
    with pytest.raises(InputError, match=what):
        ordered_program(lesson, sort, answer)


def test_gaps_are_shown_with_numbers(lesson):
    """And what is shown can be filled in by any editor: it is a program, though not a right one."""
    shown = gapped_program(lesson, lesson.step("gaps"))
    assert "time.sleep(____1)\n    ____2\n" in shown
    ast.parse(shown)


@pytest.mark.parametrize(
    "answer",
    [
        {"GAP_1": "0.5", "GAP_2": "led.off()"},
        {"____1": "0.5", "____2": "led.off()"},
        ["0.5", "led.off()"],
        "GAP_1=0.5; GAP_2=led.off()",
        "____2 = led.off()\n____1 = 0.5",
        "0.5; led.off()",
    ],
)
def test_gaps_are_filled_by_name_or_in_their_order(lesson, answer):
    """However a pupil says it, it is one program."""
    assert filled_program(lesson, lesson.step("gaps"), answer) == BLINK


def test_a_gap_without_an_answer_stays_a_gap(lesson):
    """So the program that is judged is the one that the pupil sees."""
    assert "sleep(0.5)\n    ____2\n" in filled_program(lesson, lesson.step("gaps"), "0.5")


def test_an_answer_may_hold_the_name_of_another_gap(lesson):
    """What is filled in is not filled in again."""
    assert "sleep(GAP_2)\n    led.off()" in filled_program(lesson, lesson.step("gaps"), ["GAP_2", "led.off()"])


@pytest.mark.parametrize(("answer", "what"), [("1; 2; 3", "more answers than gaps"), ({"GAP_7": "1"}, "no gap GAP_7")])
def test_answers_to_no_gap_are_refused(lesson, answer, what):
    """The next sentence says which gaps there are."""
    with pytest.raises(InputError, match=what):
        filled_program(lesson, lesson.step("gaps"), answer)


def test_each_step_has_what_it_begins_with_and_what_is_right(lesson):
    """The begin of an order step has its lines shuffled, that of a fill step its gaps; of a make step it is the starter."""
    begins = {step.id: begin_program(lesson, step) for step in lesson.file.step}
    assert begins["start"] is None
    assert begins["sort"].startswith("from machine import Pin\n")
    assert begins["sort"] != RIGHT
    assert "____1" in begins["gaps"]
    assert begins["own"] == lesson.starter
    solutions = {step.id: solution_programs(lesson, step) for step in lesson.file.step}
    assert solutions["sort"] == {"steps/sort.py": RIGHT}
    assert solutions["gaps"] == {"steps/gaps.py": BLINK}
    assert list(solutions["faster"]) == ["steps/faster_solution.py"]
    assert solutions["own"] == {"solution.py": BLINK}
    assert solutions["guess"] == {"steps/guess.py": BLINK}


def test_a_typed_answer_of_any_length_is_a_program_or_refused(lesson):
    """A book in place of an answer is no answer."""
    assert answered_program(lesson, lesson.step("gaps"), "0.5; led.off()") == BLINK
    with pytest.raises(InputError, match="too long"):
        answered_program(lesson, lesson.step("gaps"), "x" * 5000)


@pytest.mark.parametrize("fillings", [("", ""), ("0.5", "led.off()"), ("a, b; c", ""), ("____2", "x = 1")])
def test_what_fills_the_gaps_is_found_in_the_program_again(lesson, fillings):
    """Any expression, and none."""
    step = lesson.step("gaps")
    wanted = dict(zip(step.gaps, fillings, strict=True))
    assert gap_fillings(lesson, step, filled_program(lesson, step, wanted)) == wanted


@pytest.mark.parametrize("change", [("import time", "import times"), ("\nled", "\n\nled"), ("____1", "1\n2")])
def test_a_program_that_differs_elsewhere_has_no_gaps(lesson, change):
    """It was written in another editor."""
    step = lesson.step("gaps")
    assert gap_fillings(lesson, step, gapped_program(lesson, step).replace(*change, 1)) is None
