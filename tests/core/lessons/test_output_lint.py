"""Checks of displays, I2C parts, readings and expected errors that cannot be meant so are refused, with the place and the mend."""

import pytest
from lovhe.core.errors import LessonError

STEP = '[[check]]\nid = "c"\n[[check.step]]\ndelay = "4 s"\nsettle = "0 s"\n'
SCREEN = """[[circuit.part]]
id = "screen"
part = "lcd1602"
wires = { VCC = "5V", GND = "GND", SCL = "IO22", SDA = "IO21" }
through = { SCL = "level shifter", SDA = "level shifter" }
"""


@pytest.fixture
def made(files, read):
    """A function that reads a lesson with these checks and a display in its circuit."""

    def make(checks: str):
        folder = files(checks)
        head, mark, rest = folder["lesson.toml"].decode().partition("[[check]]")
        folder["lesson.toml"] = (head + SCREEN + mark + rest).encode()
        return read(folder)

    return make


@pytest.mark.parametrize(
    ("step", "place", "mend"),
    [
        ('expect-display = [{ part = "scren", contains = "a" }]', "no part “scren”", "“screen”"),
        ('expect-display = [{ part = "led", contains = "a" }]', "no display for text", "screen"),
        ('expect-display = [{ part = "screen" }]', "expects nothing", "contains"),
        ('expect-display = [{ part = "screen", contains = " " }]', "expects nothing", "contains"),
        ('expect-display = [{ part = "screen", number = "warm" }]', "expect-display, number", "20 … 30"),
        ('expect-display = [{ part = "screen", reading = " " }]', "expects nothing", "contains"),
        ('expect-display = [{ part = "screen", number = "1", within = "± 1" }]', "compared with", "Add reading"),
        ('expect-display = [{ part = "screen", reading = "t", within = "1" }]', "within", "Write it like"),
        ('expect-display = [{ part = "screen", lacks = " " }]', "expects nothing", "ALARM"),
        ('expect-display = [{ part = "screen", contains = "a", lacks = ["b", ""] }]', "lacks", "ALARM"),
        ('expect-display = [{ part = "screen", lacks = "a", sometime = true }]', "something else", "contains or number"),
        ('expect-display = [{ part = "screen", contains = "No alarm", lacks = "Alarm" }]', "shows “Alarm” as well", "beside it"),
        ('expect-device = [{ part = "light" }]', "no part with an I2C address", "expect-use"),
        ('expect-device = [{ part = "lcd" }]', "no part “lcd”", "Did you mean"),
        ('expect-reading = [{ name = "t", within = "± 1" }]', "compared with", "agrees-with"),
        ('expect-reading = [{ name = "t", agrees-with = "light", within = "± 1" }]', "sets “light”", "set ="),
        ('set = { light = "40 %" }\nexpect-reading = [{ name = "t", agrees-with = "light", within = "1" }]', "within", "Write it like"),
        (
            'set = { button = "pressed" }\nexpect-reading = [{ name = "t", agrees-with = "button", within = "± 1" }]',
            "no number",
            "a number",
        ),
        ('expect-reading = [{ name = "t", follows = "wind" }]', "no part “wind”", "ids"),
        ('expect-reading = [{ name = "t", follows = "button", within = "much" }]', "within", "Write it like"),
        ('expect-reading = [{ name = "t", change = "up" }]', "change", "Write it like"),
        ('expect-reading = [{ name = "t", spread = "wide" }]', "spread", "Write it like"),
        ('expect-pin = [{ part = "led", after = "button=off" }]', "from when to when", "wait ="),
        ('expect-pin = [{ part = "led", level = "on", wait = "≥ 1 s" }]', "from when to when", "wait ="),
        ('expect-pin = [{ part = "led", after = "button=up", wait = "≥ 1 s" }]', "from when to when", "wait ="),
        ('expect-pin = [{ part = "led", after = "buton=off", wait = "≥ 1 s" }]', "no part “buton”", "button"),
        ('expect-pin = [{ part = "led", after = "button", wait = "long" }]', "wait", "Write it like"),
        ('expect-pin = [{ part = "led", after = "button", spread = "20" }]', "spread", "Write it like"),
        ('expect-reading = [{ name = "t", spans = ["led"] }]', "two moments", "button=off"),
        ('expect-reading = [{ name = "t", spans = ["led", "led=on"] }]', "two moments", "button=off"),
        ('expect-reading = [{ name = "t", spans = ["led", "button=pressed"] }]', "two moments", "button=off"),
        ('expect-reading = [{ name = "t", spans = ["led", "buton"] }]', "no part “buton”", "button"),
        ('expect-reading = [{ name = "t", spans = ["led", "button"], within = "60 ms" }]', "within", "Write it like"),
        ('expect-reading = [{ name = "t", spans = ["led", "button"], within = "± 1 °C" }]', "within", "Write it like"),
        ('expect-reading = [{ name = "t", spans = ["led", "button"], is = "least", of = "u" }]', "two things", "two expectations"),
        ('expect-reading = [{ name = "t", agrees-with = "light", is = "least", of = "u" }]', "two things", "two expectations"),
        ('expect-reading = [{ name = "t", is = "least" }]', "which readings", "last = 5"),
        ('expect-reading = [{ name = "t", is = "least", of = "u", last = 0 }]', "which readings", "last = 5"),
        ('expect-reading = [{ name = "t", is = "least", of = "u", within = "1" }]', "within", "Write it like"),
        ('expect-reading = [{ name = "t", of = "u" }]', "compared with", 'is = "least"'),
        ('expect-reading = [{ name = "t", rate = "2 Hz" }]', "no room", "tolerance"),
        ('expect-reading = [{ name = "t", rate = "2 s ± 1 s" }]', "rate", "440 Hz"),
        ('expect-reading = [{ name = "t", rate = "0.5 Hz ± 10 %" }]', "too short", "three readings"),
    ],
)
def test_what_cannot_be_meant_is_refused(made, step, place, mend):
    """Each refusal names the key and what to write."""
    with pytest.raises(LessonError) as caught:
        made(f"{STEP}{step}\n")
    assert place in str(caught.value.what)
    assert mend in str(caught.value.next_step)


