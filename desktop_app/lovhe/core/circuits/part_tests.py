"""The test of each part in a circuit, as a lesson of one check, so that running, judging and wording need no second way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from lovhe.core.checks.check_steps import ExpectLook, ExpectReading, ExpectUse, Step
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import CheckReport
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.part_test import PartTest, PartTestStep
from lovhe.core.circuits.surroundings import part_of
from lovhe.core.circuits.wiring import wire_up
from lovhe.core.errors import HardwareError
from lovhe.core.lessons.lesson import Check, CheckText, Lesson, LessonFile, LessonText, Skills, WiredPart, ask_key
from lovhe.core.messages import N_, Localized, Text

LANGUAGES = ("az", "ru", "en")

_OF_THE_PART = ("OSError", "Exception", "OneWireError")
"""What drivers raise when a part does not answer, or answers with rubbish."""


class PartTrial(msgspec.Struct, frozen=True):
    """One part of a circuit and how it is tried: `lesson` has one check, called like the part, that `source` must pass.

    Without a lesson there is no trial, and `skip` says why. `wires` are pairs of the part's pin and the board's.
    """

    id: str
    part: Part
    name: Text
    wires: list[tuple[str, str]]
    lesson: Lesson | None = None
    source: str = ""
    skip: Text | None = None

    @property
    def wires_text(self) -> str:
        """The wires in one line: "VCC → 3V3, AO → IO34"."""
        return ", ".join(f"{part_pin} → {board_pin}" for part_pin, board_pin in self.wires)

    def report(self, check: CheckReport, ending: Event | None) -> CheckReport:
        """`check` in words that fit a part instead of a pupil's program, which came to `ending` by itself, if it did.

        A part that does not answer has failed. Any other error of the program is a fault of ours, or of the circuit: nothing is certain.
        """
        if check.outcome != "failed":
            return check
        if ending is not None and ending.args[0] == "error":
            answers = N_("The part answers.")
            if ending.args[1] not in _OF_THE_PART:
                return msgspec.structs.replace(check, outcome="unclear", expected=answers, hints=[], points=0)
            check = msgspec.structs.replace(check, expected=answers)
        look_at = [
            N_("Look at its wires: {wires}.", wires=self.wires_text),
            Localized(self.part.wiring),
            N_("If the wires are right, take another wire; then another part of this kind."),
        ]
        return msgspec.structs.replace(check, hints=look_at)

    def skipped(self) -> CheckReport:
        """The report on a part that has no trial."""
        reason = self.skip or N_("This part has no test.")
        return CheckReport(self.id, "skipped", self.name, reason, title=self.name)


def part_trials(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> list[PartTrial]:
    """A trial for each part of the circuit, in its order. The circuit must have been checked.

    Raises `HardwareError` for a circuit without parts, or with a part that the kit does not know.
    """
    if not circuit.part:
        raise HardwareError(N_("There is no part in this circuit."), N_("Choose a lesson or a file whose circuit has parts."))
    for placed in circuit.part:
        part_of(parts, placed.part, placed.id)
    wired = wire_up(board, parts, circuit)
    return [_trial(board, parts[placed.part], placed, circuit, wired) for placed in circuit.part]


def _trial(board: Board, part: Part, placed: CircuitPart, circuit: Circuit, wired: Mapping[str, WiredPart]) -> PartTrial:
    alike = [other for other in circuit.part if other.part == placed.part]
    name: Text = Localized(part.names)
    if len(alike) > 1:
        name = N_("{part} “{id}”", part=name, id=placed.id)
    wires = [(pin.name, placed.wires[pin.name]) for pin in part.pin if pin.name in placed.wires]
    trial = PartTrial(placed.id, part, name, wires)
    test = part.test
    if test is None or test.skip:
        return msgspec.structs.replace(trial, skip=Localized(test.skip) if test is not None else None)
    steps = [_step(step, placed, part, wired[placed.id]) for step in test.step if set(step.pins) <= wired[placed.id].wires.keys()]
    if not steps or not wired[placed.id].wires:
        return msgspec.structs.replace(trial, skip=N_("In this circuit no wire leads from it to a pin that a program can use."))
    lesson = Lesson(
        id=placed.id,
        file=LessonFile(grade=1, order=0, minutes=1, skills=Skills(), circuit=circuit, check=[Check(id=placed.id, step=steps)]),
        texts={language: _texts(test, placed.id, part, language) for language in LANGUAGES},
        teacher={},
        starter="",
        solutions={},
        wrong=[],
        wired=dict(wired),
    )
    return msgspec.structs.replace(trial, lesson=lesson, source=_opening(board, part, placed, circuit, wired[placed.id]) + test.program)


def _texts(test: PartTest, placed_id: str, part: Part, language: str) -> LessonText:
    name = part.names.get(language, part.id)
    ask = {ask_key(f"{placed_id}.{change.partition('=')[0]}", change.partition("=")[2]): words for change, words in _of(test.ask, language)}
    look = {ask_key(placed_id, see): words for see, words in _of(test.look, language)}
    return LessonText(title=name, goal=name, checks={placed_id: CheckText(title=name, hints=[])}, ask=ask, look=look)


def _of(texts: Mapping[str, Mapping[str, str]], language: str) -> list[tuple[str, str]]:
    return list(texts.get(language, {}).items())


def _step(step: PartTestStep, placed: CircuitPart, part: Part, wired: WiredPart) -> Step:
    """The step with the part's id for "it"."""
    only = next(iter(wired.wires), "")

    def pin(name: str) -> str:
        part_pin = name.partition(".")[2] or ("" if len(wired.wires) < 2 else only)
        return f"{placed.id}.{part_pin}" if part_pin else placed.id

    return Step(
        delay=step.delay.format_map(part.options | placed.options),
        settle=step.settle,
        set={f"{placed.id}.{quantity}": value for quantity, value in step.set.items()},
        expect_pin=[msgspec.structs.replace(expect, part=pin(expect.part)) for expect in step.expect_pin],
        expect_reading=[_reading(expect, placed.id) for expect in step.expect_reading],
        expect_text=step.expect_text,
        expect_use=[ExpectUse(placed.id, expect.reads) for expect in step.expect_use],
        expect_look=[ExpectLook(placed.id, expect.see, expect.shows) for expect in step.expect_look],
    )


