"""A check can expect that the program ends with an exception: with that one, in that time."""

import pytest
from lovhe.core.checks.judging import judge

CHECKS = """[[check]]
id = "first"
[[check.step]]
delay = "1 s"
[[check]]
id = "c"
expect-error = { type = "ValueError", contains = "too hot" }
[[check.step]]
delay = "2 s"
"""
SOURCE = "t = 99\nif t > 40:\n    raise ValueError('too hot')\n"


@pytest.fixture
def verdict(make_lesson, run):
    """A function that judges a program that ended so."""

    def check(*ending):
        if ending:
            run.add(*ending)
        run.add(0, "step", "first", 0).add(1000, "step", "c", 0).add(3000, "over")
        return judge(make_lesson(CHECKS), SOURCE, run.events).checks[1]

    return check


@pytest.mark.parametrize(
    ("ending", "outcome", "seen"),
    [
        ((2000, "end", "error", "ValueError", "it is Too Hot now", 3), "passed", "So it ended."),
        ((2000, "end", "error", "ValueError", "bad", 3), "failed", "ValueError: bad"),
        ((2000, "end", "error", "TypeError", "too hot", 3), "failed", "Line 3"),
        ((500, "end", "error", "ValueError", "too hot", 3), "failed", "before: after 0.5 s"),
        ((2000, "end", "done", "", "", 0), "failed", "ran without an error"),
        ((3000, "end", "stopped", "", "", 0), "failed", "ran without an error"),
        ((), "failed", "ran without an error"),
        ((2000, "gone"), "unclear", "went away"),
    ],
)
def test_only_that_exception_in_that_time_passes(verdict, ending, outcome, seen):
    """Everything else is told as it was."""
    check = verdict(*ending)
    assert check.outcome == outcome
    assert seen in str(check.seen)
    assert str(check.expected) == "The program ends with this error: ValueError: too hot."


def test_what_the_program_did_before_it_ended_is_judged_too(make_lesson, run):
    """The steps' other expectations hold as ever."""
    lesson = make_lesson(
        '[[check]]\nid = "c"\nexpect-error = { type = "OSError" }\n[[check.step]]\ndelay = "2 s"\nexpect-text = [{ contains = "alarm" }]\n'
    )
    run.add(1000, "end", "error", "OSError", "19", 2).steps("c", 2000)
    assert judge(lesson, "pass", run.events).checks[0].outcome == "failed"
    run.add(900, "text", "ALARM\n")
    assert judge(lesson, "pass", run.events).checks[0].outcome == "passed"
