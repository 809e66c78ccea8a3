"""The teacher's rule for hints, as it holds at a step: how many there are, and how long the next one waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.language import t
from lovhe.apps.tui.panes.checks import what_is_next
from lovhe.apps.workspace.check_state import CheckState
from lovhe.apps.workspace.hints import Hints
from lovhe.apps.workspace.step_notes import StepNotes
from lovhe.core.checks.report import CheckReport, Report, make_report
from lovhe.core.lessons.hint_rule import HintRule
from lovhe.core.messages import N_
from lovhe.core.pupils.group import Group

WORDS = N_("Words.")
LESSON, STEP = "6-01-blink", "lighthouse"


class Clock:
    """Goes when it is told to."""

    now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


def _report(*checks: tuple[str, str]) -> Report:
    hints = [N_("nudge"), N_("idea"), N_("code")]
    return make_report(LESSON, [CheckReport(one, end, WORDS, WORDS, hints if end == "failed" else []) for one, end in checks])  # type: ignore[arg-type]


def _state(hints: Hints) -> CheckState:
    lesson = wiring.kit().lesson(LESSON)
    return CheckState(lesson, lesson.step(STEP), hints)


def test_a_hint_waits_after_the_failure_and_after_the_hint_before() -> None:
    """Trying again meanwhile costs no time; the sentence says how long it still takes."""
    clock = Clock()
    state = _state(Hints({}, {}, HintRule(wait_s=120), clock=clock))
    state.over(_report(("blinks", "failed")), None)
    assert not state.next_hint()
    assert t(state.why_no_hint) == "Try it yourselves first: the next hint is there in 2 minutes."
    assert "A little later F7 gives a hint" in " ".join(t(one) for one in what_is_next(state, is_last=False))
    clock.now_s += 90
    state.over(_report(("blinks", "failed")), None)
    assert t(state.why_no_hint) == "Try it yourselves first: the next hint is there in 30 seconds."
    clock.now_s += 30
    assert [state.next_hint(), state.next_hint()] == [True, False]
    clock.now_s += 120
    assert state.next_hint()


def test_a_pass_lets_the_time_begin_anew() -> None:
    """A check that fails again later is waited for again."""
    clock = Clock()
    state = _state(Hints({}, {}, HintRule(wait_s=60), clock=clock))
    state.over(_report(("blinks", "failed")), None)
    state.over(_report(("blinks", "passed")), None)
    clock.now_s += 60
    state.over(_report(("blinks", "failed")), None)
    assert not state.next_hint()


@pytest.mark.parametrize(
    ("most", "given", "told"), [(0, 0, "switched the hints off"), (1, 1, "There is 1 hint"), (2, 2, "There are 2 hints")]
)
def test_no_more_hints_than_the_teacher_allows(most: int, given: int, told: str) -> None:
    """Also of those that were taken before the teacher settled it."""
    state = _state(Hints({"blinks": 3}, {}, HintRule(most)))
    state.over(_report(("blinks", "failed")), None)
    assert (state.rows[0].hints, state.rows[0].allowed, state.more_hints) == (given, given, False)
    assert not state.next_hint()
    assert told in t(state.why_no_hint)


def test_the_time_goes_on_in_another_step_and_after_a_power_cut(data_dir: Path) -> None:
    """It is kept with the group's work."""
    lesson, store = wiring.kit().lesson(LESSON), WorkFiles(data_dir / "work")
    step, rule, clock = lesson.step(STEP), HintRule(wait_s=60), Clock()
    hints = StepNotes(lesson, Group(guest="a"), store).hints(step, rule)
    hints._clock = clock
    _state(hints).over(_report(("blinks", "failed")), None)
    again = StepNotes(lesson, Group(guest="a"), WorkFiles(data_dir / "work")).hints(step, rule)
    again._clock = clock
    clock.now_s += 45
    assert again.wait_s("blinks") == 15
