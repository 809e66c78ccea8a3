"""What a program's named readings must be: in range, often enough, and in step with the surroundings."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence

from lovhe.core.amounts import parse_amount, parse_number
from lovhe.core.checks.expectations import Scene, Verdict, Window, digits, plain
from lovhe.core.checks.expectations_compared import SPANS_WITHIN, judge_span, judge_statistic
from lovhe.core.checks.part_trace import part_trace
from lovhe.core.checks.readings import Reading
from lovhe.core.checks.said import in_window, of_name, said_between, values_of, what_was_said
from lovhe.core.lessons.lesson import Check, ExpectReading, Step
from lovhe.core.messages import N_, Text
from lovhe.core.number_words import in_words

FOLLOWS_WITHIN = "± 20 %"
"""How exact a reading that `follows` must be, where the lesson does not say."""

_CLOCK_SHARE = 0.02  # what the stamps of readings may be off, as a share of a rate


def judge_reading(expect: ExpectReading, scene: Scene, check: Check, windows: Sequence[Window]) -> Iterator[Verdict]:
    """One verdict for each thing `expect` names; for `agrees-with` all the check's windows count."""
    found = values_of(expect.name, in_window(scene))
    if expect.range is not None:
        allowed = parse_amount(expect.range)
        outside = [value for value in found if not allowed.contains(value)]
        expected = N_("Reading “{name}”: {range}.", name=expect.name, range=allowed.words)
        yield scene.verdict(bool(found) and not outside, expected, what_was_said(expect.name, found, scene), certain=bool(outside))
    others = (expect.range, expect.agrees_with, expect.rate, expect.change, expect.follows, expect.spread, expect.spans, expect.statistic)
    if expect.count is not None or others == (None,) * len(others):
        count = parse_amount(expect.count or "≥ 1", "count")
        expected = N_("Reading “{name}” comes. How many times: {count}.", name=expect.name, count=count.words)
        yield scene.verdict(count.contains(len(found)), expected, what_was_said(expect.name, found, scene), certain=len(found) > count.high)
    if expect.agrees_with is not None and expect.within is not None:
        yield _equality(expect.name, expect.agrees_with, expect.within, scene, check, windows)
    elif expect.agrees_with is not None:
        yield _agreement(expect.name, expect.agrees_with, scene, check, windows)
    if expect.rate is not None:
        yield _rate(expect.name, expect.rate, scene)
    if expect.change is not None:
        yield _change(expect.name, expect.change, scene)
    if expect.follows is not None:
        yield _pulses(expect.name, expect.follows, expect.within or FOLLOWS_WITHIN, scene)
    if expect.spread is not None:
        yield _spread(expect.name, expect.spread, scene, windows)
    if expect.spans is not None:
        yield judge_span(expect.name, expect.spans, expect.within or SPANS_WITHIN, scene, check, windows)
    if expect.statistic is not None:
        yield judge_statistic(expect, expect.statistic, scene)


def readings_in(scene: Scene) -> list[Reading]:
    """All readings in the window, reported or printed, in order of time."""
    return [said.reading for said in in_window(scene)]


def last_reading(name: str, scene: Scene) -> float | None:
    """The newest reading of that name up to the window's end; None if there was none."""
    found = values_of(name, said_between(scene, 0, scene.window.end_ms))
    return found[-1] if found else None


def _agreement(name: str, part: str, scene: Scene, check: Check, windows: Sequence[Window]) -> Verdict:
    """The readings' means must rise (or fall) with each rise of what was set, by more than they scatter."""
    by_value: dict[str, list[float]] = {}
    setting = ""
    for step, window in zip(check.step, windows, strict=False):
        setting = set_to(step, part) or setting
        here = Scene(scene.lesson, scene.record, window)
        if here.lost() is not None:
            scene = here  # the verdict rests on this window too
        if setting:
            by_value.setdefault(setting, []).extend(values_of(name, in_window(here)))
    expected = N_("Reading “{name}” follows: {part}.", name=name, part=scene.part_name(part.partition(".")[0]))
    if not all(by_value.values()) or not by_value:
        return scene.verdict(False, expected, N_("Reading “{name}” did not come at every step.", name=name))
    groups = [by_value[value] for value in sorted(by_value, key=lambda value: _rank(value, part, scene))]
    pairs = ", ".join(f"{value} → {digits(round(statistics.fmean(values), 1))}" for value, values in by_value.items())
    seen = N_("Reading “{name}”: {pairs}.", name=name, pairs=in_words(pairs))
    return scene.verdict(_follows(groups), expected, seen)


def _equality(name: str, part: str, within: str, scene: Scene, check: Check, windows: Sequence[Window]) -> Verdict:
    """The last reading must be the value that was set last."""
    setting = ""
    for step, window in zip(check.step, windows, strict=False):
        setting = set_to(step, part) or setting
        if window == scene.window:
            break
    allowed = parse_amount(f"{setting} {within}")
    expected = N_("The last reading “{name}” is {amount}.", name=name, amount=allowed.words)
    found = values_of(name, in_window(scene))
    if not found:
        return scene.verdict(False, expected, what_was_said(name, found, scene))
    seen = N_("The last reading “{name}” was {value}.", name=name, value=plain(found[-1]))
    return scene.verdict(allowed.contains(found[-1]), expected, seen)