def _reading(expect: ExpectReading, placed_id: str) -> ExpectReading:
    if expect.agrees_with is None:
        return expect
    return msgspec.structs.replace(expect, agrees_with=f"{placed_id}.{expect.agrees_with}")


def _opening(board: Board, part: Part, placed: CircuitPart, circuit: Circuit, wired: WiredPart) -> str:
    """The lines before a test's program: what it has to know of this circuit."""
    can = {pin.gpio: pin.can for pin in board.pin if pin.gpio is not None}
    pulls = {
        name: "None" if "pull" not in can[wire.gpio] else "Pin.PULL_DOWN" if wire.on_level else "Pin.PULL_UP"
        for name, wire in wired.wires.items()
    }
    ends = {placed.wires[name] for name in wired.wires}
    alike = sum(other.part == placed.part and not ends.isdisjoint(other.wires.values()) for other in circuit.part)
    lines = [
        "from machine import Pin",
        f"pin = {_dict({name: repr(wire.gpio) for name, wire in wired.wires.items()})}",
        f"on = {_dict({name: repr(wire.on_level) for name, wire in wired.wires.items()})}",
        f"pull = {_dict(pulls)}",
        f"option = {_dict({name: repr(value) for name, value in (part.options | placed.options).items()})}",
        f"alike = {alike}",
    ]
    return "\n".join(lines) + "\n"


def _dict(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name!r}: {value}" for name, value in values.items()) + "}"
