"""What a program must have used: sensors it read, parts it spoke to, and facts of its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.check_steps import ExpectDevice
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.expectations import Scene, Verdict, seconds
from lovhe.core.checks.source_facts import WORDS, SourceFacts
from lovhe.core.lessons.lesson import ExpectSource, ExpectUse, Lesson, WiredPart
from lovhe.core.messages import N_, Text

_BUS_PINS = {"SDA", "SCL"}


def judge_use(expect: ExpectUse, scene: Scene) -> Iterator[Verdict]:
    """Whether the program read the part, as often as expected."""
    name = scene.part_name(expect.part)
    reads_part = reader_of(scene.lesson.wired[expect.part])
    times = sum(reads_part(event) for event in scene.events("adc", "dht", "i2c")) if reads_part else 0
    count = parse_amount(expect.reads, "count")
    expected = N_("{part}: the program reads it. How many times: {count}.", part=name, count=count.words)
    seen: Text
    if times:
        time = seconds(scene.window.end_ms - scene.window.start_ms)
        seen = N_("{part}: read {n} time in {time} s.", "{part}: read {n} times in {time} s.", part=name, n=times, time=time)
    else:
        others = {event.args[0] for event in scene.events("adc", "dht")}
        seen = N_("{part}: the program did not read it.", part=name)
        if others:
            wired = next(iter(scene.lesson.wired[expect.part].wires.values())).gpio
            seen = N_("The program read pin {other}, but not pin {wired}.", other=min(others), wired=wired)
    yield scene.verdict(count.contains(times), expected, seen, certain=times > count.high)


def reader_of(wired: WiredPart) -> Callable[[Event], bool] | None:
    """What tells the events in which the part was read; None for a part whose reading cannot be seen, such as a button."""
    if wired.wires.keys() >= _BUS_PINS:
        return lambda event: event.kind == "i2c"
    gpios = {wire.gpio for wire in wired.wires.values() if wire.kind == "analog-out"}
    if gpios:
        return lambda event: event.kind == "adc" and event.args[0] in gpios
    gpios = {wire.gpio for wire in wired.wires.values()}
    if wired.part.model.startswith("dht"):
        return lambda event: event.kind == "dht" and event.args[0] in gpios
    return None


def judge_device(expect: ExpectDevice, scene: Scene) -> Iterator[Verdict]:
    """Whether bytes went to or came from the I2C part; looking for addresses with `scan` is not enough."""
    name = scene.part_name(expect.part)
    expected = N_("{part}: the program speaks to it, and it answers.", part=name)
    spoken_to = {event.args[0] for event in scene.events("i2c") if event.args[1] or event.args[2]}
    if any(answers_at(scene.lesson, expect.part, event) for event in scene.events("i2c")):
        yield scene.verdict(True, expected, N_("{part}: it answered.", part=name))
        return
    seen: Text = N_("{part}: the program did not speak to it, or it did not answer.", part=name)
    if spoken_to:
        addresses = ", ".join(hex(address) for address in sorted(spoken_to))
        seen = N_("{part}: no answer from it. Only parts with these addresses answered: {addresses}.", part=name, addresses=addresses)
    yield scene.verdict(False, expected, seen)


def i2c_address(lesson: Lesson, part: str) -> int | None:
    """The address that the circuit gives an I2C part; None for one that has none."""
    placed = next(placed for placed in lesson.file.circuit.part if placed.id == part)
    return placed.options.get("address", lesson.wired[part].part.options.get("address"))


def answers_at(lesson: Lesson, part: str, event: Event) -> bool:
    """Whether in this event bytes went to or came from an I2C part.

    A real part may have another of the addresses that there are for its kind, if no other part of the circuit has that.
    """
    if event.kind != "i2c" or not (event.args[1] or event.args[2]):
        return False
    address = event.args[0]
    if address == i2c_address(lesson, part):
        return True
    low, high = lesson.wired[part].part.option_range.get("address", (0, -1))
    return low <= address <= high and all(address != i2c_address(lesson, other) for other in lesson.wired)


def judge_source(expect: ExpectSource, facts: SourceFacts | None) -> Verdict:
    """Whether the source uses what it should and nothing that it should not."""
    if facts is None:
        return Verdict(
            "unclear", N_("The program's text can be read."), N_("The board took the program, but this PC cannot read its text.")
        )
    for name in expect.uses:
        if not facts.has(name):
            return Verdict("failed", _uses(name), N_("This is missing in the program."))
    for name in expect.forbids:
        if facts.has(name):
            return Verdict("failed", _forbids(name), N_("The program uses it in line {line}.", line=facts.line_of(name)))
    expected = _uses(expect.uses[0]) if expect.uses else _forbids(expect.forbids[0])
    return Verdict("passed", expected, N_("So it is in the program."))


def _uses(name: str) -> Text:
    return WORDS[name].uses if name in WORDS else N_("The program uses “{name}”.", name=name)


def _forbids(name: str) -> Text:
    return WORDS[name].forbids if name in WORDS else N_("The program does without “{name}”.", name=name)
