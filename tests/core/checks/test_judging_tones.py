"""A tune is judged by the tones that sounded, a servo by the pulses it got: however the program sets its PWM."""

import pytest
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport
from lovhe.core.lessons.reading import read_lesson

from tests.core.conftest import BOARDS, HEAD, PARTS, lesson_files

BUZZER, SERVO = 25, 13
ARM = '[[circuit.part]]\nid = "arm"\npart = "servo"\nwires = { VCC = "5V", SIG = "IO13", GND = "GND" }\n'
TUNE = 'expect-tune = [{ part = "buzzer", tones = ["523 Hz", "587 Hz", "587 Hz", "659 Hz"] }]\n'
ANGLE = 'expect-pin = [{ part = "arm", angle = "90 ± 8" }]\n'


@pytest.fixture
def verdict(run):
    """A function that judges the run against one step's expectation."""

    def check(expect: str, *, delay_ms: int = 3000, settle_ms: int = 200) -> CheckReport:
        checks = f'[[check]]\nid = "c"\n[[check.step]]\ndelay = "{delay_ms} ms"\nsettle = "{settle_ms} ms"\n{expect}'
        files = lesson_files(checks)
        files["lesson.toml"] = (HEAD + ARM + checks).encode()
        lesson = read_lesson("6-01-test", files, BOARDS, PARTS)
        run.events = [event for event in run.events if event.kind not in ("step", "over")]
        return judge(lesson, "pass", run.steps("c", delay_ms).events).checks[0]

    return check


def play(run, tones, *, start_ms=0, lasts_ms=200, pause_ms=50):
    """Tones one after another; 0 is a rest."""
    at = start_ms
    for tone in tones:
        if tone:
            run.add(at, "pwm", BUZZER, tone, 32768)
        at += lasts_ms
        if pause_ms:
            run.add(at, "pwm", BUZZER, tone or 1000, 0)
        at += pause_ms
    return run


@pytest.mark.parametrize("start_ms", range(-800, 800, 90))
def test_a_tune_passes_wherever_it_begins(verdict, run, start_ms):
    """It is found in what sounded, once whole, in any phase of a program that plays it again and again."""
    play(run, [523, 587, 587, 659, 0] * 4, start_ms=start_ms)
    assert verdict(TUNE).outcome == "passed"


def test_what_is_out_of_tune_by_a_little_passes_and_by_a_semitone_fails(verdict, run):
    """3 % is half a semitone; a tone may have a tolerance of its own."""
    play(run, [530, 580, 590, 665], start_ms=500)
    assert verdict(TUNE).outcome == "passed"
    assert verdict(TUNE.replace('"]', '"], tolerance = "0.5 %"')).outcome == "failed"
    assert verdict(TUNE.replace('"587 Hz"', '"587 Hz ± 5 Hz"')).outcome == "failed"
    run.events = run.events[:1]
    play(run, [554, 587, 587, 659], start_ms=500)
    check = verdict(TUNE)
    assert (check.outcome, str(check.seen)) == ("failed", "Buzzer (passive): tones one after another: 554 Hz → 587 Hz → 587 Hz → 659 Hz.")


@pytest.mark.parametrize("tones", [[523, 587, 659], [659, 587, 587, 523], [523, 587, 700, 587, 659], [523, 587, 587], [523, 659, 587, 587]])
def test_another_order_a_tone_too_few_or_one_between_fails(verdict, run, tones):
    """Pauses are free, other tones are not."""
    assert verdict([play(run, tones, start_ms=500), TUNE][1]).outcome == "failed"


def test_the_same_tone_twice_needs_a_pause_to_be_heard(verdict, run):
    """Without a pause it is one long tone, to the ear as to the judge."""
    play(run, [523, 587, 587, 659], start_ms=500, pause_ms=0)
    assert verdict(TUNE).outcome == "failed"
    assert verdict(TUNE.replace('"587 Hz", "587 Hz"', '"587 Hz"')).outcome == "passed"


