"""What passes with a slip in it shows what a lesson's checks would let through."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.services.lesson_mutation import LessonMutation, MutationScore, chosen_mutants, mutate_lessons, score

from .small_lesson import DARK, LIT, small_lesson

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

# A wait that ends too early or never is no difference to checks of one second; the second lamp is one that no check looks at.
SOLUTION = """\
from machine import Pin
import time

led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN)
led.on()
while not led.value():
    led.off()
time.sleep(4)
while True:
    button.value()
"""
MUTANTS = """\
[[survivor]]
program = "solution.py"
line = "button.value()"
why = "What the button says is not asked for."
"""


def mutation(more: dict[str, str]) -> LessonMutation:
    """The small lesson's mutants, judged on real virtual boards."""
    lesson = small_lesson(more)
    (done,) = mutate_lessons([(lesson, chosen_mutants(lesson, None, 1))], wiring.virtual_bench, wiring.runtime())
    return done


def fates(done: LessonMutation) -> dict[tuple[str, str], str]:
    """What became of each change."""
    return {(trial.mutant.before, trial.mutant.after): trial.fate for trial in done.trials}


def test_slips_that_checks_see_are_caught_and_others_survive() -> None:
    """A dark LED fails; an endless loop without a pause comes to an end; what no check looks at passes."""
    found = fates(mutation({"solution.py": SOLUTION}))
    assert found["led.on()", ""] == "caught"
    assert found["led.on()", "led.off()"] == "caught"
    assert found["led = Pin(2, Pin.OUT)", "led = Pin(4, Pin.OUT)"] == "caught"
    assert found["while not led.value():", "while (led.value()):"] == "caught"
    assert found["time.sleep(4)", ""] == "survived"
    assert found["button.value()", ""] == "survived"
    assert "unclear" not in found.values()


def test_an_explained_survivor_is_counted_apart() -> None:
    """It is not held against the checks, and the raw score still tells of it."""
    done = mutation({"solution.py": SOLUTION, "mutants.toml": MUTANTS})
    trial = next(trial for trial in done.trials if trial.mutant.before == "button.value()")
    assert (trial.fate, trial.why) == ("explained", "What the button says is not asked for.")
    told = score([done])
    assert told.ran == len(done.trials)
    assert told.explained >= 1
    assert told.raw_percent is not None
    assert told.percent is not None
    assert told.raw_percent < told.percent < 100


def test_a_solution_that_does_not_pass_is_told_and_not_changed() -> None:
    """Changes to a wrong program prove nothing."""
    done = mutation({"solution_dark.py": DARK})
    assert done.unfit == ["solution_dark.py"]
    assert {trial.mutant.program for trial in done.trials} == {"solution.py"}


def test_the_choice_under_a_limit_is_the_same_each_time() -> None:
    """Which changes are left out depends on the seed alone; those that stay keep their order."""
    lesson = small_lesson({"solution.py": SOLUTION, "solution_other.py": LIT})
    every = chosen_mutants(lesson, None, 1)
    few = chosen_mutants(lesson, 4, 1)
    assert few == chosen_mutants(lesson, 4, 1)
    assert few == [mutant for mutant in every if mutant in few]
    assert any(chosen_mutants(lesson, 4, seed) != few for seed in range(2, 9))


@pytest.mark.parametrize(
    ("counts", "percent", "raw"),
    [((54, 60, 0), 90.0, 90.0), ((54, 60, 6), 100.0, 90.0), ((0, 0, 0), None, None), ((0, 2, 2), None, 0.0)],
)
def test_a_score_is_a_share_of_what_should_be_caught(counts: tuple[int, int, int], percent: float | None, raw: float | None) -> None:
    """Caught by all that ran without those explained; the raw one leaves nothing out."""
    one = MutationScore(*counts)
    assert (one.percent, one.raw_percent) == (percent, raw)
