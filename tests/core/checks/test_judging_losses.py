"""A fault of ours is never a student's failure: where evidence is missing, a check is unclear unless it failed all the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge

BLINK = """
[[check]]
id = "c"
[[check.step]]
delay = "3 s"
expect-pin = [{ part = "led", EXPECT }]
"""


def one_check(make_lesson, expect: str):
    """A lesson of one check with one expectation of the LED."""
    return make_lesson(BLINK.replace("EXPECT", expect))


def outcome(lesson, run) -> str:
    """The verdict on the lesson's only check."""
    return judge(lesson, "pass", run.events).outcome


LOSSES = [("gap", 2), ("lost", 3), ("gone",), ("gone", "brownout"), ("stuck",), ("begin", "0.1.0", 5, "main.py")]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss[-1] if loss[0] == "gone" else loss[0])
def test_what_would_pass_is_unclear_when_evidence_is_missing(make_lesson, run, loss):
    """Frames lost, a board that went away, was reset, or started anew: the rest looks right, but nobody knows."""
    run.blink(2, 500, 500, 3000).steps("c", 3000).add(1600, *loss)
    assert outcome(one_check(make_lesson, 'on-time = "0.5 s ± 15 %"'), run) == "unclear"


@pytest.mark.parametrize(
    ("expect", "on_ms"),
    [('level = "off"', 500), ('toggles = "≤ 2"', 300), ('on-time = "0.5 s ± 15 %"', 200), ('period = "1 s ± 15 %"', 200)],
)
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss[-1] if loss[0] == "gone" else loss[0])
def test_a_failure_seen_before_is_certain(make_lesson, run, expect, on_ms, loss):
    """No evidence that is missing could make a wrong level, too many changes or wrong times right."""
    run.blink(2, on_ms, on_ms, 2500).steps("c", 3000).add(2600, *loss)
    assert outcome(one_check(make_lesson, expect), run) == "failed"


@pytest.mark.parametrize("expect", ['level = "on"', 'toggles = "≥ 9"', 'duty = "90 % ± 5 %"'])
def test_a_failure_that_missing_evidence_could_mend_is_unclear(make_lesson, run, expect):
    """The change that is missing may have been among what was lost."""
    run.add(100, "level", 2, 1).steps("c", 3000).add(1600, "gap", 1)
    assert outcome(one_check(make_lesson, expect), run) == "unclear"


def test_a_loss_before_a_check_leaves_it_alone_once_the_pin_was_heard_of(make_lesson, run):
    """Before that, its level is unknown."""
    lesson = one_check(make_lesson, 'level = "on"')
    heard = [("level", 2, 1)]
    run.add(200, "gap", 1).add(900, *heard[0]).add(1000, "step", "c", 0).add(4000, "over")
    assert outcome(lesson, run) == "passed"


def test_a_pin_not_heard_of_since_a_loss_is_unknown(make_lesson, run):
    """Its last known level may be an old one."""
    lesson = one_check(make_lesson, 'level = "on"')
    run.add(100, "level", 2, 1).add(300, "gap", 1).add(1000, "step", "c", 0).add(4000, "over")
    assert outcome(lesson, run) == "unclear"


def test_frames_that_a_program_printed_itself_pass_nothing(make_lesson, run):
    """Their numbers collide with the board's own, at the latest with the one of its end; from then on nothing before is believed."""
    run.blink(2, 500, 500, 3000).steps("c", 3000).add(3100, "gap", 6, 0).add(3100, "end", "stopped", "", "", 0)
    assert outcome(one_check(make_lesson, 'on-time = "0.5 s ± 15 %"'), run) == "unclear"


def test_a_loss_after_a_check_leaves_it_alone(make_lesson, run):
    """The board may go away when all is over."""
    run.add(100, "level", 2, 1).steps("c", 3000).add(3000, "gone")
    assert outcome(one_check(make_lesson, 'level = "on"'), run) == "passed"


def test_a_trace_that_sees_less_cannot_fail_a_pin(make_lesson, run):
    """A program that takes all timers is not refused for it; what was seen to be right stays right."""
    lesson = one_check(make_lesson, 'toggles = "≥ 5"')
    assert outcome(lesson, run.add(5, "less", "timers").steps("c", 3000)) == "unclear"
    assert outcome(lesson, run.blink(2, 300, 300, 3000)) == "passed"


def test_surroundings_that_were_not_changed_make_a_check_unclear(make_lesson, run):
    """The student did not cover the sensor: whatever the LED did proves nothing."""
    lesson = make_lesson(
        '[[check]]\nid = "c"\n[[check.step]]\nset = { light = "10 %" }\ndelay = "3 s"\nexpect-pin = [{ part = "led", level = "on" }]\n'
    )
    report = judge(lesson, "pass", run.steps("c", 3000).add(1, "unseen", "light", "10 %").events)
    assert report.outcome == "unclear"
    assert "light = 10 %" in str(report.checks[0].seen)


def test_an_exception_is_certain(make_lesson, run):
    """The board said how it ended; that something was lost before does not matter."""
    run.add(500, "gap", 4).add(800, "end", "error", "ValueError", "invalid pin", 3).steps("c", 3000)
    assert outcome(one_check(make_lesson, 'level = "on"'), run) == "failed"


