"""A program is run through the lesson's steps and judged, the same in both kinds of time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import BoardSilentError
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program
from lovhe.services.ports import BoardLink
from lovhe.virtual.line.faults import Faults, Strike
from lovhe.virtual.local_board import LocalBoard

from .boards import powered_board


def _goal(lesson_id: str) -> Lesson:
    """The lesson with the checks of its goal."""
    lesson = wiring.kit().lesson(lesson_id)
    return lesson.judged_by(lesson.goal)


BLINK = _goal("6-01-blink")
BUTTON = _goal("6-02-button-light")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[tuple[ReplLink, LocalBoard]]:
    """A board in virtual time with the button lesson's circuit."""
    with powered_board(tmp_path, BUTTON, virtual_time=True) as board:
        link = ReplLink("desk", board.line)
        yield link, board
        link.close()


def test_each_step_is_marked_and_set_in_order(bench: tuple[ReplLink, LocalBoard]) -> None:
    """The evidence shows every check's steps at their times, what was set in each, and the end."""
    report, events = check_program(BUTTON, BUTTON.solutions["solution.py"], *bench, runtime=wiring.runtime())
    assert report.outcome == "passed"
    steps = [(check.id, index, step) for check in BUTTON.file.check for index, step in enumerate(check.step)]
    marks = [event for event in events if event.kind in ("step", "set", "over")]
    expected = [
        mark for check_id, index, step in steps for mark in (["step", check_id, index], *(["set", *pair] for pair in step.set.items()))
    ]
    assert [[event.kind, *event.args] for event in marks] == [*expected, ["over"]]
    begins = [event.t_ms for event in marks if event.kind in ("step", "over")]
    lengths = [round(later - earlier, -2) for earlier, later in pairwise(begins)]
    assert lengths == [1000, 1500, 1500, *[800] * (len(lengths) - 3)]
    assert [event.t_ms for event in events] == sorted(event.t_ms for event in events)


def test_the_same_verdict_every_time(bench: tuple[ReplLink, LocalBoard]) -> None:
    """Twenty runs of a right and of a wrong program, one after the other on one board: one verdict each."""
    for source, outcome in ((BUTTON.solutions["solution.py"], "passed"), (BUTTON.wrong[0].source, "failed")):
        reports = [check_program(BUTTON, source, *bench, runtime=wiring.runtime())[0] for _ in range(20)]
        assert {report.outcome for report in reports} == {outcome}
        assert len({tuple(check.outcome for check in report.checks) for report in reports}) == 1


def test_real_and_virtual_time_agree(tmp_path: Path) -> None:
    """The same program gives the same verdicts and changes at the same times, with turns of the same length, whichever clock runs."""
    source = BLINK.solutions["solution.py"]
    seen = []
    for virtual_time in (False, True):
        folder = tmp_path / str(virtual_time)
        folder.mkdir()
        with powered_board(folder, BLINK, virtual_time=virtual_time) as board:
            link = ReplLink("desk", board.line)
            report, events = check_program(BLINK, source, link, board, runtime=wiring.runtime())
            link.close()
        changes = [event.t_ms for event in events if event.kind == "level" and event.args[0] == 2]
        seen.append(([(check.id, check.outcome) for check in report.checks], changes[:20]))
    (real_verdicts, real_changes), (virtual_verdicts, virtual_changes) = seen
    assert real_verdicts == virtual_verdicts
    assert max(abs(a - b) for a, b in zip(real_changes, virtual_changes, strict=True)) <= 40
    real_turns, virtual_turns = ([later - sooner for sooner, later in pairwise(changes)] for changes in (real_changes, virtual_changes))
    assert len(virtual_turns) >= 10
    assert abs(median(real_turns) - median(virtual_turns)) <= 10


