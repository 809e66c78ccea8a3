"""A verdict is told while the program still runs only when nothing that may come can change it."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.live_judging import CERTAIN_MS, LiveJudging, certain_verdicts

CHECKS = """
[[check]]
id = "blinks"
[[check.step]]
delay = "3 s"
expect-pin = [{ part = "led", toggles = "≥ 3" }]
[[check]]
id = "lit"
needs = ["blinks"]
[[check.step]]
delay = "2 s"
expect-pin = [{ part = "led", on-time = "0.5 s ± 15 %" }]
[[check]]
id = "loops"
expect-source = { uses = ["while"] }
[[check]]
id = "last"
[[check.step]]
delay = "2 s"
expect-pin = [{ part = "led", toggles = "≥ 1" }]
"""
SOURCE = "while True:\n    pass\n"


def _told(lesson, events) -> dict[str, str]:
    return {report.id: report.outcome for report in certain_verdicts(lesson, SOURCE, events)}


def _steps(run):
    return run.add(0, "step", "blinks", 0).add(3000, "step", "lit", 0).add(5000, "step", "last", 0)


def _by_time(run) -> list[Event]:
    return sorted(run.events, key=lambda event: event.t_ms)


def test_a_check_is_told_when_its_time_is_over_and_the_board_was_heard_of_since(make_lesson, run):
    """Not before: what the board sent late, or says that it lost, could still belong to the check."""
    lesson = make_lesson(CHECKS)
    _steps(run.blink(2, 500, 500, 3000 + CERTAIN_MS + 600))
    events = _by_time(run)
    told_at = next(event.t_ms for number, event in enumerate(events, 1) if _told(lesson, events[:number]))
    assert 3000 + CERTAIN_MS <= told_at <= 3000 + CERTAIN_MS + 500
    assert _told(lesson, events) == {"blinks": "passed"}


def test_a_board_that_is_silent_leaves_its_verdicts_open(make_lesson, run):
    """If it is pulled now, nobody knows since when it was gone, and `judge` says unclear."""
    lesson = make_lesson(CHECKS)
    _steps(run.add(20, "level", 2, 1))
    assert _told(lesson, _by_time(run)) == {}
    assert judge(lesson, SOURCE, [*_by_time(run), Event(20, "gone", [])]).checks[0].outcome == "unclear"


def test_what_will_be_skipped_is_told_with_the_failure(make_lesson, run):
    """Its own steps are yet to come."""
    _steps(run.blink(5, 500, 500, 5000))
    events = [event for event in _by_time(run) if event.t_ms <= 4600]
    assert _told(make_lesson(CHECKS), events) == {"blinks": "failed", "lit": "skipped"}


def test_a_program_that_has_ended_says_no_more(make_lesson, run):
    """Its end is the last that a board tells, so the steps that follow are certain as soon as they are over."""
    _steps(run.blink(2, 500, 500, 2000).add(2100, "end", "error", "ValueError", "no", 3)).add(7000, "over")
    assert _told(make_lesson(CHECKS), _by_time(run)) == {"blinks": "failed", "lit": "skipped", "last": "failed"}


def test_a_check_of_the_source_alone_waits_for_the_end(make_lesson, run):
    """The program may still stop with an error, and then it fails."""
    _steps(run.blink(2, 500, 500, 8000)).add(7000, "over")
    events = _by_time(run)
    assert "loops" not in _told(make_lesson(CHECKS), events)


@pytest.mark.parametrize("tail", [("gone",), ("lost", 3), ("gap", 2), ("end", "error", "ValueError", "no", 3)], ids=lambda tail: tail[0])
def test_whatever_comes_next_a_told_verdict_stays(make_lesson, run, tail):
    """At each moment of a run: a board that goes away, lost evidence, an error."""
    lesson = make_lesson(CHECKS)
    _steps(run.blink(2, 500, 500, 7000)).add(7000, "over")
    events = _by_time(run)
    told_anything = False
    for number in range(1, len(events)):
        told = _told(lesson, events[:number])
        heard_ms = max(event.t_ms for event in events[:number] if event.kind in ("begin", "level"))
        then = [*events[:number], Event(heard_ms, *[tail[0], list(tail[1:])])]
        final = {report.id: report.outcome for report in judge(lesson, SOURCE, then).checks}
        assert {check: final[check] for check in told} == told
        told_anything = told_anything or bool(told)
    assert told_anything


def test_a_run_that_is_watched_tells_whose_turn_it_is_and_each_verdict_once(make_lesson, run):
    """What is new is told when it is new, not at each event."""
    live = LiveJudging(make_lesson(CHECKS), SOURCE)
    _steps(run.blink(2, 500, 500, 6900))
    news = [(live.now, len(live.verdicts)) for event in _by_time(run) if live.see(event)]
    assert news == [("blinks", 0), ("lit", 0), ("lit", 1), ("last", 1), ("last", 2)]
