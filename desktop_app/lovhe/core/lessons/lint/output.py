"""Refusals of what a check expects a program to tell: displays, I2C parts, readings, and the exception it ends with."""

from __future__ import annotations

import builtins
import difflib

from lovhe.core.amounts import parse_amount, parse_duration_ms, parse_number
from lovhe.core.checks.check_steps import ExpectDisplay, ExpectPin, ExpectReading
from lovhe.core.checks.expectations_compared import SPANS_WITHIN, STATISTIC_WITHIN
from lovhe.core.checks.expectations_display import DRIVER_OF, SHOWN_WITHIN, stands_in
from lovhe.core.checks.expectations_reading import FOLLOWS_WITHIN, set_to
from lovhe.core.checks.expectations_use import i2c_address
from lovhe.core.checks.moments import read_moment
from lovhe.core.circuits.wiring import find_wire
from lovhe.core.lessons.lesson import Check, Lesson, Step
from lovhe.core.lessons.lint.mends import choose, naming, wrong
from lovhe.core.messages import N_

_EXCEPTIONS = [name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)]


def check_outputs(lesson: Lesson, where: str, check: Check, index: int, step: Step) -> None:
    """Raise a `LessonError` for the first thing that is wrong in step `index`, which errors call `where`."""
    _check_displays(lesson, where, step)
    for device in step.expect_device:
        _known(lesson, f"{where}, expect-device", device.part)
        if i2c_address(lesson, device.part) is None:
            raise wrong(
                f"{where}, expect-device",
                N_("“{id}” is no part with an I2C address.", id=device.part),
                N_("Use expect-device for parts on SDA and SCL only, and expect-use for other sensors."),
            )
    for pin in step.expect_pin:
        _check_wait(lesson, f"{where}, expect-pin", pin)
    _check_readings(lesson, where, check, index, step)


def check_expected_error(where: str, check: Check) -> None:
    """Raise a `LessonError` if the exception that the check expects cannot be one."""
    expect = check.expect_error
    if expect is None:
        return
    if not expect.type.isidentifier():
        raise wrong(
            f"{where}, expect-error",
            N_("“{text}” is no exception.", text=expect.type),
            N_("Write its class, for example: {example}", example='type = "ValueError"'),
        )
    if expect.type not in _EXCEPTIONS and (guess := difflib.get_close_matches(expect.type, _EXCEPTIONS, n=1, cutoff=0.8)):
        raise wrong(f"{where}, expect-error", N_("“{text}” is no exception.", text=expect.type), choose(expect.type, guess))
    if not check.step:
        raise wrong(where, N_("it has no steps."), N_("Add a [[check.step]] with a delay: in that time the program has to end."))


def _check_displays(lesson: Lesson, where: str, step: Step) -> None:
    for display in step.expect_display:
        here = f"{where}, expect-display"
        _known(lesson, here, display.part)
        if lesson.wired[display.part].part.model not in DRIVER_OF:
            displays = [wired.id for wired in lesson.wired.values() if wired.part.model in DRIVER_OF]
            raise wrong(here, N_("“{id}” is no display for text.", id=display.part), choose(display.part, displays))
        if not display.asks and not display.lacked and not (display.reading or "").strip():
            raise wrong(here, N_("it expects nothing."), N_("Add what is expected, for example: {example}", example='contains = "23"'))
        if display.number is not None:
            with naming(f"{here}, number"):
                parse_amount(display.number)
        if display.within is not None and display.reading is None:
            raise wrong(
                f"{here}, within", N_("it does not say what the number is compared with."), N_("Add reading, and the name of a reading.")
            )
        _check_tolerance(f"{here}, within", "1", display.within or SHOWN_WITHIN)
        _check_lacking(f"{here}, lacks", display)


def _check_lacking(where: str, display: ExpectDisplay) -> None:
    if not all(lacked.strip() for lacked in display.lacked):
        raise wrong(where, N_("it expects nothing."), N_("Add what is expected, for example: {example}", example='lacks = "ALARM"'))
    if display.lacked and display.sometime and not display.asks:
        raise wrong(
            where,
            N_("at some moment every display shows something else."),
            N_("Add contains or number, or leave sometime out."),
        )
    for lacked in display.lacked:
        if stands_in(display.contains or "", lacked):
            raise wrong(
                where,
                N_("a display that shows “{contains}” shows “{lacks}” as well.", contains=display.contains or "", lacks=lacked),
                N_("Write what must not stand beside it."),
            )


def _check_readings(lesson: Lesson, where: str, check: Check, index: int, step: Step) -> None:
    for reading in step.expect_reading:
        here = f"{where}, expect-reading"
        _check_compared(lesson, here, reading)
        if reading.follows is not None:
            with naming(f"{here}, follows"):
                find_wire(lesson.wired, reading.follows)
            _check_tolerance(f"{here}, within", "1", reading.within or FOLLOWS_WITHIN)
        if reading.agrees_with is not None and reading.within is not None:
            _check_equality(f"{here}, within", reading.agrees_with, reading.within, check.step[: index + 1])
        if reading.change is not None:
            with naming(f"{here}, change"):
                parse_amount(reading.change)
        if reading.spread is not None:
            with naming(f"{here}, spread"):
                parse_amount(reading.spread)
        if reading.rate is not None:
            _check_rate(f"{here}, rate", reading.rate, step)


