"""What a program said and used is judged by its meaning: text, readings that follow the world, sensors read, facts of the source."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport

STEP = '[[check]]\nid = "c"\n[[check.step]]\ndelay = "3 s"\nsettle = "0 s"\n'


@pytest.fixture
def verdict(make_lesson, run):
    """A function that judges a run of three seconds against one expectation."""

    def check(expect: str, *events: Event, source: str = "pass") -> CheckReport:
        run.events[1:] = list(events)
        return judge(make_lesson(f"{STEP}{expect}\n"), source, run.steps("c", 3000).events).checks[0]

    return check


def text(t_ms: int, line: str) -> Event:
    """One printed line."""
    return Event(t_ms, "text", [line + "\n"])


def test_text_is_found_without_regard_to_case(verdict):
    """Azerbaijani capitals too."""
    assert verdict('expect-text = [{ contains = "İşıq yandı" }]', text(10, "IŞIQ YANDI!")).outcome == "passed"


def test_text_that_is_missing_is_told_with_what_came_instead(verdict):
    """Or that nothing came."""
    assert str(verdict('expect-text = [{ contains = "hello" }]', text(10, "helo")).seen) == "It printed something else: “helo”."
    assert str(verdict('expect-text = [{ contains = "hello" }]').seen) == "It printed nothing."


def test_text_is_counted(verdict):
    """As often as expected, no more, no less."""
    expect = 'expect-text = [{ contains = "tick", count = "2 … 3" }]'
    assert verdict(expect, text(1, "tick"), text(2, "tick")).outcome == "passed"
    assert verdict(expect, text(1, "tick")).outcome == "failed"
    assert verdict(expect, text(1, "tick tick tick tick")).outcome == "failed"


def test_readings_come_from_show_and_from_print(verdict):
    """Both count, under the same name."""
    expect = 'expect-reading = [{ name = "Light", range = "0 … 100", count = "2" }]'
    assert verdict(expect, Event(5, "show", [{"light": 40}]), text(10, "light: 50")).outcome == "passed"


def test_every_reading_must_be_in_range(verdict):
    """One outlier is told with its value."""
    check = verdict('expect-reading = [{ name = "t", range = "10 … 40" }]', text(1, "t: 23"), text(2, "t: 85"))
    assert check.outcome == "failed"
    assert "23 … 85 (2 times)" in str(check.seen)


def test_numbers_without_a_name_bring_the_advice_to_name_them(verdict):
    """The pupil is one word away from right."""
    assert "without a name" in str(verdict('expect-reading = [{ name = "t" }]', text(1, "23")).seen)
    assert "“temp”" in str(verdict('expect-reading = [{ name = "t" }]', text(1, "temp: 23")).seen)
    assert str(verdict('expect-reading = [{ name = "t" }]').seen) == "There was no reading “t”."


FOLLOW = """
[[check]]
id = "c"
[[check.step]]
set = { light = "10 %" }
delay = "1 s"
[[check.step]]
set = { light = "80 %" }
delay = "1 s"
[[check.step]]
set = { light = "40 %" }
delay = "1 s"
expect-reading = [{ name = "light", agrees-with = "light" }]
"""


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({10: 100, 80: 800, 40: 400}, "passed"),
        ({10: 900, 80: 200, 40: 600}, "passed"),
        ({10: 500, 80: 500, 40: 500}, "failed"),
        ({10: 100, 80: 800, 40: 900}, "failed"),
        ({10: 100, 80: 101, 40: 100.5}, "failed"),
    ],
)
def test_readings_follow_the_world_in_one_direction(make_lesson, run, values, outcome):
    """Up or down, but by more than they scatter; a copied number does not follow."""
    for step, (percent, value) in enumerate(values.items()):
        run.add(step * 1000, "set", "light", f"{percent} %")
        for turn in range(5):
            run.events.append(text(step * 1000 + 300 + turn * 100, f"light: {value + turn - 2}"))
    check = judge(make_lesson(FOLLOW), "pass", run.steps("c", 1000, 1000, 1000).events).checks[0]
    assert check.outcome == outcome
    assert "10 % → " in str(check.seen)


def test_a_reading_that_misses_a_step_does_not_follow(make_lesson, run):
    """It has to come at every value."""
    run.events += [text(500, "light: 5")]
    assert judge(make_lesson(FOLLOW), "pass", run.steps("c", 1000, 1000, 1000).events).outcome == "failed"


def test_a_sensor_counts_as_read_at_its_own_pin(verdict):
    """Reading another pin is told; printing a number reads nothing."""
    expect = 'expect-use = [{ part = "light", reads = "≥ 2" }]'
    assert verdict(expect, Event(1, "adc", [34, 5]), Event(2, "adc", [34, 6])).outcome == "passed"
    assert str(verdict(expect, Event(1, "adc", [35, 5])).seen) == "The program read pin 35, but not pin 34."
    assert verdict(expect, text(1, "light: 500")).outcome == "failed"
    assert "read 1 time in 3 s" in str(verdict(expect, Event(1, "adc", [34, 5])).seen)


def test_a_dht_counts_as_read_when_it_was_measured(verdict):
    """Its own kind of event, at its own pin."""
    expect = 'expect-use = [{ part = "air" }]'
    assert verdict(expect, Event(1, "dht", [18, 24.0, 45.0])).outcome == "passed"
    assert verdict(expect, Event(1, "dht", [19, 24.0, 45.0])).outcome == "failed"


def test_a_forbidden_name_is_told_with_its_line(make_lesson, run):
    """So that it can be found."""
    lesson = make_lesson('[[check]]\nid = "c"\nexpect-source = { forbids = ["sleep"] }\n')
    report = judge(lesson, "import time\n\ntime.sleep(1)", run.add(10, "over").events)
    assert str(report.checks[0].seen) == "The program uses it in line 3."
    assert judge(lesson, "# sleep", run.events).outcome == "passed"