def _rate(name: str, rate: str, scene: Scene) -> Verdict:
    """From the first reading to the last, and to the window's end, for a program that stops telling tells too seldom."""
    allowed = parse_amount(rate, "frequency")
    expected = N_("Reading “{name}” comes so many times a second: {rate}.", name=name, rate=allowed.words)
    times = [said.t_ms for said in of_name(name, in_window(scene))]
    if len(times) < 2 or times[-1] <= times[0]:
        found = values_of(name, in_window(scene))
        return scene.verdict(False, expected, what_was_said(name, found, scene))
    per_s = 1000 * (len(times) - 1) / (times[-1] - times[0])
    silent_ms = max(times[0] - scene.window.start_ms, scene.window.end_ms - times[-1])
    seen: Text = N_("Reading “{name}” came {rate} times a second.", name=name, rate=plain(round(per_s, 2)))
    if allowed.low > 0 and silent_ms > 2000 / allowed.low:
        seen = N_("Reading “{name}” did not come all the time.", name=name)
        return scene.verdict(False, expected, seen)
    return scene.verdict(allowed.contains(per_s, slack=per_s * _CLOCK_SHARE), expected, seen)


def _change(name: str, change: str, scene: Scene) -> Verdict:
    """The last reading, less the last one before the step began."""
    allowed = parse_amount(change)
    expected = N_("Reading “{name}” changes by: {change}.", name=name, change=allowed.words)
    before = of_name(name, said_between(scene, 0, scene.window.begin_ms))
    found = values_of(name, in_window(scene))
    if not found:
        return scene.verdict(False, expected, what_was_said(name, found, scene))
    if not before:
        return scene.verdict(False, expected, N_("Before this step there was no reading “{name}”.", name=name))
    lost = scene.record.loss_in(before[-1].t_ms, scene.window.start_ms)
    if lost is not None:
        return Verdict("unclear", expected, lost.reason)
    first, last = before[-1].reading.value, found[-1]
    seen = N_("Reading “{name}” went from {first} to {last}.", name=name, first=plain(first), last=plain(last))
    return scene.verdict(allowed.contains(round(last - first, 9)), expected, seen)


def _spread(name: str, spread: str, scene: Scene, windows: Sequence[Window]) -> Verdict:
    """The greatest reading less the least one, of the check's steps up to this one: what is left to chance is not the same each time."""
    allowed = parse_amount(spread)
    expected = N_("Readings “{name}” differ from one another by: {spread}.", name=name, spread=allowed.words)
    found: list[float] = []
    for window in windows[: list(windows).index(scene.window) + 1]:
        here = Scene(scene.lesson, scene.record, window)
        found += values_of(name, in_window(here))
        if here.lost() is not None:
            scene = here  # the verdict rests on this window too
    right = len(found) > 1 and allowed.contains(round(max(found) - min(found), 9))
    return scene.verdict(right, expected, what_was_said(name, found, scene))


def _pulses(name: str, part: str, within: str, scene: Scene) -> Verdict:
    """The readings' mean must be the pulses a second at the part's pin.

    Who counts whole pulses for a second is off by one at most in each reading; the mean of several is off by less.
    """
    trace = part_trace(scene.lesson, scene.record, part)
    expected = N_("Reading “{name}” is the number of pulses a second: {part}.", name=name, part=scene.part_name(trace.part_id))
    found = values_of(name, in_window(scene))
    whole = trace.between(scene.window.start_ms, scene.window.end_ms)
    periods = whole.periods()
    if not found or not periods:
        seen: Text = what_was_said(name, found, scene)
        if not periods:
            seen = N_("{part}: no pulses were seen.", part=scene.part_name(trace.part_id))
        return scene.verdict(False, expected, seen)
    per_s = 1000 / statistics.fmean(periods)
    allowed = parse_amount(f"{per_s:.3f} {within}")
    mean = statistics.fmean(found)
    seen = N_(
        "Reading “{name}” was {value}, and there were {pulses} pulses a second.",
        name=name,
        value=plain(round(mean, 2)),
        pulses=plain(round(per_s, 2)),
    )
    return scene.verdict(allowed.contains(mean, slack=1 / len(found)), expected, seen)


def set_to(step: Step, part: str) -> str | None:
    """The value of the surroundings that a step leaves behind."""
    if step.glide is not None and step.glide.part == part:
        return step.glide.to
    return step.set.get(part)


def _rank(value: str, part: str, scene: Scene) -> float:
    """Where a set value stands among others: its number, or its place in the part's list of words."""
    number = parse_number(value)
    if number is not None:
        return number[0]
    part_id, _, quantity_id = part.partition(".")
    for quantity in scene.lesson.wired[part_id].part.quantity:
        if value in quantity.values and quantity_id in ("", quantity.id):
            return float(quantity.values.index(value))
    return 0.0


def _follows(groups: list[list[float]]) -> bool:
    directions: set[bool] = set()
    for before, after in itertools.pairwise(groups):
        change = statistics.fmean(after) - statistics.fmean(before)
        scatter = statistics.pstdev(before) + statistics.pstdev(after)
        if abs(change) <= scatter:
            return False
        directions.add(change > 0)
    return len(directions) == 1
