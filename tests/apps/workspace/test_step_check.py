"""The check of a step as the app does it: on real virtual boards, with results in a real file, and a pupil before the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.workspace.step_check import HandedIn, StepCheck, WatchedRun
from lovhe.apps.workspace.step_notes import StepNotes
from lovhe.apps.workspace.step_progress import step_outcomes
from lovhe.apps.workspace.told import AnswerWanted, Asked, Busy, Judged, Noticed, Recorded, Told
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.errors import LovheError, NoBoardError, ResultsError
from lovhe.core.messages import N_
from lovhe.core.pupils.group import Group
from lovhe.services.ports import Attempt, BoardInfo

from tests.school_classes import add_pupils
from tests.step_lesson import BLINK, FAST, MEASURE, right_order, step_lesson_files

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSON = "6-99-steps"
LIMIT_S = 90.0
STEADY = MEASURE.replace("light.read_u16()", "400")
GROUP = Group(guest="somebody")


@pytest.fixture
def folder(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A lesson with a step of every kind, among the user's own lessons, on a PC without real boards."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    folder = data_dir / "lessons" / LESSON
    for name, data in step_lesson_files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    wiring.kit.cache_clear()
    yield folder
    wiring.stop_virtual_boards()
    wiring.kit.cache_clear()


@pytest.fixture
def board(folder: Path) -> BoardInfo:
    """A virtual board with the lesson's circuit."""
    return start_lesson_board(LESSON)


def _handed_in(
    step: str,
    program: str | None = None,
    answer: str | None = None,
    board: BoardInfo | None = None,
    lesson: str = LESSON,
    checked: WatchedRun | None = None,
    own: WatchedRun | None = None,
) -> HandedIn:
    found = wiring.kit().lesson(lesson)
    return HandedIn(found, found.step(step), program, answer, GROUP, board, checked, own)


def _checked(given: HandedIn, does: Callable[[StepCheck, Told], None] = lambda job, told: None) -> tuple[StepCheck, list[Told]]:
    """Check it; `does` is the pupil, who is told everything at once."""
    job = StepCheck(given)
    job.begin()
    told: list[Told] = []
    end_s = time.monotonic() + LIMIT_S
    while True:
        over = job.wait(0.02)
        for one in job.take():
            told.append(one)
            does(job, one)
        if over:
            return job, told
        assert time.monotonic() < end_s, told[-5:]


def _report(told: list[Told]) -> Report:
    (recorded,) = [one for one in told if isinstance(one, Recorded)]
    assert recorded.not_kept is None
    return recorded.report


def _kept() -> list[Attempt]:
    with wiring.results() as store:
        return [store.attempt(attempt.id) for attempt in store.attempts()]


def test_a_right_program_passes_and_is_kept_before_it_is_told(board: BoardInfo) -> None:
    """Each check's turn is told, how far the whole is, and who made it stands in the result."""
    kept: list[int] = []

    def look(job: StepCheck, told: Told) -> None:
        if isinstance(told, Recorded):
            kept.append(len(_kept()))

    _, told = _checked(_handed_in("own", BLINK, board=board), look)
    assert kept == [1]
    assert _report(told).outcome == "passed"
    assert [one.now for one in told if isinstance(one, Judged)][:2] == ["blinks", "steady"]
    progress = [(one.done, one.total) for one in told if isinstance(one, Busy) and one.total]
    assert progress == sorted(progress)
    assert progress[-1][1] == 5500
    (attempt,) = _kept()
    assert (attempt.step, attempt.outcome, attempt.board, attempt.program) == ("own", "passed", board.name, BLINK)
    assert any(event.kind == "over" for event in attempt.evidence)


def test_a_check_that_is_over_is_told_while_the_next_one_runs(board: BoardInfo) -> None:
    """What was told then is what the report says."""
    _, told = _checked(_handed_in("own", BLINK, board=board))
    live = [one.verdicts for one in told if isinstance(one, Judged) and one.verdicts]
    assert live[-1] == _report(told).checks[: len(live[-1])]


@pytest.mark.parametrize(("program", "failed"), [(BLINK, "fast"), ("while True\n", "syntax")])
def test_a_wrong_program_fails_at_its_check(board: BoardInfo, program: str, failed: str) -> None:
    """One that cannot be read is no work for a board."""
    _, told = _checked(_handed_in("faster", program, board=board))
    report = _report(told)
    assert [check.id for check in report.checks if check.outcome == "failed"] == [failed]
    assert _kept()[0].outcome == "failed"


