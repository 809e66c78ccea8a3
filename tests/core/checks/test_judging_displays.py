"""What a display shows is judged by what the kit's drivers told of it; without them nobody knows, and nobody is blamed."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.expectations_display import numbers_in
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport

STEP = '[[check]]\nid = "c"\n[[check.step]]\ndelay = "3 s"\nsettle = "1 s"\n'
PARTS = """
[[circuit.part]]
id = "screen"
part = "lcd1602"
wires = { VCC = "5V", GND = "GND", SCL = "IO22", SDA = "IO21" }
through = { SCL = "level shifter", SDA = "level shifter" }
[[circuit.part]]
id = "digits"
part = "tm1637"
wires = { VCC = "3V3", GND = "GND", CLK = "IO16", DIO = "IO17" }
[[circuit.part]]
id = "motion"
part = "mpu6050"
wires = { VCC = "3V3", GND = "GND", SCL = "IO22", SDA = "IO21" }
"""


@pytest.fixture
def verdict(files, read, run):
    """A function that judges a run of three seconds against one expectation."""

    def check(expect: str, *events: Event) -> CheckReport:
        made = files(f"{STEP}{expect}\n")
        head, mark, checks = made["lesson.toml"].decode().partition("[[check]]")
        made["lesson.toml"] = (head + PARTS + mark + checks).encode()
        run.events[1:] = list(events)
        return judge(read(made), "pass", run.steps("c", 3000).events).checks[0]

    return check


def draw(t_ms: int, text: str, bus: str = "i2c", number: int = 0x27) -> Event:
    """What the LCD shows from then on."""
    return Event(t_ms, "draw", [bus, number, text])


CONTAINS = 'expect-display = [{ part = "screen", contains = "temp" }]'
NUMBER = 'expect-display = [{ part = "screen", contains = "temp", number = "22 … 24" }]'


@pytest.mark.parametrize(
    ("expect", "text", "outcome"),
    [
        (CONTAINS, "TEMP: 23\nok", "passed"),
        (CONTAINS, "Tem", "failed"),
        (CONTAINS, "", "failed"),
        (NUMBER, "Temp: 23,5 C", "passed"),
        (NUMBER, "Temp: 23.5\n99 %", "passed"),
        (NUMBER, "Temp: 25", "failed"),
        (NUMBER, "23", "failed"),
        ('expect-display = [{ part = "screen", number = "≤ -4" }]', "-4.5°", "passed"),
        ('expect-display = [{ part = "screen", number = "≥ 4" }]', "−4.5°", "failed"),
    ],
)
def test_a_display_must_show_text_and_number_together(verdict, expect, text, outcome):
    """Case makes no difference; a number may have a decimal point or comma."""
    assert verdict(expect, draw(100, text)).outcome == outcome


def test_what_was_shown_long_before_the_step_still_stands(verdict):
    """A display keeps its text; and what it shows afterwards does not count."""
    assert verdict(CONTAINS, draw(5, "temp"), draw(3100, "")).outcome == "passed"
    assert verdict(CONTAINS, draw(5, "temp"), draw(1500, "bye")).outcome == "failed"


def test_sometime_is_any_moment_of_the_step(verdict):
    """Not of the time before it has settled."""
    sometime = CONTAINS.replace(" }]", ", sometime = true }]")
    assert verdict(sometime, draw(1500, "temp"), draw(1700, "")).outcome == "passed"
    assert verdict(sometime, draw(500, "temp"), draw(700, "bye")).outcome == "failed"


OK_ALONE = 'expect-display = [{ part = "screen", contains = "ok", lacks = "Alarm" }]'
NEITHER = 'expect-display = [{ part = "screen", lacks = ["ok", "alarm"] }]'


@pytest.mark.parametrize(
    ("expect", "text", "outcome"),
    [
        (OK_ALONE, "OK", "passed"),
        (OK_ALONE, "OK\nALARM", "failed"),
        (OK_ALONE, "ALARM", "failed"),
        (NEITHER, "23 C", "passed"),
        (NEITHER, "", "passed"),
        (NEITHER, "23 C\nok", "failed"),
        (NEITHER, "alarm", "failed"),
        (NEITHER, "Books 23 %", "passed"),
        (NEITHER, "OK23", "failed"),
        ('expect-display = [{ part = "screen", lacks = ":(" }]', "23 C:(%", "failed"),
        ('expect-display = [{ part = "screen", number = "≥ 23", lacks = "off" }]', "23 off", "failed"),
    ],
)
def test_what_a_display_must_lack_does_not_stand_on_it(verdict, expect, text, outcome):
    """One text or several, in any case, and not inside a longer word; beside them the rest is asked for as ever."""
    assert verdict(expect, draw(100, text)).outcome == outcome


def test_a_display_that_was_never_used_lacks_every_text(verdict):
    """Whether it must show anything is asked by itself."""
    assert verdict(NEITHER).outcome == "passed"
    assert verdict(OK_ALONE).outcome == "failed"


def test_what_must_be_lacked_is_lacked_all_the_time_before_the_steps_end(verdict):
    """Two texts that take turns are not each alone, whichever comes last; what was there long before does not count."""
    assert verdict(OK_ALONE, draw(5, "alarm"), draw(2600, "ok")).outcome == "passed"
    assert verdict(OK_ALONE, draw(5, "alarm"), draw(2800, "ok")).outcome == "failed"
    assert verdict(OK_ALONE, draw(5, "ok"), draw(2800, "alarm"), draw(2900, "ok")).outcome == "failed"
    assert verdict(OK_ALONE, draw(5, "ok alarm"), draw(2900, ""), draw(2950, "ok")).outcome == "failed"


def test_sometime_one_picture_shows_the_one_and_lacks_the_other(verdict):
    """Both at the same moment: a picture with the one and another one without the other are not enough."""
    sometime = OK_ALONE.replace(" }]", ", sometime = true }]")
    assert verdict(sometime, draw(5, "ok alarm"), draw(1500, "ok"), draw(1700, "alarm")).outcome == "passed"
    assert verdict(sometime, draw(5, "ok alarm"), draw(1500, "")).outcome == "failed"
    assert verdict(sometime, draw(5, "alarm")).outcome == "failed"


def test_a_failure_tells_what_should_not_have_been_there(verdict):
    """And the picture in which it stood."""
    check = verdict(OK_ALONE, draw(5, "OK ALARM"), draw(2900, ""))
    assert "does not show “Alarm” at the same time" in str(check.expected)
    assert "“OK ALARM”" in str(check.seen)
    check = verdict(NEITHER, draw(5, "OK"))
    assert str(check.expected).endswith("does not show “ok”.")
    assert "“OK”" in str(check.seen)
    assert "shows “ok”" in str(verdict(OK_ALONE, draw(5, "alarm")).expected)


SHOWS_READING = 'expect-display = [{ part = "screen", reading = "value" }]'


@pytest.mark.parametrize(
    ("said", "text", "outcome"),
    [
        ("value: 45.3", "45 % ok", "passed"),
        ("value: 45.3", "normal 40\nnow 46,2", "passed"),
        ("value: 45.3", "47 %", "failed"),
        ("value: 45.3", "", "failed"),
        ("other: 45.3", "45 %", "failed"),
    ],
)
def test_a_display_must_show_the_number_that_the_program_tells(verdict, said, text, outcome):
    """Rounded as one likes, among other numbers; whatever the number is."""
    earlier = Event(50, "text", ["value: 3\n" if said.startswith("value") else "begin\n"])
    assert verdict(SHOWS_READING, earlier, draw(100, text), Event(2000, "text", [f"{said}\n"])).outcome == outcome


def test_how_exactly_a_reading_is_shown_can_be_said(verdict):
    """In the unit of the reading."""
    finer = SHOWS_READING.replace(" }]", ', within = "± 0.1" }]')
    assert verdict(finer, draw(5, "45.3"), Event(2000, "text", ["value: 45.25\n"])).outcome == "passed"
    check = verdict(finer, draw(5, "45"), Event(2000, "text", ["value: 45.25\n"]))
    assert check.outcome == "failed"
    assert "“value”: 45.25" in str(check.expected)


def test_a_text_that_is_just_being_written_anew_is_not_missed(verdict):
    """At the step's very end a program may have cleared its display."""
    assert verdict(CONTAINS, draw(5, "temp: 23"), draw(2900, "")).outcome == "passed"
    assert verdict(CONTAINS, draw(5, "temp: 23"), draw(2600, "")).outcome == "failed"


