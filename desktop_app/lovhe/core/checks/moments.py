"""Moments that a lesson names by a part, "light" going on or "button=off" let go, and when the evidence shows them."""

from __future__ import annotations

import msgspec

from lovhe.core.checks.expectations import Scene
from lovhe.core.checks.part_trace import part_trace
from lovhe.core.messages import N_, Text


class Moment(msgspec.Struct, frozen=True):
    """A part, and whether it goes on there or off."""

    part: str
    on: bool = True


def read_moment(text: str) -> Moment | None:
    """Read "light", "light=on" or "light=off"; None where no part is named, or something else stands after the sign."""
    part, _, how = (piece.strip() for piece in text.partition("="))
    return Moment(part, how != "off") if part and how in ("", "on", "off") else None


class SeenMoments:
    """All times up to the window's end at which a moment was seen, `times`; `words` is what a pupil calls it."""

    def __init__(self, moment: Moment, scene: Scene) -> None:
        self.moment = moment
        self._trace = part_trace(scene.lesson, scene.record, moment.part)
        self._slack_ms = scene.record.slack_ms
        whole = self._trace.between(0, scene.window.end_ms)
        steps = zip([whole.state, *(state for _, state in whole.changes)], whole.changes, strict=False)
        self.times = [at for before, (at, after) in steps if before is (not moment.on) and after is moment.on]
        part = scene.part_name(self._trace.part_id)
        self.words = _button_words(part, moment.on) if self._trace.model == "button" else _words(part, moment.on)

    def last(self, until_ms: float) -> float | None:
        """The last time up to a moment, that moment included."""
        return next((at for at in reversed(self.times) if at <= until_ms), None)

    def first(self, since_ms: float, until_ms: float) -> float | None:
        """The first time between two moments, both included."""
        return next((at for at in self.times if since_ms <= at <= until_ms), None)

    def was_before(self, t_ms: float) -> bool:
        """Whether the part was so at that time already, clear of the edge."""
        return self._trace.between(t_ms - self._slack_ms, t_ms).state is self.moment.on


def _words(part: Text, on: bool) -> Text:
    return N_("{part} on", part=part) if on else N_("{part} off", part=part)


def _button_words(part: Text, on: bool) -> Text:
    return N_("{part} pressed", part=part) if on else N_("{part} let go", part=part)
