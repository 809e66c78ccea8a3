"""What a step does while it lasts (typing, swinging, gliding), on virtual boards, with right and wrong programs."""

from __future__ import annotations

from .lesson_words import judged, lesson_with, verdicts

DOOR = lesson_with(
    '[[circuit.part]]\nid = "lock"\npart = "led"\nwires = { anode = "IO2", cathode = "GND" }\nthrough = { anode = "220 Ω" }\n',
    """
[[check]]
id = "asks"
[[check.step]]
delay = "500 ms"
settle = "0 ms"
expect-text = [{ contains = "code" }]
[[check]]
id = "wrong-code"
[[check.step]]
type = ["1111"]
delay = "1 s"
expect-text = [{ contains = "wrong" }, { contains = "1111", count = "0" }]
expect-pin = [{ part = "lock", level = "off" }]
[[check]]
id = "right-code"
[[check.step]]
type = ["2222", "4711"]
delay = "1500 ms"
settle = "500 ms"
expect-pin = [{ part = "lock", level = "on" }]
""",
)
INPUT = """\
from machine import Pin
import time
lock = Pin(2, Pin.OUT)
while True:
    code = input("Your code: ")
    if code == "4711":
        print("open")
        lock.on()
        time.sleep(2)
        lock.off()
    else:
        print("wrong")
"""
SLOW = INPUT.replace('        print("wrong")', '        time.sleep_ms(300)\n        print("That was wrong.")')
STDIN = INPUT.replace('input("Your code: ")', "read()").replace(
    "while True", 'import sys\ndef read():\n    print("Your code?")\n    return sys.stdin.readline().strip()\nwhile True'
)


def test_a_program_is_typed_to() -> None:
    """Each line comes when the program asks for one, or waits until it does; what input() echoes is not the program's text."""
    found = verdicts(DOOR, INPUT, SLOW, STDIN, INPUT.replace('"wrong"', '"wrong:", code'), INPUT.replace("4711", "1111"))
    assert [outcome for outcome, _ in found] == ["passed", "passed", "passed", "failed", "failed"]
    assert found[3][1] == "This text was printed 1 time."


def test_typing_in_virtual_time_is_the_same_each_time() -> None:
    """Six fresh boards, one evidence, to the millisecond."""
    assert len({str(judged(DOOR, INPUT)[0][1]) for _ in range(6)}) == 1


def test_what_was_typed_and_not_read_is_not_there_for_the_next_program() -> None:
    """A program that asks for nothing leaves its lines unread; the next one is asked anew."""
    deaf = "import time\nprint('code')\nwhile True:\n    time.sleep(1)\n"
    found = verdicts(DOOR, deaf, INPUT)
    assert [outcome for outcome, _ in found] == ["failed", "passed"]


WIND = lesson_with(
    """
[[circuit.part]]
id = "wind"
part = "hall-sensor"
wires = { VCC = "5V", OUT = "IO27", GND = "GND" }
[[circuit.part]]
id = "level"
part = "hc-sr04"
wires = { VCC = "5V", TRIG = "IO5", ECHO = "IO18", GND = "GND" }
through = { ECHO = "divider 1 kΩ + 2 kΩ" }
""",
    """
[[check]]
id = "counts"
[[check.step]]
swing = { part = "wind", values = ["60 mT", "0 mT"], period = "200 ms" }
delay = "4 s"
settle = "2200 ms"
expect-reading = [{ name = "turns", range = "4 … 6", count = "≥ 1" }]
[[check.step]]
set = { wind = "0 mT" }
delay = "3500 ms"
settle = "2200 ms"
expect-reading = [{ name = "turns", range = "0" }]
[[check]]
id = "falls"
[[check.step]]
glide = { part = "level.distance", from = "60 cm", to = "20 cm" }
delay = "3500 ms"
expect-reading = [{ name = "cm", range = "20 … 61", count = "≥ 2" }]
""",
)
BY_INTERRUPT = """\
from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04
import time
level = HcSr04(5, 18)
turns = 0
def turned(pin):
    global turns
    turns += 1
Pin(27, Pin.IN, Pin.PULL_UP).irq(turned, Pin.IRQ_FALLING)
while True:
    turns = 0
    time.sleep(1)
    print("turns:", turns)
    print("cm:", level.distance_cm())
"""
BY_LOOKING = """\
from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04
import time
level, wind = HcSr04(5, 18), Pin(27, Pin.IN, Pin.PULL_UP)
turns, before, since = 0, 1, time.ticks_ms()
while True:
    now = wind.value()
    if now == 0 and before == 1:
        turns += 1
    before = now
    if time.ticks_diff(time.ticks_ms(), since) >= 1000:
        print("turns:", turns)
        print("cm:", level.distance_cm())
        turns, since = 0, time.ticks_ms()
"""


def test_what_swings_is_counted_and_what_glides_is_followed() -> None:
    """By interrupt or by looking all the time; a program that counts both edges, or never starts anew, is told what it said."""
    both = BY_INTERRUPT.replace("Pin.IRQ_FALLING", "Pin.IRQ_FALLING | Pin.IRQ_RISING")
    found = verdicts(WIND, BY_INTERRUPT, BY_LOOKING, both, BY_INTERRUPT.replace("    turns = 0\n    time", "    time"))
    assert [outcome for outcome, _ in found] == ["passed", "passed", "failed", "failed"]
    assert "10" in found[2][1]


def test_what_goes_on_changing_is_evidence_at_its_times() -> None:
    """Each value at its millisecond of the step, and the last one at its end."""
    [(_, events)] = judged(WIND, BY_INTERRUPT)
    begin = next(event.t_ms for event in events if event.kind == "step")
    swings = [(event.t_ms - begin, event.args[1]) for event in events if event.args[:1] == ["wind"] and event.kind == "set"]
    assert swings[:40] == [(100 * turn, ("60 mT", "0 mT")[turn % 2]) for turn in range(40)]
    glides = [event.args[1] for event in events if event.args[:1] == ["level.distance"] and event.kind == "set"]
    assert (glides[0], glides[-1], len(glides)) == ("60 cm", "20 cm", 71)


def test_what_the_pc_does_and_what_the_board_sees_are_dated_on_one_scale() -> None:
    """The pin of a wheel that turns is seen to change within one of the board's samples, each turn."""
    [(_, events)] = judged(WIND, BY_LOOKING.replace('print("cm:", level.distance_cm())', "pass"))
    [sample_ms] = [event.args[1] for event in events if event.kind == "begin"]
    done = [event.t_ms for event in events if event.args[:1] == ["wind"] and event.kind == "set"][:40]
    seen = [event.t_ms for event in events if event.kind == "level" and 27 in event.args[::2]]
    assert len(seen) == len(done) == 40
    assert all(0 <= seen_ms - done_ms <= sample_ms for done_ms, seen_ms in zip(done, seen, strict=True))
