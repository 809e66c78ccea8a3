"""Whatever a board sends, judging comes to a verdict: a program can print what looks like a frame."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frames import FrameDecoder
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import decode_report, encode_report
from lovhe.core.lessons.answer_report import readings_of_step
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import MeasuredNumber
from lovhe.core.statistic import worked_out

PARTS = """
[[circuit.part]]
id = "strip"
part = "neopixel-strip"
wires = { VDD = "5V", DIN = "IO13", GND = "GND" }
through = { DIN = "330 Ω" }
[[circuit.part]]
id = "arm"
part = "servo"
wires = { VCC = "5V", SIG = "IO14", GND = "GND" }
[[circuit.part]]
id = "screen"
part = "ssd1306"
wires = { VCC = "3V3", GND = "GND", SCL = "IO22", SDA = "IO21" }
[[circuit.part]]
id = "wind"
part = "hall-sensor"
wires = { VCC = "5V", GND = "GND", OUT = "IO19" }
"""
EXPECTATIONS = {
    "pin": 'expect-pin = [{ part = "led", toggles = "≥ 2", duty = "50 % ± 10 %", frequency = "440 Hz ± 5 %", on-time = "1 s ± 9 %" }]',
    "angle": 'expect-pin = [{ part = "arm", angle = "90 ± 8" }]',
    "order": 'expect-order = [{ parts = ["led", "low-led"], states = [{ on = ["led"], lasts = "200 ms ± 15 %" }, { on = [] }] }]',
    "tune": 'expect-tune = [{ part = "buzzer", tones = ["523 Hz", "587 Hz"] }]',
    "pixels": 'expect-pixels = [{ part = "strip", lit = "≥ 3", colours = "≥ 2", mirrored = true, repeats = 2, brightness = "≤ 40 %" }]',
    "picture": 'expect-pixels = [{ part = "strip", pixels = [0], colour = "red", sometime = true, changes = "≥ 1" }]',
    "display": 'expect-display = [{ part = "screen", contains = "2", number = "22 … 24", lacks = "9", sometime = true }]',
    "device": 'expect-device = [{ part = "screen" }]',
    "reading": 'expect-reading = [{ name = "t", range = "1 … 2", rate = "20 Hz ± 20 %", change = "≥ 5" }]',
    "follows": 'expect-reading = [{ name = "t", follows = "wind" }]',
    "text": 'expect-text = [{ contains = "23", count = "≥ 1" }]',
    "use": 'expect-use = [{ part = "light", reads = "≥ 1" }]',
    "look": 'expect-look = [{ part = "led", see = "blinks", shows = { on = [true, false] } }]',
}
LEVELS = """
[[check]]
id = "levels"
[[check.step]]
set = { light = "10 %" }
delay = "1 s"
[[check.step]]
set = { light = "90 %" }
delay = "1 s"
expect-reading = [{ name = "t", agrees-with = "light" }]
[[check]]
id = "stops"
expect-error = { type = "ValueError", contains = "x" }
[[check.step]]
delay = "1 s"
"""
STEPS = [*((name, 0) for name in EXPECTATIONS), ("levels", 0), ("levels", 1), ("stops", 0)]

_numbers = st.one_of(
    st.sampled_from([0, 1, -1, 2**31 - 1, 2**62, 1e308, -1e308, 5e-324, 0.5, True]), st.integers(), st.floats(allow_nan=False)
)
_texts = st.one_of(st.text(max_size=20), st.sampled_from(["t: 1e308", "t: 9e999", "-1e999", "9" * 400, "٢٣", "▒", "t=1\nt=2", "\x1b[2J"]))
_gpios = st.sampled_from([2, 5, 13, 14, 19, 21, 22, 25, 34, 99])
_counts = st.sampled_from([0, 1, 2, 49, 50, 440, 1638, 32768, 65535, 65536, 2**31 - 1])
_frames = st.one_of(
    st.tuples(st.just("level"), _gpios, st.integers(0, 1)),
    st.tuples(st.just("pwm"), _gpios, _counts, _counts),
    st.tuples(st.just("neo"), _gpios, st.one_of(st.text("0123456789abcdefABCDEF", max_size=60), st.just("FF0000" * 2000))),
    st.tuples(st.just("adc"), _gpios, _counts),
    st.tuples(st.just("i2c"), st.sampled_from([0, 0x3C, 2**31 - 1]), _counts, _counts),
    st.tuples(st.just("draw"), st.sampled_from(["i2c", "pin"]), st.sampled_from([0x3C, 22]), _texts),
    st.tuples(st.just("show"), st.dictionaries(st.sampled_from(["t", "", "x"]), st.one_of(_numbers, _texts), max_size=2)),
    st.tuples(st.just("dht"), _gpios, _numbers, _numbers),
    st.tuples(st.just("end"), _texts, _texts, _texts, _counts),
    st.tuples(st.just("lost"), _counts),
    st.tuples(st.sampled_from(["type", "look", "step", "set", "gap", "over", "neo", "zz"]), st.none() | st.lists(_numbers, max_size=3)),
    st.tuples(st.just("print"), _texts),
)
_told = st.lists(st.tuples(st.sampled_from([-50, 0, 1, 5, 100, 500, 2**28, -5000]), _frames), max_size=12)


@pytest.fixture
def lesson(files, read) -> Lesson:
    """A lesson with a check for each kind of expectation."""
    checks = "".join(f'[[check]]\nid = "{name}"\n[[check.step]]\ndelay = "1 s"\n{expect}\n' for name, expect in EXPECTATIONS.items())
    made = files(checks + LEVELS)
    head, mark, rest = made["lesson.toml"].decode().partition("[[check]]")
    made["lesson.toml"] = (head + PARTS + mark + rest).encode()
    for language in ("az", "ru", "en"):
        made[f"{language}.md"] = made[f"{language}.md"].replace(b"[ask]", b'[look]\n"led=blinks" = "Does it blink?"\n[ask]')
    return read(made)


def _run(told: list[list[tuple[int, tuple[object, ...]]]]) -> list[Event]:
    """A run: in each step the board sends some frames, wherever its clock stands."""
    decoder, events, ticks = FrameDecoder(), list[Event](), 0
    sequence = 0
    for step, frames in zip(STEPS, told, strict=False):
        now = max([event.t_ms for event in events] or [0])
        events.append(Event(now, "step", list(step)))
        for later, frame in [(0, ("begin", "1", 5, "main.py"))] * (sequence == 0) + frames:
            ticks = (ticks + later) % (1 << 30)
            if frame[0] == "print":
                events += decoder.feed(f"{frame[1]}\n".encode(errors="replace"))
            else:
                events += decoder.feed(b"\x1e" + json.dumps([sequence, ticks, *frame]).encode() + b"\n")
                sequence += 1
    return [*events, *decoder.finish(), Event(max([event.t_ms for event in events] or [0]) + 1000, "over", [])]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=st.lists(_told, min_size=len(STEPS), max_size=len(STEPS)))
def test_every_expectation_comes_to_a_verdict(lesson, told):
    """And the verdict can be kept."""
    report = judge(lesson, "pass", _run(told))
    assert [check.id for check in report.checks] == [check.id for check in lesson.file.check]
    assert decode_report(encode_report(report)) == report


@pytest.mark.parametrize("kind", ["type", "look", "step", "set", "unseen", "over", "gap", "gone", "stuck", "text"])
def test_a_board_cannot_say_what_only_the_host_knows(kind):
    """A program could else answer for the pupil that its LED blinks."""
    frame = b"\x1e" + json.dumps([0, 0, kind, "look", 0, "led", "blinks", "yes", None]).encode() + b"\n"
    assert all(event.kind == "gap" for event in FrameDecoder().feed(frame))


@pytest.mark.parametrize("colours", ["F", "FF000", "FF0000F", "FF0000" * 2000])
def test_a_picture_cut_off_anywhere_is_as_far_as_it_goes(lesson, colours):
    """Pixels that are not there whole stay as they were."""
    events = [
        Event(0, "begin", ["1", 5, "main.py"]), Event(0, "step", ["picture", 0]), Event(300, "neo", [13, colours]), Event(1000, "over"),
    ]  # fmt: skip
    report = next(check for check in judge(lesson, "pass", events).checks if check.id == "picture")
    assert report.outcome == ("passed" if len(colours) >= 6 else "failed")


@pytest.mark.parametrize("statistic", ["mean", "median", "least", "most", "range", "count", "last"])
def test_readings_without_end_can_be_reckoned_with(lesson, statistic):
    """`1e308` twice has no sum that a PC can hold, and `9e999` is more than any number."""
    said = [Event(100, "show", [{"t": 1e308}]), Event(200, "show", [{"t": 1.7e308}]), Event(300, "text", ["t: 9e999\nt: -9e999\nt: 1\n"])]
    values = readings_of_step(lesson, MeasuredNumber("t", statistic), [Event(0, "begin", ["1", 5, "main.py"]), *said])
    assert len(values) == 5
    assert worked_out(statistic, values) <= 2e100


def test_levels_that_follow_may_be_without_end(lesson):
    """Their means and how they scatter are worked out all the same."""
    events = [Event(0, "begin", ["1", 5, "main.py"]), Event(0, "step", ["levels", 0]), Event(1000, "step", ["levels", 1])]
    events += [Event(t_ms, "show", [{"t": value}]) for t_ms, value in ((300, 1e308), (400, 1e308), (1300, -1e308), (1400, 1e308))]
    events += [Event(500, "text", ["t: 9e999\n"]), Event(2000, "over")]
    report = next(check for check in judge(lesson, "pass", events).checks if check.id == "levels")
    assert report.outcome == "failed"
