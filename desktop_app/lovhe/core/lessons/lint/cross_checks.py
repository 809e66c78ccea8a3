"""Cross-checks of a lesson that is well formed: would a class be able to use it? Each refusal names file, key and mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import msgspec

from lovhe.core.amounts import Kind, parse_amount, parse_duration_ms
from lovhe.core.checks.expectations_reading import set_to
from lovhe.core.checks.expectations_use import reader_of
from lovhe.core.checks.source_facts import WORDS
from lovhe.core.circuits.wiring import find_wire
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Check, Lesson, Step
from lovhe.core.lessons.lint.doing import check_doing
from lovhe.core.lessons.lint.mends import caught, choose, naming, wrong
from lovhe.core.lessons.lint.output import check_expected_error, check_outputs
from lovhe.core.lessons.lint.shows import check_shows
from lovhe.core.lessons.lint.step_kinds import step_problems
from lovhe.core.lessons.lint.texts import text_problems
from lovhe.core.messages import N_

LESSON_FILE = "lesson.toml"
_RESERVED_IDS = ("syntax", "answer")
_MOST_CHECKS, _MOST_STEPS, _MOST_STEPS_OF_CHECKS = 50, 50, 200
_LONGEST_MS = 3_600_000


def check_lesson(lesson: Lesson) -> None:
    """Raise a `LessonError` for the first thing that is wrong; return when nothing is."""
    for problem in lesson_problems(lesson):
        raise problem


def lesson_problems(lesson: Lesson) -> Iterator[LessonError]:
    """Everything that is wrong, the first thing of each piece that is looked at by itself: a step of a check, a text, a program.

    What rests on the ids is looked at only where those are right.
    """
    yield from caught(_check_numbers, lesson)
    too_much = list(caught(_check_extent, lesson))
    yield from too_much
    if too_much:  # it would take as long to look at all of it
        return
    twice = list(caught(_check_ids, lesson))
    yield from twice
    yield from caught(_check_needs, lesson)
    for check in lesson.file.check:
        for index, step in enumerate(check.step):
            yield from _one_by_one(lesson, check, index, step)
        yield from caught(_check_agreements, check)
        yield from caught(check_expected_error, f"{LESSON_FILE}, check “{check.id}”", check)
        yield from caught(_check_source_words, check)
    if twice:
        return
    in_texts = list(text_problems(lesson))
    yield from in_texts
    yield from caught(_check_programs, lesson)
    yield from step_problems(lesson, texts=not in_texts)


def _one_by_one(lesson: Lesson, check: Check, index: int, step: Step) -> Iterator[LessonError]:
    """The first thing that is wrong with a step of a check, and the first of each of its other expectations."""
    first = list(caught(check_step, lesson, check, index, step, LESSON_FILE))
    yield from first
    expecting = [name for name in step.__struct_fields__ if name.startswith("expect_")]
    bare = msgspec.structs.replace(step, **{name: [] for name in expecting})
    if not first or any(caught(check_step, lesson, check, index, bare, LESSON_FILE)):
        return
    told = {str(problem) for problem in first}
    for name in expecting:
        for expectation in getattr(step, name):
            piece = msgspec.structs.replace(bare, **{name: [expectation]})
            alone = msgspec.structs.replace(check, step=[*check.step[:index], piece, *check.step[index + 1 :]])
            for problem in caught(check_step, lesson, alone, index, piece, LESSON_FILE):
                if str(problem) not in told:
                    told.add(str(problem))
                    yield problem


def _check_numbers(lesson: Lesson) -> None:
    file = lesson.file
    for key, value, low, high in (("grade", file.grade, 1, 12), ("order", file.order, 0, 999), ("minutes", file.minutes, 1, 500)):
        if not low <= value <= high:
            raise wrong(
                f"{LESSON_FILE}, {key}",
                N_("{value} cannot be right.", value=value),
                N_("Write a number from {low} to {high}.", low=low, high=high),
            )
    if not file.check:
        raise wrong(LESSON_FILE, N_("the lesson has no checks."), N_("Add at least one [[check]]."))


def _check_extent(lesson: Lesson) -> None:
    """Refuse what no class could use, and what would keep a PC busy for hours."""
    file = lesson.file
    for key, count, most in (
        ("[[check]]", len(file.check), _MOST_CHECKS),
        ("[[step]]", len(file.step), _MOST_STEPS),
        ("[[check.step]]", sum(len(check.step) for check in file.check), _MOST_STEPS_OF_CHECKS),
    ):
        if count > most:
            raise wrong(
                f"{LESSON_FILE}, {key}",
                N_("there are too many of them: {value}.", value=count),
                N_("There may be {n} at most.", n=most),
            )
    told_ms = 0.0
    for check in file.check:
        for step in check.step:
            with suppress(LessonError):  # each is looked at by itself
                told_ms += parse_duration_ms(step.delay)
    if told_ms > _LONGEST_MS:
        raise wrong(
            f"{LESSON_FILE}, [[check.step]], delay",
            N_("all checks together take {minutes} min.", minutes=round(told_ms / 60_000)),
            N_("Make delays shorter: a class cannot wait longer than {n} min.", n=_LONGEST_MS // 60_000),
        )


def _check_ids(lesson: Lesson) -> None:
    seen: set[str] = set()
    for check in lesson.file.check:
        where = f"{LESSON_FILE}, check “{check.id}”"
        if not check.id or not check.id.replace("-", "").isalnum() or check.id in _RESERVED_IDS:
            raise wrong(where, N_("this id cannot be used."), N_("Take small letters, digits and -, for example: led-blinks"))
        if check.id in seen:
            raise wrong(where, N_("two checks have this id."), N_("Give each check an id of its own."))
        if check.points < 0:
            raise wrong(f"{where}, points", N_("points cannot be less than 0."), N_("Write 0 or more."))
        if not check.step and check.expect_source is None:
            raise wrong(where, N_("it has no steps."), N_("Add a [[check.step]] with a delay and what it expects."))
        seen.add(check.id)


def _check_needs(lesson: Lesson) -> None:
    """Needed checks must come before, which also rules out circles."""
    earlier: list[str] = []
    every = [check.id for check in lesson.file.check]
    for check in lesson.file.check:
        for needed in check.needs:
            where = f"{LESSON_FILE}, check “{check.id}”, needs"
            if needed not in every:
                raise wrong(where, N_("there is no check “{id}”.", id=needed), choose(needed, earlier))
            if needed not in earlier:
                raise wrong(
                    where,
                    N_("“{id}” does not come before this check.", id=needed),
                    N_("A check can only build on earlier ones: change the order, or delete it here."),
                )
        earlier.append(check.id)


def check_step(lesson: Lesson, check: Check, index: int, step: Step, file: str) -> None:
    """Raise a `LessonError`, which names `file`, for the first thing that is wrong with one step of a check."""
    where = f"{file}, check “{check.id}”, step {index + 1}"
    with naming(f"{where}, delay"):
        delay_ms = parse_duration_ms(step.delay)
    with naming(f"{where}, settle"):
        settle_ms = step.settle_ms
    if not 0 < delay_ms <= 600_000:
        raise wrong(
            f"{where}, delay", N_("“{text}” is no time for a step.", text=step.delay), N_("Write more than 0 s and at most 10 min.")
        )
    if settle_ms >= delay_ms:
        raise wrong(
            f"{where}, settle",
            N_("nothing of the step is left to be judged after it."),
            N_("Make settle shorter than delay, or delay longer. Without settle it is 200 ms."),
        )
    check_doing(lesson, where, step)
    for kind, text, key in _amounts(step):
        with naming(f"{where}, {key}"):
            amount = parse_amount(text, kind)
        if kind in ("time", "frequency") and not amount.tolerant:
            raise wrong(
                f"{where}, {key}",
                N_("“{text}” leaves no room: no program is that exact.", text=text),
                N_("Add a tolerance, for example: {example}", example=f"{text} ± 10 %"),
            )
    _check_parts(lesson, where, step)
    check_shows(lesson, check, where, step)
    check_outputs(lesson, where, check, index, step)


def _amounts(step: Step) -> Iterator[tuple[Kind, str, str]]:
    """All amounts of a step: of which kind, as written, under which key."""
    for pin in step.expect_pin:
        kinds: list[tuple[Kind, str | None, str]] = [
            ("count", pin.toggles, "toggles"),
            ("time", pin.on_time, "on-time"),
            ("time", pin.off_time, "off-time"),
            ("time", pin.period, "period"),
            ("percent", pin.duty, "duty"),
            ("frequency", pin.frequency, "frequency"),
        ]
        yield from ((kind, text, f"expect-pin, {key}") for kind, text, key in kinds if text is not None)
    for reading in step.expect_reading:
        kinds = [("number", reading.range, "range"), ("count", reading.count, "count"), ("frequency", reading.rate, "rate")]
        yield from ((kind, text, f"expect-reading, {key}") for kind, text, key in kinds if text is not None)
    yield from (("count", text.count, "expect-text, count") for text in step.expect_text if text.count is not None)
    yield from (("count", use.reads, "expect-use, reads") for use in step.expect_use)


def _check_parts(lesson: Lesson, where: str, step: Step) -> None:
    for pin in step.expect_pin:
        with naming(f"{where}, expect-pin"):
            find_wire(lesson.wired, pin.part)
        if pin.level not in (None, "on", "off"):
            raise wrong(f"{where}, expect-pin, level", N_("“{text}” is no level.", text=pin.level), N_("Write on or off."))
        if not any((pin.level, pin.toggles, pin.on_time, pin.off_time, pin.period, pin.duty, pin.frequency, pin.angle, pin.after)):
            raise wrong(f"{where}, expect-pin", N_("it expects nothing."), N_('Add what is expected, for example: level = "on"'))
    for use in step.expect_use:
        wired = lesson.wired.get(use.part)
        if wired is None:
            raise wrong(f"{where}, expect-use", N_("the circuit has no part “{id}”.", id=use.part), choose(use.part, list(lesson.wired)))
        if reader_of(wired) is None:
            raise wrong(
                f"{where}, expect-use",
                N_("nobody can see whether a program looks at “{id}”: it is read through a digital pin.", id=use.part),
                N_("Expect what the program then does, with expect-pin after a set."),
            )
    for reading in step.expect_reading:
        if reading.agrees_with is not None and reading.agrees_with.partition(".")[0] not in lesson.wired:
            part = reading.agrees_with.partition(".")[0]
            raise wrong(f"{where}, expect-reading", N_("the circuit has no part “{id}”.", id=part), choose(part, list(lesson.wired)))
    _check_looks(lesson, where, step)
    for text in step.expect_text:
        if not text.contains.strip():
            raise wrong(f"{where}, expect-text", N_("contains is empty."), N_("Write the text that the program must print."))


def _check_looks(lesson: Lesson, where: str, step: Step) -> None:
    for look in step.expect_look:
        if look.part not in lesson.wired:
            raise wrong(f"{where}, expect-look", N_("the circuit has no part “{id}”.", id=look.part), choose(look.part, list(lesson.wired)))
        if not look.see.strip() or not any(look.shows.values()):
            raise wrong(
                f"{where}, expect-look",
                N_("it does not say what is to be seen."),
                N_("Write it like this: {example}", example='{ part = "led", see = "blinks", shows = { on = [true, false] } }'),
            )


def _check_agreements(check: Check) -> None:
    readings = [reading for step in check.step for reading in step.expect_reading if reading.within is None]
    for part in {reading.agrees_with for reading in readings if reading.agrees_with is not None}:
        values = {value for step in check.step if (value := set_to(step, part)) is not None}
        if len(values) < 2:
            raise wrong(
                f"{LESSON_FILE}, check “{check.id}”, agrees-with",
                N_("the check's steps do not set “{part}” to two different values.", part=part),
                N_("Add steps that set it, for example to a low and a high value."),
            )


def _check_source_words(check: Check) -> None:
    expect = check.expect_source
    if expect is None:
        return
    where = f"{LESSON_FILE}, check “{check.id}”, expect-source"
    if not expect.uses and not expect.forbids:
        raise wrong(where, N_("it expects nothing."), N_('Add what is expected, for example: uses = ["loop"]'))
    for name in [*expect.uses, *expect.forbids]:
        if name not in WORDS and not all(part.isidentifier() for part in name.split(".")):
            raise wrong(
                where,
                N_("“{name}” is no name in a program.", name=name),
                N_("Write a name, or one of these words: {words}.", words=", ".join(WORDS)),
            )


def _check_programs(lesson: Lesson) -> None:
    if not lesson.solutions:
        raise LessonError(N_("The lesson has no solution."), N_("Write a right program and save it as solution.py."))
    ids = [check.id for check in lesson.file.check]
    for program in lesson.wrong:
        if program.caught_by not in (*ids, "syntax"):
            raise wrong(f"wrong/{program.name}", N_("there is no check “{id}”.", id=program.caught_by), choose(program.caught_by, ids))
