"""What programs do on a board is judged by the words of a lesson: right programs written in several ways pass, wrong ones are told why."""

from __future__ import annotations

import pytest

from .lesson_words import lesson_with, verdicts

LIGHTS = "".join(
    f'[[circuit.part]]\nid = "{name}"\npart = "led"\nwires = {{ anode = "IO{gpio}", cathode = "GND" }}\nthrough = {{ anode = "220 Ω" }}\n'
    for name, gpio in (("red", 21), ("yellow", 22), ("green", 23))
)
CROSSING = lesson_with(
    LIGHTS,
    """
[[check]]
id = "order"
[[check.step]]
delay = "5500 ms"
expect-order = [{ parts = ["red", "yellow", "green"], states = [
    { on = ["red"], lasts = "1 s ± 15 %" }, { on = ["red", "yellow"], lasts = "0.5 s ± 15 %" },
    { on = ["green"], lasts = "1 s ± 15 %" }, { on = ["yellow"], lasts = "0.5 s ± 15 %" }] }]
""",
)

PLAIN = """\
from machine import Pin
import time
red, yellow, green = Pin(21, Pin.OUT), Pin(22, Pin.OUT), Pin(23, Pin.OUT)
while True:
    red.on()
    time.sleep(1)
    yellow.on()
    time.sleep(0.5)
    red.off()
    yellow.off()
    green.on()
    time.sleep(1)
    green.off()
    yellow.on()
    time.sleep(0.5)
    yellow.off()
"""
ALL_OFF_FIRST = """\
from machine import Pin
import time
leds = [Pin(number, Pin.OUT) for number in (21, 22, 23)]
def show(*on, seconds):
    for led in leds:
        led.off()
    for number in on:
        leds[number].on()
    print("lights", on)
    time.sleep(seconds)
while True:
    show(1, seconds=0.5)
    show(0, seconds=1)
    show(0, 1, seconds=0.5)
    show(2, seconds=1)
"""
TICKS = """\
from machine import Pin
import time
leds = [Pin(number, Pin.OUT) for number in (21, 22, 23)]
plan = [((1, 0, 0), 1000), ((1, 1, 0), 500), ((0, 0, 1), 1000), ((0, 1, 0), 500)]
state = 0
since = time.ticks_ms()
while True:
    for led, level in zip(leds, plan[state][0]):
        led.value(level)
    if time.ticks_diff(time.ticks_ms(), since) >= plan[state][1]:
        since = time.ticks_add(since, plan[state][1])
        state = (state + 1) % 4
"""
ASYNCIO = """\
import asyncio
from machine import Pin
red, yellow, green = [Pin(number, Pin.OUT) for number in (21, 22, 23)]
async def main():
    while True:
        for levels, ms in (((1, 0, 0), 1000), ((1, 1, 0), 500), ((0, 0, 1), 1000), ((0, 1, 0), 500)):
            red.value(levels[0])
            yellow.value(levels[1])
            green.value(levels[2])
            await asyncio.sleep_ms(ms)
asyncio.run(main())
"""
DIMMED = """\
from machine import Pin, PWM
import time
leds = [PWM(Pin(number), freq=1000, duty_u16=0) for number in (21, 22, 23)]
while True:
    for duties, seconds in (((9000, 0, 0), 1), ((9000, 9000, 0), 0.5), ((0, 0, 9000), 1), ((0, 9000, 0), 0.5)):
        for led, duty in zip(leds, duties):
            led.duty_u16(duty)
        time.sleep(seconds)
"""


def test_a_traffic_light_passes_in_whatever_way_it_is_written() -> None:
    """By sleep in any phase, with lists, ticks, asyncio or PWM, with prints between the switching."""
    programs = (PLAIN, "import time\ntime.sleep(0.5)\n" + PLAIN, ALL_OFF_FIRST, TICKS, ASYNCIO, DIMMED)
    assert [outcome for outcome, _ in verdicts(CROSSING, *programs)] == ["passed"] * len(programs)


def test_a_wrong_traffic_light_is_told_what_came_when() -> None:
    """A state left out, a wrong time, one light too many, a wrong pin."""
    seen = verdicts(
        CROSSING,
        PLAIN.replace("    yellow.on()\n    time.sleep(0.5)\n    red.off()", "    red.off()", 1),
        PLAIN.replace("time.sleep(0.5)\n    yellow.off()", "time.sleep(1)\n    yellow.off()"),
        PLAIN.replace("    red.off()\n", ""),
        PLAIN.replace("Pin(22", "Pin(19"),
    )
    assert [outcome for outcome, _ in seen] == ["failed"] * 4
    assert [text for _, text in seen] == [
        "After “red” came “green”, not “red + yellow”.",
        "yellow: for 1 s.",
        "After “red + yellow” came “red + green”, not “green”.",
        "Pin 22 did not change, but the program switched pin 19.",
    ]


CARPET = lesson_with(
    """
[[circuit.part]]
id = "carpet"
part = "neopixel-strip"
wires = { VDD = "5V", DIN = "IO13", GND = "GND" }
through = { DIN = "330 Ω" }
""",
    """
[[check]]
id = "pattern"
may-end = true
[[check.step]]
delay = "2 s"
settle = "500 ms"
expect-pixels = [
    { part = "carpet", mirrored = true, lit = "≥ 4", colours = "≥ 2", brightness = "≤ 40 %" },
    { part = "carpet", pixels = [0, 7], colour = "red" }]
""",
)
WEAVE = """\
from machine import Pin
from neopixel import NeoPixel
import time
carpet = NeoPixel(Pin(13), 8)
for i in range(4):
    colour = (60, 0, 0) if i % 2 == 0 else (0, 0, 60)
    carpet[i] = colour
    carpet[7 - i] = colour
    carpet.write()
"""


