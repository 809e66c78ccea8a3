"""A lesson as `lessons/<grade>-<nn>-<slug>/` holds it. `lessons/README.md` explains the format to its writers."""

from __future__ import annotations

import msgspec

from lovhe.core.hardware import Circuit, Part


class ExpectPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a part's pin must have done during the step, by the sampled levels.

    `level` ("on" or "off") is what the part shows: an LED wired from 3V3 to the pin is on at a low pin. With `level`, the
    pin must hold it for the whole step after `settle`. The others count inside the step: `toggles` ("≥ 4"), `on-time`,
    `off-time`, `period` ("1 s ± 10 %"), `duty` ("50 % ± 10 %": 40 % to 60 %), `frequency` ("440 Hz ± 5 %", of PWM).
    A part with several pins at the board is named with one of them: "rgb.red".
    """

    part: str
    level: str | None = None
    toggles: str | None = None
    on_time: str | None = None
    off_time: str | None = None
    period: str | None = None
    duty: str | None = None
    frequency: str | None = None


class ExpectReading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A named reading the program reported or printed (`name: value`, `name=value`, `>name:value`).

    `range`: all of them lie in it; `count`: how many come; `agrees-with`: a part that the check's steps set to two values at
    least: the readings follow, all in one direction.
    """

    name: str
    range: str | None = None
    count: str | None = None
    agrees_with: str | None = None


class ExpectText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Text the program printed during the step. `contains` ignores case; `count` is how often ("≥ 3")."""

    contains: str
    count: str | None = None


class ExpectUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What the program used while it ran: `part` (read by ADC, DHT or I2C) was read `reads` times ("≥ 10").

    The trace cannot see a program look at a digital input; expect what the program then does.
    """

    part: str
    reads: str = "≥ 1"


class ExpectSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A fact of the source, found in its syntax tree, never by text.

    `uses` and `forbids` are names as the program writes or imports them ("sleep", "time.sleep", "Pin.value") or one of the words
    "loop", "if", "def", "asyncio".
    """

    uses: list[str] = []
    forbids: list[str] = []


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One step of a check: change the surroundings (`set`), let the program run (`delay`), expect.

    Expectations are judged on the evidence between `settle` after the step's begin and its end.
    """

    delay: str
    settle: str = "200 ms"
    set: dict[str, str] = {}
    expect_pin: list[ExpectPin] = []
    expect_reading: list[ExpectReading] = []
    expect_text: list[ExpectText] = []
    expect_use: list[ExpectUse] = []


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One thing the student is told about. `needs` names the checks it builds on; if one of those has failed it is skipped.

    Every check implies that the program did not end with an exception, nor at all, unless it `may-end`. Its title,
    rationale and hints stand in the lesson's texts (`az.md`, `ru.md`, `en.md`), under the same id.
    """

    id: str
    points: int = 1
    needs: list[str] = []
    step: list[Step] = []
    expect_source: ExpectSource | None = None
    may_end: bool = False


class LessonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`lesson.toml`."""

    grade: int
    order: int
    minutes: int
    skills: list[str]
    circuit: Circuit
    check: list[Check]


class CheckText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a student reads about one check, in one language: what is checked, why, and hints from a nudge to nearly the code.

    `ask` is used before the lesson's own `ask`.
    """

    title: str
    hints: list[str]
    why: str = ""
    ask: dict[str, str] = {}


class LessonText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of a lesson: TOML front matter between `+++` lines, then Markdown. `ask` says in words how a student
    changes the surroundings on a real board, by `part=value`."""

    title: str
    goal: str
    checks: dict[str, CheckText]
    ask: dict[str, str] = {}
    body: str = ""


class WrongProgram(msgspec.Struct, frozen=True):
    """A typical mistake: its first line is `# caught by: <check id>`."""

    name: str
    source: str
    caught_by: str


class Wire(msgspec.Struct, frozen=True):
    """One pin of a part at one GPIO. `kind` is the part pin's kind; `on_level` the level at which the part shows "on"."""

    gpio: int
    kind: str
    on_level: int = 1


class WiredPart(msgspec.Struct, frozen=True):
    """A part of the lesson's circuit with its wiring resolved: part pin name to GPIO."""

    id: str
    part: Part
    wires: dict[str, Wire]


class Lesson(msgspec.Struct, frozen=True):
    """A whole lesson, read and cross-checked. `id` is its folder's name; `wired` is its circuit by part id."""

    id: str
    file: LessonFile
    texts: dict[str, LessonText]
    teacher: dict[str, str]
    starter: str
    solutions: dict[str, str]
    wrong: list[WrongProgram]
    wired: dict[str, WiredPart]


def ask_key(part: str, value: str) -> str:
    """`part=value` without spaces: how `ask` names a change of the surroundings."""
    return "".join(f"{part}={value}".split())
