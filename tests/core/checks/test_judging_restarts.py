"""A program that ends by putting its board to sleep or restarting it."""

import pytest
from lovhe.core.checks.judging import judge

ONCE = """
[[check]]
id = "c"
EXTRA
[[check.step]]
delay = "3 s"
expect-pin = [{ part = "led", toggles = "≥ 2" }]
"""


@pytest.mark.parametrize(("extra", "outcome"), [("", "failed"), ("may-end = true", "passed")])
@pytest.mark.parametrize("status", ["sleep", "reset"])
def test_it_ends_the_run_like_a_last_line(make_lesson, run, status, extra, outcome):
    """Too early it fails, in words of its own; where a program may end, what it did until then counts."""
    run.add(100, "level", 2, 1).add(600, "level", 2, 0).add(1100, "level", 2, 1).steps("c", 3000).add(1500, "end", status, "", "", 0)
    report = judge(make_lesson(ONCE.replace("EXTRA", extra)), "pass", run.events)
    assert report.outcome == outcome
    assert ("deep sleep" in str(report.checks[0].seen)) == (outcome == "failed" and status == "sleep")


def test_a_board_that_restarted_unasked_leaves_the_verdict_open(make_lesson, run):
    """Nothing shows whose doing it was."""
    run.add(100, "level", 2, 1).steps("c", 3000).add(1500, "gone", "restart")
    report = judge(make_lesson(ONCE.replace("EXTRA", "")), "pass", run.events)
    assert report.outcome == "unclear"
    assert "started anew" in str(report.checks[0].seen)