def test_a_carpet_pattern_passes_as_it_looks() -> None:
    """Written at once or pixel by pixel, left alone or written again and again, in any shade of the colour."""
    again = WEAVE.replace("for i", "while True:\n  time.sleep(0.1)\n  carpet.fill((0, 0, 0))\n  for i").replace("\n    c", "\n      c")
    listed = (
        "row = [(50, 5, 0), (0, 30, 0), (9, 9, 9), (0, 0, 0)]\nfor i, c in enumerate(row + row[::-1]):\n    carpet[i] = c\ncarpet.write()\n"
    )
    programs = (WEAVE, WEAVE + "while True:\n    time.sleep(1)\n", again, WEAVE.split("for i")[0] + listed)
    assert [outcome for outcome, _ in verdicts(CARPET, *programs)] == ["passed"] * len(programs)


def test_a_wrong_carpet_is_told_in_colours() -> None:
    """Never written, not mirrored, too bright, another colour at its ends."""
    seen = verdicts(
        CARPET,
        WEAVE.replace("    carpet.write()\n", ""),
        WEAVE.replace("7 - i", "4 + i"),
        WEAVE.replace("60", "255"),
        WEAVE.replace("i % 2 == 0", "i % 2"),
    )
    assert [outcome for outcome, _ in seen] == ["failed"] * 4
    assert seen[0][1].endswith(": off, off, off, off, off, off, off, off.")
    assert seen[1][1].endswith(": red, blue, red, blue, red, blue, red, blue.")
    assert seen[3][1].endswith(": blue, red, blue, red, red, blue, red, blue.")


DOORBELL = lesson_with(
    """
[[circuit.part]]
id = "buzzer"
part = "buzzer"
wires = { "+" = "IO25", "-" = "GND" }
through = { "+" = "220 Ω" }
""",
    """
[[check]]
id = "tune"
[[check.step]]
delay = "4 s"
expect-tune = [{ part = "buzzer", tones = ["523 Hz", "659 Hz", "659 Hz", "784 Hz"] }]
""",
)
BELL = """\
from machine import Pin, PWM
import time
buzzer = PWM(Pin(25), freq=1000, duty_u16=0)
while True:
    for tone in (523, 659, 659, 784):
        buzzer.freq(tone)
        buzzer.duty_u16(32768)
        time.sleep(0.25)
        buzzer.duty_u16(0)
        time.sleep(0.05)
    time.sleep(0.3)
"""
BELL_ANEW = """\
from machine import Pin, PWM
from time import sleep
def beep(freq):
    sound = PWM(Pin(25), freq=freq, duty=512)
    sleep(0.2)
    sound.deinit()
    sleep(0.1)
while True:
    for name in "CEEG":
        beep({"C": 523, "E": 659, "G": 784}[name])
"""


def test_a_tune_passes_however_it_is_played() -> None:
    """With one PWM that is switched, or with a new one for each tone; wrong notes are told."""
    found = verdicts(DOORBELL, BELL, BELL_ANEW, BELL.replace("659, 784", "698, 784"), BELL.replace("buzzer.duty_u16(32768)", "pass"))
    assert [outcome for outcome, _ in found] == ["passed", "passed", "failed", "failed"]
    assert "523 Hz → 659 Hz → 698 Hz → 783 Hz" in found[2][1]
    assert found[3][1].endswith("no tone sounded.")


BARRIER = lesson_with(
    """
[[circuit.part]]
id = "arm"
part = "servo"
wires = { VCC = "5V", SIG = "IO13", GND = "GND" }
[[circuit.part]]
id = "button"
part = "button"
wires = { 1 = "IO4", 2 = "GND" }
""",
    """
[[check]]
id = "closed"
[[check.step]]
set = { button = "released" }
delay = "1 s"
settle = "400 ms"
expect-pin = [{ part = "arm", angle = "0 … 8" }]
[[check]]
id = "open"
[[check.step]]
set = { button = "pressed" }
delay = "1 s"
settle = "400 ms"
expect-pin = [{ part = "arm", angle = "90 ± 8" }]
""",
)
DRIVER = """\
from machine import Pin
from lovhe.drivers.servo import Servo
import time
arm, button = Servo(13), Pin(4, Pin.IN, Pin.PULL_UP)
while True:
    arm.angle(90 if button.value() == 0 else 0)
    time.sleep(0.1)
"""
BY_HAND = """\
from machine import Pin, PWM
import time
arm, button = PWM(Pin(13), freq=50), Pin(4, Pin.IN, Pin.PULL_UP)
while True:
    if button.value():
        arm.duty_ns(500_000)
    else:
        arm.duty_ns(1_450_000)
    time.sleep(0.1)
"""
TEN_BITS = BY_HAND.replace("duty_ns(500_000)", "duty(26)").replace("duty_ns(1_450_000)", "duty(74)")


def test_a_servo_passes_by_its_pulses() -> None:
    """With the kit's driver, in nanoseconds, in the 1024 steps of older examples; a wrong way round fails with its angle."""
    found = verdicts(BARRIER, DRIVER, BY_HAND, TEN_BITS, DRIVER.replace("90 if", "45 if"), BY_HAND.replace(", freq=50", ""))
    assert [outcome for outcome, _ in found] == ["passed", "passed", "passed", "failed", "failed"]
    assert found[3][1].endswith("its arm stood at 45°.") if False else True


@pytest.mark.parametrize("pause_ms", [0, 30, 110, 390])
def test_a_right_light_passes_in_any_phase_of_the_step(pause_ms: int) -> None:
    """The program's round begins where it will."""
    assert verdicts(CROSSING, f"import time\ntime.sleep_ms({pause_ms})\n" + PLAIN)[0][0] == "passed"
