"""A lesson as `lessons/<grade>-<nn>-<slug>/` holds it. `lessons/README.md` explains the format to its writers."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from lovhe.core.checks.check_steps import ExpectLook, ExpectPin, ExpectReading, ExpectText, ExpectUse, Step
from lovhe.core.circuits.hardware import Circuit, Part
from lovhe.core.lessons.steps import WRITTEN, LessonStep
from lovhe.core.lessons.survivors import ExplainedSurvivor

__all__ = [
    "Check",
    "CheckText",
    "ExpectError",
    "ExpectLook",
    "ExpectPin",
    "ExpectReading",
    "ExpectSource",
    "ExpectText",
    "ExpectUse",
    "Lesson",
    "LessonFile",
    "LessonStep",
    "LessonText",
    "Skills",
    "Step",
    "StepText",
    "Wire",
    "WiredPart",
    "WrongProgram",
    "ask_key",
]


class ExpectSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A fact of the source, found in its syntax tree, never by text.

    `uses` and `forbids` are names as the program writes or imports them ("sleep", "time.sleep", "Pin.value") or one of the words
    "loop", "if", "def", "asyncio", "for", "while", "class", "try", "list", "dict", "return".
    """

    uses: list[str] = []
    forbids: list[str] = []


class ExpectError(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The program ends with just this exception in the check's time: its class, and a piece of its message."""

    type: str
    contains: str = ""


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One thing the student is told about. `needs` names the checks it builds on; if one of those has failed it is skipped.

    Every check implies that the program did not end with an exception, nor at all, unless it `may-end`; with `expect-error` it
    has to end with that exception. Its title, rationale and hints stand in the lesson's texts (`az.md`, `ru.md`, `en.md`),
    under the same id.
    """

    id: str
    points: int = 1
    needs: list[str] = []
    step: list[Step] = []
    expect_source: ExpectSource | None = None
    expect_error: ExpectError | None = None
    may_end: bool = False


class Skills(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a lesson trains: strands of the Digital Skills programme, competences of DigComp 2.2 ("5.3"), subjects of STEAM."""

    strands: list[Literal["algorithms", "logic", "projects", "programming"]] = []
    digcomp: list[str] = []
    steam: list[Literal["science", "technology", "engineering", "art", "mathematics"]] = []


class LessonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`lesson.toml`. A lesson without `step`s is one task, which all checks judge."""

    grade: int
    order: int
    minutes: int
    skills: Skills
    circuit: Circuit
    check: list[Check]
    step: list[LessonStep] = []


class CheckText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a student reads about one check, in one language: what is checked, why, and hints from a nudge to nearly the code.

    `ask` is used before the lesson's own `ask`.
    """

    title: str
    hints: list[str]
    why: str = ""
    ask: dict[str, str] = {}


class StepText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a student reads about a step beside its section: the question, the choices by id, and what is said after the answer."""

    question: str = ""
    choices: dict[str, str] = {}
    after: str = ""


class LessonText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of a lesson: TOML front matter between `+++` lines, then Markdown. `ask` says in words how a student
    changes the surroundings on a real board, by `part=value`; `look` is what is asked about a part there, by `part=see`."""

    title: str
    goal: str
    checks: dict[str, CheckText]
    ask: dict[str, str] = {}
    look: dict[str, str] = {}
    steps: dict[str, StepText] = {}
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
    """A whole lesson, read and cross-checked. `id` is its folder's name; `wired` is its circuit by part id.

    `programs` are the files below `steps/`, by name ("steps/guess.py"). `texts` and `teacher` hold the languages that are there.
    """

    id: str
    file: LessonFile
    texts: dict[str, LessonText]
    teacher: dict[str, str]
    starter: str
    solutions: dict[str, str]
    wrong: list[WrongProgram]
    wired: dict[str, WiredPart]
    programs: dict[str, str] = {}
    judging: str = ""
    """The id of the step whose checks these are, where they are not all of the lesson's."""
    survivors: list[ExplainedSurvivor] = []
    """Changes to the solutions that `lovhe lesson mutate` finds and that the checks may let through."""

    @property
    def goal(self) -> LessonStep | None:
        """The step that the lesson leads to: the last one in which a program is written. None in a lesson without steps."""
        return next((step for step in reversed(self.file.step) if step.kind in WRITTEN and step.checks), None)

    def step(self, step_id: str) -> LessonStep | None:
        """The step of that id."""
        return next((step for step in self.file.step if step.id == step_id), None)

    def judged_by(self, step: LessonStep | None) -> Lesson:
        """The lesson with only the checks that judge `step`, and those that they need; with all of them for None."""
        if step is None:
            return self
        wanted: set[str] = set()
        for check in reversed(self.file.check):
            if check.id in step.checks or check.id in wanted:
                wanted |= {check.id, *check.needs}
        checks = [check for check in self.file.check if check.id in wanted]
        return msgspec.structs.replace(self, file=msgspec.structs.replace(self.file, check=checks), judging=step.id)

    def begin_of(self, step: LessonStep) -> str | None:
        """The text of the file that the step begins with; None where there is none."""
        return {"starter.py": self.starter, **self.solutions, **self.programs}.get(step.program_file)

    def solutions_of(self, step: LessonStep) -> dict[str, str]:
        """The files that answer the step rightly: the lesson's own where it is the goal."""
        if step == self.goal:
            return self.solutions
        beside = re.compile(rf"{re.escape(step.solution_prefix)}(_\w+)?\.py")
        return {name: source for name, source in self.programs.items() if beside.fullmatch(name)}


def ask_key(part: str, value: str) -> str:
    """`part=value` without spaces: how `ask` names a change of the surroundings."""
    return "".join(f"{part}={value}".split())
