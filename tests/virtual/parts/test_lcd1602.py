"""The LCD1602: eight wires out of a bus, four bits at a time, and what the display makes of them."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from lovhe.virtual.surroundings.parts.hd44780_letters import letter

from tests.virtual.parts.i2c_bench import BUS, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

RS, READ, E, LIGHT = 1, 2, 4, 8
BLANK = " " * 16


class Lcd(I2cBench):
    """A display with the drivers' usual steps: nibbles, bytes, the start by instruction."""

    def __init__(self, name: str = "lcd1602", started: bool = True) -> None:
        super().__init__(name, 0x27, {"VCC": "5V"})
        if started:
            self.start()

    def nibble(self, bits: int, rs: int = 0) -> None:
        """Four bits, taken when E falls."""
        self.write(bits << 4 | rs | LIGHT | E, bits << 4 | rs | LIGHT)
        self.later(0.2)

    def byte(self, byte: int, rs: int = 0) -> None:
        """An instruction, or data with `rs`."""
        self.nibble(byte >> 4, rs)
        self.nibble(byte & 0xF, rs)

    def start(self) -> None:
        """Whatever state it is in: eight bits three times, then four. Source: HD44780U, figure 24."""
        for bits in (3, 3, 3, 2):
            self.nibble(bits)
            self.later(5)
        for instruction in (0x28, 0x0C, 0x06, 0x01):
            self.byte(instruction)
        self.later(2)

    def print(self, text: str | bytes) -> None:
        """Letters by their codes."""
        for code in text.encode("latin-1") if isinstance(text, str) else text:
            self.byte(code, RS)

    def take(self, rs: int = 0) -> int:
        """A byte that the display gives, with its data wires let go."""
        halves = []
        for _ in range(2):
            self.write(0xF0 | rs | READ | LIGHT, 0xF0 | rs | READ | LIGHT | E)
            halves.append(self.read(1)[0] >> 4)
            self.write(0xF0 | rs | READ | LIGHT)
        return halves[0] << 4 | halves[1]

    @property
    def lines(self) -> list[str]:
        """What is seen."""
        found: list[str] = self.state()["lines"]
        return found


def test_text_begins_at_the_top_left() -> None:
    """Letters go to the right; address 0x40 is the second line."""
    lcd = Lcd()
    lcd.print("Salam")
    lcd.byte(0x80 | 0x40)
    lcd.print("23.5 \xdfC")
    assert lcd.lines == ["Salam           ", "23.5 °C         "]


def test_display_that_nobody_set_up_shows_blocks() -> None:
    """Fed but not started, a real module shows dark blocks in its first line, with the light on."""
    lcd = Lcd(started=False)
    assert lcd.state()["on"] is True
    assert lcd.lines == ["█" * 16, BLANK]


def test_backlight_is_one_wire() -> None:
    """P3 switches the light; the letters stay."""
    lcd = Lcd()
    lcd.print("A")
    lcd.write(0)
    assert lcd.state()["on"] is False
    assert lcd.lines[0].rstrip() == "A"
    lcd.write(LIGHT)
    assert lcd.state()["on"] is True


def test_start_by_instruction_works_from_the_middle_of_a_byte() -> None:
    """A program that was stopped after half a byte is followed by one that starts anew: the text is right."""
    lcd = Lcd()
    lcd.print("old")
    lcd.nibble(4, RS)
    lcd.start()
    lcd.print("new")
    assert lcd.lines == ["new             ", BLANK]


def test_four_bits_are_needed_before_bytes_make_sense() -> None:
    """Without the start in four bits each nibble is an instruction by itself, and no text appears."""
    lcd = Lcd(started=False)
    lcd.print("Salam")
    assert "Salam" not in lcd.lines[0]


