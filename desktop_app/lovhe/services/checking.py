"""Check a student's program: run it under trace through the lesson's steps, then judge the evidence."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.check_steps import ExpectLook
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge, syntax_report, watched_gpios
from lovhe.core.checks.looks import LookTally
from lovhe.core.checks.report import Report
from lovhe.core.checks.signals import LATE_SAMPLE_MS
from lovhe.core.checks.step_course import Change, course
from lovhe.core.circuits.surroundings import default_value, quantities, read_setting, show_value
from lovhe.core.lessons.lesson import Lesson, Step
from lovhe.core.programs.program import syntax_problem
from lovhe.services.ports import AskingStage, BoardLink, ShowingStage, Stage, TypingStage
from lovhe.services.recorder import Recorder

BEGIN_TIMEOUT_S = 15.0
_SLICE_MS = 1
"""So finely the begin of a run is looked for: by it the PC dates what it does, and the board what it sees, on one scale."""
_ROUNDED_MS = 1
"""The PC's time on the board's scale is so much late at most: both are told in whole milliseconds."""
_LAST_WORDS = ("end", "stuck", "gone")
_LOOK_S = 0.02
_GLANCE_MS = 50
_MOST_READS = 20
_AWAKE_MS = 500
"""So long a program has to give its inputs their pull-ups before a person is asked: their levels change by that, and nobody has moved."""
_PATIENCE_S = 20.0
"""So much longer than a step's time the PC waits for a board in virtual time before it counts as stuck."""

# A soft reset leaves the chip's pins as they are: a light that is on, a pull-up that this program has forgotten.
_LET_GO = """\
from machine import Pin
for n in {gpios}:Pin(n,Pin.IN,None).value(0)
del Pin
"""

# A PIR needs a moment until it tells of somebody who is there.
_REST = "import time\ntime.sleep_ms(300)\ndel time\n"


