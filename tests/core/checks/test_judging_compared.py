"""Readings that nobody knows before are held against the run itself: a time between two pins, or the readings before them."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport

BUTTON = '[[circuit.part]]\nid = "finger"\npart = "button"\nwires = { 1 = "IO27", 2 = "GND" }\n'
SPANS = """[[check]]
id = "c"
[[check.step]]
set = { finger = "released" }
delay = "2 s"
[[check.step]]
set = { finger = "pressed" }
delay = "2 s"
settle = "0 s"
expect-reading = [{ name = "reaction", spans = ["led", "finger"] }]
"""
HELD = SPANS.replace('["led", "finger"]', '["finger", "finger=off"]')


@pytest.fixture
def verdict(files, read, run):
    """A function that judges a run of two steps of two seconds each, with the given checks."""

    def check(checks: str, *events: Event) -> CheckReport:
        made = files(checks)
        head, mark, rest = made["lesson.toml"].decode().partition("[[check]]")
        made["lesson.toml"] = (head + BUTTON + mark + rest).encode()
        run.events[1:] = sorted(events, key=lambda event: event.t_ms)
        return judge(read(made), "pass", run.steps("c", 2000, 2000).events).checks[0]

    return check


def led(t_ms: int, level: int) -> Event:
    """The LED at pin 2 goes on or off."""
    return Event(t_ms, "level", [2, level])


def finger(t_ms: int, *, down: bool) -> Event:
    """The button at pin 27, which it pulls low."""
    return Event(t_ms, "level", [27, int(not down)])


def said(t_ms: int, value: float, name: str = "reaction") -> Event:
    """A reading."""
    return Event(t_ms, "text", [f"{name}: {value}\n"])


ROUND = (finger(0, down=False), led(700, 1), finger(2004, down=True), led(2004, 0))


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        *[(value, "passed") for value in (1304, 1300, 1244, 1364, 1304.25)],
        *[(value, "failed") for value in (1230, 1375, 1, 1.304, 0, -1304, 2004)],
    ],
)
def test_a_time_that_a_person_took_is_the_one_at_the_pins(verdict, value, outcome):
    """However long it was; a program may look at the button now and then, and has to count in milliseconds."""
    check = verdict(SPANS, *ROUND, said(2010, value))
    assert check.outcome == outcome
    assert "1304 ms" in str(check.seen)


def test_a_program_may_answer_before_the_trace_samples_the_pin(verdict):
    """The pin's change is stamped a sampling period late, or later where the board is busy."""
    for t_ms in (2001, 2003):
        late = (*ROUND[:2], finger(t_ms + 18, down=True), led(t_ms + 18, 0))
        assert verdict(SPANS, *late, said(t_ms, 1305)).outcome == "passed"
        assert verdict(SPANS, *late, said(t_ms, 1000)).outcome == "failed"


def test_each_time_counts_from_the_last_going_on(verdict):
    """Earlier rounds say nothing."""
    earlier = (finger(0, down=False), led(100, 1), finger(400, down=True), led(402, 0), finger(500, down=False))
    now = (led(1200, 1), finger(2004, down=True), led(2006, 0))
    assert verdict(SPANS, *earlier, *now, said(2010, 804)).outcome == "passed"
    assert verdict(SPANS, *earlier, *now, said(2010, 300)).outcome == "failed"


def test_each_reading_of_the_step_has_to_be_right(verdict):
    """A second number for one press is another time."""
    assert verdict(SPANS, *ROUND, said(2010, 1304), said(2400, 1700)).outcome == "failed"


def test_no_reading_and_no_light_are_told(verdict):
    """What is missing is named."""
    assert verdict(SPANS, *ROUND).outcome == "failed"
    check = verdict(SPANS, finger(0, down=False), finger(2004, down=True), said(2010, 1300))
    assert check.outcome == "failed"
    assert "not seen: Light-emitting diode (LED) “led” on" in str(check.seen)
    check = verdict(SPANS, finger(0, down=False), led(700, 1), said(2010, 1300))
    assert check.outcome == "failed"
    assert "pressed" in str(check.seen)


def test_who_presses_before_it_is_asked_for_is_no_fault_of_the_program(verdict):
    """Its reading came in the step before; then nobody can tell, unless the number that does come is wrong."""
    early = (finger(0, down=False), led(700, 1), finger(900, down=True), led(900, 0))
    check = verdict(SPANS, *early, said(905, 200))
    assert check.outcome == "unclear"
    assert "before it was asked for" in str(check.seen)
    assert verdict(SPANS, *early, said(2500, 1800)).outcome == "failed"


@pytest.mark.parametrize("loss_ms", [800, 1500, 2300])
def test_a_time_with_evidence_lost_in_it_is_unclear(verdict, loss_ms):
    """The light may have gone off and on again meanwhile, whatever the number says."""
    for value in (1304, 5):
        assert verdict(SPANS, *ROUND, said(2010, value), Event(loss_ms, "gap", [1])).outcome == "unclear"