def test_nothing_happens_until_e_falls() -> None:
    """Bytes without a falling E, and E rising, leave the display as it was."""
    lcd = Lcd()
    lcd.write(0x40 | RS | LIGHT)
    lcd.write(0x40 | RS | LIGHT | E)
    lcd.write(0x40 | RS | LIGHT | E)
    assert lcd.lines == [BLANK, BLANK]
    lcd.write(0x40 | RS | LIGHT)
    lcd.nibble(1, RS)
    assert lcd.lines[0].rstrip() == "A"


def test_letters_sent_while_it_clears_are_lost() -> None:
    """Clear takes 1.52 ms: a program that does not wait loses what it writes meanwhile, and only that."""
    lcd = Lcd()
    lcd.byte(0x01)
    lcd.now_us -= 200
    for code in b"ABC":
        lcd.write(*(bits for half in (code & 0xF0, code << 4 & 0xF0) for bits in (half | RS | LIGHT | E, half | RS | LIGHT)))
        lcd.later(1)
    assert lcd.lines[0].rstrip() == "C"


def test_memory_is_longer_than_the_glass() -> None:
    """A line has 40 letters, then the other line begins."""
    lcd = Lcd()
    lcd.print("a" * 16 + "b" * 24 + "c" * 40 + "d")
    assert lcd.lines == ["d" + "a" * 15, "c" * 16]


def test_display_shifts_over_its_memory() -> None:
    """0x18 moves all letters to the left, 0x1C back; home undoes it. Letters that leave come round."""
    lcd = Lcd()
    lcd.print("abcdefghijklmnopqrst")
    lcd.byte(0x18)
    lcd.byte(0x18)
    assert lcd.lines[0] == "cdefghijklmnopqr"
    lcd.byte(0x1C)
    assert lcd.lines[0] == "bcdefghijklmnopq"
    for _ in range(2):
        lcd.byte(0x1C)
    assert lcd.lines[0] == " abcdefghijklmno"
    lcd.byte(0x02)
    lcd.later(2)
    assert lcd.lines[0] == "abcdefghijklmnop"


def test_entry_mode_to_the_left_and_with_shift() -> None:
    """0x04 writes from right to left; 0x07 moves the display with each letter, so that the text runs."""
    lcd = Lcd()
    lcd.byte(0x80 | 2)
    lcd.byte(0x04)
    lcd.print("abc")
    assert lcd.lines[0].rstrip() == "cba"
    lcd = Lcd()
    lcd.byte(0x80 | 16)
    lcd.byte(0x07)
    lcd.print("xyz")
    assert lcd.lines[0] == " " * 13 + "xyz"


def test_cursor_moves_without_writing() -> None:
    """0x14 and 0x10 move it to the right and to the left."""
    lcd = Lcd()
    lcd.byte(0x14)
    lcd.byte(0x14)
    lcd.byte(0x10)
    lcd.print("x")
    assert lcd.lines[0].rstrip() == " x"


def test_switched_off_display_keeps_its_text() -> None:
    """0x08 shows nothing, 0x0C the same as before."""
    lcd = Lcd()
    lcd.print("here")
    lcd.byte(0x08)
    assert lcd.lines == [BLANK, BLANK]
    lcd.byte(0x0C)
    assert lcd.lines[0].rstrip() == "here"


def test_one_line_mode_leaves_the_second_line_empty() -> None:
    """Function set 0x20 instead of 0x28."""
    lcd = Lcd()
    lcd.print("one")
    lcd.byte(0x80 | 0x40)
    lcd.print("two")
    lcd.byte(0x20)
    assert lcd.lines[1] == BLANK


def test_own_characters_are_shown_by_their_number() -> None:
    """Eight rows of five dots a character; an empty one is a space, a full one a block; codes 8 to 15 are 0 to 7 again."""
    lcd = Lcd()
    lcd.byte(0x40)
    for rows in ([0, 10, 31, 31, 14, 4, 0, 0], [0] * 8, [31] * 8):
        lcd.print(bytes(rows))
    lcd.byte(0x80)
    lcd.print(bytes([0, 1, 2, 8]))
    assert lcd.lines[0] == "⓪ █⓪" + " " * 12


