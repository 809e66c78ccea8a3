"""Puts the fake chip in place of the real one; for MicroPython and CPython alike."""

import sys

if sys.implementation.name != "micropython":
    import cpython_shim  # noqa: F401 - gives CPython what MicroPython has built in

import fake_dht
import fake_machine
import fake_neopixel
import fake_sys
import fake_time


def install(options):
    """`options`: machine, stop_ms, timers, drive, analog, reset (see the fakes)."""
    fake_sys.implementation._machine = options.get("machine", fake_sys.implementation._machine)
    for name, module in (("sys", fake_sys), ("time", fake_time), ("machine", fake_machine), ("neopixel", fake_neopixel), ("dht", fake_dht)):
        sys.modules[name] = module
    if "stop_ms" in options:
        fake_time.stop_us = fake_time.now_us + 1000 + options["stop_ms"] * 1000  # a run begins with the next whole millisecond
    fake_machine.timer_count = options.get("timers", 4)
    fake_machine.cause = options.get("reset", fake_machine.PWRON_RESET)
    for gpio, steps in options.get("drive", {}).items():
        fake_machine.drive[int(gpio)] = steps
    for gpio, raw in options.get("analog", {}).items():
        fake_machine.analog[int(gpio)] = raw


def left_behind():
    """What a program leaves on the board."""
    return {
        "timers": [t.id for t in fake_time.timers if t.next_us is not None],
        "irqs": [n for n, state in fake_machine.Pin.pins.items() if state["irq"]],
        "pwms": [n for n, on in fake_machine.PWM.running.items() if on],
    }
