"""Readings that nobody knows before, held against what the run itself has shown: a time between two pins, earlier readings.

What a person does takes as long as it takes. So a program that measures it is not held against a fixed number, but against
what the trace saw at the pins; and a mean, or a best of five, against the readings that the program told before.
"""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.check_steps import ExpectReading
from lovhe.core.checks.expectations import Scene, Verdict, Window, digits, plain
from lovhe.core.checks.moments import SeenMoments, read_moment
from lovhe.core.checks.said import Said, in_window, of_name, said_between, values_of, what_was_said
from lovhe.core.checks.signals import LATE_SAMPLE_MS
from lovhe.core.lessons.lesson import Check
from lovhe.core.messages import N_, Text
from lovhe.core.statistic import Statistic, statistic_words, worked_out

SPANS_WITHIN = "± 60 ms"
"""How exact a reading that `spans` a time must be, where the lesson does not say: three turns of a loop that sleeps for 20 ms."""

STATISTIC_WITHIN = "± 1"
"""How exact a reading that tells a statistic must be, where the lesson does not say: it may be rounded."""

_AT_ONCE_MS = 50  # what a program prints before it waits for anything again


def judge_span(name: str, spans: Sequence[str], within: str, scene: Scene, check: Check, windows: Sequence[Window]) -> Verdict:
    """Each reading in the window is the milliseconds from the first moment to the second one, the last that were before it."""
    ends = [SeenMoments(moment, scene) for text in spans if (moment := read_moment(text)) is not None]
    first, second = ends[0], ends[1]
    expected = N_("Reading “{name}” is the time in milliseconds: {first} → {second}.", name=name, first=first.words, second=second.words)
    found = of_name(name, in_window(scene))
    if not found:
        step = check.step[list(windows).index(scene.window)]
        if second.moment.part in step.set and second.was_before(scene.window.begin_ms):
            return Verdict("unclear", expected, N_("That was done before it was asked for: {moment}.", moment=second.words))
        return scene.verdict(False, expected, what_was_said(name, [], scene))
    verdicts = [_held_against(said, first, second, within, expected, scene) for said in found]
    return next((verdict for outcome in ("failed", "unclear") for verdict in verdicts if verdict.outcome == outcome), verdicts[-1])


def judge_statistic(expect: ExpectReading, statistic: Statistic, scene: Scene) -> Verdict:
    """The last reading in the window is the statistic of the readings `of` another name, or the `last` so many of them, until then."""
    within, of = expect.within or STATISTIC_WITHIN, expect.of or expect.name
    told = of if expect.times is None else f"{of} × {digits(expect.times)}"
    asked = statistic_words(statistic, told, within, None)
    found = of_name(expect.name, in_window(scene))
    if not found:
        missing = N_("Reading “{name}” tells this: {statistic}", name=expect.name, statistic=asked)
        return scene.verdict(False, missing, what_was_said(expect.name, [], scene))
    earlier = of_name(of, said_between(scene, 0, min(found[-1].t_ms + _AT_ONCE_MS, scene.window.end_ms)))
    if of == expect.name:
        earlier = earlier[:-1]
    counted = earlier[-expect.last :] if expect.last else earlier
    since_ms = counted[0].t_ms if expect.last and len(counted) == expect.last else 0
    value = worked_out(statistic, [said.reading.value for said in counted]) if counted else None
    if value is not None and expect.times is not None:
        value *= expect.times
    expected = N_("Reading “{name}” tells this: {statistic}", name=expect.name, statistic=statistic_words(statistic, told, within, value))
    if (loss := scene.record.loss_in(since_ms, scene.window.start_ms)) is not None:
        return Verdict("unclear", expected, loss.reason)
    if value is None or (expect.last and len(counted) < expect.last):
        return scene.verdict(False, expected, what_was_said(of, values_of(of, counted), scene))
    seen = N_("The last reading “{name}” was {value}.", name=expect.name, value=plain(found[-1].reading.value))
    return scene.verdict(abs(found[-1].reading.value - value) <= _allowed(within, value) + 1e-9, expected, seen)


def _allowed(within: str, value: float) -> float:
    """How far a reading may lie from `value`: a share of it in per cent, else the same for every value."""
    amount = parse_amount(f"100 {within}")
    spread = (amount.high - amount.low) / 2
    return spread * abs(value) / 100 if within.rstrip().endswith("%") else spread


def _held_against(said: Said, first: SeenMoments, second: SeenMoments, within: str, expected: Text, scene: Scene) -> Verdict:
    name, slack_ms = said.reading.name, scene.record.slack_ms
    until_ms = said.t_ms + LATE_SAMPLE_MS  # a pin's change is stamped a moment late, a reading is not
    begin_ms = first.last(until_ms)
    end_ms = second.first(begin_ms, until_ms) if begin_ms is not None else None
    loss = scene.record.loss_in(begin_ms or 0, scene.window.end_ms)
    if loss is not None:
        return Verdict("unclear", expected, loss.reason)
    if begin_ms is None or end_ms is None:
        missing = first.words if begin_ms is None else second.words
        seen = N_("Before the reading “{name}” this was not seen: {moment}.", name=name, moment=missing)
        return _unless_blind(scene, False, expected, seen)
    took_ms = end_ms - begin_ms
    right = parse_amount(f"{took_ms:.3f} ms {within}", "time").contains(said.reading.value, slack=slack_ms)
    seen = N_(
        "Reading “{name}” was {value}, and at the pins it took {time} ms.",
        name=name,
        value=plain(said.reading.value),
        time=plain(round(took_ms)),
    )
    return _unless_blind(scene, right, expected, seen)


def _unless_blind(scene: Scene, right: bool, expected: Text, seen: Text) -> Verdict:
    if not right and (blind := scene.blind()) is not None:
        return Verdict("unclear", expected, blind)
    return scene.verdict(right, expected, seen)
