"""A check of a pin judges what the part did: every right way passes, typical mistakes fail, and the sampler's error is allowed for."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport


@pytest.fixture
def verdict(make_lesson, run):
    """A function that judges a run of three seconds against one expectation."""

    def check(expect: str, *, part: str = "led", delay_ms: int = 3000, settle_ms: int = 200) -> CheckReport:
        lesson = make_lesson(
            f'[[check]]\nid = "c"\n[[check.step]]\ndelay = "{delay_ms} ms"\nsettle = "{settle_ms} ms"\n'
            f'expect-pin = [{{ part = "{part}", {expect} }}]\n'
        )
        return judge(lesson, "pass", run.steps("c", delay_ms).events).checks[0]

    return check


RHYTHM = 'on-time = "0.5 s ± 10 %", off-time = "0.5 s ± 10 %"'


@pytest.mark.parametrize("start_ms", range(0, 1000, 37))
def test_the_right_rhythm_passes_in_any_phase(verdict, run, start_ms):
    """Wherever the step begins in the rhythm."""
    run.blink(2, 500, 500, 3000, start_ms=start_ms)
    assert verdict(RHYTHM).outcome == "passed"


@pytest.mark.parametrize(("on_ms", "off_ms"), [(200, 200), (500, 200), (200, 500), (700, 700), (600, 500), (500, 600)])
def test_a_wrong_rhythm_fails_and_is_told_in_values(verdict, run, on_ms, off_ms):
    """On and off are told apart, in seconds, with the number of changes."""
    run.blink(2, on_ms, off_ms, 3000)
    check = verdict(RHYTHM)
    assert check.outcome == "failed"
    assert f"on for {on_ms / 1000:g} s, off for {off_ms / 1000:g} s" in str(check.seen)
    assert "changes in 2.8 s" in str(check.seen)
    assert "0.5 s ± 10 %" in str(check.expected)


def test_the_edge_of_the_tolerance_has_the_samplers_error(verdict, run):
    """450 ms may look like 445 ms to a sampler of 5 ms."""
    run.events += [Event(t, "level", [2, level]) for t, level in [(300, 1), (745, 0), (1300, 1), (1750, 0)]]
    assert verdict('on-time = "0.5 s ± 10 %"').outcome == "passed"
    run.events += [Event(1900, "level", [2, 1]), Event(2335, "level", [2, 0])]
    assert verdict('on-time = "0.5 s ± 10 %"').outcome == "failed"


def test_one_late_turn_in_many_is_forgiven(verdict, run):
    """A real PC stutters; a wrong rhythm does not hide behind it."""
    run.blink(2, 100, 100, 2000)
    run.events += [Event(2300, "level", [2, 1]), Event(2400, "level", [2, 0]), Event(2500, "level", [2, 1])]
    assert verdict('off-time = "0.1 s ± 20 %"').outcome == "passed"


@pytest.mark.parametrize("bad", [3, 4])
def test_irregular_blinking_fails(verdict, run, bad):
    """Every third or fourth turn wrong is a mistake, not a stutter."""
    t_ms = 0
    for turn in range(30):
        run.add(t_ms, "level", 2, 1)
        t_ms += 300 if turn % bad == 0 else 100
        run.add(t_ms, "level", 2, 0)
        t_ms += 100
    assert verdict('on-time = "0.1 s ± 20 %"').outcome == "failed"


def test_toggles_are_counted_inside_the_window(verdict, run):
    """Changes during the settle time do not count."""
    run.events += [Event(t, "level", [2, t // 50 % 2]) for t in (50, 100)]
    run.events += [Event(t, "level", [2, t // 500 % 2]) for t in (500, 1000, 1500)]
    assert verdict('toggles = "3"').outcome == "passed"
    assert verdict('toggles = "≥ 4"').outcome == "failed"


def test_a_change_at_the_windows_edge_may_count_or_not(verdict, run):
    """Its true moment lies up to one sampling period earlier."""
    run.events += [Event(203, "level", [2, 1]), Event(1000, "level", [2, 0])]
    assert verdict('toggles = "1"').outcome == "passed"
    assert verdict('toggles = "2"').outcome == "passed"


def test_a_level_must_hold_for_the_whole_window(verdict, run):
    """One blink is enough to fail; the settle time is left out."""
    run.events += [Event(150, "level", [2, 1])]
    assert verdict('level = "on"').outcome == "passed"
    run.events += [Event(1500, "level", [2, 0]), Event(1505, "level", [2, 1])]
    assert verdict('level = "on"').outcome == "failed"


def test_a_level_that_comes_late_is_told_with_its_time(verdict, run):
    """Counted from the step's begin."""
    run.add(1500, "level", 2, 1)
    check = verdict('level = "on"')
    assert check.outcome == "failed"
    assert str(check.seen).endswith("went on after 1.5 s.")


