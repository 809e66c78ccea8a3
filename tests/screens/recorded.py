"""Programs, and what a board would tell of them, so that what is seen of a run is the same on each PC."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from lovhe.apps import wiring
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.lesson import Lesson
from lovhe.virtual.surroundings.world import World

LED, LIGHT = 2, 34

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
SLOW = BLINK.replace("led.off()\n    time.sleep(0.5)", "led.off()\n    time.sleep(1)")
MISSPELT = BLINK.replace("led.off()", "led.of()")
NIGHT = """\
from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    light = sensor.read_u16()
    print("light:", light, "lamp:", led.value())
    if light < 15000:
        led.on()
    elif light > 25000:
        led.off()
    time.sleep(0.1)
"""


def begun(*events: Event) -> list[Event]:
    """A program has begun, and then this."""
    return [Event(0, "begin", ["0.1.0", 5, "main.py"]), *events]


def rhythm(on_ms: int, off_ms: int, until_ms: int) -> list[Event]:
    """The LED goes on and off."""
    events, at_ms, level = [], 8, 1
    while at_ms < until_ms:
        events.append(Event(at_ms, "level", [LED, level]))
        at_ms, level = at_ms + (on_ms if level else off_ms), 1 - level
    return events


def checked(lesson: Lesson, step_id: str, did: Iterable[Event]) -> list[Event]:
    """The evidence of a check of a step, in which the program `did` this."""
    events, at_ms = [], 0
    for check in lesson.judged_by(lesson.step(step_id)).file.check:
        for index, step in enumerate(check.step):
            events.append(Event(at_ms, "step", [check.id, index]))
            events += [Event(at_ms, "set", [part, str(value)]) for part, value in step.set.items()]
            at_ms += round(parse_duration_ms(step.delay))
    events.append(Event(at_ms, "over", []))
    events += [event for event in did if event.t_ms < at_ms]
    return begun(*sorted(events, key=lambda event: event.t_ms))


def pulled(events: list[Event], at_ms: int) -> list[Event]:
    """The same, but then somebody pulls the cable."""
    return [*[event for event in events if event.t_ms < at_ms], Event(at_ms, "gone", [])]


def misspelt() -> list[Event]:
    """`MISSPELT` ends in its ninth line."""
    error = ["error", "AttributeError", "'Pin' object has no attribute 'of'", 9]
    return begun(Event(8, "level", [LED, 1]), Event(510, "end", error))


def evening(seconds: int = 20) -> list[Event]:
    """`NIGHT` prints how it gets dark and bright again; the lamp goes on late and off late."""
    events, lamp = [], 0
    for number in range(seconds * 10):
        light = round(20000 + 12000 * math.cos(number / 30) + 900 * math.sin(number / 2))
        events.append(Event(number * 100, "text", [f"light: {light} lamp: {lamp}\r\n"]))
        now = 1 if light < 15000 else 0 if light > 25000 else lamp
        if now != lamp:
            events.append(Event(number * 100 + 5, "level", [LED, now]))
        lamp = now
    return begun(*events)


def readings(name: str, values: Iterable[float]) -> list[Event]:
    """A program prints what it reads, four times a second."""
    return begun(*(Event(250 * number, "text", [f"{name}: {value}\r\n"]) for number, value in enumerate(values)))


def world_of(lesson_id: str, messages: Iterable[list[Any]], **settings: str) -> dict[str, Any]:
    """How a board with a lesson's circuit stands after a program has done this in these surroundings."""
    kit = wiring.kit()
    circuit = kit.lesson(lesson_id).file.circuit
    world = World(kit.boards()[circuit.board], kit.parts(), circuit)
    for name, value in settings.items():
        world.set(name, value)
    for message in messages:
        world.handle(message)
    return world.snapshot()
