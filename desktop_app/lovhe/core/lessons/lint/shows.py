"""Cross-checks of what a step expects several parts, a buzzer, a servo or NeoPixels to show: could any program be judged by it?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lovhe.core.amounts import Amount, Kind, parse_amount, parse_duration_ms
from lovhe.core.checks.check_steps import ExpectOrder, ExpectPin, ExpectPixels, ExpectTune, Step
from lovhe.core.checks.colours import COLOUR_WORDS, read_colour
from lovhe.core.checks.expectations_order import GLITCH_MS
from lovhe.core.checks.expectations_pixels import pixel_count
from lovhe.core.checks.expectations_tone import tone_amount
from lovhe.core.circuits.wiring import find_wire
from lovhe.core.lessons.lesson import Check, Lesson
from lovhe.core.lessons.lint.mends import choose, naming, wrong
from lovhe.core.messages import N_

TOLD_PIXELS = 32
"""So many pixels of a strip a board tells of."""

_SHORTEST_STATE_MS = 2 * GLITCH_MS


def check_shows(lesson: Lesson, check: Check, where: str, step: Step) -> None:
    """Raise a `LessonError` for the first thing that is wrong with a step's orders, tunes, pixels and angles."""
    for pin in step.expect_pin:
        if pin.angle is not None:
            _check_angle(lesson, f"{where}, expect-pin, angle", pin, pin.angle)
    for order in step.expect_order:
        _check_order(lesson, f"{where}, expect-order", order)
        if not check.may_end:
            _check_time(f"{where}, delay", step, order)
    for tune in step.expect_tune:
        _check_tune(lesson, f"{where}, expect-tune", tune)
    for pixels in step.expect_pixels:
        _check_pixels(lesson, f"{where}, expect-pixels", pixels)


def _check_model(lesson: Lesson, where: str, part: str, models: dict[str, str]) -> None:
    with naming(where):
        part_id, _ = find_wire(lesson.wired, part)
    if lesson.wired[part_id].part.model not in models:
        fitting = [wired.id for wired in lesson.wired.values() if wired.part.model in models]
        raise wrong(
            where,
            N_("“{id}” is no part of that kind.", id=part_id),
            N_(
                "It takes a part such as: {parts}. In this circuit: {ids}.", parts=", ".join(models.values()), ids=", ".join(fitting) or "–"
            ),
        )


def _check_angle(lesson: Lesson, where: str, pin: ExpectPin, angle: str) -> None:
    _check_model(lesson, where, pin.part, {"servo": "servo"})
    with naming(where):
        amount = parse_amount(angle)
    if not amount.tolerant or amount.high < 0 or amount.low > 180:
        raise wrong(
            where,
            N_("“{text}” cannot be judged.", text=angle),
            N_("Write an angle from 0 to 180 and a tolerance, for example: {example}", example="90 ± 8"),
        )


def _check_order(lesson: Lesson, where: str, order: ExpectOrder) -> None:
    for part in order.parts:
        with naming(f"{where}, parts"):
            part_id, _ = find_wire(lesson.wired, part)
        if lesson.wired[part_id].part.model in ("neopixel", "servo"):
            raise wrong(
                f"{where}, parts",
                N_("“{id}” is not just on or off.", id=part_id),
                N_("Use expect-pixels for NeoPixels, and expect-pin with angle for a servo."),
            )
    if not order.parts or not order.states:
        raise wrong(where, N_("it expects nothing."), N_("Name the parts, and the states one after another."))
    for state in order.states:
        for part in state.on:
            if part not in order.parts:
                raise wrong(f"{where}, states", N_("“{id}” is not among parts.", id=part), choose(part, order.parts))
        if state.lasts is not None:
            with naming(f"{where}, lasts"):
                _check_lasts(f"{where}, lasts", parse_amount(state.lasts, "time"))
    _check_row(where, order)


def _check_lasts(where: str, amount: Amount) -> None:
    if not amount.tolerant:
        raise wrong(
            where,
            N_("“{text}” leaves no room: no program is that exact.", text=amount.text),
            N_("Add a tolerance, for example: {example}", example=f"{amount.text} ± 15 %"),
        )
    if amount.high < _SHORTEST_STATE_MS:
        raise wrong(where, N_("“{text}” is too short to be seen.", text=amount.text), N_("Expect states of 0.1 s at least."))


