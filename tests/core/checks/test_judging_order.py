"""An order of states is judged by what the parts show together: any phase, any way of switching, times within the sampler's error."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport
from lovhe.core.lessons.reading import read_lesson

from tests.core.conftest import BOARDS, HEAD, PARTS, lesson_files

RED, YELLOW, GREEN = 21, 22, 23
LIGHTS = "".join(
    f'[[circuit.part]]\nid = "{name}"\npart = "led"\nwires = {{ anode = "IO{gpio}", cathode = "GND" }}\nthrough = {{ anode = "220 Ω" }}\n'
    for name, gpio in (("red", RED), ("yellow", YELLOW), ("green", GREEN))
)


def row(*states: str, more: str = "") -> str:
    """An order of red, yellow and green as a step expects it."""
    return f'expect-order = [{{ parts = ["red", "yellow", "green"], states = [{", ".join(states)}]{more} }}]\n'


CROSSING = """
expect-order = [{ parts = ["red", "yellow", "green"], states = [
    { on = ["red"], lasts = "2 s ± 15 %" }, { on = ["red", "yellow"], lasts = "1 s ± 15 %" },
    { on = ["green"], lasts = "2 s ± 15 %" }, { on = ["yellow"], lasts = "1 s ± 15 %" }] }]
"""
ROUND = [({RED}, 2000), ({RED, YELLOW}, 1000), ({GREEN}, 2000), ({YELLOW}, 1000)]


def crossing(checks: str):
    """A lesson with three lights more."""
    files = lesson_files(checks)
    files["lesson.toml"] = (HEAD + LIGHTS + checks).encode()
    return read_lesson("6-01-test", files, BOARDS, PARTS)


@pytest.fixture
def verdict(run):
    """A function that judges the run against one step's expectation."""

    def check(expect: str = CROSSING, *, delay_ms: int = 9800, settle_ms: int = 200, may_end: bool = False) -> CheckReport:
        lesson = crossing(
            f'[[check]]\nid = "c"\nmay-end = {str(may_end).lower()}\n[[check.step]]\ndelay = "{delay_ms} ms"\n'
            f'settle = "{settle_ms} ms"\n{expect}'
        )
        return judge(lesson, "pass", run.steps("c", delay_ms).events).checks[0]

    return check


