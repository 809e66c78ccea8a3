"""What a part showed is worked out from sampled levels and PWM, and nothing is made up where evidence is missing."""

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.signals import part_spans, stretch


def levels(*pairs: tuple[int, int], gpio: int = 2) -> list[Event]:
    """Level events of one pin."""
    return [Event(t_ms, "level", [gpio, level]) for t_ms, level in pairs]


def test_on_is_what_a_person_sees():
    """An LED from 3V3 to the pin is on at a low pin."""
    events = levels((100, 1), (200, 0))
    assert stretch(part_spans(events, 2, on_level=1), 100, 200).state is True
    assert stretch(part_spans(events, 2, on_level=0), 100, 200).state is False


def test_a_pin_nobody_drives_shows_nothing():
    """Without any evidence an LED is off, however it is wired."""
    for on_level in (0, 1):
        assert stretch(part_spans([], 2, on_level=on_level), 0, 1000).state is False


def test_times_count_only_when_begin_and_end_were_seen():
    """What was on at the stretch's begin, or is still on at its end, has no length."""
    events = levels((0, 1), (300, 0), (800, 1), (1300, 0), (1800, 1))
    seen = stretch(part_spans(events, 2), 100, 2000)
    assert seen.lasted(True) == [500]
    assert seen.lasted(False) == [500, 500]
    assert seen.switchings == [300, 800, 1300, 1800]


def test_a_period_is_from_edge_to_the_next_of_its_kind():
    """Both rising and falling edges count."""
    events = levels((100, 1), (300, 0), (1100, 1), (1300, 0))
    assert stretch(part_spans(events, 2), 0, 2000).periods() == [1000, 1000]


def test_the_share_is_the_time_on():
    """A quarter of the time on is a duty of a quarter."""
    events = levels((0, 1), (250, 0), (1000, 1), (1250, 0))
    assert stretch(part_spans(events, 2), 0, 2000).share == pytest.approx(0.25)


def test_dimmed_is_on():
    """PWM above 0 is on whatever the sampler saw of its pulses, and its duty counts as share."""
    events = [Event(0, "pwm", [2, 1000, 16384]), *levels((5, 1), (10, 0), (15, 1))]
    seen = stretch(part_spans(events, 2), 0, 1000)
    assert seen.state is True
    assert seen.switchings == []
    assert seen.share == pytest.approx(0.25, abs=0.001)
    assert seen.freqs_hz == [1000]


def test_pwm_at_zero_is_off_and_released_pwm_gives_the_level_back():
    """After `deinit` the pin's own level counts again."""
    events = [Event(0, "pwm", [2, 1000, 0]), Event(100, "pwm", [2, 1000, 30000]), *levels((150, 1)), Event(200, "pwm", [2, 0, 0])]
    spans = part_spans(events, 2)
    assert [stretch(spans, at, at + 10).state for at in (50, 120, 250)] == [False, True, True]


def test_slow_pwm_blinks():
    """A program that blinks by PWM of 1 Hz is as right as one that sleeps."""
    seen = stretch(part_spans([Event(0, "pwm", [2, 1, 32768])], 2), 0, 4000)
    assert seen.lasted(True) == pytest.approx([500, 500, 500], abs=1)
    assert seen.lasted(False) == pytest.approx([500, 500, 500, 500], abs=1)


def test_an_inverted_led_is_on_for_the_rest_of_the_duty():
    """Wired from 3V3, it shines while the pin is low."""
    spans = part_spans([Event(0, "pwm", [2, 1000, 65535])], 2, on_level=0)
    assert stretch(spans, 0, 100).state is False


def test_a_passive_buzzer_sounds_only_by_pwm():
    """A steady level is silent; full duty is too."""
    events = [*levels((0, 1)), Event(500, "pwm", [2, 440, 32768]), Event(900, "pwm", [2, 440, 65535])]
    spans = part_spans(events, 2, sounds=True)
    assert [stretch(spans, at, at + 10).state for at in (100, 600, 950)] == [False, True, False]


def test_after_a_loss_a_pin_is_unknown_until_it_is_heard_of():
    """A change may have been lost, so neither its time nor what lasted across it is made up."""
    events = levels((100, 1), (200, 0), (300, 1), (600, 0), (700, 1))
    spans = part_spans(events, 2, losses=[(300, 400)])
    seen = stretch(spans, 0, 1000)
    assert not seen.known
    assert seen.lasted(True) == [100]
    assert seen.lasted(False) == [100]
    assert stretch(spans, 0, 250).known
    assert stretch(spans, 650, 1000).known


def test_what_was_sent_before_a_loss_stays_known():
    """A level with the very time stamp of the last frame before the gap was seen before it."""
    spans = part_spans(levels((100, 1)), 2, losses=[(100, 200)])
    assert stretch(spans, 0, 99).known
    assert not stretch(spans, 120, 150).known


def test_a_change_at_the_first_moment_came_before():
    """A sample's time stamp is the end of the time in which the change was."""
    seen = stretch(part_spans(levels((100, 1), (200, 0)), 2), 100, 200)
    assert seen.state is True
    assert seen.switchings == [200]
