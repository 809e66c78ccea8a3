"""A run's events put in order for judging: when steps began, how the program ended, where evidence is missing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.signals import DEFAULT_SAMPLE_MS
from lovhe.core.checks.typed_text import without_echo
from lovhe.core.messages import N_, Message

FROM_THE_BOARD = frozenset(("begin", "level", "adc", "pwm", "neo", "dht", "i2c", "draw", "show", "print", "lost", "less", "end"))

_CLOCKS_DIFFER_MS = 300
_QUEUE_DRAINS_MS = 1_000
_FIRST_STEP_MS = 100


class Ending(msgspec.Struct, frozen=True):
    """How the program came to its end: `status` is as in `core.checks.evidence`; `line` is 0 when unknown."""

    t_ms: int
    status: str
    type: str = ""
    message: str = ""
    line: int = 0


class StepMark(msgspec.Struct):
    """A step as it was run: from `start_ms` to the next one's begin, and what was done to the surroundings meanwhile."""

    start_ms: int
    limit_ms: float = math.inf
    sets: list[tuple[int, str]] = []
    unseen: list[str] = []


class Loss(msgspec.Struct, frozen=True):
    """Evidence from between two moments is missing, through no fault of the program."""

    start_ms: float
    end_ms: float
    reason: Message


class RunRecord(msgspec.Struct):
    """One run. `less_ms` is when the trace began to see less of the pins (None: never)."""

    events: list[Event]
    began: bool
    sample_ms: int
    steps: dict[tuple[str, int], StepMark]
    losses: list[Loss]
    ending: Ending | None = None
    less_ms: float | None = None

    @property
    def slack_ms(self) -> int:
        """How much later than a pin's change its time stamp may be."""
        return self.sample_ms + 1

    def loss_in(self, start_ms: float, end_ms: float) -> Loss | None:
        """The first loss that touches a stretch of time."""
        return next((loss for loss in self.losses if loss.start_ms < end_ms and loss.end_ms > start_ms), None)


def read_run(events: Sequence[Event]) -> RunRecord:
    """Sort a run's events by time (frames may overtake each other by milliseconds) and find their way marks."""
    record = RunRecord(without_echo(sorted(events, key=lambda event: event.t_ms)), False, DEFAULT_SAMPLE_MS, {}, [])
    mark: StepMark | None = None
    heard_ms: float = -math.inf  # when the board was heard of last
    for event in record.events:
        args = event.args
        match event.kind:
            case "step" | "over":
                if mark is not None and not _cut_short(record):
                    mark.limit_ms = event.t_ms
                # The host learns of the begin a moment late, and what the program says first belongs to the first step.
                first = event.kind == "step" and not record.steps and event.t_ms <= _FIRST_STEP_MS
                mark = _next_mark(mark, 0 if first else event.t_ms)
                if event.kind == "step":
                    record.steps[(args[0], args[1])] = mark
            case "set" if mark is not None:
                mark.sets.append((event.t_ms, args[0]))
            case "unseen" if mark is not None:
                mark.unseen.append(f"{args[0]} = {args[1]}")
            case _:
                _board_event(record, event, heard_ms)
        if event.kind in FROM_THE_BOARD:
            heard_ms = event.t_ms
    _stopped_by_us(record)
    return record


def _next_mark(before: StepMark | None, t_ms: int) -> StepMark:
    """A new step's mark; what was set at the very moment in which it begins belongs to it."""
    mark = StepMark(t_ms, sets=[], unseen=[])
    if before is not None:
        mark.sets = [change for change in before.sets if change[0] >= t_ms]
        before.sets = [change for change in before.sets if change[0] < t_ms]
    return mark


def _cut_short(record: RunRecord) -> bool:
    """Whether the run has ended by itself: what the host then says of steps does not shorten the time they should have had."""
    return record.ending is not None or any(loss.end_ms == math.inf for loss in record.losses)


def _stopped_by_us(record: RunRecord) -> None:
    """Where the host said "over" and then stopped the program, the end came after, though the two clocks may differ a little."""
    ending = record.ending
    over_ms = next((event.t_ms for event in record.events if event.kind == "over"), None)
    if ending is None or ending.status != "stopped" or over_ms is None or over_ms - ending.t_ms > _CLOCKS_DIFFER_MS:
        return
    record.ending = msgspec.structs.replace(ending, t_ms=max(ending.t_ms, over_ms))
    for mark in record.steps.values():
        mark.limit_ms = min(mark.limit_ms, over_ms)


def _board_event(record: RunRecord, event: Event, heard_ms: float) -> None:
    match event.kind:
        case "begin" if record.began:
            record.losses.append(Loss(event.t_ms, math.inf, N_("The board started anew in the middle of the run.")))
        case "begin":
            record.began = True
            record.sample_ms = min(max(int(event.args[1]), 1), 100)
        case "end" if record.ending is None:
            record.began = True  # a program that cannot be compiled ends without having begun
            record.ending = Ending(event.t_ms, *event.args)
        case "less" if record.less_ms is None:
            record.less_ms = event.t_ms
        case "gap" | "lost":
            # What is missing was sent after the board's last frame and before this one. But the board tells what found no room
            # in its queue only when the queue is empty again.
            since_ms = heard_ms - (_QUEUE_DRAINS_MS if event.kind == "lost" else 0)
            if event.kind == "gap" and len(event.args) > 1:
                since_ms = event.args[1]
            record.losses.append(Loss(since_ms, event.t_ms + 1, N_("Part of what the board sent was lost on the way.")))
        case "gone" if event.args == ["brownout"]:
            record.losses.append(Loss(event.t_ms, math.inf, N_("The board's supply sagged in the middle of the run, and it started anew.")))
        case "gone" if event.args == ["restart"]:
            record.losses.append(Loss(event.t_ms, math.inf, N_("The board started anew in the middle of the run.")))
        case "gone":
            record.losses.append(Loss(event.t_ms, math.inf, N_("The board went away in the middle of the run.")))
        case "stuck":
            record.losses.append(Loss(event.t_ms, math.inf, N_("The board did not answer any more and had to be reset.")))
        case _:
            pass
