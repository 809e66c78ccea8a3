"""Keypad and servo, on fake wires."""

from __future__ import annotations

import pytest

# A 4×4 matrix: a key joins its row and column; a row pulls low or lets go.
MATRIX = """
ROWS, COLUMNS = (13, 12, 14, 27), (26, 25, 33, 32)
down = set()
def sense(column):
    return lambda: 0 if any(c == column and Pin.outs[r] == 0 for r, c in down) else 1
for column in COLUMNS:
    Pin.senses[column] = sense(column)
from lovhe.drivers.keypad import Keypad
pad = Keypad(ROWS, COLUMNS)
"""


def test_every_key_has_its_name(drive):
    """All sixteen, and None without one; rows are never driven high, columns are pulled up."""
    script = """
tell(pad.key())
names = ""
for row in ROWS:
    for column in COLUMNS:
        down.clear()
        down.add((row, column))
        names += pad.key()
tell(names)
tell([Pin.modes[n][0] for n in ROWS], [Pin.modes[n] for n in COLUMNS], [Pin.outs[n] for n in ROWS])
"""
    nothing, names, (rows, columns, left) = drive(MATRIX + script)
    assert nothing is None
    assert names == "123A456B789C*0#D"
    assert rows == [7] * 4
    assert columns == [[1, 2]] * 4
    assert left == [1] * 4


def test_a_bouncing_key_counts_once(drive):
    """A key that is held from before does not count; one that chatters as it goes down counts once."""
    script = """
down.add((13, 26))
class Timer:
    def __init__(self, ms, key, pressed):
        self.next_us = fake_time.now_us + 1000 * ms
        self.what = key, pressed
    def fire(self):
        self.next_us = None
        (down.add if self.what[1] else down.discard)(self.what[0])
one, eight, nought = (13, 26), (14, 25), (27, 25)
for ms, key, pressed in ((100, one, 0), (200, eight, 1), (203, eight, 0), (207, eight, 1), (400, eight, 0), (600, nought, 1)):
    fake_time.timers.append(Timer(ms, key, pressed))
begun = fake_time.now_us
tell(pad.wait_key(), fake_time.now_us - begun)
tell(pad.wait_key(), fake_time.now_us - begun)
"""
    (first, first_us), (second, second_us) = drive(MATRIX + script)
    assert (first, second) == ("8", "0")
    assert 220_000 <= first_us < 280_000
    assert 620_000 <= second_us < 680_000


def test_other_keypads(drive):
    """Names and shape can be given; too few names are refused."""
    script = """
small = Keypad(ROWS, COLUMNS[:3], "123456789*0#")
down.add((27, 33))
tell(small.key())
try:
    Keypad(ROWS, COLUMNS, "123")
except ValueError as e:
    tell(str(e))
"""
    assert drive(MATRIX + script) == ["#", "keypad has more keys than names for them"]


@pytest.mark.parametrize(("degrees", "us"), [(0, 500), (90, 1450), (180, 2400), (45.5, 980)])
def test_an_angle_is_a_pulse(drive, degrees, us):
    """0.5 to 2.4 ms, 50 times a second; no pulse before the first angle and after `off`."""
    script = f"""
from lovhe.drivers.servo import Servo
servo = Servo(Pin(13))
tell(PWM.last.set)
servo.angle({degrees})
tell(PWM.last.set)
servo.off()
tell(PWM.last.set)
"""
    before, turned, after = drive(script)
    assert before == after == [50, 0]
    assert turned == [50, pytest.approx(us * 1000, abs=1000)]


def test_another_make_of_servo_and_wrong_angles(drive):
    """The pulses for both ends can be given; an angle outside is refused before anything moves."""
    script = """
from lovhe.drivers.servo import Servo
servo = Servo(13, shortest_us=1000, longest_us=2000)
servo.angle(180)
for wrong in (-1, 181):
    try:
        servo.angle(wrong)
    except ValueError as e:
        tell(str(e))
tell(PWM.last.set)
"""
    assert drive(script) == ["angle must be from 0 to 180"] * 2 + [[50, 2_000_000]]