def _check_row(where: str, order: ExpectOrder) -> None:
    states = [frozenset(state.on) for state in order.states]
    neighbours = [*pairwise(states), *([] if order.once or len(states) < 2 else [(states[-1], states[0])])]
    if any(before == after for before, after in neighbours):
        raise wrong(
            f"{where}, states",
            N_("two states that follow each other are the same, so nobody sees where one ends."),
            N_("Make one state of them that lasts longer. The first one follows the last one, unless it is once."),
        )
    if order.rounds is not None:
        with naming(f"{where}, rounds"):
            parse_amount(order.rounds, "count")
    if (order.once or len(states) == 1) and order.rounds is not None:
        raise wrong(f"{where}, rounds", N_("there are no rounds to count here."), N_("Leave rounds out."))
    if len(states) == 1 and not order.once and order.states[0].lasts is not None:
        raise wrong(f"{where}, lasts", N_("a single state lasts the whole step."), N_("Leave lasts out, or add the other states."))


def _check_time(where: str, step: Step, order: ExpectOrder) -> None:
    """A right program must be seen to be right at whatever moment of its round the step begins."""
    highs = [parse_amount(state.lasts, "time").high for state in order.states if state.lasts is not None]
    rounds = parse_amount(order.rounds or "≥ 1", "count")
    if not highs or max(highs) == float("inf"):
        return
    has_ms = parse_duration_ms(step.delay)
    needs_ms = sum(highs)
    if not order.once:
        has_ms -= step.settle_ms
        needs_ms = max(sum(highs) * max(rounds.low, 1), sum(highs) + max(highs))
    if has_ms < needs_ms:
        raise wrong(
            where,
            N_("a slow program that is right is not seen whole: that takes up to {time} s.", time=f"{needs_ms / 1000:.3g}"),
            N_("Make delay longer. From any moment on, a whole round, its longest state once more and settle must fit in."),
        )


def _check_tune(lesson: Lesson, where: str, tune: ExpectTune) -> None:
    _check_model(lesson, where, tune.part, {"buzzer": "buzzer"})
    if not tune.tones:
        raise wrong(f"{where}, tones", N_("it expects nothing."), N_('Write the tones in their order: tones = ["523 Hz", "587 Hz"]'))
    with naming(f"{where}, tolerance"):
        parse_amount(tune.tolerance, "percent")
    for tone in tune.tones:
        with naming(f"{where}, tones"):
            tone_amount(tone, tune.tolerance)


def _check_pixels(lesson: Lesson, where: str, pixels: ExpectPixels) -> None:
    _check_model(lesson, where, pixels.part, {"neopixel": "neopixel-strip, neopixel-ring"})
    count = pixel_count(lesson, pixels.part)
    if count > TOLD_PIXELS:
        raise wrong(
            f"{where}, part",
            N_("“{id}” has {count} pixels, and a board tells only of the first {most}.", id=pixels.part, count=count, most=TOLD_PIXELS),
            N_("Choose fewer at [circuit], for example: {example}", example="options = { leds = 8 }"),
        )
    if pixels.pattern and len(pixels.pattern) != count:
        raise wrong(
            f"{where}, pattern",
            N_(
                "it has {n} colour, but the strip has {count} pixels.",
                "it has {n} colours, but the strip has {count} pixels.",
                n=len(pixels.pattern),
                count=count,
            ),
            N_("Write a colour for each pixel, also “off”."),
        )
    for key, colours in (("pattern", pixels.pattern), ("colour", [] if pixels.colour is None else [pixels.colour])):
        for colour in colours:
            if read_colour(colour) is None:
                raise wrong(f"{where}, {key}", N_("“{text}” is no colour.", text=colour), choose(colour, [*COLOUR_WORDS, "#RRGGBB"]))
    if bool(pixels.pixels) != (pixels.colour is not None):
        raise wrong(f"{where}, pixels", N_("pixels and colour belong together."), N_('Write both: pixels = [0, 3], colour = "red"'))
    if any(not 0 <= pixel < count for pixel in pixels.pixels):
        raise wrong(f"{where}, pixels", N_("the strip has no such pixel."), N_("Count them from 0 to {last}.", last=count - 1))
    if pixels.repeats is not None and not 1 <= pixels.repeats < count:
        raise wrong(f"{where}, repeats", N_("the strip is not that long."), N_("Write from 1 to {last}.", last=count - 1))
    amounts = list(_pixel_amounts(pixels))
    for key, text, kind in amounts:
        with naming(f"{where}, {key}"):
            parse_amount(text, kind)
    if not any((pixels.pattern, pixels.pixels, pixels.mirrored, pixels.repeats, amounts)):
        raise wrong(where, N_("it expects nothing."), N_('Add what is expected, for example: lit = "≥ 1"'))


def _pixel_amounts(pixels: ExpectPixels) -> Iterator[tuple[str, str, Kind]]:
    named: list[tuple[str, str | None, Kind]] = [
        ("lit", pixels.lit, "count"),
        ("colours", pixels.colours, "count"),
        ("changes", pixels.changes, "count"),
        ("brightness", pixels.brightness, "percent"),
    ]
    yield from ((key, text, kind) for key, text, kind in named if text is not None)