def test_a_syntax_error_and_a_prediction_need_no_board(folder: Path) -> None:
    """A program that could run does, and without a board that is told with what to do."""
    _, told = _checked(_handed_in("faster", "while True\n"))
    assert _report(told).outcome == "failed"
    _, told = _checked(_handed_in("guess", answer="always"))
    assert _report(told).outcome == "passed"
    job, told = _checked(_handed_in("faster", FAST))
    assert isinstance(job.problem, NoBoardError)
    assert len(_kept()) == 2


def test_answers_are_right_or_wrong(folder: Path) -> None:
    """With what the lesson says after it; without an answer nothing is kept."""
    _, told = _checked(_handed_in("guess", answer="never"))
    report = _report(told)
    assert (report.outcome, str(report.checks[0].after)) == ("failed", "The loop begins again each time.")
    job, told = _checked(_handed_in("guess"))
    assert job.problem is not None
    assert len(_kept()) == 1


def test_a_result_belongs_to_the_pupils_who_made_it(folder: Path) -> None:
    """Each of them is as far as the group was, also alone or with others later."""
    with wiring.results() as store:
        aysel, murad, leyla = add_pupils(store.roster(), "7A", ["Aysel", "Murad", "Leyla"])
    _checked(msgspec.structs.replace(_handed_in("guess", answer="always"), group=Group((aysel, murad))))
    assert set(_kept()[0].pupils) == {aysel.id, murad.id}
    lesson, work = wiring.kit().lesson(LESSON), WorkFiles(folder.parents[1] / "work")
    groups = (Group((murad, leyla)), Group((leyla,)), GROUP)
    far = {group.names: step_outcomes(lesson, group, StepNotes(lesson, group, work)) for group in groups}
    assert far == {"Murad, Leyla": {"guess": "passed"}, "Leyla": {}, "": {}}


def test_lines_in_order_are_a_program(board: BoardInfo) -> None:
    """Put in order they run; untouched they are told to be so."""
    given = _handed_in("sort", board=board)
    assert given.step is not None
    order = " ".join(map(str, right_order(given.lesson, given.step)))
    _, told = _checked(msgspec.structs.replace(given, answer=order))
    assert _report(told).outcome == "passed"
    job, _ = _checked(given)
    assert "not in an order" in str(job.problem)


def test_a_measured_number_is_held_against_the_checks_run(board: BoardInfo) -> None:
    """First the program runs, then the answer is wanted, and a second answer needs no second run."""
    first, told = _checked(_handed_in("count", STEADY, board=board))
    assert isinstance(told[-1], AnswerWanted)
    assert _kept() == []
    assert first.run is not None
    second, told = _checked(_handed_in("count", STEADY, "3", checked=first.run))
    assert _report(told).outcome == "failed"
    _, told = _checked(_handed_in("count", STEADY, "401", checked=second.run or first.run))
    assert _report(told).outcome == "passed"
    assert [attempt.program for attempt in _kept()] == ["3", "401"]
    assert any(event.kind == "text" for event in _kept()[-1].evidence)


def test_an_answer_about_the_pupils_own_run_is_right_too(board: BoardInfo) -> None:
    """The readings on the screen were those; the program has to pass all the same."""
    own = WatchedRun(MEASURE, [Event(0, "begin", ["0", 5, "main.py"]), Event(10, "text", ["light: 123\n"])])
    _, told = _checked(_handed_in("count", MEASURE, "123", board, own=own))
    assert _report(told).outcome == "passed"
    _, told = _checked(_handed_in("count", BLINK, "123", board, own=WatchedRun(BLINK, own.events)))
    assert [check.id for check in _report(told).checks] == ["measures"]


def test_a_stop_before_the_board_is_open_keeps_nothing(board: BoardInfo) -> None:
    """The job ends by itself soon, without a problem."""
    job = StepCheck(_handed_in("own", BLINK, board=board))
    job.stop()
    job.begin()
    assert job.wait(LIMIT_S)
    assert (job.problem, [one for one in job.take() if isinstance(one, Recorded)], _kept()) == (None, [], [])


