"""A lesson of one second, which real virtual boards judge quickly: the LED goes on at once and stays lit."""

from __future__ import annotations

from collections.abc import Mapping

from lovhe.apps import wiring
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import read_lesson

LIT = "from machine import Pin\nled = Pin(2, Pin.OUT)\nled.on()\nwhile True:\n    pass\n"
DARK = LIT.replace("led.on()", "led.off()")
BLINKS = LIT.replace("    pass", "    led.value(1 - led.value())\n    time.sleep_ms(200)").replace("from", "import time\nfrom", 1)

_TOML = """
grade = 6
order = 99
minutes = 5
skills = {}
[circuit]
[[circuit.part]]
id = "led"
part = "led"
wires = { anode = "IO2", cathode = "GND" }
through = { anode = "220 Ω" }
[[circuit.part]]
id = "button"
part = "button"
wires = { 1 = "IO4", 2 = "GND" }
[[check]]
id = "on"
[[check.step]]
delay = "600 ms"
settle = "300 ms"
expect-pin = [{ part = "led", level = "on" }]
[[check]]
id = "stays"
[[check.step]]
delay = "400 ms"
settle = "100 ms"
expect-pin = [{ part = "led", level = "on" }]
"""
_TEXT = """+++
title = "T"
goal = "G"
checks.on = { title = "On", hints = ["a", "b", "c"] }
checks.stays = { title = "Stays", hints = ["a", "b", "c"] }
+++
body
"""


def small_lesson_files(more: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The files of the lesson: one solution, one mistake for each check, and what `more` adds or replaces."""
    goes_out = LIT.replace("while", "time.sleep_ms(700)\nled.off()\nwhile").replace("from", "import time\nfrom", 1)
    files = {
        "lesson.toml": _TOML,
        "en.md": _TEXT,
        "starter.py": "# TODO\nx = 1\n",
        "solution.py": LIT,
        "wrong/dark.py": f"# caught by: on\n{DARK}",
        "wrong/goes_out.py": f"# caught by: stays\n{goes_out}",
    }
    return {name: text.encode() for name, text in (files | dict(more or {})).items()}


def small_lesson(more: Mapping[str, str] | None = None) -> Lesson:
    """The lesson, read."""
    return read_lesson("6-99-small", small_lesson_files(more), wiring.kit().boards(), wiring.kit().parts())
