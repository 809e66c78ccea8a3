"""LCD1602, TM1637 and SSD1306: what arrives at the chip, decoded as its datasheet says, on fake wires."""

from __future__ import annotations

import pytest

# An HD44780 behind a PCF8574. Source: HD44780U ADE-207-272(Z), table 6 and figure 24; E's falling edge takes the nibble.
LCD = """
class Lcd:
    def __init__(self):
        self.dots = bytearray(64)
        self.text = bytearray(b"?" * 128)
        self.e = self.wide = 1
        self.half = None
        self.at = 0
        self.on = self.light = False

    def write(self, data):
        for byte in data:
            self.light = bool(byte & 8)
            if self.e and not byte & 4:
                self.take(byte >> 4, byte & 1)
            self.e = byte & 4

    def take(self, nibble, text):
        if self.wide:
            self.obey(nibble << 4)
        elif self.half is None:
            self.half = nibble
        else:
            whole = self.half << 4 | nibble
            self.half = None
            (self.put if text else self.obey)(whole)

    def put(self, byte):
        if self.at >= 128:
            self.dots[self.at - 128] = byte
        else:
            self.text[self.at] = byte
        self.at += 1

    def obey(self, command):
        if command & 0x80:
            self.at = command & 0x7F
        elif command & 0x40:
            self.at = 128 + (command & 0x3F)
        elif command & 0x20:
            self.wide = command & 0x10
            assert self.wide or command in (0x20, 0x28)
        elif command & 8:
            self.on = bool(command & 4)
        elif command == 1:
            self.text[:] = b" " * 128

    def row(self, n):
        return list(self.text[64 * n : 64 * n + 16])

    def drawn(self, code):
        return list(self.dots[8 * code : 8 * code + 8])

from lovhe.drivers.lcd1602 import Lcd1602
glass = Lcd()
lcd = Lcd1602(I2C({0x3F: glass}))
"""


def ascii_row(text: str) -> list[int]:
    """A row of the display that holds this text."""
    return list(text.ljust(16).encode())


def test_text_stands_where_it_was_written(drive):
    """Rows, columns, line ends and numbers; the rest of a row is cleared, what is too long is cut."""
    script = """
lcd.write("Temperatur 23.5 C and more")
lcd.write(7, 1, 3)
tell(glass.on, glass.light, glass.row(0), glass.row(1))
lcd.write("ab\\ncd\\nef")
lcd.backlight(False)
tell(glass.on, glass.light, glass.row(0), glass.row(1))
lcd.write("x", 0, 1)
lcd.clear()
lcd.write("!", 0, 1)
tell(glass.row(0), glass.row(1))
"""
    first, second, third = drive(LCD + script)
    assert first == [True, True, ascii_row("Temperatur 23.5 "), ascii_row("   7")]
    assert second == [True, False, ascii_row("ab"), ascii_row("cd")]
    assert third == [ascii_row(" !"), ascii_row("")]


def test_letters_the_display_lacks_are_drawn(drive):
    """Azerbaijani letters get places of their own, the same letter one place; what the ROM has needs none."""
    first, _, e, gh = drive(LCD + 'lcd.write("ağrı, Əşşə ö°")\ntell(glass.row(0))\ntell(1)\ntell(glass.drawn(4))\ntell(glass.drawn(0))\n')
    assert first[:13] == [ord("a"), 0, ord("r"), 1, ord(","), 32, 2, 3, 3, 4, 32, 0xEF, 0xDF]
    assert e == [0, 0, 0b01110, 0b00001, 0b11111, 0b10001, 0b01110, 0]
    assert gh[:3] == [0b01010, 0b00100, 0b01111]


def test_cyrillic_letters_that_look_latin_need_no_drawing(drive):
    """Температура: only м, п and т are drawn."""
    row, count = drive(LCD + 'lcd.write("Температура")\ntell(glass.row(0))\ntell(sum(map(bool, lcd._drawn)))\n')
    assert row[:11] == [ord("T"), ord("e"), 0, 1, ord("e"), ord("p"), ord("a"), 2, ord("y"), ord("p"), ord("a")]
    assert count == 3


