"""A new lesson to begin from: it can be read and tested at once, and what its author has to write is marked with TODO."""

from __future__ import annotations

import msgspec

from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart
from lovhe.core.lessons.lint.sections import TEACHER_SECTIONS
from lovhe.core.lessons.template_words import PUPIL, TEACHER, WORDS

_SWITCHED = {"led": "anode", "relay": "IN", "active-buzzer": "+"}
"""Parts that a program just turns on and off, with the pin that does it."""

_BLINK = """\
from machine import Pin
import time

{name} = Pin({gpio}, Pin.OUT)

while True:
    {name}.on()
    time.sleep(0.5)
    {name}.off()
    time.sleep(0.5)
"""
_BLINK_STARTER = """\
from machine import Pin
import time

{name} = Pin({gpio}, Pin.OUT)

{name}.on()
# TODO
time.sleep(1)
"""
_TALK = """\
import time

while True:
    print("ready")
    time.sleep(0.5)
"""
_TALK_STARTER = """\
import time

# TODO
time.sleep(1)
"""
_CHECK = {
    True: 'expect-pin = [{{ part = "{part}", toggles = "≥ 3" }}]',
    False: 'expect-text = [{{ contains = "ready", count = "≥ 3" }}]',
}


class LessonPlan(msgspec.Struct, frozen=True):
    """What an author says of a new lesson. `titles` are by language; a language without one gets a TODO."""

    grade: int
    order: int
    slug: str
    titles: dict[str, str]
    circuit: Circuit

    @property
    def folder(self) -> str:
        """The name of the lesson's folder, which is its id."""
        return f"{self.grade}-{self.order:02}-{self.slug}"


def new_lesson_files(plan: LessonPlan, board: Board) -> dict[str, str]:
    """The files of the new lesson by their path in its folder."""
    switched = _switched(plan.circuit)
    programs = _programs(board, switched)
    check = _CHECK[switched is not None].format(part=switched.id if switched is not None else "")
    files = {"lesson.toml": _lesson_file(plan, check), **programs}
    for language in PUPIL:
        title = plan.titles.get(language) or f"TODO: {WORDS[language]['title']}"
        files[f"{language}.md"] = PUPIL[language].replace("@TITLE@", title)
        files[f"teacher.{language}.md"] = _teacher_page(language, title)
    return files


def _switched(circuit: Circuit) -> CircuitPart | None:
    return next((placed for placed in circuit.part if placed.part in _SWITCHED), None)


def _programs(board: Board, switched: CircuitPart | None) -> dict[str, str]:
    name, gpio = "", 0
    if switched is not None:
        name = switched.id.replace("-", "_")
        end = switched.wires[_SWITCHED[switched.part]]
        gpio = next(pin.gpio or 0 for pin in board.pin if pin.name == end)
    right, begin = (_BLINK, _BLINK_STARTER) if switched is not None else (_TALK, _TALK_STARTER)
    solution, starter = (text.format(name=name, gpio=gpio) for text in (right, begin))
    counted = solution.replace("while True:", "for turn in range(2):")
    return {
        "starter.py": starter,
        "solution.py": solution,
        "wrong/only_once.py": "# caught by: works\n" + solution.replace("while True:", "for turn in range(1):"),
        "steps/guess.py": solution.replace("0.5", "0.4"),
        "steps/forever.py": counted,
        "steps/forever_solution.py": solution.replace("0.5", "0.6"),
    }


def _lesson_file(plan: LessonPlan, check: str) -> str:
    parts = "\n".join(_placed(placed) for placed in plan.circuit.part)
    return f"""\
#:schema ../lesson.schema.json
grade = {plan.grade}
order = {plan.order}
minutes = 45

# TODO: what the lesson trains; README.md says which words there are.
[skills]
strands = ["algorithms", "programming"]
digcomp = ["5.3"]
steam = ["technology", "engineering"]

[circuit]
board = "{plan.circuit.board}"

{parts}
[[step]]
id = "build"
kind = "wire"

[[step]]
id = "guess"
kind = "predict"
choices = ["once", "always", "never"]
answer = "always"
checks = ["works"]

[[step]]
id = "forever"
kind = "change"
checks = ["works"]

[[step]]
id = "own"
kind = "make"
program = "starter.py"
checks = ["works"]

# TODO: three to six checks that say what the program must do.
[[check]]
id = "works"

[[check.step]]
delay = "3500 ms"
{check}
"""


def _placed(placed: CircuitPart) -> str:
    lines = ["[[circuit.part]]", f'id = "{placed.id}"', f'part = "{placed.part}"', f"wires = {_table(placed.wires)}"]
    if placed.through:
        lines.append(f"through = {_table(placed.through)}")
    return "\n".join([*lines, ""])


def _table(values: dict[str, str]) -> str:
    return "{ " + ", ".join(f'{_key(key)} = "{value}"' for key, value in values.items()) + " }"


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() and name.strip("-") else f'"{name}"'


def _teacher_page(language: str, title: str) -> str:
    blocks = [f"# {title}"]
    for section in TEACHER_SECTIONS:
        heading, text = TEACHER[language][section]
        blocks += [f"## {heading} {{#{section}}}", *(["{parts}"] if section == "parts" else []), text]
    return "\n\n".join(blocks) + "\n"
