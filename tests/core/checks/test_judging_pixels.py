"""A picture on NeoPixels is judged as it looks: by hue at any brightness, and without the moments in which it is being written."""

import pytest
from lovhe.core.checks.colours import COLOUR_WORDS, read_colour
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport
from lovhe.core.lessons.reading import read_lesson

from tests.core.conftest import BOARDS, HEAD, PARTS, lesson_files

GPIO = 13
CARPET = """
[[circuit.part]]
id = "carpet"
part = "neopixel-ring"
wires = { VDD = "5V", DIN = "IO13", GND = "GND" }
through = { DIN = "330 Ω" }
options = { leds = 6 }
"""
R, G, B, Y, W, O = (20, 0, 0), (0, 20, 0), (0, 0, 20), (20, 20, 0), (9, 9, 9), (0, 0, 0)  # noqa: E741 (O is off)


@pytest.fixture
def verdict(run):
    """A function that judges the run against one step's expectation."""

    def check(expect: str, *, delay_ms: int = 3000, may_end: bool = False) -> CheckReport:
        checks = f'[[check]]\nid = "c"\nmay-end = {str(may_end).lower()}\n[[check.step]]\ndelay = "{delay_ms} ms"\n'
        checks += f'expect-pixels = [{{ part = "carpet", {expect} }}]\n'
        files = lesson_files(checks)
        files["lesson.toml"] = (HEAD + CARPET + checks).encode()
        lesson = read_lesson("6-01-test", files, BOARDS, PARTS)
        run.events = [event for event in run.events if event.kind not in ("step", "over")]
        return judge(lesson, "pass", run.steps("c", delay_ms).events).checks[0]

    return check


def show(run, at_ms, *pixels):
    """A picture written at that time."""
    return run.add(at_ms, "neo", GPIO, b"".join(map(bytes, pixels)).hex())


@pytest.mark.parametrize(
    ("words", "colour"),
    [
        ("red", (255, 0, 0)), ("red", (3, 0, 0)), ("red", (200, 30, 10)), ("orange", (255, 128, 0)), ("orange", (20, 6, 0)),
        ("yellow", (255, 255, 0)), ("yellow", (30, 25, 0)), ("green", (0, 40, 0)), ("green", (60, 255, 60)), ("cyan", (0, 90, 90)),
        ("blue", (0, 0, 255)), ("blue", (10, 40, 200)), ("purple", (128, 0, 128)), ("purple", (90, 0, 200)), ("pink", (255, 20, 147)),
        ("pink", (255, 105, 180)), ("pink", (255, 192, 203)), ("white", (255, 255, 255)), ("white", (12, 10, 10)), ("off", (0, 0, 0)),
    ],
)  # fmt: skip
def test_a_colour_word_goes_by_hue_at_any_brightness(words, colour):
    """What people call it, bright or dim."""
    assert read_colour(words).contains(colour)


@pytest.mark.parametrize(
    ("word", "colour"),
    [
        ("red", (0, 255, 0)), ("red", (0, 0, 0)), ("red", (255, 255, 0)), ("orange", (255, 255, 0)), ("yellow", (255, 0, 0)),
        ("green", (255, 255, 0)), ("green", (0, 0, 255)), ("blue", (0, 255, 255)), ("white", (255, 0, 0)), ("white", (0, 0, 0)),
        ("off", (1, 0, 0)), ("purple", (0, 0, 255)), ("pink", (255, 0, 0)), ("cyan", (0, 255, 0)),
    ],
)  # fmt: skip
def test_another_colour_is_not_called_so(word, colour):
    """No word is right for everything."""
    assert not read_colour(word).contains(colour)


def test_every_bright_colour_has_a_word():
    """Round the whole circle of hues some word fits."""
    for turn in range(360):
        part, rest = divmod(turn, 60)
        up, down = round(rest / 60 * 255), round((60 - rest) / 60 * 255)
        colour = [(255, up, 0), (down, 255, 0), (0, 255, up), (0, down, 255), (up, 0, 255), (255, 0, down)][part]
        assert any(read_colour(word).contains(colour) for word in COLOUR_WORDS), colour


def test_a_colour_written_in_figures_has_fifteen_of_room_and_less_where_it_is_dim():
    """Faint red is not faint blue."""
    assert read_colour("#FF8000").contains((245, 135, 10))
    assert not read_colour("#FF8000").contains((235, 128, 0))
    assert not read_colour("#0A0000").contains((0, 0, 10))
    assert read_colour("#000000").contains((0, 0, 0))
    assert read_colour("#12345") is None
    assert read_colour("rot") is None


PATTERN = 'pattern = ["red", "off", "green", "green", "off", "red"]'


def test_a_whole_picture(verdict, run):
    """Pixel by pixel; what was seen instead is told in colours."""
    show(run, 100, R, O, G, G, O, R)
    assert verdict(PATTERN).outcome == "passed"
    show(run, 1000, R, O, G, G, O, B)
    check = verdict(PATTERN)
    assert check.outcome == "failed"
    assert str(check.seen).endswith("after 1 s it was red, off, green, green, off, blue.")
    assert str(check.expected).endswith(": red, off, green, green, off, red.")


def test_nothing_written_is_dark(verdict):
    """The picture of a program that never writes."""
    check = verdict(PATTERN)
    assert check.outcome == "failed"
    assert str(check.seen).endswith(": off, off, off, off, off, off.")
    assert verdict('lit = "0"').outcome == "passed"