@pytest.mark.parametrize(
    ("error", "place", "mend"),
    [
        ('{ type = "Value Error" }', "no exception", "ValueError"),
        ('{ type = "ValueErorr" }', "no exception", "“ValueError”"),
    ],
)
def test_an_exception_that_cannot_be_is_refused(made, error, place, mend):
    """A slip of the pen would fail every pupil."""
    with pytest.raises(LessonError) as caught:
        made(f'[[check]]\nid = "c"\nexpect-error = {error}\n[[check.step]]\ndelay = "1 s"\n')
    assert place in str(caught.value.what)
    assert mend in str(caught.value.next_step)


def test_an_expected_error_needs_a_time(made):
    """When is it to come?"""
    with pytest.raises(LessonError, match="it has no steps"):
        made('[[check]]\nid = "c"\nexpect-error = { type = "OSError" }\n')


def test_what_is_meant_so_is_taken(made):
    """All the words at once."""
    made(
        '[[check]]\nid = "c"\nexpect-error = { type = "TooHot" }\n[[check.step]]\nset = { light = "40 %" }\ndelay = "4 s"\n'
        'expect-display = [{ part = "screen", contains = "a", number = "22 … 24", lacks = "b", sometime = true },'
        ' { part = "screen", lacks = ["c", "d"] }, { part = "screen", reading = "t" }]\n'
        'expect-pin = [{ part = "led", after = "button=off", wait = "≥ 500 ms", spread = "≥ 20 ms" }]\n'
        'expect-device = [{ part = "screen" }]\n'
        'expect-reading = [{ name = "t", agrees-with = "light", within = "± 2" }, { name = "u", follows = "button" },'
        ' { name = "v", rate = "2 Hz ± 20 %", change = "≤ -3" }, { name = "w", spans = ["led", "button"], within = "± 20 %" },'
        ' { name = "x", spans = ["button", "button=off"] }, { name = "y", is = "mean", of = "w", last = 3, within = "± 5 %" }]\n'
    )
