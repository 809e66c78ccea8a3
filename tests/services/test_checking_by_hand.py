"""On a real board a pupil swings and turns what a step wants; what they do is the evidence, and without it nothing is certain.

The board is a virtual one in real time, and a pair of hands moves its surroundings when it is asked to.
"""

from __future__ import annotations

from pathlib import Path

from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.manual_stage import ManualStage
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.services.checking import check_program

from .boards import powered_board
from .lesson_words import lesson_with

LESSON = lesson_with(
    """
[[circuit.part]]
id = "wind"
part = "hall-sensor"
wires = { VCC = "5V", OUT = "IO27", GND = "GND" }
""",
    """
[[check]]
id = "counts"
[[check.step]]
swing = { part = "wind", values = ["60 mT", "0 mT"], period = "400 ms" }
delay = "1500 ms"
settle = "0 ms"
expect-reading = [{ name = "turns", range = "≥ 1" }]
""",
)
COUNTS = """\
from machine import Pin
import time
turns = 0
def turned(pin):
    global turns
    turns += 1
Pin(27, Pin.IN, Pin.PULL_UP).irq(turned, Pin.IRQ_FALLING)
while True:
    time.sleep(0.2)
    if turns:
        print("turns:", turns)
"""


def _checked(folder: Path, *, does: bool) -> tuple[Report, list[Event], list[str]]:
    asked: list[str] = []
    with powered_board(folder, LESSON) as board:

        def hands(sentence: str) -> None:
            asked.append(sentence)
            if does:
                board.set("wind", "60 mT")

        link = ReplLink("desk", board.line)
        stage = ManualStage(LESSON, wiring.kit().parts(), "en", hands, patience_s=60.0 if does else 1.5)
        report, events = check_program(LESSON, COUNTS, link, stage, runtime=wiring.runtime())
        link.close()
    return report, events, asked


def test_a_swing_begins_when_the_pin_shows_it(tmp_path: Path) -> None:
    """The pupil is asked in the lesson's words; the step begins with the first turn, and is judged."""
    report, events, asked = _checked(tmp_path, does=True)
    assert asked == ["Do wind=swing."]
    assert report.outcome == "passed"
    assert [event.args for event in events if event.kind == "set"] == [["wind", "swing"]]


def test_a_swing_that_nobody_makes_leaves_the_check_unclear(tmp_path: Path) -> None:
    """It is no fault of the program."""
    report, events, _ = _checked(tmp_path, does=False)
    assert report.outcome == "unclear"
    assert "wind = swing" in str(report.checks[0].seen)
    assert [event.args for event in events if event.kind == "unseen"] == [["wind", "swing"]]


PRESSED = lesson_with(
    """
[[circuit.part]]
id = "button"
part = "button"
wires = { 1 = "IO27", 2 = "GND" }
""",
    """
[[check]]
id = "tells"
[[check.step]]
set = { button = "pressed" }
delay = "300 ms"
settle = "0 ms"
expect-reading = [{ name = "pressed", count = "1" }]
""",
)
TELLS = """\
from machine import Pin
button = Pin(27, Pin.IN, Pin.PULL_UP)
while button.value():
    pass
print("pressed:", 1)
while True:
    pass
"""


def test_what_a_program_does_at_once_belongs_to_the_step(tmp_path: Path) -> None:
    """It answers a press before the PC has heard of it: the step began when the pin changed."""
    with powered_board(tmp_path, PRESSED) as board:
        link = ReplLink("desk", board.line)
        stage = ManualStage(PRESSED, wiring.kit().parts(), "en", lambda _: board.set("button", "pressed"), patience_s=60.0)
        report, events = check_program(PRESSED, TELLS, link, stage, runtime=wiring.runtime())
        link.close()
    assert report.outcome == "passed"
    begin_ms = next(event.t_ms for event in events if event.kind == "step")
    levels = [(event.t_ms, dict(zip(event.args[::2], event.args[1::2], strict=True))) for event in events if event.kind == "level"]
    pin_ms = max(t_ms for t_ms, pins in levels if pins.get(27) == 0)
    assert begin_ms <= pin_ms