def test_a_failure_tells_what_was_shown(verdict):
    """The text, that it is empty, or that nothing came at all."""
    assert "“hello”" in str(verdict(CONTAINS, draw(5, "hello")).seen)
    assert str(verdict(CONTAINS, draw(5, "")).seen) == "The display was empty."
    assert str(verdict(CONTAINS).seen) == "The display showed nothing."


def test_letters_on_top_of_each_other_bring_the_advice_to_clear(verdict):
    """The commonest slip with a graphic display."""
    check = verdict(NUMBER, draw(5, "Temp: 2▒"))
    assert "on top of each other" in str(check.seen)
    assert "fill(0)" in str(check.hints[0])


def test_a_foreign_driver_is_not_blamed(verdict):
    """Bytes went to the display, but what they show nobody can tell: unclear, with the driver that is expected."""
    check = verdict(CONTAINS, Event(100, "i2c", [0x27, 5, 0]))
    assert check.outcome == "unclear"
    assert "from lovhe.drivers.lcd1602 import Lcd1602" in str(check.seen)
    check = verdict('expect-display = [{ part = "digits", contains = "7" }]', Event(100, "level", [2, 1, 16, 1]))
    assert check.outcome == "unclear"
    assert verdict(NEITHER, Event(100, "i2c", [0x27, 5, 0])).outcome == "unclear"


