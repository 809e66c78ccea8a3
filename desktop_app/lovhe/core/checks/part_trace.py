"""One part of a lesson's circuit as the evidence shows it: by the name that a check gives it, with what "on" means for it."""

from __future__ import annotations

import msgspec

from lovhe.core.checks.run_record import RunRecord
from lovhe.core.checks.signals import Span, Stretch, part_spans, stretch
from lovhe.core.circuits.wiring import find_wire
from lovhe.core.lessons.lesson import Lesson, Wire


class PartTrace(msgspec.Struct, frozen=True):
    """All that one wire of a part did during a run."""

    part_id: str
    model: str
    wire: Wire
    spans: list[Span]

    def between(self, start_ms: float, end_ms: float) -> Stretch:
        """What it did from `start_ms` to `end_ms`."""
        return stretch(self.spans, start_ms, end_ms)


def part_trace(lesson: Lesson, record: RunRecord, part: str) -> PartTrace:
    """The trace of `part` ("led", or "rgb.red" with a part's pin). Raises `LessonError` for one that the circuit has not."""
    part_id, wire = find_wire(lesson.wired, part)
    model = lesson.wired[part_id].part.model
    losses = [(loss.start_ms, loss.end_ms) for loss in record.losses]
    spans = part_spans(record.events, wire.gpio, on_level=wire.on_level, sounds=model == "buzzer", losses=losses)
    return PartTrace(part_id, model, wire, spans)
