"""What one step of a check expects, held against what happened in its time: the pieces all expectations share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from lovhe.core.amounts import Amount
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.run_record import RunRecord
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Localized, Message, Text
from lovhe.core.number_words import in_words

_FORGIVEN_ONE_IN = 6  # a late turn now and then is the PC's or the cable's, from this many on

_TOLD_STEPS = 3


class Window(msgspec.Struct, frozen=True):
    """The time in which a step's expectations are judged: `start_ms` (the step's begin and its settle time) to `end_ms`.

    `ended`: the program came to its end there, as it may, so a level is judged by what it left behind.
    """

    begin_ms: float
    start_ms: float
    end_ms: float
    ended: bool = False


class Verdict(msgspec.Struct, frozen=True):
    """What became of one expectation, in words. `hints` are those that fit better than the lesson's own."""

    outcome: Literal["passed", "failed", "unclear", "skipped"]
    expected: Text
    seen: Text
    hints: list[Text] = []


class Scene(msgspec.Struct, frozen=True):
    """All that an expectation may look at: the lesson, the whole run, and the step's window in it."""

    lesson: Lesson
    record: RunRecord
    window: Window

    def events(self, *kinds: str) -> list[Event]:
        """The window's events of these kinds, its first and last moment included."""
        first, last = self.window.start_ms, self.window.end_ms
        return [event for event in self.record.events if event.kind in kinds and first <= event.t_ms <= last]

    def lost(self) -> Message | None:
        """Why the window's evidence is not whole, or None when it is."""
        loss = self.record.loss_in(self.window.start_ms, self.window.end_ms)
        return loss.reason if loss else None

    def blind(self) -> Message | None:
        """Why the pins could not be watched closely in the window, or before it; None where they were."""
        less_ms = self.record.less_ms
        if less_ms is None or less_ms > self.window.end_ms:
            return None
        return N_("The program uses all the board's timers, so its pins could not be watched closely.")

    def part_name(self, part_id: str) -> Text:
        """What a pupil calls the part; with its id where the circuit has several of the kind."""
        part = self.lesson.wired[part_id].part
        name = Localized(part.names)
        alike = [wired for wired in self.lesson.wired.values() if wired.part.id == part.id]
        return N_("{part} “{id}”", part=name, id=part_id) if len(alike) > 1 else name

    def verdict(self, passed: bool, expected: Text, seen: Text, *, certain: bool = False) -> Verdict:
        """Passed or failed, or unclear where evidence is missing and the failure is not `certain` without it."""
        reason = self.lost()
        if reason is not None and (passed or not certain):
            return Verdict("unclear", expected, reason)
        return Verdict("passed" if passed else "failed", expected, seen)


def fits(amount: Amount, times: Sequence[float], slack: float) -> bool:
    """Whether there are times and all of them are right but for one in several."""
    wrong = sum(not amount.contains(time, slack) for time in times)
    return bool(times) and wrong <= len(times) // _FORGIVEN_ONE_IN


def lost_before() -> Message:
    """Why nothing is known of a pin, where the evidence that would tell was lost before the window began."""
    return N_("Part of what the board sent was lost on the way.")


def in_a_row(texts: Sequence[Text | str], most: int = 12) -> Text | str:
    """What came one after another, with arrows; of more than `most` the first ones."""
    row: Text | str = texts[0] if texts else "–"
    for text in texts[1:most]:
        row = N_("{before} → {after}", before=row, after=text)
    return N_("{before} → {after}", before=row, after="…") if len(texts) > most else row


def side_by_side(texts: Sequence[Text | str], most: int = 12) -> Text | str:
    """What is there together, with commas; of more than `most` the first ones."""
    row: Text | str = texts[0] if texts else "–"
    for text in texts[1:most]:
        row = N_("{before}, {after}", before=row, after=text)
    return N_("{before}, {after}", before=row, after="…") if len(texts) > most else row


def then(sentences: Sequence[Text]) -> Text:
    """Sentences on what was seen in one step after another; what stayed as it was is told once; of many the first and a new last."""
    changed: list[Text | str] = [text for index, text in enumerate(sentences) if not index or text != sentences[index - 1]]
    if len(changed) > _TOLD_STEPS:
        begin, last = changed[: _TOLD_STEPS - 1], changed[-1]
        changed = [*begin, "…"] if last in begin else [*begin, "…", last]
    told = sentences[0]
    for text in changed[1:]:
        told = N_("{before} Then: {after}", before=told, after=text)
    return told


def seconds(ms: float) -> Localized:
    """A time for reading: "0.5", "0.25", "12.3"."""
    return in_words(_seconds(ms))


def span_of(values: list[float]) -> Localized:
    """Times in ms as seconds: one where they look alike, else the shortest and the longest."""
    low, high = _seconds(min(values)), _seconds(max(values))
    return in_words(low if low == high else f"{low}…{high}")


def plain(value: float) -> Localized:
    """A number without needless digits."""
    return in_words(digits(value))


def digits(value: float) -> str:
    """A number without needless digits, as programs write it; `in_words` makes words of a text of several."""
    return f"{value:.6g}"


def _seconds(ms: float) -> str:
    places = 1 if ms >= 10_000 else 2 if ms >= 95 else 3
    return digits(round(ms / 1000, places))