def test_the_ninth_letter_is_written_in_latin(drive):
    """Eight can be drawn; then the nearest Latin one stands in, until some of the eight are gone from the display."""
    script = """
lcd.write("бвгджзийлЯ", 0)
tell(glass.row(0)[:10])
lcd.write("бв", 0)
lcd.write("лЯ", 1)
tell(glass.row(0)[:2], glass.row(1)[:2])
"""
    full, after = drive(LCD + script)
    assert full == [0, 1, 2, 3, 4, 5, 6, 7, ord("l"), ord("A")]
    assert after == [[0, 1], [2, 3]]


def test_four_rows_of_twenty(drive):
    """An LCD2004's third and fourth row are the second half of the first two in the chip's memory."""
    script = """
big = Lcd1602(I2C({0x27: glass}), columns=20, rows=4)
big.write("a\\nb\\nc\\nd")
big.write("z", 3, 19)
tell([glass.text[place] for place in (0, 64, 20, 84, 103)])
"""
    assert drive(LCD + script) == [[ord(letter) for letter in "abcdz"]]


def test_a_place_outside_the_display_is_refused(drive):
    """A row or column that does not exist is a ValueError that says which there are."""
    script = """
for place in ((2, 0), (0, 16), (-1, 0)):
    try:
        lcd.write("x", *place)
    except ValueError as e:
        tell(str(e))
"""
    assert drive(LCD + script) == ["row must be from 0 to 1", "column must be from 0 to 15", "row must be from 0 to 1"]


# A TM1637. Source: TM1637 V2.4: start and stop are edges of DIO while CLK is high, bits count at CLK's rise, the ninth is its answer.
TM = """
class Tm:
    def __init__(self):
        self.clk = self.dio = 1
        self.bits = None
        self.frame = []
        self.digits = bytearray(6)
        self.on = None
        self.deaf = False
        self.pulls = False

    def level(self):
        return 0 if self.pulls else self.dio

    def changed(self, gpio, level):
        before = self.level()
        if gpio == 4:
            self.dio = level
            if self.clk and before != self.level():
                self.edge(level)
        elif level != self.clk:
            self.clk = level
            self.clocked(level)

    def edge(self, level):
        if level:
            if self.frame and not self.deaf:
                assert len(self.bits) == 1, "a stop inside a byte"  # the clock before it looks like the first bit of another
                self.obey(self.frame)
            self.bits = None
        else:
            self.bits, self.frame = [], []

    def clocked(self, level):
        if self.bits is None:
            return
        if level and len(self.bits) < 8 and not self.pulls:
            self.bits.append(self.level())
        elif not level and len(self.bits) == 8 and not self.pulls:
            self.pulls = not self.deaf
            self.frame.append(sum(bit << n for n, bit in enumerate(self.bits)))
        elif not level and self.pulls:
            self.pulls = False
            self.bits = []

    def obey(self, frame):
        if frame[0] >> 6 == 3:
            at = frame[0] & 7
            self.digits[at : at + len(frame) - 1] = bytes(frame[1:])
        elif frame[0] >> 6 == 2:
            self.on = frame[0] & 15
        else:
            assert frame == [0x40]

from lovhe.drivers.tm1637 import Tm1637
chip = Tm()
Pin.listeners.append(chip.changed)
Pin.senses[4] = chip.level
"""


@pytest.mark.parametrize(
    ("shown", "digits"),
    [
        ('"12:34"', [0x06, 0x5B | 0x80, 0x4F, 0x66]),
        ("7", [0, 0, 0, 0x07]),
        ("-12", [0, 0x40, 0x06, 0x5B]),
        ("23.5", [0, 0x5B, 0x4F | 0x80, 0x6D]),
        ("23.4567", [0x5B, 0x4F | 0x80, 0x66, 0x6D]),
        ('"23°C"', [0x5B, 0x4F, 0x63, 0x39]),
        ("12345", [0x40] * 4),
        ("-12345.6", [0x40] * 4),
        ('"Salam"', [0x6D, 0x77, 0x38, 0x77]),
        ('""', [0] * 4),
    ],
)
def test_seven_segments(drive, shown, digits):
    """Numbers stand at the right; a point or colon belongs to the digit before it; a number that does not fit is not cut."""
    assert drive(TM + f"Tm1637(5, 4).show({shown})\ntell(list(chip.digits), chip.on)\n") == [[[*digits, 0, 0], 15]]


