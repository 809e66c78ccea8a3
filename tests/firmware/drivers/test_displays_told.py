"""Under trace the display drivers tell what they show: on a virtual board, with the displays' own models."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

if find_spec("micropython_run") is None:
    pytest.skip("virtual boards need MicroPython, which has no wheel for this system", allow_module_level=True)

from tests.virtual.wired_harness import placed

from .test_on_virtual_board import BUS, I2C, run, whole

LCD = f"{I2C}import time\nfrom lovhe.drivers.lcd1602 import Lcd1602\ns = Lcd1602(i2c)\n"
OLED = f"{I2C}import time\nfrom lovhe.drivers.ssd1306 import Ssd1306\ns = Ssd1306(i2c)\n"
DIGITS = "import time\nfrom lovhe.drivers.tm1637 import Tm1637\ns = Tm1637(18, 19)\n"
LETTERS = placed("screen", "lcd1602", BUS | {"VCC": "5V"})
PICTURE = placed("screen", "ssd1306", BUS)
FOUR = placed("screen", "tm1637", {"CLK": "IO18", "DIO": "IO19"})


def texts(ran):
    """What the display was told to have shown, in order."""
    return [text for _, _, text in whole(ran).args("draw")]


def test_rows_written_one_after_another_are_one_text(tmp_path):
    """Cleared, then written row by row: nobody sees the pieces; each text has the time at which it stood there."""
    turn = "s.clear(); s.write('Temp:', 0); s.write(t, 0, 6); s.write('Bakı ğ°', 1); time.sleep(1)"
    source = f"{LCD}for t in (22.5, 23):\n    {turn}\n"
    ran = run(tmp_path, source, LETTERS)
    assert ran.args("draw") == [["i2c", 0x27, "Temp: 22.5\nBakı ğ°"], ["i2c", 0x27, "Temp: 23\nBakı ğ°"]]
    first, second = [event.t_ms for event in ran.events if event.kind == "draw"]
    assert 1000 <= second - first < 1100


def test_what_is_told_is_what_the_display_has(tmp_path):
    """The rows as the model of the display holds them, at the very end of a program."""
    ran = run(tmp_path, f"{LCD}s.write('one\\ntwo')\ntime.sleep(1)\ns.write('t', 1, 2)\n", LETTERS)
    assert texts(ran)[-1] == "one\ntwt"
    assert [row.rstrip() for row in ran.states["screen"]["lines"]] == ["one", "twt"]


def test_a_display_that_never_stands_still_does_not_flood_the_line(tmp_path):
    """A program without a pause: its fullest text comes a few times a second, and nothing is lost."""
    ran = run(
        tmp_path,
        f"{LCD}t = time.ticks_ms()\nwhile time.ticks_diff(time.ticks_ms(), t) < 2000:\n    s.clear()\n    s.write('hello')\n",
        LETTERS,
    )
    assert "hello" in texts(ran)
    assert len(texts(ran)) <= 25
    assert ran.args("lost") == []


def test_an_empty_display_is_told(tmp_path):
    """When it has been empty for a while."""
    assert texts(run(tmp_path, f"{LCD}s.write('hello')\ntime.sleep(1)\ns.clear()\ntime.sleep(1)\n", LETTERS)) == ["hello", ""]


@pytest.mark.parametrize(
    ("value", "text"),
    [("7", "7"), ("-12", "-12"), ("23.5", "23.5"), ("'12:34'", "12:34"), ("12345", "----"), ("'Salam'", "SALA"), ("'aXb'", "a b")],
)
def test_four_digits_are_told(tmp_path, value, text):
    """By the pin of CLK: a number or a text as far as it fits, and nothing for a letter that the digits lack."""
    ran = run(tmp_path, f"{DIGITS}s.show({value})\ntime.sleep(1)\n", FOUR)
    assert whole(ran).args("draw")[-1][:2] == ["pin", 18]
    assert texts(ran)[-1].upper() == text.upper()


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        ("s.text('T: 23 C', 0, 0)\ns.text('Şəki', 8, 20)", "T: 23 C\nŞəki"),
        ("s.text('T:', 0, 0)\ns.text('23', 16, 0)\ns.text('C', 48, 0)", "T:23 C"),
        ("s.text('23', 0, 0)\ns.text('24', 0, 0)", "2▒"),
        ("s.text('23', 0, 0)\ns.text('24', 3, 2)", "▒▒\n▒▒"),
        ("s.text('23', 0, 0)\ns.text('23', 0, 0, 0)\ns.text('24', 0, 0)", "24"),
        ("s.text('23', 0, 0)\ns.fill(0)\ns.text('24', 0, 0)", "24"),
        ("s.text('T: 23', 0, 0)\ns.fill_rect(24, 0, 16, 8, 0)\ns.text('24', 24, 0)", "T: 24"),
        ("s.text('T: 23', 0, 0)\ns.rect(24, 0, 16, 8, 0, True)\ns.rect(0, 0, 99, 50, 1)", "T:"),
        ("s.fill(1)\ns.text('dark', 0, 0, 0)", "dark"),
        ("s.text('out of sight', 64, 0)\ns.text('below', 0, 60)", "out of s"),
    ],
)
def test_the_texts_of_a_picture_are_told(tmp_path, drawing, text):
    """Row by row, as far as one can read them."""
    assert texts(run(tmp_path, f"{OLED}{drawing}\ns.show()\ntime.sleep(1)\n", PICTURE))[-1] == text


def test_a_picture_is_told_when_it_is_shown(tmp_path):
    """What was drawn and not shown is nowhere to be seen."""
    assert texts(run(tmp_path, f"{OLED}s.text('hello', 0, 0)\ntime.sleep(1)\n", PICTURE)) == [""]


@pytest.mark.parametrize(
    "line",
    [
        "import lovhe.drivers.lcd1602 as l",
        "from lovhe.drivers import lcd1602 as l",
        "import machine, lovhe.drivers.lcd1602\nl = lovhe.drivers.lcd1602",
    ],
)
def test_the_driver_can_be_imported_in_every_way(tmp_path, line):
    """Whatever the import looks like; and beside PWM, which holds things back too."""
    source = f"{I2C}from machine import PWM\nimport time\n{line}\ns = l.Lcd1602(i2c)\nPWM(Pin(5), freq=50)\ns.write('hi')\ntime.sleep(1)\n"
    ran = run(tmp_path, source, LETTERS)
    assert texts(ran) == ["hi"]
    assert ran.args("pwm") != []


def test_text_written_just_before_the_board_sleeps_is_told(tmp_path):
    """The program ends there by its own call."""
    source = f"{LCD}import machine\ns.write('good night')\nmachine.deepsleep(1000)\n"
    ran = run(tmp_path, source, LETTERS)
    assert ["i2c", 0x27, "good night"] in ran.args("draw")
