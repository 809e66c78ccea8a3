"""What a program must have said: printed text, and named readings that are in range or follow the surroundings."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence

from lovhe.core.amounts import parse_amount, parse_number
from lovhe.core.expectations import Scene, Verdict, Window, plain
from lovhe.core.lesson import Check, ExpectReading, ExpectText
from lovhe.core.messages import N_, Message, Text
from lovhe.core.readings import Reading, folded, read_line

_EXCERPT = 60


def judge_text(expect: ExpectText, scene: Scene) -> Iterator[Verdict]:
    """Whether the text was printed, as often as expected. Case and the dots of i and ı make no difference."""
    printed = printed_text(scene)
    times = folded(printed).count(folded(expect.contains))
    count = parse_amount(expect.count or "≥ 1", "count")
    expected: Text = N_("The program prints “{text}”.", text=expect.contains)
    if expect.count is not None:
        expected = N_("The program prints “{text}”. How many times: {count}.", text=expect.contains, count=count.text)
    seen: Text
    if times:
        seen = N_("This text was printed {n} time.", "This text was printed {n} times.", n=times)
    elif printed.strip():
        seen = N_("It printed something else: “{text}”.", text=_excerpt(printed))
    else:
        seen = N_("It printed nothing.")
    yield scene.verdict(count.contains(times), expected, seen, certain=times > count.high)


def judge_reading(expect: ExpectReading, scene: Scene, check: Check, windows: Sequence[Window]) -> Iterator[Verdict]:
    """One verdict for each thing `expect` names; for `agrees-with` all the check's windows count."""
    found = _named(expect.name, readings_in(scene))
    if expect.range is not None:
        allowed = parse_amount(expect.range)
        outside = [value for value in found if not allowed.contains(value)]
        expected = N_("Reading “{name}”: {range}.", name=expect.name, range=allowed.text)
        yield scene.verdict(bool(found) and not outside, expected, _seen(expect.name, found, scene), certain=bool(outside))
    if expect.count is not None or (expect.range is None and expect.agrees_with is None):
        count = parse_amount(expect.count or "≥ 1", "count")
        expected = N_("Reading “{name}” comes. How many times: {count}.", name=expect.name, count=count.text)
        yield scene.verdict(count.contains(len(found)), expected, _seen(expect.name, found, scene), certain=len(found) > count.high)
    if expect.agrees_with is not None:
        yield _agreement(expect.name, expect.agrees_with, scene, check, windows)


def printed_text(scene: Scene) -> str:
    """All the program's text in the window."""
    return "".join(event.args[0] for event in scene.events("text"))


def readings_in(scene: Scene) -> list[Reading]:
    """All readings in the window, reported or printed, in order of time."""
    found: list[Reading] = []
    for event in scene.events("show", "text"):
        if event.kind == "show":
            found += [Reading(name, float(value)) for name, value in event.args[0].items() if isinstance(value, int | float)]
        else:
            found += itertools.chain.from_iterable(read_line(line) for line in event.args[0].splitlines())
    return found


def _named(name: str, readings: list[Reading]) -> list[float]:
    wanted = folded(name)
    return [reading.value for reading in readings if folded(reading.name) == wanted]


def _agreement(name: str, part: str, scene: Scene, check: Check, windows: Sequence[Window]) -> Verdict:
    """The readings' means must rise (or fall) with each rise of what was set, by more than they scatter."""
    by_value: dict[str, list[float]] = {}
    setting = ""
    for step, window in zip(check.step, windows, strict=False):
        setting = step.set.get(part, setting)
        here = Scene(scene.lesson, scene.record, window)
        if here.lost() is not None:
            scene = here  # the verdict rests on this window too
        if setting:
            by_value.setdefault(setting, []).extend(_named(name, readings_in(here)))
    expected = N_("Reading “{name}” follows: {part}.", name=name, part=scene.part_name(part.partition(".")[0]))
    if not all(by_value.values()) or not by_value:
        return scene.verdict(False, expected, N_("Reading “{name}” did not come at every step.", name=name))
    groups = [by_value[value] for value in sorted(by_value, key=lambda value: _rank(value, part, scene))]
    pairs = ", ".join(f"{value} → {plain(round(statistics.fmean(values), 1))}" for value, values in by_value.items())
    seen = N_("Reading “{name}”: {pairs}.", name=name, pairs=pairs)
    return scene.verdict(_follows(groups), expected, seen)


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


def _seen(name: str, found: list[float], scene: Scene) -> Message:
    if found:
        low, high = plain(min(found)), plain(max(found))
        shown = low if low == high else f"{low} … {high}"
        return N_(
            "Reading “{name}”: {values} ({n} time).", "Reading “{name}”: {values} ({n} times).", name=name, values=shown, n=len(found)
        )
    names = list(dict.fromkeys(reading.name for reading in readings_in(scene)))
    if names == [""]:
        return N_("There were numbers without a name. Print the name too: {example}.", example=f'print("{name}:", value)')
    if names:
        return N_("There was no reading “{name}”, only: {names}.", name=name, names=", ".join(f"“{other}”" for other in names[:5] if other))
    return N_("There was no reading “{name}”.", name=name)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
