"""What the picture on NeoPixels must be: all of it, some of it, or a property of it, for as long as the step lasts or at one moment.

A program that writes its pixels one by one passes through pictures that nobody sees: those that do not last longer than
`GLITCH_MS` count for nothing. What a program has not written is dark.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import msgspec

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.check_steps import ExpectPixels
from lovhe.core.checks.colours import OFF, Colour, alike, colour_of, name_of, read_colour, same_hue, word_message
from lovhe.core.checks.expectations import Scene, Verdict, seconds, side_by_side
from lovhe.core.checks.part_trace import part_trace
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text

GLITCH_MS = 40

Picture = tuple[Colour, ...]


class Shown(msgspec.Struct, frozen=True):
    """From `start_ms` to `end_ms` the pixels showed this picture."""

    start_ms: float
    end_ms: float
    picture: Picture

    @property
    def lasted_ms(self) -> float:
        """How long."""
        return self.end_ms - self.start_ms


class _Property(msgspec.Struct, frozen=True):
    """One thing that a picture must have, in words, and how it is seen whether it has it."""

    expected: Text
    holds: Callable[[Picture], bool]


def judge_pixels(expect: ExpectPixels, scene: Scene) -> Iterator[Verdict]:
    """One verdict on each property, or with `sometime` one on all of them together, and one on the changes."""
    shown = _shown(expect.part, scene)
    name = scene.part_name(expect.part.partition(".")[0])
    properties = list(_properties(expect, name))
    if expect.sometime and properties:
        yield _sometime(properties, shown, name, scene)
    else:
        held = shown[-1:] if scene.window.ended else shown
        yield from (_always(wanted, held, name, scene) for wanted in properties)
    if expect.changes is not None:
        yield _changes(expect.changes, shown, name, scene)


def _always(wanted: _Property, shown: Sequence[Shown], name: Text, scene: Scene) -> Verdict:
    wrong = [picture for picture in shown if not wanted.holds(picture.picture)]
    first = (wrong or shown)[0]
    seen = N_("{part}: {colours}.", part=name, colours=_told(first.picture))
    if len(shown) > 1:
        after = seconds(max(first.start_ms - scene.window.begin_ms, 0))
        seen = N_("{part}: after {time} s it was {colours}.", part=name, time=after, colours=_told(first.picture))
    return scene.verdict(not wrong, wanted.expected, seen, certain=bool(wrong))


def _sometime(properties: Sequence[_Property], shown: Sequence[Shown], name: Text, scene: Scene) -> Verdict:
    expected: Text = properties[0].expected
    for wanted in properties[1:]:
        expected = N_("{first} {second}", first=expected, second=wanted.expected)
    best = max(shown, key=lambda picture: sum(wanted.holds(picture.picture) for wanted in properties))
    passed = all(wanted.holds(best.picture) for wanted in properties)
    seen = N_("{part}: {colours}.", part=name, colours=_told(best.picture))
    if not passed and len(shown) > 1:
        seen = N_(
            "{part}: not in its {n} pictures; the nearest was {colours}.", part=name, n=len(shown), colours=_told(best.picture)
        )  # fmt: skip
    return scene.verdict(passed, N_("At some moment: {what}", what=expected), seen)


def _changes(changes: str, shown: Sequence[Shown], name: Text, scene: Scene) -> Verdict:
    """How often the picture changed; one that may lie on either side of the window's edge may count or not."""
    count = parse_amount(changes, "count")
    window, slack = scene.window, scene.record.slack_ms
    surely = sum(window.start_ms + slack < picture.start_ms for picture in shown[1:])
    perhaps = len(shown) - 1 + (shown[0].start_ms > window.start_ms)
    expected = N_("{part}: the picture changes. How many times: {count}.", part=name, count=count.words)
    seen = N_("{part}: the picture changed {n} time.", "{part}: the picture changed {n} times.", part=name, n=perhaps)
    return scene.verdict(count.meets(surely, perhaps), expected, seen, certain=surely > count.high)