def check_program(
    lesson: Lesson,
    source: str,
    link: BoardLink | Callable[[], BoardLink],
    stage: Stage,
    *,
    name: str = "main.py",
    watch: Sequence[int] | None = None,
    runtime: Mapping[str, bytes] | None = None,
    on_event: Callable[[Event], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Report, list[Event]]:
    """Judge `source` against `lesson`: the report and the evidence it rests on.

    A syntax error is reported before anything is sent: `link` may be a callable that opens the board only when needed.
    `name` is what tracebacks call the program, `watch` GPIO numbers other than the lesson's own, `on_event` sees every event
    live. Blocks for the lesson's duration in real time. Raises `BoardError`s until the program has begun; a board that goes
    away later, or `cancelled()`, makes the report unclear.
    """
    if problem := syntax_problem(source):
        return syntax_report(lesson, problem), []
    opened = link() if callable(link) else link
    recorder = Recorder(opened, stage.now_ms, on_event)
    recorder.put(source, name, watched_gpios(lesson) if watch is None else watch, runtime or {})
    let_go(opened, lesson)
    drive = _Drive(recorder, stage, cancelled)
    drive.make_ready(lesson, opened)
    stage.begin()
    try:
        recorder.start()
        drive.wait_for_begin()
        drive.through(lesson)
    finally:
        recorder.stop()  # while the clock still holds, so that a board in virtual time does not run on meanwhile
        stage.end()
    events = _evidence(recorder.events)
    return judge(lesson, source, events), events


def let_go(link: BoardLink, lesson: Lesson) -> None:
    """Make every pin that the lesson's circuit is wired to an input without a pull. Raises `BoardError`s."""
    link.execute(_LET_GO.format(gpios=sorted({wire.gpio for part in lesson.wired.values() for wire in part.wires.values()})))


def _evidence(events: Sequence[Event]) -> list[Event]:
    """The events by their time, without what the program still did after its time was over and before it was stopped."""
    over_ms = next((event.t_ms for event in events if event.kind == "over"), None)
    kept = [event for event in events if over_ms is None or event.t_ms <= over_ms or event.kind in _LAST_WORDS]
    return sorted(kept, key=lambda event: event.t_ms)


class _Drive:
    """Takes a running program through a lesson's steps."""

    def __init__(self, recorder: Recorder, stage: Stage, cancelled: Callable[[], bool]) -> None:
        self._recorder = recorder
        self._stage = stage
        self._asking = stage if isinstance(stage, AskingStage) else None
        self._cancelled = cancelled
        self._course: list[tuple[int, Change]] = []
        self._begin_ms = 0  # of the step

    @property
    def _idle(self) -> bool:
        return self._recorder.over or self._cancelled()

    def make_ready(self, lesson: Lesson, link: BoardLink) -> None:
        """Give what the steps will set its value of the first step, or else its default: what the last program met must not show.

        The board rests until its parts have taken that in. Where a student changes the surroundings, they are as they are.
        """
        if self._asking is None:
            for name, value in _first_values(lesson).items():
                self._stage.set(name, value)
            link.execute(_REST)

    def wait_for_begin(self) -> None:
        """Let the board run in small slices until the program has begun, so that its time zero is known."""
        limit_s = time.monotonic() + BEGIN_TIMEOUT_S
        while not self._recorder.began and not self._idle and time.monotonic() < limit_s:
            self._run_on(_SLICE_MS)
        if not self._cancelled():
            self._recorder.require_begin()

    def through(self, lesson: Lesson) -> None:
        """All checks' steps, in the lesson's order, and the end of the last one."""
        parts = {wired.part.id: wired.part for wired in lesson.wired.values()}
        for check in lesson.file.check:
            for index, step in enumerate(check.step):
                if self._recorder.gone or self._cancelled():
                    return
                self._step(check.id, index, step, course(step, parts, lesson.file.circuit))
        if not self._recorder.gone:
            self._recorder.host("over")

    def _step(self, check_id: str, index: int, step: Step, changes: Sequence[Change]) -> None:
        by_hand = self._asking is not None and step.asked
        if by_hand:
            self._run_on(max(0, _AWAKE_MS - self._recorder.now_ms))
        # No change is seen before it is made, however long a busy PC takes to hear that it is made.
        self._begin_ms = max(self._begin_ms, self._recorder.now_ms - (_ROUNDED_MS if by_hand else 0))
        marks = [(self._set(part_id, value), part_id, value) for part_id, value in step.set.items()]
        if self._asking is None:
            marks += [(self._set(change.part, change.value), change.part, change.value) for change in changes if not change.at_ms]
        else:
            marks += [(self._move(part_id, how, step), part_id, how) for part_id, how in step.asked[len(step.set) :]]
        self._recorder.host("step", check_id, index, at_ms=self._begin_ms)
        for kind, part_id, value in marks:
            self._recorder.host(kind, part_id, value, at_ms=self._begin_ms)
        duration_ms = round(parse_duration_ms(step.delay))
        if self._idle:
            self._recorder.pass_over(duration_ms)
            return
        if isinstance(self._stage, TypingStage):
            self._recorder.type_lines(step.type, self._stage.type_in)
        else:
            self._recorder.type_lines(step.type)
        before_ms = self._recorder.now_ms
        if self._asking is None:
            self._course = [(before_ms + round(change.at_ms), change) for change in changes if change.at_ms]
        if step.expect_look:
            self._look_on(check_id, index, step.expect_look, duration_ms)
        else:
            self._run_on(duration_ms)
        self._hear_out()
        if self._recorder.over:
            self._course.clear()
            # The rest of the step's time goes by without the board.
            self._recorder.pass_over(max(0, before_ms + duration_ms - self._recorder.now_ms))

    def _look_on(self, check_id: str, index: int, looks: Sequence[ExpectLook], duration_ms: int) -> None:
        """Let the board run for `duration_ms`, at least, and record what was seen of its parts meanwhile."""
        if self._asking is not None:
            self._inquire(self._asking, check_id, index, looks, duration_ms)
            return
        showing = self._stage if isinstance(self._stage, ShowingStage) else None
        if showing is None:
            self._run_on(duration_ms)
            return
        tallies = [LookTally(look) for look in looks]
        there = [False] * len(looks)
        end_ms = self._recorder.now_ms + duration_ms
        for _ in range(max(1, duration_ms // _GLANCE_MS)):
            if self._idle or self._recorder.now_ms >= end_ms:
                break
            self._run_on(min(_GLANCE_MS, end_ms - self._recorder.now_ms))
            for number, (look, tally) in enumerate(zip(looks, tallies, strict=True)):
                state = showing.part_state(look.part.partition(".")[0])
                there[number] |= bool(state)
                tally.add(state)
        for look, tally, found in zip(looks, tallies, there, strict=True):
            told = (tally.told or "–") if found else ""
            self._recorder.host("look", check_id, index, look.part, look.see, "yes" if tally.complete else "no", told)

    def _inquire(self, asking: AskingStage, check_id: str, index: int, looks: Sequence[ExpectLook], duration_ms: int) -> None:
        """Ask a person one question after another, while the program goes on."""
        for number, look in enumerate(looks):
            asking.inquire(look.part, look.see)
            if number == 0:
                self._run_on(duration_ms)
            while (said := asking.said()) is None and not self._idle:
                self._stage.allow(round(_LOOK_S * 1000))
                self._look()
            self._recorder.host("look", check_id, index, look.part, look.see, said or "", None)

    def _set(self, part_id: str, value: str) -> str:
        """Change the surroundings and return the kind of event that says so; where a student does it, wait until it is seen."""
        if self._asking is None:
            self._stage.set(part_id, value)
            return "set"
        if self._idle:
            return "unseen"
        self._stage.set(part_id, value)
        return self._noticed(self._asking)

    def _move(self, part_id: str, how: str, step: Step) -> str:
        """Ask for a change that goes on during the step, and wait until it is seen to have begun."""
        if self._asking is None or self._idle:
            return "unseen"
        self._asking.move(part_id, how, step)
        return self._noticed(self._asking)

    def _noticed(self, asking: AskingStage) -> str:
        while (answer := asking.answer()) is None and not self._idle:
            self._stage.allow(round(_LOOK_S * 1000))
            self._look()
        seen_ms = asking.seen_ms()
        # A program may answer sooner than the trace samples the pin again, and the PC hears of both later still.
        self._begin_ms = max(self._begin_ms, self._recorder.now_ms if seen_ms is None else seen_ms - LATE_SAMPLE_MS)
        return "set" if answer else "unseen"

    def _run_on(self, duration_ms: int) -> None:
        """Let the board run for `duration_ms` of its time, or until the program is over; change meanwhile what goes on changing."""
        end_ms = self._recorder.now_ms + duration_ms
        while self._course and self._course[0][0] < end_ms and not self._idle:
            at_ms, change = self._course.pop(0)
            if (ahead_ms := at_ms - self._recorder.now_ms) > 0:
                self._let_run(ahead_ms)
            if not self._idle:
                before_ms = self._recorder.now_ms
                self._stage.set(change.part, change.value)
                self._recorder.host("set", change.part, change.value, at_ms=before_ms)
        self._let_run(max(0, end_ms - self._recorder.now_ms))

    def _let_run(self, duration_ms: int) -> None:
        """The same, and nothing changes but by itself; takes what the program says."""
        self._stage.allow(duration_ms)
        due_s = time.monotonic() + duration_ms / 1000
        while not self._idle:
            reached = self._stage.reached()
            left_s = due_s - time.monotonic()
            self._look(0.0 if reached else min(_LOOK_S, left_s) if left_s > 0 else _LOOK_S)
            if reached:
                return
            if left_s < -_PATIENCE_S:
                self._recorder.host("stuck")
                return

    def _hear_out(self) -> None:
        """Take all that the program has said by now, also a question that it waits with. One that never stops talking is left at that."""
        for _ in range(_MOST_READS):
            self._look(0.0)
            if self._recorder.quiet or self._recorder.over:
                break
        self._recorder.unfinished()

    def _look(self, timeout_s: float = _LOOK_S) -> None:
        events = self._recorder.read(timeout_s)
        if self._asking is not None and events:
            self._asking.observe(events)


def _first_values(lesson: Lesson) -> dict[str, str]:
    """What each quantity that a step sets is when the program starts, by the name that the step gives it."""
    parts = {wired.part.id: wired.part for wired in lesson.wired.values()}
    circuit = lesson.file.circuit
    known = quantities(parts, circuit)
    values: dict[str, str] = {}
    steps = [_begin(step, course(step, parts, circuit)) for check in lesson.file.check for step in check.step]
    for begin in steps:
        for name, value in begin.items():
            setting = read_setting(parts, circuit, name, value)
            quantity = known[f"{setting.part_id}.{setting.quantity_id}"]
            values[name] = show_value(quantity, default_value(quantity))
    return values | steps[0] if steps else values


def _begin(step: Step, changes: Sequence[Change]) -> dict[str, str]:
    """What a step makes of the surroundings when it begins."""
    return step.set | {change.part: change.value for change in changes if not change.at_ms}