def test_letters_that_our_driver_draws_are_known_again() -> None:
    """What the driver on the board draws with its eight rows is shown as that letter; the tables of both sides agree."""
    loader = spec_from_file_location("letters", Path(__file__).parents[3] / "firmware/lib/lovhe/drivers/letters.py")
    assert loader is not None
    assert loader.loader is not None
    letters = module_from_spec(loader)
    loader.loader.exec_module(letters)
    drawn = "".join(chr(code) for code in range(0x80, 0x500) if letters.drawing(chr(code)) is not None)
    assert set("əƏğĞıİşŞЖжяЯ") <= set(drawn)
    for one in drawn:
        assert letter(3, bytes(24) + bytes(letters.drawing(one)) + bytes(32)) == one


def test_letters_are_those_of_the_rom() -> None:
    """Where the ROM differs from ASCII, and above it: yen, arrows, katakana, some Greek. Source: table 4, code A00."""
    lcd = Lcd()
    lcd.print(b"A\\~\x7f\xb1\xe0\xe4\xf4\xf7\xfd\xff\x80\xdf")
    assert lcd.lines[0] == "A¥→←ｱαμΩπ÷█ °   "


def test_bus_reads_give_back_the_pins() -> None:
    """A read gives the byte that was written; after power-on all pins are let go, and the display answers on four of them."""
    lcd = Lcd(started=False)
    assert lcd.read(1)[0] & 0x0F == 0x0F
    lcd.write(0x58)
    assert lcd.read(2) == b"\x58\x58"


def test_busy_flag_address_and_data_can_be_read() -> None:
    """With R/W high the display answers on the data wires: bit 7 while it clears, the address, and what is in its memory."""
    lcd = Lcd()
    lcd.print("Hi")
    assert lcd.take() == 2
    lcd.byte(0x80)
    assert (lcd.take(RS), lcd.take(RS)) == (ord("H"), ord("i"))
    lcd.byte(0x01)
    assert lcd.take() & 0x80
    lcd.later(2)
    assert lcd.take() == 0


def test_display_of_four_lines() -> None:
    """Lines 2 and 3 go on where 0 and 1 end, at 0x14 and 0x54."""
    lcd = Lcd("lcd2004")
    for address, text in ((0x00, "first"), (0x40, "second"), (0x14, "third"), (0x54, "fourth")):
        lcd.byte(0x80 | address)
        lcd.print(text)
    assert [line.rstrip() for line in lcd.lines] == ["first", "second", "third", "fourth"]
    assert {len(line) for line in lcd.lines} == {20}


GUEST = """
from machine import I2C, Pin
import time
i2c = I2C(0, scl=Pin(22), sda=Pin(21), freq=100000)
def nibble(bits, rs):
    i2c.writeto(0x27, bytes((bits << 4 | rs | 8 | 4, bits << 4 | rs | 8)))
def byte(value, rs=0):
    nibble(value >> 4, rs)
    nibble(value & 15, rs)
for bits in (3, 3, 3, 2):
    nibble(bits, 0)
    time.sleep_ms(5)
for value in (0x28, 0x0C, 6, 1):
    byte(value)
time.sleep_ms(2)
for code in b"Salam, 9-cu sinif":
    byte(code, 1)
print("written")
"""


@pytest.mark.parametrize("name", ["lcd1602", "lcd2004"])
def test_program_on_the_board_writes_text(tmp_path: Path, name: str) -> None:
    """A program that knows nothing but the data sheet puts its text on the glass."""
    world = world_of(placed("it", name, BUS | {"VCC": "5V"}))
    assert run_wired(tmp_path, world, GUEST).strip() == "written"
    assert world.snapshot()["parts"]["it"]["lines"][0] == "Salam, 9-cu sinif".ljust(20)[: 16 if name == "lcd1602" else 20]
