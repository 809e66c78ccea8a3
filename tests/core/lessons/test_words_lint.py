"""A lesson's words for what steps do and what parts show are refused where no program could be judged by them, with place and mend."""

import pytest
from lovhe.core.errors import LessonError
from lovhe.core.lessons.reading import read_lesson

from tests.core.conftest import BOARDS, HEAD, PARTS, lesson_files

MORE = """
[[circuit.part]]
id = "arm"
part = "servo"
wires = { VCC = "5V", SIG = "IO13", GND = "GND" }
[[circuit.part]]
id = "carpet"
part = "neopixel-strip"
wires = { VDD = "5V", DIN = "IO14", GND = "GND" }
through = { DIN = "330 Ω" }
options = { leds = 6 }
[[circuit.part]]
id = "row"
part = "neopixel-strip"
wires = { VDD = "5V", DIN = "IO27", GND = "GND" }
through = { DIN = "330 Ω" }
options = { leds = 60 }
[[circuit.part]]
id = "level"
part = "hc-sr04"
wires = { VCC = "5V", TRIG = "IO19", ECHO = "IO21", GND = "GND" }
through = { ECHO = "divider 1 kΩ + 2 kΩ" }
"""


def lesson(step: str, delay: str = "6 s", check: str = "") -> None:
    """Read a lesson with one such step."""
    checks = f'[[check]]\nid = "c"\n{check}[[check.step]]\ndelay = "{delay}"\n{step}\n'
    files = lesson_files(checks)
    for language in ("az", "ru", "en"):
        asks = b"".join(b'"%s" = "Do it."\n' % ask for ask in (b"light=swing", b"button=swing", b"level.distance=glide", b"light=glide"))
        files[f"{language}.md"] = files[f"{language}.md"].replace(b"[ask]\n", b"[ask]\n" + asks)
    files["lesson.toml"] = (HEAD + MORE + checks).encode()
    read_lesson("6-01-test", files, BOARDS, PARTS)


TWO = 'states = [{ on = ["led"] }, { on = ["low-led"] }]'
RIGHT = [
    'type = ["1234", "yes please!"]',
    'swing = { part = "light", values = ["5 %", "80 %"], period = "400 ms" }',
    'swing = { part = "button", values = ["pressed", "released"], period = "1 s" }',
    'swing = { part = "button", values = ["pressed", "released", "released"], period = "9 s" }',
    'glide = { part = "level.distance", from = "60 cm", to = "20 cm" }\nset = { light = "10 %" }',
    'expect-pin = [{ part = "arm", angle = "90 ± 8" }]',
    'expect-pin = [{ part = "arm", angle = "≤ 10" }]',
    f'expect-order = [{{ parts = ["led", "low-led"], {TWO}, rounds = "≥ 2" }}]',
    'expect-order = [{ parts = ["led"], states = [{ on = ["led"] }] }]',
    'expect-order = [{ parts = ["led"], states = [{ on = [] }, { on = ["led"], lasts = "2 s ± 15 %" }, { on = [] }], once = true }]',
    'expect-tune = [{ part = "buzzer", tones = ["523 Hz", "1 kHz ± 1 %"], tolerance = "2 %" }]',
    'expect-pixels = [{ part = "carpet", pattern = ["red", "off", "#00FF00", "#00ff00", "off", "red"] }]',
    'expect-pixels = [{ part = "carpet", pixels = [0, 5], colour = "blue", brightness = "≤ 40 %" }, { part = "carpet", changes = "≥ 2" }]',
]


@pytest.mark.parametrize("step", RIGHT)
def test_what_is_written_right_is_read(step):
    """Each word as the README has it."""
    lesson(step)