def test_a_strip_that_is_made_too_short_leaves_the_rest_dark_and_one_too_long_does_no_harm(verdict, run):
    """NeoPixel(pin, 4) on six pixels, and NeoPixel(pin, 8)."""
    show(run, 100, R, O, G, G)
    assert verdict(PATTERN).outcome == "failed"
    assert verdict('pattern = ["red", "off", "green", "green", "off", "off"]').outcome == "passed"
    show(run, 150, R, O, G, G, O, R, B, B)
    assert verdict(PATTERN).outcome == "passed"


def test_some_pixels(verdict, run):
    """Only those that are named."""
    show(run, 100, R, B, O, R, B, B)
    assert verdict('pixels = [0, 3], colour = "red"').outcome == "passed"
    assert verdict('pixels = [0, 1], colour = "red"').outcome == "failed"


@pytest.mark.parametrize(
    ("expect", "right", "wrong"),
    [
        ('lit = "≥ 3"', (R, O, R, O, R, O), (R, O, O, O, R, O)),
        ('lit = "2"', (R, O, O, O, R, O), (R, O, R, O, R, O)),
        ('colours = "≥ 3"', (R, G, B, O, O, O), (R, (90, 0, 0), (255, 0, 0), B, O, O)),
        ('colours = "1"', (R, (90, 0, 0), O, O, O, O), (R, Y, O, O, O, O)),
        ("mirrored = true", (R, G, B, B, G, R), (R, G, B, R, G, B)),
        ("mirrored = true", (R, O, W, W, O, R), (R, R, O, O, O, O)),
        ("repeats = 3", (R, G, B, R, G, B), (R, G, B, B, G, R)),
        ("repeats = 2", (R, O, R, O, R, O), (R, O, R, R, O, R)),
        ("repeats = 4", (R, G, B, O, R, G), (R, G, B, O, G, R)),
        ('brightness = "≤ 10 %"', (R, G, B, R, G, B), (R, G, B, R, G, (0, 0, 60))),
    ],
)
def test_a_property_of_the_picture(verdict, run, expect, right, wrong):
    """Counted, mirrored, repeated or dimmed, in the colours that the pupil chose."""
    show(run, 100, *right)
    assert verdict(expect).outcome == "passed"
    show(run, 150, *wrong)
    assert verdict(expect).outcome == "failed"


def test_one_picture_of_many_is_enough_where_it_is_said(verdict, run):
    """A picture in which all of it is true at once."""
    for turn in range(6):
        picture = [O] * 6
        picture[turn] = R
        show(run, 300 * turn, *picture)
    assert verdict('pixels = [4], colour = "red", lit = "1", sometime = true').outcome == "passed"
    assert verdict('pixels = [4], colour = "red", lit = "1"').outcome == "failed"
    check = verdict('pixels = [4], colour = "red", lit = "2", sometime = true')
    assert check.outcome == "failed"
    assert str(check.expected).startswith("At some moment: NeoPixel ring")
    assert "not in its 6 pictures; the nearest was" in str(check.seen)


@pytest.mark.parametrize("apart_ms", [0, 2, 6])
def test_writing_pixel_by_pixel_shows_no_other_picture(verdict, run, apart_ms):
    """The usual loop, with write() in it, and once more in each turn after all has been switched off."""
    picture = [R, O, G, G, O, R]
    for turn in range(3):
        for count in range(7):
            show(run, 100 + 1000 * turn + apart_ms * count, *picture[:count], *[O] * (6 - count))
    assert verdict(PATTERN).outcome == "passed"


def test_a_running_light_is_seen_however_fast_it_runs(verdict, run):
    """Pictures of 20 ms each in a row are no glitch: the picture changes."""
    for turn in range(150):
        picture = [O] * 6
        picture[turn % 6] = R
        show(run, 20 * turn, *picture)
    assert verdict('changes = "≥ 100"').outcome == "passed"
    assert verdict('lit = "1"').outcome == "passed"
    assert verdict('pixels = [0], colour = "red"').outcome == "failed"


def test_changes_are_counted_inside_the_step(verdict, run):
    """Not those of the settle time; one at the window's edge may count or not."""
    for at_ms, colour in ((50, G), (203, B), (1000, R), (2000, G), (2900, B)):
        show(run, at_ms, *[colour] * 6)
    for count in ("3", "4", "≥ 3"):
        assert verdict(f'changes = "{count}"').outcome == "passed"
    check = verdict('changes = "≥ 5"')
    assert check.outcome == "failed"
    assert "changed 4 times" in str(check.seen)


def test_a_lost_picture_makes_it_unclear_unless_a_wrong_one_was_seen(verdict, run):
    """One wrong picture is enough for what must always hold."""
    show(run, 100, R, O, G, G, O, R).add(1500, "lost", 1)
    assert verdict(PATTERN).outcome == "unclear"
    assert verdict('lit = "6", sometime = true').outcome == "unclear"
    show(run, 2000, *[R] * 6)
    assert verdict(PATTERN).outcome == "failed"


def test_a_program_that_ends_is_judged_by_the_picture_it_leaves(verdict, run):
    """A static picture needs no loop; the time before it was written does not count."""
    show(run, 300, R, O, G, G, O, R).add(310, "end", "done", "", "", 0)
    assert verdict(PATTERN, may_end=True).outcome == "passed"
    assert verdict(PATTERN).outcome == "failed"
