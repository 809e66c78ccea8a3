"""The rules by which a run becomes verdicts: needs, crashes, early ends, points, hints, surroundings, determinism."""

import random

import pytest
from lovhe.core.checks.evidence import Event, decode_events, encode_events
from lovhe.core.checks.expectations import then
from lovhe.core.checks.judging import judge, switched_gpios, syntax_report, watched_gpios
from lovhe.core.checks.report import Report, decode_report, encode_report
from lovhe.core.messages import N_
from lovhe.core.programs.program import syntax_problem

LEVEL = """
[[check]]
id = "on"
points = 2
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "on" }]
"""
TWO = (
    LEVEL
    + """
[[check]]
id = "off"
needs = ["on"]
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "off" }]
[[check]]
id = "alone"
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "off" }]
"""
)


def outcomes(report: Report) -> dict[str, str]:
    """Verdicts by check."""
    return {check.id: check.outcome for check in report.checks}


def three_steps(run):
    """The steps of `TWO`, one second each."""
    return run.add(0, "step", "on", 0).add(1000, "step", "off", 0).add(2000, "step", "alone", 0).add(3000, "over")


def test_a_right_run_passes_with_all_points(make_lesson, run):
    """Expected and seen are told for what passed, too, and no hint is given."""
    report = judge(make_lesson(LEVEL), "pass", run.add(10, "level", 2, 1).steps("on", 1000).events)
    assert (report.outcome, report.points, report.total) == ("passed", 2, 2)
    check = report.checks[0]
    assert str(check.expected) == "Light-emitting diode (LED) “led”: on the whole time."
    assert str(check.seen) == "Light-emitting diode (LED) “led”: on the whole time."
    assert check.hint is None


STEPS = """
[[check]]
id = "wakes"
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "off" }]
[[check.step]]
delay = "1 s"
expect-pin = [{ part = "led", level = "on" }]
"""
LED = "Light-emitting diode (LED) “led”:"


def test_a_passed_check_tells_what_each_step_showed(make_lesson, run):
    """The first step alone would look like the contrary of a title such as “the alarm goes on”."""
    report = judge(make_lesson(STEPS), "pass", run.add(1010, "level", 2, 1).steps("wakes", 1000, 1000).events)
    assert report.outcome == "passed"
    assert str(report.checks[0].seen) == f"{LED} off the whole time. Then: {LED} on the whole time."


def test_what_stays_as_it_was_is_told_once(make_lesson, run):
    """Two dark steps are one sentence; of many changes the first and the last are told."""
    dark = make_lesson(STEPS.replace('"on"', '"off"'))
    assert str(judge(dark, "pass", run.steps("wakes", 1000, 1000).events).checks[0].seen) == f"{LED} off the whole time."
    words = [N_("{n} change", n=n) for n in (1, 2, 3, 3, 4)]
    assert str(then(words)) == "1 change Then: 2 change Then: … Then: 4 change"
    assert str(then([*words, words[1]])) == "1 change Then: 2 change Then: …"


def test_a_failed_check_has_values_and_all_hints_in_order(make_lesson, run):
    """The first hint is a nudge; the rest follow."""
    report = judge(make_lesson(LEVEL), "pass", run.steps("on", 1000).events)
    check = report.checks[0]
    assert (report.outcome, report.points, check.outcome) == ("failed", 0, "failed")
    assert str(check.seen).endswith("off the whole time.")
    assert [str(hint) for hint in check.hints] == ["first en", "second en"]
    assert str(check.hint) == "first en"


def test_a_check_whose_need_has_not_passed_is_skipped(make_lesson, run):
    """One cause is told once; checks that need nothing are judged."""
    report = judge(make_lesson(TWO), "pass", three_steps(run).events)
    assert outcomes(report) == {"on": "failed", "off": "skipped", "alone": "passed"}
    assert "on en" in str(report.checks[1].seen)


def test_what_needs_an_unclear_check_is_skipped(make_lesson, run):
    """It can say nothing either; the whole stays unclear."""
    run.add(10, "level", 2, 1).add(500, "gap", 1)
    report = judge(make_lesson(TWO), "pass", three_steps(run).add(1100, "level", 2, 0).events)
    assert outcomes(report) == {"on": "unclear", "off": "skipped", "alone": "passed"}
    assert report.outcome == "unclear"