def test_a_change_is_dated_before_what_it_brings_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a busy PC hears that it was made only after the program has acted upon it."""
    with powered_board(tmp_path, BUTTON) as board:
        link = ReplLink("desk", board.line)
        change = board.set

        def change_and_be_late(part_id: str, value: str) -> None:
            change(part_id, value)
            deadline_s = time.monotonic() + 30
            while value == "pressed" and not board.part_state("led").get("on"):
                assert time.monotonic() < deadline_s
                time.sleep(0.01)
            time.sleep(0.1 if value == "pressed" else 0.0)  # the PC is so late

        monkeypatch.setattr(board, "set", change_and_be_late)
        _, events = check_program(BUTTON, BUTTON.solutions["solution.py"], link, board, runtime=wiring.runtime())
        link.close()
    led, lit_before = 0, []
    for event in events:
        if event.kind == "level":
            led = dict(zip(event.args[::2], event.args[1::2], strict=True)).get(2, led)
        if event.kind == "set" and event.args == ["button", "pressed"]:
            lit_before.append(led)
    assert len(lit_before) >= 2
    assert set(lit_before) == {0}


def test_a_syntax_error_is_told_before_a_board_is_looked_for() -> None:
    """Nothing is opened or sent for a program that cannot run."""

    def open_link() -> BoardLink:
        raise AssertionError("a board was opened")

    report, events = check_program(BLINK, "while True\n    pass\n", open_link, None)  # type: ignore[arg-type]
    assert (report.outcome, report.checks[0].id, report.checks[0].outcome) == ("failed", "syntax", "failed")
    assert {check.outcome for check in report.checks[1:]} == {"skipped"}
    assert events == []


def test_an_exception_is_evidence_and_time_is_not_waited_out(bench: tuple[ReplLink, LocalBoard]) -> None:
    """A program that ends early is judged on what it did; the steps after its end are marked all the same."""
    report, events = check_program(BUTTON, "import time\ntime.sleep(0.4)\nlde.on()\n", *bench, runtime=wiring.runtime())
    assert report.outcome == "failed"
    [end] = [event for event in events if event.kind == "end"]
    assert end.args == ["error", "NameError", "name 'lde' isn't defined", 3]
    assert events[-1].kind == "over"


def test_an_unplugged_board_makes_it_unclear(tmp_path: Path) -> None:
    """A board that goes away in mid-run is no student's failure."""
    faults = Faults()
    with powered_board(tmp_path, BLINK, faults=faults) as board:
        link = ReplLink("desk", board.line)

        def pull(event: Event) -> None:
            if event.kind == "step":
                faults.arm(Strike.UNPLUG, 0)
                board.line.write(b"\r")

        report, events = check_program(BLINK, BLINK.solutions["solution.py"], link, board, runtime=wiring.runtime(), on_event=pull)
        link.close()
    assert report.outcome == "unclear"
    assert "gone" in [event.kind for event in events]


def test_a_board_without_our_library_says_what_to_do(bench: tuple[ReplLink, LocalBoard]) -> None:
    """Where the runner is missing, the error names the mend."""
    link, board = bench
    link.execute("import os\nos.rename('/lib/lovhe', '/lib/lost')")
    with pytest.raises(BoardSilentError) as caught:
        check_program(BUTTON, "pass\n", link, board)
    assert "lovhe flash" in str(caught.value)
    report, _ = check_program(BUTTON, BUTTON.solutions["solution.py"], link, board, runtime=wiring.runtime())
    assert report.outcome == "passed"


def test_a_cancelled_check_ends_soon_and_is_unclear(tmp_path: Path) -> None:
    """Whoever presses stop gets the board back, and no verdict that was not earned."""
    begun: list[Event] = []
    with powered_board(tmp_path, BLINK) as board:
        link = ReplLink("desk", board.line)
        report, events = check_program(
            BLINK,
            BLINK.solutions["solution.py"],
            link,
            board,
            runtime=wiring.runtime(),
            on_event=begun.append,
            cancelled=lambda: any(event.kind == "level" and event.args[:2] == [2, 1] for event in begun),
        )
        assert link.execute("print(1)").strip() == b"1"
        link.close()
    assert report.outcome == "unclear"
    assert "over" not in [event.kind for event in events]