def _check_compared(lesson: Lesson, where: str, reading: ExpectReading) -> None:
    """What a reading is held against, once at most: what was set, pulses, a time between two pins, or earlier readings."""
    against = [reading.agrees_with, reading.follows, reading.spans, reading.statistic]
    compared = len(against) - against.count(None)
    if reading.within is not None and not compared:
        raise wrong(
            f"{where}, within",
            N_("it does not say what the reading is compared with."),
            N_("Add agrees-with or follows, and the id of a part."),
        )
    if compared > 1 and (reading.spans is not None or reading.statistic is not None):
        raise wrong(
            where,
            N_("it compares the reading with two things at once."),
            N_("Write two expectations of this reading, one for each."),
        )
    if reading.spans is not None:
        _check_spans(lesson, where, reading.spans, reading.within or SPANS_WITHIN)
    if reading.statistic is None and (reading.of, reading.last, reading.times) != (None, None, None):
        raise wrong(
            where,
            N_("it does not say what the reading is compared with."),
            N_("Write it like this: {example}", example='{ name = "best", is = "least", of = "reaction", last = 5 }'),
        )
    if reading.statistic is not None:
        if not (reading.of or "").strip() or (reading.last is not None and not 1 <= reading.last <= 1000):
            raise wrong(
                f"{where}, is",
                N_("it does not say which readings are meant."),
                N_("Write it like this: {example}", example='{ name = "best", is = "least", of = "reaction", last = 5 }'),
            )
        if reading.times is not None and not 0 < abs(reading.times) < 1e9:
            raise wrong(
                f"{where}, times",
                N_("it does not say what the reading is compared with."),
                N_("Write it like this: {example}", example='{ name = "speed", is = "last", of = "turns", times = 1.3 }'),
            )
        _check_tolerance(f"{where}, within", "1", reading.within or STATISTIC_WITHIN)


def _check_spans(lesson: Lesson, where: str, spans: list[str], within: str) -> None:
    moments = [read_moment(text) for text in spans]
    if len(moments) != 2 or None in moments or moments[0] == moments[1]:
        raise wrong(
            f"{where}, spans",
            N_("it does not name two moments."),
            N_("Write it like one of these: {examples}.", examples='["light", "button"], ["button", "button=off"]'),
        )
    for moment in moments:
        with naming(f"{where}, spans"):
            find_wire(lesson.wired, moment.part if moment else "")
    with naming(f"{where}, within"):
        amount = parse_amount(f"1000 ms {within}", "time")
    if not amount.tolerant:
        raise wrong(
            f"{where}, within",
            N_("“{text}” is no tolerance.", text=within),
            N_("Write it like one of these: {examples}.", examples='"± 60 ms", "± 20 %"'),
        )


def _check_wait(lesson: Lesson, where: str, pin: ExpectPin) -> None:
    moment = read_moment(pin.after) if pin.after is not None else None
    if (pin.wait is None and pin.spread is None and pin.after is None) or (moment and (pin.wait or pin.spread)):
        with naming(f"{where}, after"):
            find_wire(lesson.wired, moment.part if moment else pin.part)
        for key, text in (("wait", pin.wait), ("spread", pin.spread)):
            with naming(f"{where}, {key}"):
                parse_amount(text or "0 s", "time")
        return
    raise wrong(
        f"{where}, after",
        N_("it does not say from when to when the wait is."),
        N_("Write it like this: {example}", example='{ part = "light", after = "button=off", wait = "≥ 500 ms", spread = "≥ 20 ms" }'),
    )


def _check_equality(where: str, part: str, within: str, steps: list[Step]) -> None:
    values = [value for step in steps if (value := set_to(step, part)) is not None]
    if not values:
        raise wrong(
            where,
            N_("neither this step nor an earlier one of the check sets “{part}”.", part=part),
            N_("Add it to set, for example: {example}", example=f'set = {{ {part} = "…" }}'),
        )
    if parse_number(values[-1]) is None:
        raise wrong(
            where,
            N_("“{text}” is no number to compare a reading with.", text=values[-1]),
            N_("Leave within out, or set the part to a number."),
        )
    _check_tolerance(where, values[-1], within)


def _check_tolerance(where: str, value: str, within: str) -> None:
    with naming(where):
        amount = parse_amount(f"{value} {within}")
    if not amount.tolerant:
        raise wrong(
            where, N_("“{text}” is no tolerance.", text=within), N_("Write it like one of these: {examples}.", examples='"± 1", "± 20 %"')
        )


def _check_rate(where: str, rate: str, step: Step) -> None:
    """The time must be long enough for three readings."""
    with naming(where):
        slowest = parse_amount(rate, "frequency").low
    judged_ms = parse_duration_ms(step.delay) - step.settle_ms
    if slowest <= 0 or judged_ms * slowest < 3000:
        raise wrong(
            where,
            N_("the step is too short to tell how often a reading comes."),
            N_("Make delay so long that three readings come in it at least."),
        )


def _known(lesson: Lesson, where: str, part: str) -> None:
    if part not in lesson.wired:
        raise wrong(where, N_("the circuit has no part “{id}”.", id=part), choose(part, list(lesson.wired)))