def test_an_exception_fails_its_check_and_all_later_ones(make_lesson, run):
    """What was over by then is judged by what it did; the message names the line."""
    run.add(10, "level", 2, 1).add(2500, "end", "error", "NameError", "name 'lde' isn't defined", 7)
    report = judge(make_lesson(TWO), "led = 1", three_steps(run).events)
    assert outcomes(report) == {"on": "passed", "off": "failed", "alone": "failed"}
    assert str(report.checks[2].seen) == "Line 7: The name “lde” is not known."
    assert str(report.checks[2].hint) == "Did you mean “led”?"


def test_an_exception_before_the_first_step_is_over_fails_the_first_check(make_lesson, run):
    """Also when the host gave up and told no more steps."""
    run.add(20, "step", "on", 0).add(50, "end", "error", "OSError", "[Errno 19] ENODEV", 3)
    report = judge(make_lesson(TWO), "x = 1", run.events)
    assert outcomes(report) == {"on": "failed", "off": "skipped", "alone": "failed"}


def test_a_program_the_board_cannot_compile_fails(make_lesson):
    """Its end comes without a begin."""
    events = [Event(0, "end", ["error", "SyntaxError", "invalid syntax", 2]), Event(0, "step", ["on", 0]), Event(1000, "over", [])]
    report = judge(make_lesson(LEVEL), "x = 1", events)
    assert report.outcome == "failed"
    assert str(report.checks[0].seen).startswith("Line 2: ")


def test_a_program_that_ends_too_early_fails(make_lesson, run):
    """Even if its LED stays on: a lamp that nobody controls any more is not done; the hint asks for a loop."""
    run.add(10, "level", 2, 1).add(400, "end", "done", "", "", 0)
    report = judge(make_lesson(LEVEL), "pass", run.steps("on", 1000).events)
    assert report.outcome == "failed"
    assert str(report.checks[0].seen) == "It ended after 0.4 s."
    assert "again and again" in str(report.checks[0].hint)


@pytest.mark.parametrize("over_ms", [400, 1000])
def test_it_does_not_matter_when_the_host_says_over_after_an_early_end(make_lesson, run, over_ms):
    """An "over" that comes at once does not make the step shorter, and the verdict kinder."""
    run.add(10, "level", 2, 1).add(0, "step", "on", 0).add(400, "end", "done", "", "", 0).add(over_ms, "over")
    assert judge(make_lesson(LEVEL), "pass", run.events).outcome == "failed"


def test_sys_exit_is_an_end_and_no_error(make_lesson, run):
    """`sys.exit()` is told as an early end."""
    run.add(400, "end", "error", "SystemExit", "", 4)
    report = judge(make_lesson(LEVEL), "pass", run.steps("on", 1000).events)
    assert "ended" in str(report.checks[0].seen)


def test_a_program_that_may_end_is_judged_by_all_it_did(make_lesson, run):
    """Text printed before `settle` counts, and so does the state it left behind."""
    lesson = make_lesson(
        """
[[check]]
id = "hello"
may-end = true
[[check.step]]
delay = "1 s"
expect-text = [{ contains = "hello" }]
expect-pin = [{ part = "led", level = "on" }, { part = "led", toggles = "3" }]
"""
    )
    run.add(10, "text", "Hello!\n").add(20, "level", 2, 1).add(30, "level", 2, 0).add(40, "level", 2, 1).add(50, "end", "done", "", "", 0)
    report = judge(lesson, "pass", run.steps("hello", 1000).events)
    assert report.checks[0].outcome == "passed", str(report.checks[0].seen)


def test_our_own_stop_is_no_early_end(make_lesson, run):
    """After "over" the host stops the program; the board's clock may say it was a little earlier."""
    run.add(10, "level", 2, 1).add(0, "step", "on", 0).add(990, "end", "stopped", "", "", 0).add(1000, "over")
    assert judge(make_lesson(LEVEL), "pass", run.events).outcome == "passed"