def test_a_loss_before_the_time_leaves_it_alone(verdict):
    """Both ends were seen after it."""
    assert verdict(SPANS, *ROUND, said(2010, 1304), Event(300, "gap", [1]), led(350, 0), finger(350, down=False)).outcome == "passed"


def test_a_program_that_blinds_the_trace_is_not_blamed(verdict):
    """Its pins are seen late."""
    assert verdict(SPANS, *ROUND, said(2010, 1000), Event(10, "less", ["timers"])).outcome == "unclear"


@pytest.mark.parametrize(("value", "outcome"), [(504, "passed"), (300, "failed"), (1000, "failed")])
def test_a_time_may_end_with_going_off(verdict, value, outcome):
    """How long a button was held."""
    check = verdict(HELD, finger(0, down=False), finger(1500, down=True), finger(2004, down=False), said(2006, value))
    assert check.outcome == outcome


BEST = """[[check]]
id = "c"
[[check.step]]
delay = "2 s"
[[check.step]]
delay = "2 s"
settle = "0 s"
expect-reading = [{ name = "best", is = "least", of = "reaction", last = 3 }]
"""
FOUR = (said(500, 90), said(1000, 250), said(1500, 198), said(2500, 240))


@pytest.mark.parametrize(
    ("value", "outcome"), [(198, "passed"), (198.4, "passed"), (199, "passed"), (90, "failed"), (240, "failed"), (250, "failed")]
)
def test_a_reading_is_the_least_of_the_last_ones(verdict, value, outcome):
    """Of so many, and not of those before; rounded as one likes."""
    check = verdict(BEST, *FOUR, said(2500, value, "best"))
    assert check.outcome == outcome
    assert "198" in str(check.expected)
    assert f"{value:g}" in str(check.seen)


def test_it_may_be_told_before_the_last_reading_is(verdict):
    """A program that prints both at once may print them in any order."""
    assert verdict(BEST, *FOUR[:3], said(2499, 198, "best"), said(2500, 240)).outcome == "passed"
    assert verdict(BEST, *FOUR[:3], said(2300, 198, "best"), said(2500, 100)).outcome == "failed"


@pytest.mark.parametrize(
    ("statistic", "right", "wrong"),
    [("mean", 229.3, 225), ("median", 240, 250), ("most", 250, 198), ("range", 52, 160), ("last", 240, 198)],
)
def test_every_statistic_can_be_asked_for(verdict, statistic, right, wrong):
    """They are those of measure steps."""
    checks = BEST.replace("least", statistic)
    assert verdict(checks, *FOUR, said(2600, right, "best")).outcome == "passed"
    assert verdict(checks, *FOUR, said(2600, wrong, "best")).outcome == "failed"


def test_without_last_all_readings_count(verdict):
    """From the program's begin."""
    checks = BEST.replace(", last = 3", "")
    assert verdict(checks, *FOUR, said(2600, 90, "best")).outcome == "passed"
    assert verdict(checks, *FOUR, said(2600, 198, "best")).outcome == "failed"


def test_a_reading_may_be_so_many_times_another_one(verdict):
    """Turns become metres a second: 240 times 1.5, whatever the hand did; the factor is told."""
    checks = BEST.replace("least", "last").replace("last = 3", "times = 1.5")
    check = verdict(checks, *FOUR, said(2600, 360, "best"))
    assert (check.outcome, "reaction × 1.5" in str(check.expected)) == ("passed", True)
    assert verdict(checks, *FOUR, said(2600, 240, "best")).outcome == "failed"


def test_too_few_readings_have_no_least(verdict):
    """Three were to be told before it."""
    assert verdict(BEST, *FOUR[2:], said(2600, 198, "best")).outcome == "failed"
    assert verdict(BEST, said(2600, 198, "best")).outcome == "failed"
    assert verdict(BEST, *FOUR).outcome == "failed"


def test_a_share_is_a_tolerance(verdict):
    """Of the right value."""
    checks = BEST.replace("last = 3", 'last = 3, within = "± 10 %"')
    assert verdict(checks, *FOUR, said(2600, 215, "best")).outcome == "passed"
    assert verdict(checks, *FOUR, said(2600, 220, "best")).outcome == "failed"


@pytest.mark.parametrize(("loss_ms", "outcome"), [(700, "passed"), (1200, "unclear"), (2300, "unclear")])
def test_a_statistic_with_readings_lost_is_unclear(verdict, loss_ms, outcome):
    """A lesser one may have been among them; before those that count it does not matter."""
    assert verdict(BEST, *FOUR, said(2600, 198, "best"), said(loss_ms - 20, 1, "u"), Event(loss_ms, "gap", [1])).outcome == outcome


def test_the_greatest_number_there_is_breaks_nothing(verdict):
    """A program can print anything."""
    events = [said(500, 1e99), said(1000, 1e99), said(2500, 1e99), said(2600, 1e99, "best")]
    assert verdict(BEST, *events).outcome == "passed"