def test_a_stop_keeps_nothing_and_leaves_the_board_to_the_next_one(board: BoardInfo) -> None:
    """In the middle of the run, and then the same board checks as ever."""

    def stop(job: StepCheck, told: Told) -> None:
        if isinstance(told, Judged) and told.now == "steady":
            job.stop()

    job, told = _checked(_handed_in("own", BLINK, board=board), stop)
    assert job.problem is None
    assert not [one for one in told if isinstance(one, Recorded)]
    assert _kept() == []
    _, told = _checked(_handed_in("faster", FAST, board=board))
    assert _report(told).outcome == "passed"


def test_a_board_that_is_pulled_makes_it_unclear(board: BoardInfo) -> None:
    """What was not seen is no fault of the program."""
    from lovhe.apps.running_boards import change_faults

    def pull(job: StepCheck, told: Told) -> None:
        if isinstance(told, Judged) and told.now == "steady":
            change_faults(board.name, ["unplug"], None, clear=False)

    _, told = _checked(_handed_in("own", BLINK, board=board), pull)
    report = _report(told)
    assert report.outcome == "unclear"
    assert _kept()[0].outcome == "unclear"


def test_a_verdict_that_cannot_be_kept_is_told_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With why, and nothing pretends that it was kept."""

    def refused() -> None:
        raise ResultsError(N_("The disk is full."), N_("Make room."))

    monkeypatch.setattr(wiring, "results", refused)
    _, told = _checked(_handed_in("guess", answer="always"))
    (recorded,) = [one for one in told if isinstance(one, Recorded)]
    assert recorded.report.outcome == "passed"
    assert isinstance(recorded.not_kept, LovheError)


class TestOnARealBoard:
    """A virtual board that is taken for a real one: a pupil is asked, and changes the surroundings."""

    LESSON = "6-02-button-light"

    @pytest.fixture
    def board(self, folder: Path) -> BoardInfo:
        """With a button and an LED."""
        return msgspec.structs.replace(start_lesson_board(self.LESSON), virtual=False)

    def _pupil(self, board: BoardInfo, *, sees: bool = True) -> Callable[[StepCheck, Told], None]:
        def does(job: StepCheck, told: Told) -> None:
            if isinstance(told, Asked) and told.question:
                job.answered(sees)
            elif isinstance(told, Asked):
                wiring.set_surroundings(board.name, {"button": "released" if told.sentence.startswith("Let") else "pressed"})

        return does

    def _solution(self) -> str:
        return wiring.kit().lesson(self.LESSON).solutions["solution.py"]

    def test_what_is_asked_is_done_seen_and_judged(self, board: BoardInfo) -> None:
        """Each request is told with its seconds, and that it was noticed before the step goes on."""
        _, told = _checked(_handed_in("cellar", self._solution(), board=board, lesson=self.LESSON), self._pupil(board))
        assert _report(told).outcome == "passed"
        asking = [one for one in told if isinstance(one, Asked | Noticed)]
        assert [type(one) for one in asking] == [Asked, Noticed] * (len(asking) // 2)
        assert {(one.seconds, one.question) for one in asking if isinstance(one, Asked)} == {(30.0, False)}

    @pytest.mark.parametrize(("sees", "outcome"), [(True, "passed"), (False, "failed")])
    def test_a_wire_test_asks_what_is_seen(self, board: BoardInfo, sees: bool, outcome: str) -> None:
        """No pin tells whether an LED shines."""
        _, told = _checked(_handed_in("build", board=board, lesson=self.LESSON), self._pupil(board, sees=sees))
        report = _report(told)
        assert (report.step, report.outcome) == ("build", outcome)
        assert any(isinstance(one, Asked) and one.question for one in told)
        assert [check.id for check in report.checks] == ["led", "button"]

    @pytest.mark.parametrize("step", ["cellar", "build"])
    def test_a_stop_while_somebody_is_asked_ends_it_cleanly(self, board: BoardInfo, step: str) -> None:
        """Nobody waits for the seconds that are left, nothing is kept, and the board can be used at once."""

        def stop(job: StepCheck, told: Told) -> None:
            if isinstance(told, Asked):
                job.stop()

        program = self._solution() if step == "cellar" else None
        job, told = _checked(_handed_in(step, program, board=board, lesson=self.LESSON), stop)
        assert job.problem is None
        assert not [one for one in told if isinstance(one, Recorded)]
        assert _kept() == []
        _, told = _checked(_handed_in("cellar", self._solution(), board=board, lesson=self.LESSON), self._pupil(board))
        assert _report(told).outcome == "passed"
