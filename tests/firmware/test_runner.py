"""How a program begins and ends, and what is left of it."""

from __future__ import annotations

import pytest


def test_a_program_has_a_first_and_a_last_frame(run):
    """The first frame tells version, sample time and name; the last that the program is done; none is missing between."""
    result = run("print('hi')\n")
    assert result.events[0].kind == "begin"
    assert result.events[0].args == ["0.1.0", 5, "main.py"]
    assert result.events[-1].kind == "end"
    assert result.end == ["done", "", "", 0]
    assert result.of("gap") == []
    assert result.text == "hi\n"


@pytest.mark.parametrize("source", [False, True])
def test_an_exception_is_told_with_its_line(run, source):
    """Type, message and the line in the student's own file, wherever the exception was raised."""
    result = run("import json\ndef load(text):\n    return json.loads(text)\n\nload('{')\n", source=source)
    status, kind, _, line = result.end
    assert (status, line) == ("error", 3)
    assert kind in ("ValueError", "JSONDecodeError")  # MicroPython's, CPython's
    assert b"Traceback" not in result.output


def test_a_syntax_error_is_told_with_its_line(run):
    """A program that does not compile ends with an error frame too."""
    result = run("x = 1\nif x\n    pass\n")
    assert result.end[:2] == ["error", "SyntaxError"]
    assert result.end[3] == 2


def test_any_message_fits_into_a_frame(run):
    """Quotes, line ends, control bytes and letters of any alphabet arrive as they are, and 0x04 never stands in a frame."""
    message = 'a "b" \\ \n\x04\x1e ə Ж'
    result = run(f"raise ValueError({message!r})\n")
    assert result.end == ["error", "ValueError", message, 1]
    assert b"\x04" not in result.output


def test_a_long_message_is_cut(run):
    """What would fill the line for a second is not sent."""
    assert len(run("raise ValueError('x' * 5000)\n").end[2]) == 120


def test_an_exception_that_cannot_be_shown_is_told_by_its_type(run):
    """A student's own exception class may fail when it is turned into text."""
    result = run("class Bad(Exception):\n    def __str__(self):\n        return self.no\nraise Bad()\n")
    assert result.end[:2] == ["error", "Bad"]


def test_sys_exit_is_an_ordinary_end(run):
    """`sys.exit()` ends the program, not the session."""
    assert run("import sys\nsys.exit()\n").end == ["done", "", "", 0]


def test_ctrl_c_stops(run):
    """An endless program ends as "stopped", at the time of the Ctrl-C."""
    result = run("import time\nwhile True:\n    time.sleep(1)\n", stop_ms=2500)
    assert result.end == ["stopped", "", "", 0]
    assert result.events[-1].t_ms == 2500


def test_ctrl_c_that_meets_our_callback_is_not_swallowed(run):
    """A KeyboardInterrupt raised inside the sampler stops the program at its next print."""
    program = """
from lovhe import trace
import time
def once():
    trace.late.clear()
    raise KeyboardInterrupt
trace.late.append(once)
time.sleep_ms(50)
print('never')
"""
    result = run(program)
    assert result.end[0] == "stopped"
    assert result.text == ""


def test_a_program_without_memory_left_is_told(run, request):
    """MemoryError ends the program like any other exception, and the last frame still gets out."""
    if "cpython" in request.node.name:
        pytest.skip("CPython has memory without end")
    result = run("keep = []\nwhile True:\n    keep.append(bytearray(100))\n")
    assert result.end[:2] == ["error", "MemoryError"]
    assert result.of("gap") == []


def test_everything_is_put_back(run):
    """After a run `print`, `import`, the loaded modules and the Timers are what they were; PWMs and interrupts are off."""
    result = run(
        "import random, neopixel, dht\nfrom machine import Pin, PWM, Timer, ADC, I2C\n"
        "PWM(Pin(5))\nTimer(2, period=10, callback=print)\nPin(4).irq(lambda p: 0)\nraise OSError(5)\n"
    )
    assert result.after == {"restored": True, "timers": [], "irqs": [], "pwms": []}


def test_drivers_are_dropped_after_a_run(run):
    """A driver, its package and what it loaded are gone, so that the next run gets the watched classes again."""
    result = run("from lovhe.drivers.keypad import Keypad\nimport lovhe.drivers.letters\nprint(Keypad.__name__)\n", times=2)
    assert result.text == "Keypad\nKeypad\n"
    assert result.after["restored"]


def test_a_second_run_knows_nothing_of_the_first(run):
    """Two runs in one session: each has its own variables, numbers its frames from 0 and begins at time zero."""
    result = run("try:\n    x\nexcept NameError:\n    print('fresh')\nx = 1\n", times=2)
    assert result.text == "fresh\nfresh\n"
    assert [event.kind for event in result.events].count("begin") == 2
    assert result.of("gap") == []
    assert result.after["restored"]


def test_a_timer_keeps_the_program_alive(run):
    """A program that ends but leaves a Timer is sampled until Ctrl-C."""
    program = "from machine import Pin, Timer\nled = Pin(2, Pin.OUT)\nt = Timer(0, period=100, callback=lambda t: led.toggle())\n"
    result = run(program, stop_ms=1000)
    assert len(result.levels(2)) in (9, 10, 11)
    assert result.end[0] == "stopped"
    assert result.after["timers"] == []


def test_a_one_shot_timer_keeps_the_program_alive_until_it_has_fired(run):
    """When nothing is left that could act, the program is done."""
    program = """
from machine import Pin, Timer
led = Pin(2, Pin.OUT)
t = Timer(0)
t.init(period=300, mode=Timer.ONE_SHOT, callback=lambda t: led.on())
"""
    result = run(program)
    assert result.end[0] == "done"
    assert 300 <= result.levels(2)[-1][0] <= result.events[-1].t_ms <= 400


def test_a_pin_interrupt_keeps_the_program_alive(run):
    """A program that ends but leaves a pin interrupt is sampled until Ctrl-C."""
    result = run("from machine import Pin\nPin(4, Pin.IN).irq(lambda p: 0)\n", stop_ms=500)
    assert result.end[0] == "stopped"
    assert result.events[-1].t_ms == 500
    assert result.after["irqs"] == []
