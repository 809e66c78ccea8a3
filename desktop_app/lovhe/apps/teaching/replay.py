"""A run that was stored, at any moment of it: what the program had printed by then, its readings, and the pins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from lovhe.apps import wiring
from lovhe.apps.attempts import by_id, made_by
from lovhe.apps.step_answers import judged_again
from lovhe.apps.workspace.check_state import CheckState
from lovhe.apps.workspace.hints import Hints
from lovhe.apps.workspace.pins_seen import PinsSeen
from lovhe.apps.workspace.plot_state import PlotState
from lovhe.apps.workspace.run_output import RunOutput
from lovhe.core.checks.report import Report, decode_report
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt, Mark


class Shown(msgspec.Struct, frozen=True):
    """An attempt with all that is shown of it. `who` made it; `before` is what was handed in at this step the time before, "" for nothing.

    `lesson` is None where it is not there any more, or has lost the step; `again` is what it would say today, None where it is the same.
    """

    attempt: Attempt
    who: str
    report: Report
    lesson: Lesson | None
    before: str | None
    again: Report | None


def read_attempt(pupil: Pupil, attempt_id: str, marks: Sequence[Mark]) -> Shown:
    """Read it from what is stored; `marks` are all of the pupil's. Not for the event loop. Raises `LovheError`."""
    with wiring.results() as store:
        attempt = store.attempt(attempt_id)
        earlier = [one for one in marks if (one.lesson_id, one.step) == (attempt.lesson_id, attempt.step) and one.id < attempt.id]
        before = store.attempt(max(one.id for one in earlier)).program if earlier else None
        who = made_by(attempt, by_id(store.roster().classes()))
    report = decode_report(attempt.report)
    try:
        lesson = wiring.kit().lesson(attempt.lesson_id)
        again = judged_again(lesson, attempt)
    except LovheError:
        return Shown(attempt, who, report, None, before, None)
    same = (again.outcome, again.points) == (report.outcome, report.points)
    return Shown(attempt, who, report, lesson, before, None if same else again)


class Replay:
    """`go_to` sets `output`, `plot` and `pins` to what they were `t_ms` after the program began; `pins` is None without the lesson."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self._events = list(shown.attempt.evidence)
        self._times = [event.t_ms for event in self._events]
        self._done = 0
        self.t_ms = 0
        self._begin()
        self.go_to(self.end_ms)

    @property
    def end_ms(self) -> int:
        """When the last thing happened."""
        return max(self._times, default=0)

    def go_to(self, t_ms: int) -> None:
        """To that moment, or the nearest that there was."""
        t_ms = min(max(t_ms, 0), self.end_ms)
        if t_ms < self.t_ms:
            self._begin()
        upto = bisect_right(self._times, t_ms)
        news = self._events[self._done : upto]
        self._done, self.t_ms = upto, t_ms
        self.output.add(news, self.shown.attempt.program)
        self.plot.add(news)
        if self.pins is not None:
            self.pins.happened(news)

    def next_ms(self) -> int:
        """When something happens after this moment."""
        return self._times[self._done] if self._done < len(self._times) else self.end_ms

    def before_ms(self) -> int:
        """When something happened before this moment."""
        return max((t_ms for t_ms in self._times[: self._done] if t_ms < self.t_ms), default=0)

    def checks(self) -> CheckState | None:
        """The verdict in the form in which pupils see it; None without the lesson."""
        lesson, attempt = self.shown.lesson, self.shown.attempt
        if lesson is None:
            return None
        state = CheckState(lesson, lesson.step(attempt.step) if attempt.step else None, Hints({}, {}))
        state.over(self.shown.report, None)
        return state

    def _begin(self) -> None:
        self._done = 0
        self.output, self.plot = RunOutput(), PlotState()
        self.output.begin(self.shown.attempt.program, running=False)
        self.plot.view.show_all()
        lesson = self.shown.lesson
        self.pins = None
        if lesson is not None:
            kit, circuit = wiring.kit(), lesson.file.circuit
            self.pins = PinsSeen(kit.boards()[circuit.board], kit.parts(), circuit)