def test_silence_is_told(verdict, run):
    """A buzzer at a steady level makes no tone."""
    run.add(100, "level", BUZZER, 1)
    assert str(verdict(TUNE).seen) == "Buzzer (passive): no tone sounded."


def test_the_moment_between_duty_and_frequency_is_no_tone(verdict, run):
    """Louder first, then the new frequency a millisecond later, as some programs do it."""
    for turn, tone in enumerate((523, 587, 587, 659)):
        run.add(500 + 300 * turn, "pwm", BUZZER, 1000, 32768).add(501 + 300 * turn, "pwm", BUZZER, tone, 32768)
        run.add(700 + 300 * turn, "pwm", BUZZER, tone, 0)
    assert verdict(TUNE).outcome == "passed"


def test_a_tune_with_a_loss_in_it_is_unclear(verdict, run):
    """The tone that is missing may be the one that was lost."""
    play(run, [523, 587, 659], start_ms=500).add(1000, "lost", 1)
    assert verdict(TUNE).outcome == "unclear"


def pulses(degrees: float, freq_hz: int = 50) -> int:
    """The duty of a servo's pulses."""
    return round((0.5 + 1.9 * degrees / 180) * freq_hz / 1000 * 65535)


@pytest.mark.parametrize("freq_hz", [50, 60, 100])
@pytest.mark.parametrize(
    ("degrees", "outcome"), [(90, "passed"), (83, "passed"), (97, "passed"), (80, "failed"), (0, "failed"), (180, "failed")]
)
def test_a_servo_is_where_its_pulses_tell_it_to_be(verdict, run, degrees, outcome, freq_hz):
    """By their width, at any frequency that a servo takes."""
    run.add(100, "pwm", SERVO, freq_hz, pulses(degrees, freq_hz))
    check = verdict(ANGLE)
    assert check.outcome == outcome
    assert str(check.seen) == f"Servo (SG90): its arm stands at {degrees}°."
    assert str(check.expected) == "Servo (SG90): its arm stands at 90 ± 8°."


def test_a_servo_that_is_set_once_stays_there(verdict, run):
    """Also when the program switches its pulses off afterwards."""
    run.add(10, "pwm", SERVO, 50, pulses(90)).add(150, "pwm", SERVO, 50, 0).add(1000, "pwm", SERVO, 0, 0)
    assert verdict(ANGLE).outcome == "passed"


def test_a_servo_that_moves_in_the_step_is_not_there_the_whole_time(verdict, run):
    """The angles are told in their order."""
    run.add(100, "pwm", SERVO, 50, pulses(90)).add(1500, "pwm", SERVO, 50, pulses(45))
    check = verdict(ANGLE)
    assert (check.outcome, str(check.seen)) == ("failed", "Servo (SG90): its arm was told to turn: 90° → 45°.")


def test_frequency_and_width_may_be_set_in_two_steps(verdict, run):
    """PWM begins with a half: no servo takes notice of that millisecond."""
    run.add(500, "pwm", SERVO, 50, 32768).add(502, "pwm", SERVO, 50, pulses(90))
    assert verdict(ANGLE).outcome == "passed"


def test_pulses_that_no_servo_understands_are_told(verdict, run):
    """5000 Hz, as PWM has it when nobody chooses a frequency."""
    run.add(100, "pwm", SERVO, 5000, 32768)
    check = verdict(ANGLE)
    assert check.outcome == "failed"
    assert "none that it understands" in str(check.seen)
    run.events = run.events[:1]
    assert str(verdict(ANGLE).seen) == "Servo (SG90): nothing told its arm where to turn."


def test_a_loss_after_the_last_pulse_leaves_the_arm_unknown(verdict, run):
    """It may have been told to turn meanwhile; what is known to be wrong stays wrong."""
    run.add(50, "pwm", SERVO, 50, pulses(90)).add(150, "lost", 2)
    assert verdict(ANGLE).outcome == "unclear"
    run.add(1000, "pwm", SERVO, 50, pulses(10))
    assert verdict(ANGLE).outcome == "failed"