WRONG = [
    ('type = ["şifrə"]', "type: “şifrə” cannot be typed"),
    ('type = ["a\\nb"]', "cannot be typed"),
    ('type = ["' + "x" * 201 + '"]', "more than a board keeps"),
    ('swing = { part = "nothing", values = ["1", "2"], period = "1 s" }', "swing, values, nothing"),
    ('swing = { part = "light", values = ["5 %", "5 %"], period = "1 s" }', "nothing changes"),
    ('swing = { part = "light", values = ["5 %", "500 %"], period = "1 s" }', "swing, values, light"),
    ('swing = { part = "light", values = ["5 %", "50 %"], period = "30 ms" }', "too short or too long"),
    ('swing = { part = "light", values = ["5 %", "50 %"], period = "12 s" }', "too short or too long"),
    ('swing = { part = "light", values = ["5 %", "50 %"], period = "often" }', "swing, period"),
    ('set = { light = "5 %" }\nglide = { part = "light", from = "5 %", to = "50 %" }', "the same thing twice"),
    ('glide = { part = "button", from = "pressed", to = "released" }', "no values between"),
    ('glide = { part = "light", from = "5 %", to = "5 %" }', "nothing changes"),
    ('glide = { part = "level.distance", from = "60 cm", to = "9 m" }', "glide, to"),
    ('expect-pin = [{ part = "led", angle = "90 ± 8" }]', "“led” is no part of that kind. It takes a part such as: servo"),
    ('expect-pin = [{ part = "arm", angle = "90" }]', "“90” cannot be judged"),
    ('expect-pin = [{ part = "arm", angle = "200 ± 5" }]', "cannot be judged"),
    ('expect-order = [{ parts = [], states = [] }]', "expects nothing"),
    ('expect-order = [{ parts = ["lde"], states = [{ on = ["lde"] }] }]', "no part “lde”"),
    ('expect-order = [{ parts = ["carpet"], states = [{ on = ["carpet"] }] }]', "“carpet” is not just on or off"),
    ('expect-order = [{ parts = ["led"], states = [{ on = ["low-led"] }] }]', "“low-led” is not among parts"),
    ('expect-order = [{ parts = ["led", "low-led"], states = [{ on = ["led"] }, { on = ["led"] }] }]', "nobody sees where one ends"),
    ('expect-order = [{ parts = ["led"], states = [{ on = ["led"] }, { on = [] }, { on = ["led"] }] }]', "nobody sees where one ends"),
    ('expect-order = [{ parts = ["led"], states = [{ on = ["led"], lasts = "1 s" }, { on = [] }] }]', "no program is that exact"),
    ('expect-order = [{ parts = ["led"], states = [{ on = ["led"], lasts = "20 ms ± 20 %" }, { on = [] }] }]', "too short to be seen"),
    ('expect-order = [{ parts = ["led"], states = [{ on = ["led"], lasts = "3 s ± 10 %" }, { on = [] }] }]', "that takes up to 6.6 s"),
    (f'expect-order = [{{ parts = ["led", "low-led"], {TWO}, rounds = "often" }}]', "rounds"),
    (f'expect-order = [{{ parts = ["led", "low-led"], {TWO}, rounds = "2", once = true }}]', "no rounds to count"),
    ('expect-order = [{ parts = ["led"], states = [{ on = ["led"], lasts = "1 s ± 10 %" }] }]', "a single state lasts the whole step"),
    ('expect-tune = [{ part = "led", tones = ["523 Hz"] }]', "“led” is no part of that kind"),
    ('expect-tune = [{ part = "buzzer", tones = [] }]', "expects nothing"),
    ('expect-tune = [{ part = "buzzer", tones = ["C5"] }]', "expect-tune, tones"),
    ('expect-tune = [{ part = "buzzer", tones = ["523 Hz"], tolerance = "5 Hz" }]', "expect-tune, tolerance"),
    ('expect-pixels = [{ part = "led", lit = "1" }]', "“led” is no part of that kind"),
    ('expect-pixels = [{ part = "row", lit = "1" }]', "“row” has 60 pixels"),
    ('expect-pixels = [{ part = "carpet" }]', "expects nothing"),
    ('expect-pixels = [{ part = "carpet", pattern = ["red"] }]', "it has 1 colour, but the strip has 6 pixels"),
    ('expect-pixels = [{ part = "carpet", pixels = [0], colour = "rde" }]', "“rde” is no colour. Did you mean “red”"),
    ('expect-pixels = [{ part = "carpet", pixels = [6], colour = "red" }]', "no such pixel"),
    ('expect-pixels = [{ part = "carpet", pixels = [0] }]', "belong together"),
    ('expect-pixels = [{ part = "carpet", colour = "red" }]', "belong together"),
    ('expect-pixels = [{ part = "carpet", repeats = 6 }]', "not that long"),
    ('expect-pixels = [{ part = "carpet", lit = "many" }]', "expect-pixels, lit"),
    ('expect-pixels = [{ part = "carpet", brightness = "40" }]', "expect-pixels, brightness"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "told"), WRONG)
def test_what_could_not_be_judged_is_refused_with_place_and_mend(step, told):
    """File, check and step, what is wrong, and what to write."""
    with pytest.raises(LessonError) as caught:
        lesson(step)
    assert told in str(caught.value)
    assert str(caught.value).startswith("lesson.toml, check “c”, step 1")
    assert str(caught.value.next_step)


def test_a_program_that_may_end_needs_no_time_for_any_phase():
    """It is seen from its begin to its end."""
    order = 'expect-order = [{ parts = ["led"], states = [{ on = ["led"], lasts = "3 s ± 10 %" }, { on = [] }] }]'
    lesson(order, check="may-end = true\n")


def test_swinging_and_gliding_need_words_for_a_real_board():
    """In each language, under [ask]."""
    with pytest.raises(LessonError) as caught:
        lesson('swing = { part = "air.temperature", values = ["20", "30"], period = "1 s" }')
    assert '"air.temperature=swing" = "…"' in str(caught.value.next_step)


def test_a_step_that_types_is_judged_from_its_begin():
    """Programs answer at once; a settle time that is written counts all the same."""
    lesson('type = ["a"]\nexpect-text = [{ contains = "b" }]', delay="150 ms")
    with pytest.raises(LessonError):
        lesson('type = ["a"]\nsettle = "300 ms"\nexpect-text = [{ contains = "b" }]', delay="150 ms")
