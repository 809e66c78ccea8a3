"""Lessons of one check each, made of a circuit and of the words that a test is about."""

from __future__ import annotations

import tomllib
from pathlib import Path

from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import read_lesson
from lovhe.services.checking import check_program

_HEAD = """\
grade = 9
order = 99
minutes = 45
skills = { strands = ["programming"] }
[circuit]
board = "esp32-devkitc"
"""


def lesson_with(circuit: str, checks: str) -> Lesson:
    """A lesson with this circuit and these checks, in English, with all the words that pupils are asked in."""
    read = tomllib.loads(checks)["check"]
    steps = [step for check in read for step in check.get("step", [])]
    asks = {f"{part}={''.join(value.split())}" for step in steps for part, value in step.get("set", {}).items()}
    asks |= {f"{step[how]['part']}={how}" for step in steps for how in ("swing", "glide") if how in step}
    text = '+++\ntitle = "T"\ngoal = "G"\n[ask]\n' + "".join(f'"{ask}" = "Do {ask}."\n' for ask in sorted(asks))
    text += "".join(f'[checks.{check["id"]}]\ntitle = "{check["id"]}"\nhints = ["a", "b", "c"]\n' for check in read)
    files = {
        "lesson.toml": (_HEAD + circuit + checks).encode(),
        "en.md": f"{text}+++\n".encode() + b"## A story {#story}\n\nbody\n",
        "teacher.en.md": b"# notes\n",
        "starter.py": b"# TODO\n",
        "solution.py": b"pass\n",
    }
    return read_lesson("9-99-words", files, wiring.kit().boards(), wiring.kit().parts())


def circuit_file(lesson: Lesson, path: Path) -> Path:
    """The lesson's circuit in a file of its own, for boards that know no such lesson."""
    lines = [f'board = "{lesson.file.circuit.board}"']
    for placed in lesson.file.circuit.part:
        lines += ["[[part]]", f'id = "{placed.id}"', f'part = "{placed.part}"']
        for key, pairs in (("wires", placed.wires), ("through", placed.through), ("options", placed.options)):
            lines.append(f"{key} = {{ " + ", ".join(f'"{name}" = {value!r}' for name, value in pairs.items()) + " }")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def judged(lesson: Lesson, *programs: str) -> list[tuple[Report, list[Event]]]:
    """What becomes of the programs, one after another on one board in virtual time."""
    with wiring.virtual_bench(lesson) as (link, stage):
        return [check_program(lesson, program, link, stage, runtime=wiring.runtime()) for program in programs]


def verdicts(lesson: Lesson, *programs: str) -> list[tuple[str, str]]:
    """The outcome of each program, and what was seen by the first check that did not pass, or by the first one."""
    found = []
    for report, _ in judged(lesson, *programs):
        check = next((check for check in report.checks if check.outcome != "passed"), report.checks[0])
        found.append((report.outcome, str(check.seen)))
    return found
