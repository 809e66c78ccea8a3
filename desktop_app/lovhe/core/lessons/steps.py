"""The row of steps that a lesson is, and how a lesson's text is cut into their pieces."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from lovhe.core.statistic import Statistic

StepKind = Literal["read", "wire", "predict", "order", "fill", "change", "make", "measure"]

ANSWERED: tuple[StepKind, ...] = ("predict", "measure")
"""Steps that a pupil answers in words or numbers."""

WRITTEN: tuple[StepKind, ...] = ("order", "fill", "change", "make")
"""Steps whose answer is a program, which checks judge."""

RESERVED_SECTIONS = ("story", "words", "stretch")
"""Sections of a pupil's text that belong to no step."""

_HEADING = re.compile(r"##\s+(?P<title>\S.*)\{#(?P<id>[a-z0-9-]+)\}")


class MeasuredNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A number that a pupil works out from the readings of the run: `statistic` of `reading`, right within `tolerance` ("± 5 %")."""

    reading: str
    statistic: Statistic
    tolerance: str = "± 5 %"


class LessonStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One step of a lesson. Its text is the section of the same id.

    `program` is the file that the step begins with: the one shown (predict, measure), the right order of the lines (order),
    the program with its gaps (fill), or what a pupil begins from (change, make); "" means `steps/<id>.py`, if there is one.
    `checks` judge what the pupil hands in; of a predict step they prove that the right choice is right.

    predict, measure: `choices` are the ids of the possible answers, `answer` the right one; `number` instead asks for a number.
    order: the first `fixed` lines stay in their place; `distractors` are lines that do not belong.
    fill: `gaps` are the names in the program that stand for a gap, such as `GAP_1`, and what fills them.
    wire: `parts` are those of the circuit that are built here; none named means all.
    """

    id: str
    kind: StepKind
    program: str = ""
    checks: list[str] = []
    choices: list[str] = []
    answer: str = ""
    number: MeasuredNumber | None = None
    fixed: int = 0
    distractors: list[str] = []
    gaps: dict[str, str] = {}
    parts: list[str] = []

    @property
    def program_file(self) -> str:
        """The file that the step begins with."""
        return self.program or f"steps/{self.id}.py"

    @property
    def solution_prefix(self) -> str:
        """How the files of a change or make step's own solutions begin; the last step's are the lesson's `solution*.py`."""
        return f"steps/{self.id}_solution"


class Section(msgspec.Struct, frozen=True):
    """One piece of a text: from a heading `## title {#id}` to the next."""

    id: str
    title: str
    text: str


def sections(body: str) -> list[Section]:
    """The pieces of a Markdown text in their order. A heading inside a fenced block is none; what stands before the first is left out."""
    found: list[tuple[str, str, list[str]]] = []
    fenced = False
    for line in body.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else _HEADING.fullmatch(line.rstrip())
        if heading is not None:
            found.append((heading["id"], heading["title"].rstrip(), []))
        elif found:
            found[-1][2].append(line)
    return [Section(section_id, title, "\n".join(lines).strip()) for section_id, title, lines in found]
