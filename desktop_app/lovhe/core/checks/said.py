"""The readings that a program told while it ran, each with its time: what every expectation of readings looks at."""

from __future__ import annotations

import itertools

import msgspec

from lovhe.core.checks.expectations import Scene, digits
from lovhe.core.checks.readings import Reading, folded, read_line, reading
from lovhe.core.messages import N_, Message
from lovhe.core.number_words import in_words


class Said(msgspec.Struct, frozen=True):
    """A reading and when it came."""

    t_ms: float
    reading: Reading


def in_window(scene: Scene) -> list[Said]:
    """All readings in the window, reported or printed, in order of time."""
    return said_between(scene, scene.window.start_ms, scene.window.end_ms)


def said_between(scene: Scene, start_ms: float, end_ms: float) -> list[Said]:
    """All readings from `start_ms` to `end_ms`, in order of time."""
    found: list[Said] = []
    for event in scene.record.events:
        if event.kind not in ("show", "text") or not start_ms <= event.t_ms <= end_ms:
            continue
        if event.kind == "show":
            said = [reading(name, float(value)) for name, value in event.args[0].items() if isinstance(value, int | float)]
        else:
            said = list(itertools.chain.from_iterable(read_line(line) for line in event.args[0].splitlines()))
        found += [Said(event.t_ms, reading) for reading in said]
    return found


def of_name(name: str, readings: list[Said]) -> list[Said]:
    """Those of `readings` that have this name, however it is written."""
    wanted = folded(name)
    return [said for said in readings if folded(said.reading.name) == wanted]


def values_of(name: str, readings: list[Said]) -> list[float]:
    """The values of those of `readings` that have this name."""
    return [said.reading.value for said in of_name(name, readings)]


def what_was_said(name: str, found: list[float], scene: Scene) -> Message:
    """The values of a reading in the window as a sentence; where there were none, what came instead."""
    if found:
        low, high = digits(min(found)), digits(max(found))
        shown = in_words(low if low == high else f"{low} … {high}")
        return N_(
            "Reading “{name}”: {values} ({n} time).", "Reading “{name}”: {values} ({n} times).", name=name, values=shown, n=len(found)
        )
    names = list(dict.fromkeys(said.reading.name for said in in_window(scene)))
    if names == [""]:
        return N_("There were numbers without a name. Print the name too: {example}.", example=f'print("{name}:", value)')
    if names:
        return N_("There was no reading “{name}”, only: {names}.", name=name, names=", ".join(f"“{other}”" for other in names[:5] if other))
    return N_("There was no reading “{name}”.", name=name)