def _properties(expect: ExpectPixels, name: Text) -> Iterator[_Property]:
    if expect.pattern:
        row = [colour for text in expect.pattern if (colour := read_colour(text)) is not None]
        words = side_by_side([word_message(text) for text in expect.pattern], most=len(expect.pattern))
        yield _Property(
            N_("{part}: {colours}.", part=name, colours=words),
            lambda picture: all(colour.contains(pixel) for colour, pixel in zip(row, picture, strict=False)),
        )
    if expect.pixels and expect.colour is not None and (wanted := read_colour(expect.colour)) is not None:
        places = ", ".join(map(str, expect.pixels))
        yield _Property(
            N_("{part}, pixels {places}: {colour}.", part=name, places=places, colour=word_message(expect.colour)),
            lambda picture: all(place < len(picture) and wanted.contains(picture[place]) for place in expect.pixels),
        )
    yield from _counted(expect, name)
    if expect.mirrored:
        yield _Property(
            N_("{part}: the picture is the same from the left and from the right.", part=name),
            lambda picture: all(map(alike, picture, reversed(picture))),
        )
    if (length := expect.repeats) is not None:
        yield _Property(
            N_(
                "{part}: the picture comes again every {n} pixel.", "{part}: the picture comes again every {n} pixels.", part=name, n=length
            ),
            lambda picture: all(map(alike, picture, picture[length:])),
        )


def _counted(expect: ExpectPixels, name: Text) -> Iterator[_Property]:
    if expect.lit is not None:
        lit = parse_amount(expect.lit, "count")
        yield _Property(
            N_("{part}: so many pixels are lit: {count}.", part=name, count=lit.words),
            lambda picture: lit.contains(sum(pixel != OFF for pixel in picture)),
        )
    if expect.colours is not None:
        colours = parse_amount(expect.colours, "count")
        yield _Property(
            N_("{part}: so many different colours: {count}.", part=name, count=colours.words),
            lambda picture: colours.contains(_different(picture)),
        )
    if expect.brightness is not None:
        brightness = parse_amount(expect.brightness, "percent")
        yield _Property(
            N_("{part}: the brightest pixel has {share} of full brightness.", part=name, share=brightness.words),
            lambda picture: brightness.contains(100 * max(map(max, picture)) / 255, 0.5),
        )


def _different(picture: Picture) -> int:
    """How many colours are lit; the same hue at another brightness is no other colour."""
    found: list[Colour] = []
    for pixel in picture:
        if pixel != OFF and not any(same_hue(pixel, other) for other in found):
            found.append(pixel)
    return len(found)


def _shown(part: str, scene: Scene) -> list[Shown]:
    """The pictures of the window that could be seen, in their order; the first one may have come before it."""
    start_ms, end_ms = scene.window.start_ms, scene.window.end_ms
    gpio = part_trace(scene.lesson, scene.record, part).wire.gpio
    picture: Picture = (OFF,) * pixel_count(scene.lesson, part)
    found = [Shown(start_ms, end_ms, picture)]
    for event in scene.record.events:
        if event.kind != "neo" or event.args[0] != gpio or event.t_ms > end_ms:
            continue
        digits = event.args[1][: 6 * len(picture)]
        written = tuple(colour_of(digits[at : at + 6]) for at in range(0, len(digits) - len(digits) % 6, 6))
        picture = (*written, *picture[len(written) :])
        before = found.pop()
        if event.t_ms > max(before.start_ms, start_ms):
            found.append(msgspec.structs.replace(before, end_ms=float(event.t_ms)))
        found.append(Shown(max(float(event.t_ms), start_ms), end_ms, picture))
    if scene.window.ended:  # the last one stays
        found[-1] = msgspec.structs.replace(found[-1], end_ms=math.inf)
    return _steady(found)


def _steady(found: Sequence[Shown]) -> list[Shown]:
    """Without pictures too short to be seen. Short ones in a row go only if all of them together are: a fast running light is none."""
    kept: list[Shown] = []
    index = 0
    while index < len(found):
        last = index
        while last < len(found) and found[last].lasted_ms <= GLITCH_MS:
            last += 1
        short = last > index and found[last - 1].end_ms - found[index].start_ms <= GLITCH_MS
        kept += [] if short else found[index : max(last, index + 1)]
        index = max(last, index + 1)
    joined: list[Shown] = []
    for shown in kept or found[-1:]:
        if joined and joined[-1].picture == shown.picture:
            shown = msgspec.structs.replace(shown, start_ms=joined.pop().start_ms)
        joined.append(shown)
    return joined


def _told(picture: Picture) -> Text | str:
    """A picture in words."""
    return side_by_side([name_of(colour) for colour in picture], most=16)


def pixel_count(lesson: Lesson, part: str) -> int:
    """How many pixels the lesson's strip has."""
    wired = lesson.wired[part.partition(".")[0]]
    options = next((placed.options for placed in lesson.file.circuit.part if placed.id == wired.id), {})
    return options.get("leds", wired.part.options.get("leds", 1))