def test_a_program_stopped_by_somebody_is_unclear(make_lesson, run):
    """Ctrl-C in the middle says nothing about the program."""
    run.add(10, "level", 2, 1).add(0, "step", "on", 0).add(500, "end", "stopped", "", "", 0)
    assert judge(make_lesson(LEVEL), "pass", run.events).outcome == "unclear"


def test_source_alone_is_judged_and_fails_with_the_program(make_lesson, run):
    """A check of the source needs no step; a program that crashes passes nothing."""
    lesson = make_lesson('[[check]]\nid = "loop"\nexpect-source = { uses = ["loop"] }\n')
    good = "while True:\n    pass"
    assert judge(lesson, good, run.add(100, "over").events).outcome == "passed"
    assert str(judge(lesson, "pass", run.events).checks[0].expected) == "The program has a loop."
    crashed = [*run.events, Event(50, "end", ["error", "ValueError", "x", 1])]
    assert judge(lesson, good, crashed).outcome == "failed"


def test_a_syntax_error_is_a_check_of_its_own(make_lesson):
    """First "syntax", failed; all others skipped; nothing had to run."""
    lesson = make_lesson(TWO)
    report = judge(lesson, "while True\n    pass", [])
    assert outcomes(report) == {"syntax": "failed", "on": "skipped", "off": "skipped", "alone": "skipped"}
    assert (report.outcome, report.points, report.total) == ("failed", 0, 4)
    assert str(report.checks[0].seen).startswith("Line 1: ")
    assert report == syntax_report(lesson, syntax_problem("while True\n    pass"))


def test_the_words_of_the_lesson_say_what_the_surroundings_were(make_lesson, run):
    """What a pupil would be asked to do stands before what is expected, in every language."""
    lesson = make_lesson(
        '[[check]]\nid = "dark"\n[[check.step]]\nset = { light = "10 %" }\ndelay = "1 s"\nexpect-pin = [{ part = "led", level = "on" }]\n'
    )
    report = judge(lesson, "pass", run.add(0, "set", "light", "10 %").steps("dark", 1000).events)
    assert str(report.checks[0].expected).startswith("en light: 10 %. Then: ")
    assert set(report.checks[0].expected.params["asked"].by_language) == {"az", "ru", "en"}


def test_a_slow_student_moves_the_window(make_lesson, run):
    """On a real board the step's time begins when the surroundings were changed."""
    lesson = make_lesson(
        '[[check]]\nid = "dark"\n[[check.step]]\nset = { light = "10 %" }\ndelay = "1 s"\nexpect-pin = [{ part = "led", level = "on" }]\n'
    )
    run.add(0, "step", "dark", 0).add(4000, "set", "light", "10 %").add(4100, "level", 2, 1).add(5000, "over")
    assert judge(lesson, "pass", run.events).outcome == "passed"


def test_the_order_of_events_of_one_run_does_not_matter(make_lesson, run):
    """Frames overtake each other; the time stamps decide."""
    run.blink(2, 500, 500, 3000).add(0, "step", "on", 0).add(1000, "step", "off", 0).add(2000, "step", "alone", 0).add(3000, "over")
    lesson = make_lesson(TWO)
    expected = judge(lesson, "pass", run.events)
    shuffled = sorted(run.events, key=lambda event: (event.t_ms // 3, random.Random(event.t_ms).random()))
    assert judge(lesson, "pass", shuffled) == expected


def test_stored_evidence_gives_the_same_report(make_lesson, run):
    """A run read back from JSON lines, and a report read back from JSON, are what they were."""
    lesson = make_lesson(TWO)
    events = three_steps(run.add(600, "level", 2, 1)).events
    report = judge(lesson, "pass", events)
    assert judge(lesson, "pass", decode_events(encode_events(events))) == report
    assert decode_report(encode_report(report)) == report


def test_pins_of_sensing_parts_are_watched(make_lesson):
    """Not those of LEDs and buzzers: these show something only at an output, and outputs are sampled anyway."""
    assert watched_gpios(make_lesson(LEVEL)) == (4, 18, 34)


def test_only_switches_are_followed_while_a_program_runs(make_lesson):
    """The level of a pin that measures a voltage, or on which a sensor sends its bits, says nothing."""
    assert switched_gpios(make_lesson(LEVEL)) == (4,)
