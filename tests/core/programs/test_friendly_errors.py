"""The exceptions pupils meet are told in simple words, in the chip's short form and in the longer ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.programs.friendly_errors import KINDS, explain

SOURCE = "from machine import Pin\nlight = Pin(2)\ns\u0435nsor = Pin(4)\ndef blink():\n    pass\n"  # a Cyrillic letter in sensor


@pytest.mark.parametrize(
    ("exception", "message", "what", "hint"),
    [
        ("NameError", "name 'ligth' isn't defined", "“ligth” is not known", "“light”"),
        ("NameError", "name 'bink' isn't defined", "“bink”", "“blink”"),
        ("NameError", "name 'prnt' isn't defined", "“prnt”", "“print”"),
        ("NameError", "name 'sensor' isn't defined", "“sensor”", "only looks the same"),
        ("NameError", "name 'light' isn't defined", "“light”", "has not run"),
        ("NameError", "name 'true' isn't defined", "“true”", "True"),
        ("NameError", "name 'ADC' isn't defined", "“ADC”", "from machine import ADC"),
        ("NameError", "name 'time' isn't defined", "“time”", "import time"),
        ("NameError", "name 'sleep' isn't defined", "“sleep”", "from time import sleep"),
        ("NameError", "name 'hello' isn't defined", "“hello”", "between quotes"),
        ("NameError", "name not defined", "name in this line", "slip of the pen"),
        ("NameError", "local variable referenced before assignment", "function", "global"),
        ("ImportError", "no module named 'tine'", "“tine”", "“time”"),
        ("ImportError", "no module named 'turtle'", "“turtle”", "PC only"),
        ("ImportError", "can't import name PIN", "“PIN”", "“Pin”"),
        ("ImportError", "cannot import name 'Pins'", "“Pins”", "“Pin”"),
        ("ImportError", "module not found", "module", "slip of the pen"),
        ("AttributeError", "'module' object has no attribute 'sleeps'", "“.sleeps”", "“sleep”"),
        ("AttributeError", "module 'time' has no attribute 'sleeps'", "“.sleeps”", "“sleep”"),
        ("AttributeError", "type object 'Pin' has no attribute 'OUTPUT'", "“.OUTPUT”", "“OUT”"),
        ("AttributeError", "'Pin' object has no attribute 'yandir'", "“.yandir”", "slip of the pen"),
        ("AttributeError", "'NoneType' object has no attribute 'on'", "None", "call"),
        ("AttributeError", "no such attribute", "after a dot", "slip of the pen"),
        ("TypeError", "unsupported types for __add__: 'int', 'str'", "text and a number", "str(…)"),
        ("TypeError", "unsupported types for __lt__: 'NoneType', 'int'", "None", "return"),
        ("TypeError", "unsupported type for operator", "reckoned", "int(…)"),
        ("TypeError", "'int' object isn't callable", "no function", "same name"),
        ("TypeError", "object not callable", "no function", "same name"),
        ("TypeError", "function takes 1 positional arguments but 2 were given", "too many", "point"),
        ("TypeError", "f() takes 2 positional arguments but 1 were given", "too few", "Count"),
        ("TypeError", "function missing 1 required positional arguments", "too few", "Count"),
        ("TypeError", "unexpected keyword argument 'frequency'", "“frequency=”", "slip of the pen"),
        ("TypeError", "'int' object isn't subscriptable", "no parts", "( )"),
        ("TypeError", "'int' object isn't iterable", "for loop", "range"),
        ("TypeError", "can't convert str to int", "A number is needed", "int(…)"),
        ("TypeError", "object of type 'int' has no len()", "length", "lists"),
        ("ValueError", "invalid pin", "no such pin", "picture"),
        ("ValueError", "pin can only be input", "only be read", "34 to 39"),
        ("ValueError", "invalid syntax for integer with base 10", "no number", "print"),
        ("ValueError", "duty_u16 must be from 0 to 65535", "duty", "65535"),
        ("ValueError", "frequency must be from 1Hz to 40MHz", "frequency", "100 to 5000"),
        ("ValueError", "invalid Timer number", "no timer of this number", "Timer(0)"),
        ("ValueError", "I2C(2) doesn't exist", "no I2C(2)", "I2C(0)"),
        ("ValueError", "UART(3) does not exist", "no UART(3)", "UART(1)"),
        ("ValueError", "need more than 1 values to unpack", "names", "Count"),
        ("ValueError", "angle must be from 0 to 180", "“angle”", "from 0 to 180"),
        ("NameError", "name 'Bme280' isn't defined", "“Bme280”", "from lovhe.drivers.bme280 import Bme280"),
        ("ImportError", "no module named 'ssd1306'", "“ssd1306”", "from lovhe.drivers.ssd1306 import Ssd1306"),
        ("ImportError", "no module named 'lovhe.drivers.bme28'", "“lovhe.drivers.bme28”", "“lovhe.drivers.bme280”"),
        ("ImportError", "no module named 'lovhe.drivers.servo'", "“lovhe.drivers.servo”", "lovhe flash"),
        ("ImportError", "can't import name BME280", "“BME280”", "from lovhe.drivers.bme280 import Bme280"),
        ("AttributeError", "'Bme280' object has no attribute 'presure'", "“.presure”", "“pressure”"),
        ("OSError", "[Errno 19] ENODEV: BME280 at 0x76 or 0x77 does not answer: check SDA, SCL, 3V3, GND", "BME280", "SDA, SCL, 3V3, GND"),
        ("OSError", "[Errno 19] ENODEV: LCD1602 at 0x3f does not answer: check SDA, SCL, 3V3, GND", "LCD1602", "SDA"),
        ("OSError", "[Errno 19] ENODEV: HC-SR04 does not answer: check TRIG, ECHO, 5V, GND", "HC-SR04", "TRIG, ECHO, 5V, GND"),
        ("OSError", "[Errno 19] ENODEV: the part at 0x76 is no BME280. It is a BMP280, without humidity.", "no humidity", "Bmp280"),
        ("OSError", "[Errno 19] ENODEV: the part at 0x68 is no MPU6050.", "0x68", "same address"),
        ("OSError", "can't create thread", "thread", "Timer"),
        ("OSError", "no radio on a virtual board", "no radio", "real board"),
        ("OSError", "-202", "no network", "Wi-Fi"),
        ("OSError", "[Errno 118] EHOSTUNREACH", "no network", "isconnected"),
        ("OSError", "Wifi Not Started", "not switched on", ".active(True)"),
        ("OSError", "Wifi Internal State Error", "busy", "once"),
        ("OSError", "[Errno 19] ENODEV", "I2C", "SDA"),
        ("OSError", "19", "I2C", "SDA"),
        ("OSError", "[Errno 116] ETIMEDOUT", "in time", "wires"),
        ("OSError", "-110", "in time", "wires"),
        ("OSError", "[Errno 2] ENOENT", "no such file", "slip of the pen"),
        ("IndexError", "list index out of range", "no such place", "0"),
        ("KeyError", "b", "no entry b", "letter"),
        ("ZeroDivisionError", "divide by zero", "divides by zero", "/"),
        ("MemoryError", "memory allocation failed, allocating 4096 bytes", "memory is full", "loop"),
        ("RuntimeError", "out of PWM channels:16", "more pins than the board can: it has 16", ".deinit()"),
        ("RuntimeError", "out of light sleep capable PWM timers:4", "it has 4", "same frequency"),
        ("RuntimeError", "PWM is inactive", "not running", "duty_ns"),
        ("RuntimeError", "maximum recursion depth exceeded", "calls itself", "while"),
        ("SyntaxError", "invalid syntax", "does not understand", "bracket"),
        ("IndentationError", "unexpected indent", "below", "spaces"),
    ],
)
def test_an_exception_is_told_in_simple_words(exception, message, what, hint):
    """What happened, in which line, and what to try."""
    said, tip = explain(exception, message, 7, SOURCE)
    assert str(said).startswith("Line 7: ")
    assert what in str(said)
    assert hint in str(tip)


def test_an_exception_we_do_not_know_is_shown_as_it_is():
    """Nothing is invented."""
    said, tip = explain("MyError", "too hot", 3, SOURCE)
    assert str(said) == "Line 3: The program stopped with an error: MyError: too hot"
    assert tip is None


def test_without_a_line_none_is_named():
    """An exception in a callback may have no line of the program."""
    assert str(explain("ZeroDivisionError", "divide by zero", 0, "")[0]) == "The program divides by zero."


@given(st.sampled_from(sorted(KINDS)) | st.text(max_size=20), st.text(max_size=100), st.text(max_size=100))
def test_any_exception_is_told(exception, message, source):
    """Whatever a program raises and however it looks."""
    assert str(explain(exception, message, 1, source)[0])