def test_an_led_from_3v3_is_on_at_a_low_pin(verdict, run):
    """Inverted wiring needs inverted levels; the check asks for light."""
    run.add(10, "level", 5, 0)
    assert verdict('level = "on"', part="low-led").outcome == "passed"
    run.add(11, "level", 5, 1)
    assert verdict('level = "off"', part="low-led").outcome == "passed"


def test_blinking_by_pwm_is_as_right_as_by_sleep(verdict, run):
    """A slow PWM, or one whose duty goes up and down, switches the LED."""
    run.add(0, "pwm", 2, 1, 32768)
    assert verdict(RHYTHM).outcome == "passed"
    run.events[1:] = [Event(t, "pwm", [2, 1000, 40000 if t % 1000 else 0]) for t in range(0, 3000, 500)]
    assert verdict(RHYTHM).outcome == "passed"


@pytest.mark.parametrize(("duty_u16", "outcome"), [(16384, "passed"), (32768, "failed"), (65535, "failed"), (0, "failed")])
def test_duty_is_the_share_of_time_on(verdict, run, duty_u16, outcome):
    """A dimmed LED's duty; told in per cent."""
    run.add(0, "pwm", 2, 1000, duty_u16)
    check = verdict('duty = "25 % ± 5 %"')
    assert check.outcome == outcome
    assert f"{round(duty_u16 / 655.35)} % of the time" in str(check.seen)


def test_duty_of_a_blinking_led(verdict, run):
    """Without PWM, the time on is measured."""
    run.blink(2, 250, 750, 3000)
    assert verdict('duty = "25 % ± 5 %"', settle_ms=0).outcome == "passed"


def test_a_tones_frequency(verdict, run):
    """440 Hz passes, 330 Hz does not, silence has no frequency."""
    assert str(verdict('frequency = "440 Hz ± 5 %"', part="buzzer").seen).endswith("no frequency was set.")
    run.add(0, "pwm", 25, 440, 32768)
    assert verdict('frequency = "440 Hz ± 5 %"', part="buzzer").outcome == "passed"
    assert verdict('level = "on"', part="buzzer").outcome == "passed"
    run.add(1000, "pwm", 25, 330, 32768)
    check = verdict('frequency = "440 Hz ± 5 %"', part="buzzer")
    assert check.outcome == "failed"
    assert "330…440 Hz" in str(check.seen)


def test_a_period_is_told_from_its_parts(verdict, run):
    """1 s may be 0.3 s on and 0.7 s off."""
    run.blink(2, 300, 700, 3000)
    assert verdict('period = "1 s ± 10 %"').outcome == "passed"
    assert verdict('period = "2 s ± 10 %"').outcome == "failed"


def test_a_steady_led_has_no_rhythm(verdict, run):
    """Neither on nor off times: failed, with what it was."""
    run.add(10, "level", 2, 1)
    check = verdict(RHYTHM)
    assert check.outcome == "failed"
    assert str(check.seen).endswith("on the whole time.")


def test_a_button_is_pressed_and_not_lit(verdict):
    """What is expected of a button, and what was seen of it, is said in its own words."""
    check = verdict('level = "on"', part="button")
    assert str(check.expected).endswith(": pressed the whole time.")
    assert str(check.seen).endswith(": not pressed.")


def test_another_pin_that_was_switched_is_named(verdict, run):
    """The commonest slip is a wrong number."""
    run.blink(12, 500, 500, 3000)
    assert str(verdict(RHYTHM).seen) == "Pin 2 did not change, but the program switched pin 12."
