"""The SSD1306's commands, how pictures come into its memory, and what the glass shows of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.virtual.parts.i2c_bench import BUS, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

UPRIGHT = [0xA1, 0xC8]
LIT = [0x8D, 0x14, 0xAF]


def display(name: str = "ssd1306", *setup: int) -> I2cBench:
    """A display that is set up, empty and lit; `setup` comes after the usual commands."""
    bench = I2cBench(name, 0x3C)
    lines, pins = (31, 0x02) if "32" in name else (63, 0x12)
    command(bench, 0x20, 0, *UPRIGHT, 0xA8, lines, 0xDA, pins, *LIT)
    data(bench, bytes(1024))
    command(bench, 0x21, 0, 127, 0x22, 0, 7, *setup)
    return bench


def command(bench: I2cBench, *commands: int) -> None:
    """Commands in one transfer."""
    bench.write(0x00, *commands)


def data(bench: I2cBench, dots: bytes) -> None:
    """Data in one transfer."""
    bench.write(0x40, *dots)


def lit_dots(bench: I2cBench) -> set[tuple[int, int]]:
    """Column and line of each lit dot, from the top left."""
    bitmap: dict[str, Any] = bench.state()["bitmap"]
    rows = [f"{int(row, 16):0{bitmap['width']}b}" for row in bitmap["rows"]]
    assert {len(row) for row in rows} == {bitmap["width"]}
    assert len(rows) == bitmap["height"]
    return {(x, y) for y, row in enumerate(rows) for x, dot in enumerate(row) if dot == "1"}


@pytest.mark.parametrize(("name", "height"), [("ssd1306", 64), ("ssd1306-128x32", 32)])
def test_bit_0_of_the_first_byte_is_the_top_left_dot(name: str, height: int) -> None:
    """In the usual setting a byte is eight dots downwards, then the next column, then the next eight lines."""
    bench = display(name)
    data(bench, b"\x81\x02" + bytes(126) + b"\x01")
    assert lit_dots(bench) == {(0, 0), (0, 7), (1, 1), (0, 8)}
    assert bench.state()["bitmap"]["height"] == height


def test_dark_without_the_charge_pump_or_with_the_display_off() -> None:
    """The module has no other source of high voltage: without 8Dh 14h nothing is seen, nor after AEh."""
    bench = I2cBench("ssd1306", 0x3C)
    assert bench.state()["on"] is False
    command(bench, 0xAF)
    assert bench.state()["on"] is False
    assert lit_dots(bench) == set()
    command(bench, 0x8D, 0x14)
    assert bench.state()["on"] is True
    assert bench.read(1) == b"\0"
    command(bench, 0xAE)
    assert bench.state()["on"] is False
    assert lit_dots(bench) == set()
    assert bench.read(1) == b"\x40"


def test_memory_holds_chance_until_it_is_written() -> None:
    """A program that switches the display on without clearing it sees snow, the same in every run."""
    snow = []
    for _ in range(2):
        bench = I2cBench("ssd1306", 0x3C)
        command(bench, *LIT)
        snow.append(lit_dots(bench))
    assert snow[0] == snow[1]
    assert 3000 < len(snow[0]) < 5000


def test_picture_stays_while_the_display_is_off() -> None:
    """Off and on again shows what was there."""
    bench = display()
    data(bench, b"\xff")
    command(bench, 0xAE)
    command(bench, 0xAF)
    assert len(lit_dots(bench)) == 8


def test_control_bytes_may_come_before_every_byte() -> None:
    """With the continuation bit each byte has a control byte of its own; commands may be split over transfers."""
    bench = display()
    bench.write(0x80, 0x21)
    bench.write(0x80, 5, 0x80, 6)
    bench.write(0x80, 0x22, 0x80, 2, 0x80, 2, 0xC0, 0x01, 0x40, 0x01, 0x02)
    assert lit_dots(bench) == {(6, 16), (5, 17)}


def test_horizontal_addressing_wraps_in_its_window() -> None:
    """Columns 126 to 127 of pages 1 to 2: the fifth byte comes back to the begin."""
    bench = display("ssd1306", 0x21, 126, 127, 0x22, 1, 2)
    data(bench, b"\x01\x02\x04\x08\x10")
    assert lit_dots(bench) == {(126, 8 + 4), (127, 8 + 1), (126, 16 + 2), (127, 16 + 3)}


def test_vertical_addressing_goes_down_first() -> None:
    """In mode 1 the page counts before the column."""
    bench = display("ssd1306", 0x20, 1, 0x21, 10, 11, 0x22, 0, 1)
    data(bench, b"\x01\x01\x80")
    assert lit_dots(bench) == {(10, 0), (10, 8), (11, 7)}


def test_page_addressing_stays_in_its_page() -> None:
    """In mode 2 B0h chooses the page, 00h and 10h the column, and after column 127 it begins there again."""
    bench = display("ssd1306", 0x20, 2, 0xB3, 0x0E, 0x17)
    data(bench, b"\x01\x02\x04")
    assert lit_dots(bench) == {(126, 26), (127, 25)}


def test_all_lit_and_inverted() -> None:
    """A5h lights all dots, A7h turns them round, A4h and A6h undo that; the memory does not change."""
    bench = display()
    data(bench, b"\x01")
    command(bench, 0xA5)
    assert len(lit_dots(bench)) == 128 * 64
    command(bench, 0xA4, 0xA7)
    assert len(lit_dots(bench)) == 128 * 64 - 1
    assert (0, 0) not in lit_dots(bench)
    command(bench, 0xA6)
    assert lit_dots(bench) == {(0, 0)}


def test_contrast_is_the_brightness() -> None:
    """81h FFh is full, 81h 00h nearly nothing; off is 0."""
    bench = display("ssd1306", 0x81, 0xFF)
    assert bench.state()["brightness_percent"] == 100.0
    command(bench, 0x81, 51)
    assert bench.state()["brightness_percent"] == 20.0
    command(bench, 0xAE)
    assert bench.state()["brightness_percent"] == 0.0


def test_segment_remap_holds_for_what_comes_after() -> None:
    """A0h mirrors bytes written from now on, not those that are there. Source: section 10.1.8."""
    bench = display()
    data(bench, b"\x01")
    command(bench, 0xA0, 0x21, 3, 127)
    data(bench, b"\x02")
    assert lit_dots(bench) == {(0, 0), (124, 1)}


@pytest.mark.parametrize(("name", "height"), [("ssd1306", 64), ("ssd1306-128x32", 32)])
def test_reversed_scan_turns_the_picture_upside_down(name: str, height: int) -> None:
    """C0h instead of C8h shows line 0 at the bottom, at once."""
    bench = display(name)
    data(bench, b"\x01\x02")
    command(bench, 0xC0)
    assert lit_dots(bench) == {(0, height - 1), (1, height - 2)}


def test_start_line_and_offset_scroll_the_picture() -> None:
    """40h + n shows line n of the memory at the top; D3h moves all lines round."""
    bench = display("ssd1306", 0x40 + 10)
    data(bench, b"\x01")
    assert lit_dots(bench) == {(0, 54)}
    command(bench, 0x40, 0xD3, 8)
    assert lit_dots(bench) == {(0, 56)}, "row 8 is at the top. Source: table 10-2, the columns with remapped COM"


def test_program_for_32_lines_on_a_glass_of_64_is_stretched() -> None:
    """Its 32 lines come out at every second line of the glass, as on a real module; the other lines stay dark."""
    bench = display("ssd1306", 0xA8, 31, 0xDA, 0x02)
    data(bench, b"\xff")
    lit = lit_dots(bench)
    assert {x for x, _ in lit} == {0}
    assert sorted(y for _, y in lit) == list(range(1, 17, 2))
    command(bench, 0xA5)
    assert len(lit_dots(bench)) == 128 * 32


def test_program_for_64_lines_on_a_glass_of_32_misses_every_second_one() -> None:
    """The lines meant for the other half of the outputs go nowhere."""
    bench = display("ssd1306-128x32", 0xA8, 63, 0xDA, 0x12)
    data(bench, b"\xff" * 128 + b"\0" * 896)
    assert len({y for _, y in lit_dots(bench)}) == 4


@pytest.mark.parametrize(("chosen", "step"), [(0x26, 1), (0x27, -1)])
def test_controller_scrolls_by_itself(chosen: int, step: int) -> None:
    """26h moves pages 0 to 1 to the right, 27h to the left, a column every 5 frames, until 2Eh; the other pages stay."""
    bench = display()
    data(bench, bytes(60) + b"\x01" + bytes(127) + b"\x01" + bytes(127) + b"\x01")
    command(bench, chosen, 0, 0, 0, 1, 0, 0xFF)
    bench.later(500)
    assert lit_dots(bench) == {(60, 0), (60, 8), (60, 16)}
    command(bench, 0x2F)
    bench.later(10 * 46.8)
    moved = 60 + 10 * step
    assert lit_dots(bench) == {(moved, 0), (moved, 8), (60, 16)}
    command(bench, 0x2E)
    bench.later(10_000)
    assert lit_dots(bench) == {(moved, 0), (moved, 8), (60, 16)}


def test_scrolled_picture_comes_round() -> None:
    """After 128 steps everything is where it was."""
    bench = display("ssd1306", 0x26, 0, 0, 7, 7, 0, 0xFF, 0x2F)
    data(bench, bytes(7 * 128 + 5) + b"\x01" + bytes(122))
    bench.later(64 * 2 * 9.34 + 1)
    assert lit_dots(bench) == {(69, 56)}
    bench.later(64 * 2 * 9.34)
    assert lit_dots(bench) == {(5, 56)}


def test_arguments_of_commands_that_are_not_carried_out_are_no_commands() -> None:
    """The AEh among the arguments of a scroll command does not switch the display off."""
    bench = display("ssd1306", 0x26, 0x00, 0xAE, 0xAE, 0xAE, 0x00, 0xAE, 0xA3, 0xAE, 0xAE, 0xD5, 0xAE, 0xD9, 0xAE, 0xDB, 0xAE)
    assert bench.state()["on"] is True


def test_any_bytes_leave_a_display_that_can_be_set_up() -> None:
    """All pointers stay inside the memory, whatever a program sends."""
    bench = display()
    for seed in range(200):
        noise = bytes((seed * 37 + place * place * 11 + place * seed) & 0xFF for place in range(60))
        bench.ask(noise)
        bench.state()
    bench.write(0x00, 0xE3, 0xE3, 0xE3, 0xE3, 0xE3, 0xE3, 0x20, 0, *UPRIGHT, 0xA8, 63, 0xDA, 0x12, 0xD3, 0, 0x40, 0xA4, 0xA6, *LIT)
    command(bench, 0x21, 0, 127, 0x22, 0, 7)
    data(bench, b"\x01" + bytes(1023))
    assert lit_dots(bench) == {(0, 0)}


GUEST = """
from machine import I2C, Pin
import framebuf
i2c = I2C(0, scl=Pin(22), sda=Pin(21), freq=400000)
for c in (0xAE, 0x20, 0, 0x40, 0xA1, 0xA8, 63, 0xC8, 0xD3, 0, 0xDA, 0x12, 0x8D, 0x14, 0xA4, 0xA6, 0xAF):
    i2c.writeto(0x3C, bytes((0x80, c)))
buffer = bytearray(1024)
screen = framebuf.FrameBuffer(buffer, 128, 64, framebuf.MONO_VLSB)
screen.rect(0, 0, 128, 64, 1)
screen.pixel(64, 32, 1)
i2c.writevto(0x3C, (b"\\x40", buffer))
print("shown")
"""


def test_program_on_the_board_draws_a_frame(tmp_path: Path) -> None:
    """A whole picture in one transfer, drawn with framebuf, is what the glass shows."""
    world = world_of(placed("it", "ssd1306", BUS))
    assert run_wired(tmp_path, world, GUEST).strip() == "shown"
    rows = [int(row, 16) for row in world.snapshot()["parts"]["it"]["bitmap"]["rows"]]
    edge, side, dot = (1 << 128) - 1, 1 << 127 | 1, 1 << 127 - 64
    assert rows == [edge, *[side] * 31, side | dot, *[side] * 30, edge]
