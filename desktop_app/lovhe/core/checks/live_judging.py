"""Verdicts while a program still runs: a check's is told as soon as nothing that may still come can change it.

`judge` looks at the whole run. Of a run that goes on it can be believed about a check only when

- all its steps are over, and the host has begun the next one;
- the board has been heard of for `CERTAIN_MS` after that, or has told that the program has ended: what is sent late, and what the
  board says to be lost, lies no further back. A board that is pulled is not known to have been there since it was last heard;
- the checks that it needs are certain, too. One that will be skipped is certain at once.

A check without steps is certain only at the end, for a program may always still stop with an error. (A program that prints what looks
like our frames makes its whole run uncertain; the verdict at the end is the one that counts.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport
from lovhe.core.checks.run_record import FROM_THE_BOARD, RunRecord, read_run
from lovhe.core.lessons.lesson import Check, Lesson

CERTAIN_MS = 1_100


def certain_verdicts(lesson: Lesson, source: str, events: Sequence[Event]) -> list[CheckReport]:
    """The verdicts that stay whatever comes, in the lesson's order; `events` are those of a running program so far."""
    record = read_run(events)
    if not record.began:
        return []
    certain: dict[str, CheckReport] = {}
    reports = {report.id: report for report in judge(lesson, source, events).checks}
    heard_ms = _heard_ms(record)
    for check in lesson.file.check:
        needed = [certain.get(one) for one in check.needs]
        if None in needed:
            continue
        skipped = any(one is not None and one.outcome != "passed" for one in needed)
        if skipped or _is_certain(check, record, heard_ms):
            certain[check.id] = reports[check.id]
    return list(certain.values())


class LiveJudging:
    """A run that is watched event by event: `verdicts` are those that are certain by now, `now` is the check whose turn it is."""

    def __init__(self, lesson: Lesson, source: str) -> None:
        self.verdicts: list[CheckReport] = []
        self.now = ""
        self._lesson, self._source = lesson, source
        self._events: list[Event] = []
        self._due_ms: float = math.inf  # judged again when the board is heard of then
        self._heard_ms: float = -math.inf
        self._ended = False

    def see(self, event: Event) -> bool:
        """Take the run's next event; whether `verdicts` or `now` are new. Judges seldom: once or twice a check."""
        self._events.append(event)
        if event.kind in FROM_THE_BOARD:
            self._heard_ms = max(self._heard_ms, event.t_ms)
            self._ended |= event.kind == "end"
        before = self.now, len(self.verdicts)
        if event.kind in ("step", "over"):
            self.now = event.args[0] if event.kind == "step" else ""
            if self.now != before[0] and before[0]:
                self._due_ms = min(self._due_ms, event.t_ms + CERTAIN_MS)
        if self._heard_ms >= self._due_ms or (self._ended and event.kind == "step"):
            self._judge()
        return (self.now, len(self.verdicts)) != before

    def _judge(self) -> None:
        self.verdicts = certain_verdicts(self._lesson, self._source, self._events)
        begins = [event.t_ms for event in self._events if event.kind in ("step", "over")]
        self._due_ms = next((begin + CERTAIN_MS for begin in begins if begin + CERTAIN_MS > self._heard_ms), math.inf)


def _heard_ms(record: RunRecord) -> float:
    """Up to when all that the board did is known."""
    if record.ending is not None:
        return math.inf
    return max((event.t_ms for event in record.events if event.kind in FROM_THE_BOARD), default=-math.inf)


def _is_certain(check: Check, record: RunRecord, heard_ms: float) -> bool:
    marks = [record.steps.get((check.id, index)) for index in range(len(check.step))]
    if not marks or None in marks:
        return False
    last_ms = max(mark.start_ms for mark in marks if mark is not None)
    after_ms = min((event.t_ms for event in _host_marks(record, check) if event.t_ms >= last_ms), default=math.inf)
    return after_ms + CERTAIN_MS <= heard_ms


def _host_marks(record: RunRecord, check: Check) -> list[Event]:
    """Where the steps of other checks began, or the last step ended, after this check's last one."""
    last = max(place for place, event in enumerate(record.events) if event.kind == "step" and event.args[0] == check.id)
    return [event for event in record.events[last + 1 :] if event.kind in ("step", "over")]
