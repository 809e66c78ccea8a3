"""The files of a small lesson that has a step of every kind, to be read or broken."""

from pathlib import Path

from lovhe.core.lessons.answers import order_task, ordered_lines
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep

LESSON = """
grade = 6
order = 1
minutes = 45
skills = { strands = ["programming"] }
[circuit]
board = "esp32-devkitc"
[[circuit.part]]
id = "led"
part = "led"
wires = { anode = "IO2", cathode = "GND" }
through = { anode = "220 Ω" }
[[circuit.part]]
id = "light"
part = "light-sensor"
wires = { VCC = "3V3", AO = "IO34", GND = "GND" }
[[step]]
id = "start"
kind = "read"
[[step]]
id = "build"
kind = "wire"
parts = ["led"]
[[step]]
id = "guess"
kind = "predict"
choices = ["once", "always", "never"]
answer = "always"
checks = ["blinks"]
[[step]]
id = "sort"
kind = "order"
fixed = 3
distractors = ["    led.of()"]
checks = ["blinks"]
[[step]]
id = "gaps"
kind = "fill"
gaps = { GAP_1 = "0.5", GAP_2 = "led.off()" }
checks = ["blinks"]
[[step]]
id = "faster"
kind = "change"
checks = ["fast"]
[[step]]
id = "count"
kind = "measure"
number = { reading = "light", statistic = "mean", tolerance = "± 5 %" }
checks = ["measures"]
[[step]]
id = "own"
kind = "make"
program = "starter.py"
checks = ["blinks", "steady"]
[[check]]
id = "blinks"
[[check.step]]
delay = "3 s"
expect-pin = [{ part = "led", toggles = "≥ 3" }]
[[check]]
id = "fast"
[[check.step]]
delay = "2 s"
expect-pin = [{ part = "led", toggles = "≥ 10" }]
[[check]]
id = "measures"
[[check.step]]
delay = "2 s"
expect-reading = [{ name = "light", count = "≥ 3" }]
[[check]]
id = "steady"
needs = ["blinks"]
[[check.step]]
delay = "2500 ms"
expect-pin = [{ part = "led", on-time = "0.5 s ± 15 %" }]
"""

BLINK = """\
from machine import Pin
import time

led = Pin(2, Pin.OUT)

while True:
    led.on()
    time.sleep(0.5)
    led.off()
    time.sleep(0.5)
"""
FAST = BLINK.replace("0.5", "0.1")
MEASURE = """\
from machine import ADC, Pin
import time

light = ADC(Pin(34))

while True:
    print("light:", light.read_u16())
    time.sleep(0.2)
"""

TEXT = """\
+++
title = "T"
goal = "G"
[steps.guess]
question = "What will the LED do?"
choices = { once = "It flashes once.", always = "Again and again.", never = "It stays dark." }
after = "The loop begins again each time."
[steps.count]
question = "What is the mean?"
after = "A mean is steadier than one value."
"""
SECTIONS = ("start", "build", "guess", "sort", "gaps", "faster", "count", "own")
TEACHER = ("aim", "plan", "parts", "answers", "freedom", "errors", "groups", "without", "assess")


def step_lesson_files() -> dict[str, bytes]:
    """A whole lesson folder, in English alone, with a teacher's page."""
    checks = ("blinks", "fast", "measures", "steady")
    hints = "".join(f'[checks.{check}]\ntitle = "Title of {check}"\nhints = ["nudge", "idea", "code"]\n' for check in checks)
    body = "## A lighthouse {#story}\n\nOnce.\n"
    for number, step in enumerate(SECTIONS, 1):
        put_in = {"build": "{wiring}\n\n", "guess": "{program}\n\n"}.get(step, "")
        body += f"\n## {number}. Title of {step} {{#{step}}}\n\nDo it.\n\n{put_in}**You should see:** the thing of {step}.\n"
    body += "\n## Words to know {#words}\n\nNone.\n\n## If you are early {#stretch}\n\nMore.\n"
    teacher = "# T\n" + "".join(f"\n## About {name} {{#{name}}}\n\n{'{parts}' if name == 'parts' else 'Text.'}\n" for name in TEACHER)
    files = {
        "lesson.toml": LESSON,
        "en.md": f"{TEXT}{hints}+++\n{body}",
        "teacher.en.md": teacher,
        "starter.py": BLINK.replace("    led.off()\n    time.sleep(0.5)\n", "    # TODO\n"),
        "solution.py": BLINK,
        "wrong/once.py": "# caught by: blinks\n" + BLINK.replace("while True:\n    ", "if True:\n    "),
        "steps/guess.py": BLINK,
        "steps/sort.py": BLINK,
        "steps/gaps.py": BLINK.replace("sleep(0.5)\n    led.off()", "sleep(GAP_1)\n    GAP_2"),
        "steps/faster.py": BLINK,
        "steps/faster_solution.py": FAST,
        "steps/count.py": MEASURE,
    }
    return {name: text.encode() for name, text in files.items()}


def right_order(lesson: Lesson, step: LessonStep) -> list[int]:
    """The numbers of an order step's shuffled lines in the author's order."""
    left = dict(enumerate(order_task(lesson, step).lines, 1))
    found: list[int] = []
    for line in ordered_lines(lesson, step)[step.fixed :]:
        found.append(next(number for number, text in left.items() if text == line))
        del left[found[-1]]
    return found


def put_step_lesson(folder: Path) -> None:
    """Write that lesson folder to the disk."""
    for name, data in step_lesson_files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