def test_a_run_that_stopped_short_is_unclear(make_lesson, run):
    """A board that went away before the check's step, or a host that gave up."""
    lesson = one_check(make_lesson, 'level = "on"')
    assert outcome(lesson, run) == "unclear"
    report = judge(lesson, "pass", run.add(100, "gone").events)
    assert "went away" in str(report.checks[0].seen)


def test_no_evidence_at_all_is_unclear(make_lesson):
    """A program that never began, though its text is right, is our fault."""
    assert judge(one_check(make_lesson, 'level = "on"'), "x = 1", []).outcome == "unclear"


@pytest.mark.parametrize(
    ("expect", "text", "verdict"),
    [
        ('expect-text = [{ contains = "hi" }]', "hi\n", "unclear"),
        ('expect-text = [{ contains = "hi" }]', "ho\n", "unclear"),
        ('expect-text = [{ contains = "hi", count = "0" }]', "hi\n", "failed"),
        ('expect-reading = [{ name = "a", range = "1 … 5" }]', "a: 9\n", "failed"),
        ('expect-reading = [{ name = "a", range = "1 … 5" }]', "a: 3\n", "unclear"),
        ('expect-reading = [{ name = "a", count = "≤ 1" }]', "a: 3\na: 3\n", "failed"),
    ],
)
def test_missing_text_follows_the_same_rule(make_lesson, run, expect, text, verdict):
    """Only a failure that more text cannot mend is told."""
    lesson = make_lesson(f'[[check]]\nid = "c"\n[[check.step]]\ndelay = "3 s"\n{expect}\n')
    run.steps("c", 3000).add(1000, "text", text).add(2000, "gap", 1)
    assert outcome(lesson, run) == verdict


def _event(kind: str, *args: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(lambda t_ms, values: Event(t_ms, kind, list(values)), st.integers(-10, 4000), st.tuples(*args))


GPIO = st.sampled_from([2, 4, 5, 18, 25, 34, 12])
BIT = st.integers(0, 1)
EVENTS = st.one_of(
    _event("begin", st.just("0.1.0"), st.integers(0, 200), st.just("main.py")),
    _event("level", GPIO, BIT),
    _event("level", GPIO, BIT, GPIO, BIT),
    _event("pwm", GPIO, st.sampled_from([0, 1, 49, 440, 2**30]), st.integers(0, 70_000)),
    _event("adc", GPIO, st.integers(0, 65535)),
    _event("dht", GPIO, st.floats(-50, 50), st.integers(0, 100)),
    _event("show", st.dictionaries(st.text(max_size=3), st.integers() | st.floats() | st.text(max_size=3) | st.booleans(), max_size=2)),
    _event("text", st.text(max_size=20) | st.just("light: 5\n")),
    _event(
        "end",
        st.sampled_from(["done", "error", "stopped"]),
        st.sampled_from(["", "NameError", "SystemExit"]),
        st.text(max_size=9),
        st.integers(0, 9),
    ),
    _event("less", st.just("timers")),
    _event("lost", st.integers(0, 9)),
    _event("gap", st.integers(0, 9)),
    _event("step", st.sampled_from(["c", "d", "no such check"]), st.integers(0, 3)),
    _event("set", st.sampled_from(["light", "button"]), st.just("10 %")),
    _event("unseen", st.just("light"), st.just("10 %")),
    _event("over"),
    _event("gone"),
    _event("stuck"),
    _event("servo", st.integers()),
)
ALL_EXPECTATIONS = """
[[check]]
id = "c"
[[check.step]]
set = { light = "10 %" }
delay = "1 s"
expect-pin = [{ part = "led", level = "on", toggles = "≥ 2", on-time = "1 s ± 9 %", period = "1 s ± 9 %", duty = "5 % ± 2 %" }]
expect-use = [{ part = "light" }, { part = "air" }]
[[check.step]]
set = { light = "80 %" }
delay = "2 s"
expect-pin = [{ part = "buzzer", frequency = "440 Hz ± 5 %", level = "on" }]
expect-reading = [{ name = "light", range = "1 … 9", count = "≥ 2", agrees-with = "light" }]
expect-text = [{ contains = "a" }]
[[check]]
id = "d"
may-end = true
expect-source = { uses = ["loop"] }
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "low-led", off-time = "1 s ± 9 %" }]
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # the fixture is a plain function
@given(events=st.lists(EVENTS, max_size=40), source=st.sampled_from(["x = 1", "while True:\n    pass", "while True", "\0"]))
def test_any_run_is_judged(make_lesson, events, source):
    """Whatever came in whatever order: a verdict in words for each check, the same each time, points only for what passed."""
    lesson = make_lesson(ALL_EXPECTATIONS)
    report = judge(lesson, source, events)
    assert [check.id for check in report.checks][-2:] == ["c", "d"]
    assert all(str(check.expected) and str(check.seen) for check in report.checks)
    assert report.points == sum(check.total for check in report.checks if check.outcome == "passed")
    assert judge(lesson, source, events) == report
