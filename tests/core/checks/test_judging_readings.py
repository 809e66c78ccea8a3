"""Readings are judged by their values: equal to what was set, at a rate, changed by an amount, as many as the pulses at a pin."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport

STEP = '[[check]]\nid = "c"\n[[check.step]]\ndelay = "4 s"\nsettle = "0 s"\n'
HALL = """
[[circuit.part]]
id = "wind"
part = "hall-sensor"
wires = { VCC = "5V", GND = "GND", OUT = "IO19" }
"""


@pytest.fixture
def verdict(files, read, run):
    """A function that judges a run of steps of four seconds each, with the given checks."""

    def check(checks: str, *events: Event, steps: int = 1) -> CheckReport:
        made = files(checks)
        head, mark, rest = made["lesson.toml"].decode().partition("[[check]]")
        made["lesson.toml"] = (head + HALL + mark + rest).encode()
        run.events[1:] = list(events)
        return judge(read(made), "pass", run.steps("c", *[4000] * steps).events).checks[0]

    return check


def said(*pairs: tuple[int, float], name: str = "t") -> list[Event]:
    """Readings at their times."""
    return [Event(t_ms, "text", [f"{name}: {value}\n"]) for t_ms, value in pairs]


EQUAL = """[[check]]
id = "c"
[[check.step]]
set = { air.temperature = "24 °C" }
delay = "4 s"
[[check.step]]
set = { light = "10 %" }
delay = "4 s"
expect-reading = [{ name = "t", agrees-with = "air.temperature", within = "± 1" }]
"""


@pytest.mark.parametrize(("last", "outcome"), [(24, "passed"), (25, "passed"), (23.0, "passed"), (25.1, "failed"), (2.4, "failed")])
def test_the_last_reading_equals_what_an_earlier_step_set(verdict, last, outcome):
    """Those before it were still on their way."""
    checks = EQUAL.replace("air.temperature =", '"air.temperature" =')
    check = verdict(checks, *said((100, 20), (5000, 20), (7000, last)), steps=2)
    assert check.outcome == outcome
    assert "24 °C ± 1" in str(check.expected)


def test_no_reading_equals_nothing(verdict):
    """The name that came instead is told."""
    checks = EQUAL.replace("air.temperature =", '"air.temperature" =')
    check = verdict(checks, *said((5000, 24), name="hum"), steps=2)
    assert check.outcome == "failed"
    assert "“hum”" in str(check.seen)


RATE = f'{STEP}expect-reading = [{{ name = "t", rate = "2 Hz ± 20 %" }}]\n'


@pytest.mark.parametrize(
    ("times", "outcome"),
    [
        (range(100, 4000, 500), "passed"),
        (range(100, 4000, 450), "passed"),
        (range(100, 4000, 350), "failed"),
        (range(100, 4000, 700), "failed"),
        (range(100, 1700, 500), "failed"),
        (range(2600, 4000, 500), "failed"),
        ([100], "failed"),
        ([], "failed"),
    ],
)
def test_readings_come_at_their_rate(verdict, times, outcome):
    """All the time, not at its begin alone."""
    assert verdict(RATE, *said(*[(t_ms, 1) for t_ms in times])).outcome == outcome


CHANGE = """[[check]]
id = "c"
[[check.step]]
delay = "4 s"
[[check.step]]
delay = "4 s"
expect-reading = [{ name = "t", change = "≥ 5" }]
"""


@pytest.mark.parametrize(
    ("pairs", "outcome"),
    [
        (((3000, 10), (7000, 15)), "passed"),
        (((1000, 2), (3000, 10), (5000, 99), (7000, 14)), "failed"),
        (((3000, 10), (7000, 2)), "failed"),
        (((7000, 15),), "failed"),
        (((3000, 10),), "failed"),
    ],
)
def test_a_reading_changes_by_an_amount(verdict, pairs, outcome):
    """From the last one before the step to the last one in it."""
    assert verdict(CHANGE, *said(*pairs), steps=2).outcome == outcome


def test_a_fall_is_a_negative_change(verdict):
    """Written with a minus."""
    checks = CHANGE.replace("≥ 5", "≤ -5")
    assert verdict(checks, *said((3000, 0.3), (7000, -4.7)), steps=2).outcome == "passed"
    assert verdict(checks, *said((3000, 0.3), (7000, 5.3)), steps=2).outcome == "failed"


def test_a_change_with_evidence_lost_between_is_unclear(verdict):
    """The last reading before the step may be missing."""
    events = [*said((2000, 10), (7000, 15)), Event(3900, "gap", [1])]
    assert verdict(CHANGE, *events, steps=2).outcome == "unclear"


SPREAD = CHANGE.replace("change", "spread")


@pytest.mark.parametrize(
    ("pairs", "outcome"),
    [
        (((1000, 500), (3000, 507), (7000, 502)), "passed"),
        (((1000, 500), (3000, 503), (7000, 504)), "failed"),
        (((5000, 500), (7000, 505)), "passed"),
        (((7000, 500),), "failed"),
        ((), "failed"),
    ],
)
def test_what_is_left_to_chance_differs(verdict, pairs, outcome):
    """From the least to the greatest reading of the check, also in the steps before; one reading alone differs from nothing."""
    assert verdict(SPREAD, *said(*pairs), steps=2).outcome == outcome


def test_a_spread_ends_with_its_step(verdict):
    """What comes in a later step is not yet there."""
    checks = SPREAD + '[[check.step]]\ndelay = "4 s"\n'
    assert verdict(checks, *said((1000, 500), (7000, 502), (9000, 900)), steps=3).outcome == "failed"


def test_a_spread_with_evidence_lost_is_unclear(verdict):
    """The reading that differs may be missing, in an earlier step too."""
    events = [*said((2000, 500), (7000, 501)), Event(1500, "gap", [1])]
    assert verdict(SPREAD, *events, steps=2).outcome == "unclear"


FOLLOWS = f'{STEP}expect-reading = [{{ name = "t", follows = "wind" }}]\n'


def pulses(period_ms: int) -> list[Event]:
    """A magnet that comes round."""
    return [Event(t_ms, "level", [19, int(n % 2)]) for n, t_ms in enumerate(range(0, 4000, period_ms // 2))]


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((2, 3, 2), "passed"),
        ((2.5, 2.5, 2.5), "passed"),
        ((5, 5, 5), "failed"),
        ((1, 1, 1), "failed"),
        ((150, 150, 150), "failed"),
    ],
)
def test_readings_count_the_pulses_a_second(verdict, values, outcome):
    """In their mean, for whole counts are off by one; both edges, or turns a minute, are something else."""
    events = sorted([*pulses(400), *said(*[(1000 * (n + 1), value) for n, value in enumerate(values)])], key=lambda event: event.t_ms)
    check = verdict(FOLLOWS, *events)
    assert check.outcome == outcome
    assert "2.5 pulses a second" in str(check.seen)


def test_without_pulses_nothing_is_followed(verdict):
    """The sensor's pin did not move."""
    check = verdict(FOLLOWS, *said((1000, 0), (2000, 0)))
    assert check.outcome == "failed"
    assert "no pulses" in str(check.seen)
