"""What the pane of checks shows: verdicts as they come, hints one by one and only after a failure, and what is asked."""

from __future__ import annotations

import pytest
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.workspace.check_state import CheckState
from lovhe.apps.workspace.hints import Hints
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.step_notes import StepNotes
from lovhe.apps.workspace.step_progress import better
from lovhe.apps.workspace.told import Asked
from lovhe.core.checks.report import CheckReport, make_report
from lovhe.core.errors import BoardGoneError
from lovhe.core.lessons.hint_rule import ALL_AT_ONCE
from lovhe.core.messages import N_
from lovhe.core.pupils.group import Group

WORDS = N_("Words.")
HINTS = [N_("nudge"), N_("idea"), N_("code")]


def _state(step: str, taken: dict[str, int] | None = None) -> CheckState:
    lesson = wiring.kit().lesson("6-01-blink")
    return CheckState(lesson, lesson.step(step), Hints({} if taken is None else taken, {}))


def _verdict(check: str, outcome: str) -> CheckReport:
    return CheckReport(check, outcome, WORDS, WORDS, HINTS if outcome == "failed" else [])  # type: ignore[arg-type]


def _states(state: CheckState) -> list[tuple[str, str]]:
    return [(row.id, row.state) for row in state.rows]


@pytest.mark.parametrize(
    ("step", "rows"), [("build", ["led"]), ("guess", ["answer"]), ("sort", ["blinks"]), ("forever", ["blinks", "keeps-going"])]
)
def test_each_kind_of_step_has_its_rows(step: str, rows: list[str]) -> None:
    """Parts of a circuit, a question, or checks; all wait."""
    assert _states(_state(step)) == [(row, "waiting") for row in rows]


def test_verdicts_come_one_by_one() -> None:
    """What has one keeps it; of the others one runs."""
    state = _state("lighthouse")
    state.begins()
    state.judged([], "blinks")
    assert _states(state)[:2] == [("blinks", "running"), ("on-time", "waiting")]
    state.judged([], "on-time")
    assert _states(state)[:3] == [("blinks", "seen"), ("on-time", "running"), ("off-time", "waiting")]
    state.judged([_verdict("blinks", "passed")], "on-time")
    assert (_states(state)[:2], state.newest) == ([("blinks", "passed"), ("on-time", "running")], "on-time")
    state.over(make_report("6-01-blink", [_verdict("blinks", "passed"), _verdict("on-time", "failed")]), None)
    assert (_states(state), state.newest) == ([("blinks", "passed"), ("on-time", "failed")], "on-time")


def test_hints_come_after_a_failure_and_are_remembered() -> None:
    """From the first check that failed, until there are no more."""
    taken: dict[str, int] = {}
    state = _state("lighthouse", taken)
    assert not state.next_hint()
    assert "Press F6 first" in str(state.why_no_hint)
    failed = make_report("6-01-blink", [_verdict("blinks", "passed"), _verdict("on-time", "failed"), _verdict("off-time", "failed")])
    state.over(failed, None)
    assert [state.next_hint() for _ in range(4)] == [True, True, True, False]
    assert taken == {"on-time": 3}
    again = _state("lighthouse", taken)
    assert [row.hints for row in again.rows] == [0, 0, 0, 0]
    again.over(failed, None)
    assert [row.hints for row in again.rows] == [0, 3, 0]
    assert "no more hints" in str(again.why_no_hint)


def test_a_stop_and_a_problem_leave_no_check_running() -> None:
    """Nor anything asked."""
    for end in (CheckState.stopped, lambda state: state.broke(BoardGoneError(WORDS, WORDS))):
        state = _state("lighthouse")
        state.begins()
        state.judged([], "blinks")
        state.ask(Asked("Cover it.", 30))
        assert 29 <= state.seconds_left <= 30
        end(state)
        assert {row.state for row in state.rows} == {"waiting"}
        assert (state.asked, state.seconds_left) == (None, 0)


def test_notes_outlive_the_app_and_belong_to_one_group(data_dir) -> None:
    """Beside the work, and never in its place."""
    lesson = wiring.kit().lesson("6-01-blink")
    step, store = lesson.step("forever"), WorkFiles(data_dir / "work")
    mine = StepNotes(lesson, Group(guest="a"), store)
    mine.hints(step, ALL_AT_ONCE).take("blinks", 2)
    mine.judged(step, "passed", 2)
    mine.judged(step, "failed", 1)
    fresh = StepNotes(lesson, Group(guest="a"), WorkFiles(data_dir / "work")).of(step)
    assert (fresh.hints, fresh.outcome) == ({"blinks": 2}, "passed")
    assert StepNotes(lesson, Group(guest="b"), store).of(step).outcome == ""
    assert LessonWork(lesson, Group(guest="a"), store).text(step) == lesson.begin_of(step)


def test_damaged_notes_are_as_good_as_none(data_dir) -> None:
    """They must not stop a lesson."""
    lesson = wiring.kit().lesson("6-01-blink")
    step, store = lesson.step("forever"), WorkFiles(data_dir / "work")
    notes = StepNotes(lesson, Group(guest="a"), store)
    store.write(notes._key("forever"), "{damaged")
    assert notes.of(step).outcome == ""


def test_a_passed_step_stays_passed() -> None:
    """Whatever comes after it."""
    assert [better("", "failed"), better("failed", "unclear"), better("passed", "failed"), better("failed", "passed")] == [
        "failed",
        "unclear",
        "passed",
        "passed",
    ]