def test_each_display_has_its_own_text(verdict):
    """Told apart by bus, address and pin; a real LCD may have the other of its two addresses."""
    digits = 'expect-display = [{ part = "digits", contains = "7" }]'
    assert verdict(digits, draw(5, "7", "pin", 16)).outcome == "passed"
    assert verdict(digits, draw(5, "7")).outcome == "failed"
    assert verdict(CONTAINS, draw(5, "temp", number=0x3F)).outcome == "passed"


def test_lost_evidence_makes_it_unclear(verdict):
    """The text that was lost may have been the right one."""
    assert verdict(CONTAINS, draw(5, "temp"), Event(2000, "lost", [3])).outcome == "unclear"
    assert verdict(CONTAINS, draw(5, "bye"), Event(2000, "lost", [3])).outcome == "unclear"
    assert verdict(NEITHER, draw(5, "bye"), Event(2000, "lost", [3])).outcome == "unclear"
    assert verdict(NEITHER, draw(5, "ok"), Event(2000, "lost", [3])).outcome == "unclear"


def test_numbers_are_found_in_a_displays_text():
    """Words with digits in them are none."""
    assert numbers_in("T1: 23,5 °C, -4.25 +7 12:30") == [23.5, -4.25, 7.0, 12.0, 30.0]
    assert numbers_in("a1 b2.5") == []


DEVICE = 'expect-device = [{ part = "motion" }]'


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([Event(1500, "i2c", [0x68, 1, 14])], "passed"),
        ([Event(1500, "i2c", [0x68, 0, 0])], "failed"),
        ([Event(500, "i2c", [0x68, 1, 14])], "failed"),
        ([Event(1500, "i2c", [0x27, 1, 14])], "failed"),
        ([], "failed"),
    ],
)
def test_a_device_must_have_been_spoken_to(verdict, events, outcome):
    """At its address, in the step's time; finding it by `scan` is not speaking to it."""
    assert verdict(DEVICE, *events).outcome == outcome


def test_who_answered_instead_is_told(verdict):
    """By address."""
    assert "0x27" in str(verdict(DEVICE, Event(1500, "i2c", [0x27, 1, 14])).seen)


def test_a_real_part_may_have_another_address_of_its_kind(verdict):
    """If no other part of the circuit has it."""
    assert verdict('expect-device = [{ part = "screen" }]', Event(1500, "i2c", [0x3F, 5, 0])).outcome == "passed"