def test_brightness_of_the_digits(drive):
    """From 0 to 7, without a new text."""
    script = """
d = Tm1637(5, Pin(4))
d.show(42)
d.brightness(2)
tell(list(chip.digits), chip.on)
try:
    d.brightness(8)
except ValueError as e:
    tell(str(e))
"""
    assert drive(TM + script) == [[[0, 0, 0x66, 0x5B, 0, 0], 10], "brightness must be from 0 to 7"]


def test_digits_that_do_not_answer(drive):
    """Nobody pulls DIO low after a byte: the wires are named."""
    script = "chip.deaf = True\ntry:\n    Tm1637(5, 4)\nexcept OSError as e:\n    tell(e.args)\n"
    assert drive(TM + script) == [[19, "TM1637 does not answer: check CLK, DIO, VCC, GND"]]


OLED = """
from lovhe.drivers.ssd1306 import Ssd1306
glass = Told()
oled = Ssd1306(I2C({0x3C: glass}), height=%d)
start = glass.written[:]
del glass.written[:]
"""


@pytest.mark.parametrize(("height", "pages", "pins"), [(64, 8, 0x12), (32, 4, 0x02)])
def test_a_picture_goes_page_by_page(drive_micropython, height, pages, pins):
    """The window is all columns and pages, then 128 bytes a page; a dot is a bit of the byte of its column, the lowest at the top."""
    script = """
oled.pixel(2, 9, 1)
oled.show()
tell([list(w) for w in start], [list(w) for w in glass.written])
"""
    start, written = drive_micropython(OLED % height + script)[0]
    setup = start[0]
    assert setup[0] == 0
    assert setup[setup.index(0xA8) + 1] == height - 1
    assert setup[setup.index(0xDA) + 1] == pins
    assert setup[setup.index(0x8D) + 1] == 0x14
    assert start[-1] == [0, 0xAF]
    assert written[0] == [0, 0x21, 0, 127, 0x22, 0, pages - 1]
    assert [page[0] for page in written[1:]] == [0x40] * pages
    assert [len(page) for page in written[1:]] == [129] * pages
    assert [(n, i, byte) for n, page in enumerate(written[1:]) for i, byte in enumerate(page[1:]) if byte] == [(1, 2, 2)]


def test_letters_framebuf_lacks_are_drawn(drive_micropython):
    """Azerbaijani and Russian letters stand in a text, each 8 dots wide; those that look Latin are Latin."""
    script = """
oled.text("e", 0, 0)
tell([oled.pixel(x, y) for y in range(8) for x in range(8)])
oled.fill(0)
oled.text("еə1", 0, 0)
tell([oled.pixel(x, y) for y in range(8) for x in range(8)])
tell([[oled.pixel(x, y) for x in range(9, 14)] for y in range(8)])
"""
    e, also_e, schwa = drive_micropython(OLED % 64 + script)
    assert e == also_e
    assert any(e)
    assert schwa[2:7] == [[0, 1, 1, 1, 0], [0, 0, 0, 0, 1], [1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [0, 1, 1, 1, 0]]


def test_settings_of_the_picture(drive_micropython):
    """On, off, brightness and inversion are commands of their own; a wrong one is refused."""
    script = """
oled.on(False)
oled.brightness(9)
oled.invert()
oled.invert(False)
tell([list(w) for w in glass.written])
for wrong in (lambda: oled.brightness(256), lambda: Ssd1306(I2C({}), height=48)):
    try:
        wrong()
    except ValueError as e:
        tell(str(e))
try:
    Ssd1306(I2C({}))
except OSError as e:
    tell(e.args)
"""
    assert drive_micropython(OLED % 64 + script) == [
        [[0, 0xAE], [0, 0x81, 9], [0, 0xA7], [0, 0xA6]],
        "brightness must be from 0 to 255",
        "height must be 32 or 64",
        [19, "SSD1306 at 0x3c or 0x3d does not answer: check SDA, SCL, 3V3, GND"],
    ]