def show(run, states, *, until_ms, start_ms=0, apart_ms=0):
    """The states one after another, again and again, as a sampler of 5 ms sees them; lights are switched `apart_ms` after each other."""
    now: set[int] = set()
    at, turn = start_ms, 0
    while at < until_ms:
        on, lasts_ms = states[turn % len(states)]
        changed = sorted(now - on) + sorted(on - now)
        for place, gpio in enumerate(changed):
            run.add(-(-(at + place * apart_ms) // 5) * 5, "level", gpio, int(gpio in on))
        now, at, turn = set(on), at + lasts_ms, turn + 1
    return run


@pytest.mark.parametrize("start_ms", range(-6000, 0, 370))
def test_the_right_order_passes_in_any_phase(verdict, run, start_ms):
    """Wherever in its round the program is when the step begins."""
    show(run, ROUND, until_ms=10000, start_ms=start_ms)
    assert verdict().outcome == "passed"


@pytest.mark.parametrize("apart_ms", [0, 3, 8, 12])
def test_lights_that_are_switched_one_after_the_other_make_no_states_between(verdict, run, apart_ms):
    """First off, then on, with a print between: nobody sees that moment."""
    show(run, ROUND, until_ms=10000, apart_ms=apart_ms)
    assert verdict().outcome == "passed"


def test_a_pause_that_can_be_seen_is_a_state(verdict, run):
    """All lights off for a tenth of a second: that is not what is asked for, and it is said after what it came."""
    show(run, [state for on, lasts in ROUND for state in ((on, lasts), (set(), 100))], until_ms=10000, start_ms=-500)
    check = verdict()
    assert check.outcome == "failed"
    assert "“all off”" in str(check.seen)


@pytest.mark.parametrize(
    ("states", "seen"),
    [
        ([ROUND[0], ROUND[2], ROUND[3]], "After “red” came “green”, not “red + yellow”."),
        ([ROUND[0], ROUND[1], ROUND[3], ROUND[2]], "After “red + yellow” came “yellow”, not “green”."),
        ([ROUND[0], ROUND[1], ROUND[2], ({RED, YELLOW}, 1000)], "After “green” came “red + yellow”, not “yellow”."),
        ([({RED, GREEN}, 2000), ({YELLOW}, 1000)], "This was seen, too: red + green."),
        ([({RED}, 20000)], "All the time: red."),
        ([ROUND[0], ({YELLOW}, 1000), ROUND[2], ROUND[3]], "After “red” came “yellow”, not “red + yellow”."),
    ],
)
def test_a_wrong_order_is_told_where_it_breaks(verdict, run, states, seen):
    """By the state before, the one that came, and the one that was due."""
    check = [show(run, states, until_ms=10000), verdict()][1]
    assert (check.outcome, str(check.seen)) == ("failed", seen)


@pytest.mark.parametrize(
    ("index", "lasts_ms", "seen"),
    [(0, 1000, "red: for 1 s."), (1, 2000, "red + yellow: for 2 s."), (3, 300, "yellow: for 0.3 s.")],
)
def test_a_state_of_a_wrong_length_fails_and_is_told_in_seconds(verdict, run, index, lasts_ms, seen):
    """The state, what was expected of it, and how long it was."""
    states = [(on, lasts_ms if place == index else lasts) for place, (on, lasts) in enumerate(ROUND)]
    check = [show(run, states, until_ms=10000), verdict()][1]
    assert (check.outcome, str(check.seen)) == ("failed", seen)
    assert "± 15 %" in str(check.expected)


def test_a_state_that_the_window_cuts_may_still_be_too_long(verdict, run):
    """Five seconds of red before anything else: too long, though nobody saw it begin."""
    show(run, [({RED}, 5000), *ROUND[1:], *ROUND], until_ms=30000)
    check = verdict(delay_ms=14000)
    assert (check.outcome, str(check.seen)) == ("failed", "red: for 4.8 s or longer.")


def test_less_than_a_round_is_not_enough(verdict, run):
    """A program four times too slow, in the right order, fails."""
    show(run, [(on, lasts * 4) for on, lasts in ROUND], until_ms=10000)
    assert verdict().outcome == "failed"


def test_rounds_are_counted(verdict, run):
    """Two whole rounds of three in the time of two and a bit."""
    flag = row('{ on = ["red"] }', '{ on = ["yellow"] }', '{ on = ["green"] }', more=', rounds = "%s"')
    show(run, [({RED}, 200), ({YELLOW}, 200), ({GREEN}, 200)], until_ms=1700)
    run.events = [event for event in run.events if event.t_ms < 1600]
    assert verdict(flag % "2", delay_ms=1600).outcome == "passed"
    run.events = [event for event in run.events if event.kind not in ("step", "over")]
    check = verdict(flag % "≥ 3", delay_ms=1600)
    assert check.outcome == "failed"
    assert "One after another: yellow → green (0.2 s) → red (0.2 s) →" in str(check.seen)


def test_all_off_is_a_state_like_any_other(verdict, run):
    """Two lights that take turns with darkness between them."""
    expect = 'expect-order = [{ parts = ["red", "green"], states = [{ on = ["red"] }, { on = [] }, { on = ["green"] }, { on = [] }] }]\n'
    show(run, [({RED}, 300), (set(), 300), ({GREEN}, 300), (set(), 300)], until_ms=4000)
    assert verdict(expect, delay_ms=4000).outcome == "passed"
    run.events = run.events[:1]
    show(run, [({RED}, 300), ({GREEN}, 300)], until_ms=4000)
    assert verdict(expect, delay_ms=4000).outcome == "failed"


def test_one_state_alone_must_hold_for_the_whole_step(verdict, run):
    """A row of one state is that state and no other."""
    expect = 'expect-order = [{ parts = ["red", "green"], states = [{ on = ["green"] }] }]\n'
    run.add(100, "level", GREEN, 1)
    assert verdict(expect, delay_ms=2000).outcome == "passed"
    run.add(1000, "level", RED, 1)
    check = verdict(expect, delay_ms=2000)
    assert (check.outcome, str(check.seen)) == ("failed", "After “green” came “red + green”, not “green”.")


@pytest.mark.parametrize("start_ms", range(-2000, 0, 130))
def test_equal_states_of_different_length_are_told_apart_by_their_times(verdict, run, start_ms):
    """A heartbeat: two short flashes, then a pause; whichever flash comes first in the step."""
    beat = """
expect-order = [{ parts = ["red"], states = [
    { on = ["red"], lasts = "0.2 s ± 20 %" }, { on = [], lasts = "0.2 s ± 20 %" },
    { on = ["red"], lasts = "0.2 s ± 20 %" }, { on = [], lasts = "1 s ± 15 %" }] }]
"""
    show(run, [({RED}, 200), (set(), 200), ({RED}, 200), (set(), 1000)], until_ms=4000, start_ms=start_ms)
    assert verdict(beat, delay_ms=4000).outcome == "passed"
    run.events = run.events[:1]
    show(run, [({RED}, 200), (set(), 600)], until_ms=4000, start_ms=start_ms)
    assert verdict(beat, delay_ms=4000).outcome == "failed"


ONCE = """
expect-order = [{ parts = ["red", "yellow", "green"], once = true, states = [
    { on = ["yellow"], lasts = "1 s ± 15 %" }, { on = ["red"], lasts = "2 s ± 15 %" }, { on = ["green"] }] }]
"""


@pytest.mark.parametrize("reaction_ms", [0, 40, 300])
def test_a_row_that_is_asked_for_once_passes_with_rest_before_and_after(verdict, run, reaction_ms):
    """A crossing with a button: green until it is pressed, then the row, then green again."""
    show(run, [({GREEN}, reaction_ms), ({YELLOW}, 1000), ({RED}, 2000), ({GREEN}, 9000)], until_ms=5000)
    assert verdict(ONCE, delay_ms=5000, settle_ms=200).outcome == "passed"


@pytest.mark.parametrize(
    ("states", "seen"),
    [
        ([({GREEN}, 20000)], "All the time: green."),
        ([({GREEN}, 300), ({RED}, 2000), ({GREEN}, 20000)], "One after another: green → red (2 s) → green."),
        ([({GREEN}, 300), ({YELLOW}, 1000), ({RED}, 2000)] * 3, "The row came 2 times."),
        ([({GREEN}, 300), ({YELLOW}, 1000), ({RED}, 4000), ({GREEN}, 20000)], "red: for 4 s."),
    ],
)
def test_a_row_once_fails_without_it_or_with_too_much_of_it(verdict, run, states, seen):
    """Never, not whole, twice, or too slow."""
    check = [show(run, states, until_ms=8500), verdict(ONCE, delay_ms=8500)][1]
    assert (check.outcome, str(check.seen)) == ("failed", seen)


def test_a_program_that_ends_is_judged_from_its_first_light_to_its_last(verdict, run):
    """Two rounds in a for loop, lights out, end."""
    run.events += [Event(60, "level", [RED, 0, YELLOW, 0, GREEN, 0])]
    for on, at in [(RED, 80), (YELLOW, 280), (GREEN, 480), (RED, 680), (YELLOW, 880), (GREEN, 1080)]:
        run.add(at, "level", *(value for gpio in (RED, YELLOW, GREEN) for value in (gpio, int(gpio == on))))
    run.add(1280, "level", GREEN, 0).add(1300, "end", "done", "", "", 0)
    flag = row('{ on = ["red"], lasts = "200 ms ± 20 %" }', '{ on = ["yellow"] }', '{ on = ["green"] }')
    assert verdict(flag, delay_ms=3000, may_end=True).outcome == "passed"


def test_dimmed_lights_are_on(verdict, run):
    """A traffic light made with PWM."""
    for turn in range(4):
        run.add(turn * 2000, "pwm", GREEN, 1000, 0).add(turn * 2000, "pwm", RED, 1000, 9000)
        run.add(turn * 2000 + 1000, "pwm", RED, 1000, 0).add(turn * 2000 + 1003, "pwm", GREEN, 1000, 40000)
    expect = row('{ on = ["red"], lasts = "1 s ± 10 %" }', '{ on = ["green"], lasts = "1 s ± 10 %" }')
    assert verdict(expect, delay_ms=5000).outcome == "passed"


def test_slow_pwm_blinks_like_a_loop(verdict, run):
    """PWM of 1 Hz is a light that goes on and off."""
    run.add(0, "pwm", RED, 1, 32768)
    expect = 'expect-order = [{ parts = ["red"], states = [{ on = ["red"], lasts = "0.5 s ± 10 %" }, { on = [] }] }]\n'
    assert verdict(expect, delay_ms=3000).outcome == "passed"


def test_one_late_turn_in_many_is_forgiven(verdict, run):
    """A PC stutters; a wrong rhythm does not hide behind it."""
    expect = (
        'expect-order = [{ parts = ["red"], states = [{ on = ["red"], lasts = "0.2 s ± 15 %" }, { on = [], lasts = "0.2 s ± 15 %" }] }]\n'
    )
    lengths = [200] * 20
    lengths[9] = 320
    at = 0
    for turn, lasts in enumerate(lengths):
        run.add(at, "level", RED, 1 - turn % 2)
        at += lasts
    assert verdict(expect, delay_ms=4000).outcome == "passed"


def test_losses_make_it_unclear_but_not_where_it_is_wrong_for_certain(verdict, run):
    """What was lost may have been the very state; a light that should never be lit with the other one was seen all the same."""
    show(run, ROUND, until_ms=10000)
    run.add(5000, "lost", 3)
    assert verdict().outcome == "unclear"
    run.events = run.events[:1]
    show(run, [({RED, GREEN}, 1000), ({YELLOW}, 1000)], until_ms=10000).add(5000, "lost", 3)
    assert verdict().outcome == "failed"


def test_a_light_at_another_pin_is_named(verdict, run):
    """Yellow never lights up, because the program drives pin 19."""
    show(run, [({RED}, 2000), ({RED, 19}, 1000), ({GREEN}, 2000), ({19}, 1000)], until_ms=10000)
    assert str(verdict().seen) == "Pin 22 did not change, but the program switched pin 19."
