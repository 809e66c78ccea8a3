"""A button bounces only where the circuit asks for it."""

from __future__ import annotations

from pathlib import Path

from tests.virtual.wired_harness import placed, run_wired, world_of

COUNT = """
from machine import Pin
import time
edges = []
button = Pin(4, Pin.IN, Pin.PULL_UP)
button.irq(lambda pin: edges.append(pin.value()), Pin.IRQ_FALLING)
time.sleep_ms(100)
print(len(edges), button.value())
"""
WIRES = {"1": "IO4", "2": "GND"}


def changes_after_pressing(**options: int) -> list[tuple[int, int]]:
    """When the pin's level changes once the button is pressed, in microseconds, and to what."""
    world = world_of(placed("button", "button", WIRES, **options))
    world.initial_messages()
    world.advance(1000)
    world.handle(["log", [[1000, 4, "mode", "in", "up"]]])
    messages, now_us, seen = world.set("button", "pressed"), 1000, []
    while True:
        seen += [(now_us, messages[0][1]["4"])] if messages else []
        due_us = world.next_change_us()
        if due_us is None:
            return seen
        now_us = due_us
        messages = world.advance(now_us)


def test_a_button_is_clean_unless_it_shall_bounce() -> None:
    """Without the option one press is one change; with it there are more, all within the time, and the last is the press."""
    assert changes_after_pressing() == [(1000, 0)]
    bounced = changes_after_pressing(bounce_ms=5)
    assert len(bounced) >= 3
    assert bounced[-1][1] == 0
    assert bounced[-1][0] <= 1000 + 5000


def test_an_interrupt_counts_the_bounces(tmp_path: Path) -> None:
    """A program that counts falling edges gets more than one for a bouncing press that is under way."""
    world = world_of(placed("button", "button", WIRES, bounce_ms=50))
    count, level = map(int, run_wired(tmp_path, world, COUNT, button="pressed").split())
    assert count > 1
    assert level == 0
