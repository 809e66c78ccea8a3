"""A pupil's whole lesson in a real terminal, on a virtual board: what is on the screen and what is in the results."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from lovhe.apps import wiring
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.wiring import roster, work_store
from lovhe.core.pupils.group import Group

from tests.school_classes import add_pupils

from ..cli.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")

BLINK = "6-01-blink"
ENTER, CTRL_A, CTRL_Q = "\r", "\x01", "\x11"
SHIFT_F8, F4, F5, F6, F7, F9, F10 = "\x1b[19;2~", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[20~", "\x1b[21~"

HEADINGS = ("2. Predict, then run", "3. Put the lines in order", "4. Fill the gaps", "5. Change it", "6. Make your lighthouse")
WRONG = """from machine import Pin
import time

led = Pin(2, Pin.OUT)

while True:
    led.off()
    time.sleep(0.5)
    led.on()
    time.slep(0.5)"""
RIGHT = WRONG.replace("slep", "sleep")


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Opens the app in a terminal of 80×24, and ends it after the test, whatever happened."""
    opened: list[Terminal] = []

    def open_app() -> Terminal:
        opened.append(Terminal())
        return opened[-1]

    yield open_app
    for one in opened:
        one.close()


def _press(terminal: Terminal, keys: str, *drawn: str) -> None:
    terminal.type(keys)
    if drawn:
        terminal.until_all(*drawn)


def _write(terminal: Terminal, program: str) -> None:
    """Type a program in place of what stands there, as a person does: the editor indents by itself."""
    terminal.type(CTRL_A)
    for line in program.split("\n"):
        _press(terminal, line.strip(), *([line.split("(")[0][-3:]] if line else []))
        terminal.type(ENTER)


def test_who_types_before_the_app_is_there_is_heard(terminal: Callable[..., Terminal]) -> None:
    """Keys that came while the terminal was still read line by line, Enter among them."""
    with roster() as pupils:
        add_pupils(pupils, "6B", ["Leyla"])
    screen = terminal()
    screen.type("Ley" + ENTER)
    screen.until("Add another one")
    _press(screen, CTRL_Q)
    assert screen.end() == 0, screen.drawn[-2000:]


def test_a_whole_lesson_is_done_by_keys_alone(terminal: Callable[..., Terminal]) -> None:
    """Choose, read, test the circuit, type a program, run, fail, take a hint, mend, pass, and make room for the next ones."""
    with roster() as pupils:
        aysel, murad = add_pupils(pupils, "6A", ["Aysel", "Murad"])
    screen = terminal()

    screen.until("Type the beginning")
    _press(screen, "A", "Enter chooses Aysel")
    _press(screen, ENTER, "Add another one")
    _press(screen, ENTER, "The lighthouse: a blinking light")
    _press(screen, ENTER, "1. Build the circuit")

    _press(screen, F6, "There is no board.")
    _press(screen, SHIFT_F8 + ENTER, "is ready")
    _press(screen, F6, "Passed: 1 point of 1.")

    for heading in HEADINGS:
        _press(screen, F4, heading)
    _press(screen, F9, "# TODO")
    _write(screen, WRONG)
    _press(screen, F5, "Running main.py on", "slep")
    _press(screen, F6, "Not passed yet: 0 points of 4.")
    _press(screen, F7, "Hint 1 of")
    _write(screen, RIGHT)
    _press(screen, F6, "Passed: 4 points of 4.")
    _press(screen, F10, "Who is here?")
    after = len(screen.drawn)
    _press(screen, "M", "Enter chooses Murad")
    _press(screen, ENTER, "Add another one")
    _press(screen, ENTER, "The lighthouse: a blinking light")
    assert "sleep" not in screen.drawn[after:]
    _press(screen, CTRL_Q)
    assert screen.end() == 0, screen.drawn[-2000:]
    assert "\x1b[?1049l" in screen.raw
    assert "Traceback" not in screen.drawn

    with wiring.results() as results:
        attempts = results.attempts(BLINK)
    assert [(one.step, one.outcome, one.points) for one in attempts] == [
        ("build", "passed", 1),
        ("lighthouse", "failed", 0),
        ("lighthouse", "passed", 4),
    ]
    assert {tuple(one.pupils) for one in attempts} == {(aysel.id,)}
    lesson = wiring.kit().lesson(BLINK)
    assert LessonWork(lesson, Group(pupils=(aysel,)), work_store()).text(lesson.step("lighthouse")).rstrip() == RIGHT
    assert LessonWork(lesson, Group(pupils=(murad,)), work_store()).text(lesson.step("lighthouse")) != RIGHT
    assert wiring.stop_virtual_boards() == []
