"""A pause before a part goes on is seen at the pins, from what a person did to what the program does, whatever the person's pace."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport

BUTTON = '[[circuit.part]]\nid = "finger"\npart = "button"\nwires = { 1 = "IO27", 2 = "GND" }\n'
WAIT = """[[check]]
id = "c"
[[check.step]]
delay = "2 s"
[[check.step]]
delay = "4 s"
expect-pin = [{ part = "led", after = "finger=off", EXPECT }]
"""


@pytest.fixture
def verdict(files, read, run):
    """A function that judges a run of six seconds: the LED after each letting go, both at their times."""

    def check(expect: str, *rounds: tuple[int, int], more: tuple[Event, ...] = ()) -> CheckReport:
        made = files(WAIT.replace("EXPECT", expect))
        head, mark, rest = made["lesson.toml"].decode().partition("[[check]]")
        made["lesson.toml"] = (head + BUTTON + mark + rest).encode()
        events = [Event(0, "level", [27, 0]), *more]
        for let_go, on in rounds:
            events += [Event(let_go, "level", [27, 1]), Event(on, "level", [2, 1]), Event(on + 100, "level", [27, 0, 2, 0])]
        run.events[1:] = sorted(events, key=lambda event: event.t_ms)
        return judge(read(made), "pass", run.steps("c", 2000, 4000).events).checks[0]

    return check


@pytest.mark.parametrize(
    ("rounds", "outcome"),
    [
        (((500, 1000), (2000, 2800), (4000, 4600)), "passed"),
        (((500, 996), (4000, 4600)), "passed"),
        (((500, 900), (2000, 2800), (4000, 4600)), "failed"),
        (((500, 1100), (2000, 2001)), "failed"),
        ((), "failed"),
    ],
)
def test_each_pause_since_the_begin_is_long_enough(verdict, rounds, outcome):
    """In steps before this one, too; a pin's change is stamped a moment late."""
    assert verdict('wait = "≥ 500 ms"', *rounds).outcome == outcome


@pytest.mark.parametrize(
    ("rounds", "outcome"),
    [
        (((100, 700), (1000, 1525), (2300, 2950)), "passed"),
        (((100, 600), (1000, 1505), (2300, 2803)), "failed"),
        (((100, 600),), "failed"),
        ((), "failed"),
    ],
)
def test_pauses_by_chance_differ(verdict, rounds, outcome):
    """Whenever the person let go; one pause alone differs from nothing."""
    assert verdict('spread = "≥ 20 ms"', *rounds).outcome == outcome


def test_a_false_start_counts_from_the_last_letting_go(verdict):
    """Who lets go and presses again has begun nothing."""
    again = (Event(200, "level", [27, 1]), Event(400, "level", [27, 0]))
    assert verdict('wait = "500 ms … 700 ms"', (900, 1500), more=again).outcome == "passed"


def test_a_light_that_blinks_waits_once(verdict):
    """Going on again without a letting go is no pause."""
    blinks = (Event(1550, "level", [2, 0]), Event(1560, "level", [2, 1]))
    assert verdict('wait = "500 ms … 700 ms"', (900, 1500), more=blinks).outcome == "passed"


def test_what_was_seen_is_told(verdict):
    """The pauses, or what did not happen."""
    assert "0.4…0.8 s" in str(verdict('wait = "≥ 500 ms"', (500, 900), (2000, 2800)).seen)
    assert "differ by 3 ms" in str(verdict('spread = "≥ 20 ms"', (500, 900), (2000, 2403)).seen)
    assert "let go" in str(verdict('wait = "≥ 500 ms"').seen)


def test_pauses_with_evidence_lost_are_unclear(verdict):
    """Another letting go may have been among it."""
    lost = (Event(1950, "gap", [1]),)
    assert verdict('wait = "≥ 500 ms"', (500, 1100), (2000, 2800), more=lost).outcome == "unclear"
    assert verdict('spread = "≥ 20 ms"', (500, 1100), (2000, 2600), more=lost).outcome == "unclear"
