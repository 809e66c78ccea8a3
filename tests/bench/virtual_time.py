"""What ten seconds of a program cost when they are judged in virtual time: one that polls, one that sleeps.

A check with a single step of ten seconds, beside the same check with a step of a tenth of a second, which is what putting the
program on the board, starting it and judging it take.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import msgspec
from lovhe.apps import wiring
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program

from tests.bench.table import Row, seconds

RUNS = 7
LESSON = "6-02-button-light"
PROGRAMS = {
    "polls a pin without a pause": "from machine import Pin\nbutton = Pin(4, Pin.IN, Pin.PULL_UP)\nwhile True:\n    button.value()\n",
    "copies a pin to another": (
        "from machine import Pin\nbutton = Pin(4, Pin.IN, Pin.PULL_UP)\nled = Pin(2, Pin.OUT)\n"
        "while True:\n    led.value(not button.value())\n"
    ),
    "blinks and sleeps": (
        "from machine import Pin\nimport time\nled = Pin(2, Pin.OUT)\n"
        "while True:\n    led.on()\n    time.sleep(0.5)\n    led.off()\n    time.sleep(0.5)\n"
    ),
}
BUDGET_S = {"blinks and sleeps": 0.1}


def rows() -> Iterator[Row]:
    """For each program the whole check, and what the ten seconds alone cost."""
    lesson = wiring.kit().lesson(LESSON)
    runtime = wiring.runtime()
    with wiring.virtual_bench(lesson) as (link, stage):

        def judged_s(source: str, delay: str) -> float:
            short = _one_step(lesson, delay)
            return statistics.median(seconds(lambda: check_program(short, source, link, stage, runtime=runtime)) for _ in range(RUNS))

        for what, source in PROGRAMS.items():
            start_s = judged_s(source, "100 ms")
            whole_s = judged_s(source, "10 s")
            yield Row(f"10 s of a program that {what}, whole", whole_s, "real time", 10.0)
            yield Row("  the ten seconds alone", max(whole_s - start_s, 1e-4), "the budget", BUDGET_S.get(what, 0.5))


def _one_step(lesson: Lesson, delay: str) -> Lesson:
    first = lesson.file.check[0]
    check = msgspec.structs.replace(first, step=[msgspec.structs.replace(first.step[0], delay=delay)])
    return msgspec.structs.replace(lesson, file=msgspec.structs.replace(lesson.file, check=[check]))
