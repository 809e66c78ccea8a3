"""What `lovhe board watch` draws: every state of a part in words, numbers and characters, within the terminal's size."""

from __future__ import annotations

from typing import Any

import pytest
from lovhe.apps.board_view import BoardState, board_lines
from lovhe.apps.part_view import flowed, part_lines
from lovhe.apps.terminal_drawings import FINE, PLAIN, Glyphs, drawn_bar, drawn_bitmap, drawn_gauge, glyphs_for
from rich.text import Text

PIN = {"name": "IO2", "mode": "out", "pull": "none", "level": 1, "pwm": None, "neo": ""}
PICTURE = {"width": 128, "height": 64, "rows": ["f" * 32] * 64}


def shown(state: dict[str, Any], glyphs: Glyphs = FINE, width: int = 80, **around: str) -> str:
    """The lines of one part called "it"."""
    lines = part_lines("it", {"part": "x", "powered": True, **state}, around, 4, width, glyphs)
    assert all(line.cell_len <= width for line in lines)
    return "\n".join(line.plain.rstrip() for line in lines)


def drawn(world: dict[str, Any], width: int = 80, height: int = 24, only: tuple[str, ...] = ()) -> list[str]:
    """The lines of a board."""
    lines = board_lines(BoardState("desk", "esp32", "ready", world), width, height, FINE, only)
    assert len(lines) <= height
    assert all(line.cell_len <= width for line in lines)
    return [line.plain.rstrip() for line in lines]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"on": True, "brightness_percent": 25.0}, "it   lit  ██░░░░░░░░ 25 %"),
        ({"on": False, "brightness_percent": 0.0}, "it   dark  ░░░░░░░░░░ 0 %"),
        ({"on": True, "rgb": "ff8000"}, "it   lit  ██ff8000"),
        ({"on": True}, "it   switched on"),
        ({"on": False, "tone_hz": None}, "it   silent"),
        ({"tone_hz": 440.0}, "it   ♪ sounds 440 Hz"),
        ({"colours": ["ff0000", "ff0000", "000000"]}, "it   ██ff0000×2  ░░000000"),
        ({"angle_deg": 90.0, "target_deg": 90.0}, "it   0° ├───────●───────┤ 180°  90°"),
        ({"angle_deg": 0.0, "target_deg": 45.0}, "it   0° ├●──────────────┤ 180°  0° → 45°"),
        ({"speed_percent": -100.0, "motion": "backward"}, "it   -100 ├●──────────────┤ 100  -100 %  runs backward"),
        ({"pressed": True}, "it   pressed"),
        ({"detected": False, "warming_up": True}, "it   senses nothing  warms up"),
        ({"on": True, "segments": [6], "text": "12:34"}, "it   lit  [12:34]"),
        ({"pressed": True, "key": "5"}, "it   pressed  key 5"),
        ({"pressed": False, "key": None}, "it   released"),
        ({"temperature_c": 23.5, "humidity_percent": None}, "it   temperature 23.5 °C  humidity – %"),
        ({"acceleration_x_g": 0.25, "mv": 1650.0}, "it   acceleration x 0.25 g  1650 mV"),
        ({"step": "7"}, "it   step 7"),
        ({"powered": False, "mv": None}, "it   no power  – mV"),
    ],
)
def test_every_kind_of_state_has_its_words(state: dict[str, Any], words: str) -> None:
    """Colours come with their numbers, gauges with their value, measured things with their unit."""
    assert shown(state) == words


def test_what_surrounds_a_part_stands_as_it_is_typed() -> None:
    """A value can be copied into `lovhe board set` after the part's name."""
    assert shown({"mv": 100.0}, light="20 %", position="5 %") == "it   100 mV  around: light=20 %  position=5 %"


def test_text_display_is_drawn_with_its_edges() -> None:
    """Spaces at a line's end can be seen, and what else is known stands beside."""
    assert shown({"on": True, "lines": ["Salam ", "sinif!"]}) == "it   │Salam │ lit\n     │sinif!│"


def test_long_lists_go_on_in_the_next_line() -> None:
    """Twelve colours of a ring take two lines of a usual terminal."""
    lines = shown({"colours": [f"0000{number:02x}" for number in range(1, 13)]}).splitlines()
    assert [line.count("██") for line in lines] == [7, 5]
    assert lines[1].startswith("     ██")


def test_words_that_are_wider_than_a_line_are_broken_and_not_cut() -> None:
    """Beside a picture there is little room, and not every language is short."""
    assert [line.plain for line in flowed([Text("qida yoxdur indi"), Text("0")], 12)] == ["qida yoxdur", "indi  0"]


def test_picture_is_drawn_two_by_four_pixels_a_character() -> None:
    """The most significant bit is the leftmost pixel; shrunk, a dot is lit when one of four is."""
    rows = ["80"] * 7 + ["81"]
    picture = {"width": 8, "height": 8, "rows": rows}
    assert drawn_bitmap(picture, FINE) == ["⡇   ", "⡇  ⢀"]
    assert drawn_bitmap(picture, FINE, shrink=2) == ["⡇⢀"]
    assert drawn_bitmap({"width": 128, "height": 64, "rows": ["f" * 32] * 64}, FINE) == ["⣿" * 64] * 16


def test_plain_characters_for_a_console_without_others() -> None:
    """Where the encoding has no blocks, everything is drawn in ASCII."""
    assert glyphs_for("utf-8") is FINE
    assert [glyphs_for(encoding) for encoding in ("cp1251", "ascii", "no-such", None)] == [PLAIN] * 4
    lines = [
        shown({"on": True, "brightness_percent": 50.0}, PLAIN),
        shown({"angle_deg": 0.0, "target_deg": 90.0, "tone_hz": 5.0, "colours": ["00ff00"] * 3, "lines": ["a"]}, PLAIN),
        *drawn_bitmap(PICTURE, PLAIN),
    ]
    assert "".join(lines).replace("°", "").isascii()


def test_gauge_and_bar_stay_within_their_ends() -> None:
    """What lies beyond a scale stands at its end; a little light fills one place of a bar."""
    assert (drawn_gauge(-5, 0, 10, 5, FINE), drawn_gauge(50, 0, 10, 5, FINE)) == ("├●──┤", "├──●┤")
    assert (drawn_bar(0.2, 4, FINE), drawn_bar(250, 4, FINE)) == ("█░░░", "████")


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ({}, "IO2 output 1"),
        ({"mode": "in", "pull": "up", "level": 0}, "IO2 input 0↑"),
        ({"mode": "od", "level": None}, "IO2 open drain –"),
        ({"mode": "off", "level": None, "pull": "down"}, "IO2 not used –↓"),
        ({"pwm": [1000, 32768]}, "IO2 PWM 1000 Hz 50 %"),
        ({"mode": "off", "mv": 1650, "level": 0}, "IO2 1650 mV"),
        ({"mode": "out", "mv": 1650}, "IO2 output 1"),
    ],
)
def test_pins_say_what_the_program_made_of_them(pin: dict[str, Any], words: str) -> None:
    """Mode, level and pull, or frequency and duty."""
    assert drawn({"pins": {"2": {**PIN, **pin}}}) == ["desk · esp32 · ready", words]


def test_heading_tells_name_chip_state_and_the_boards_clock() -> None:
    """The clock is the board's, in seconds; it is left out while the board has told nothing."""
    assert drawn({"now_us": 12_340_000})[0] == "desk · esp32 · ready · 12.3 s"
    assert drawn({})[0] == "desk · esp32 · ready"


def test_pins_stand_in_columns_by_their_number() -> None:
    """Three columns in a usual terminal, in the order of the numbers and not of their digits."""
    pins = {str(number): {**PIN, "name": f"IO{number}"} for number in (13, 2, 4, 5)}
    assert [line.split() for line in drawn({"pins": pins})[1:]] == [
        ["IO2", "output", "1", "IO4", "output", "1", "IO5", "output", "1"],
        ["IO13", "output", "1"],
    ]


def test_pins_stand_beside_a_picture_in_short_words() -> None:
    """A whole OLED, its pins beside it, and the other parts below fit into 80 by 24."""
    pwm = {**PIN, "name": "IO16", "pwm": [1220, 32768]}
    parts = {"oled": {"on": True, "brightness_percent": 100.0, "bitmap": PICTURE}, **{f"led{n}": {"on": True} for n in range(7)}}
    lines = drawn({"pins": {"2": PIN, "16": pwm}, "parts": parts})
    assert [line[64:] for line in lines[1:5]] == ["│oled lit", "│IO2 out 1", "│IO16 1.2kHz 50%", "│"]
    assert [len(line.split("│")[0]) for line in lines[1:17]] == [64] * 16
    assert lines[17:] == [f"led{n} switched on" for n in range(7)]


def test_picture_is_shrunk_before_anything_is_cut() -> None:
    """With one part more than fits, the picture takes a quarter of the room; with a hundred, the last line says what is missing."""
    oled = {"oled": {"on": True, "bitmap": PICTURE}}
    shrunk = drawn({"parts": {**oled, **{f"led{n}": {"on": True} for n in range(8)}}})
    assert shrunk[1].startswith("⣿" * 32 + "│")
    assert shrunk[-1] == "led7 switched on"
    cut = drawn({"parts": {**oled, **{f"led{n}": {"on": True} for n in range(100)}}})
    assert (len(cut), cut[-1]) == (24, "… 86 more lines do not fit.")
    narrow = drawn({"parts": oled}, width=50)
    assert narrow[1].startswith("⣿" * 32 + "│")


def test_only_the_parts_asked_for_are_shown() -> None:
    """Whoever names parts sees these alone."""
    lines = drawn({"parts": {"one": {"on": True}, "two": {"on": False}}}, only=("two",))
    assert lines[1:] == ["two switched off"]


def test_last_printed_lines_take_the_room_that_is_left() -> None:
    """Below the parts the newest lines stand, and none where there is no room for one."""
    world = {"parts": {"one": {"on": True}}, "printed": ["a", "b\tc", "d" * 100]}
    assert drawn(world)[2:] == ["It has printed:", "│ a", "│ b       c", "│ " + "d" * 78]
    assert drawn(world, height=4)[2:] == ["It has printed:", "│ " + "d" * 78]
    assert len(drawn(world, height=3)) == 2


def test_short_circuit_is_told_first() -> None:
    """Pins that fight are named above everything else."""
    assert drawn({"shorts": [["IO4", "IO5"]]})[1] == "Short circuit: IO4, IO5 give different levels to one wire."


@pytest.mark.parametrize("size", [(1, 1), (10, 2), (20, 5), (200, 60)])
def test_any_size_of_a_terminal_will_do(size: tuple[int, int]) -> None:
    """No terminal is too small to be drawn in."""
    parts = {
        "a-very-long-name": {"on": True, "bitmap": PICTURE},
        "lcd": {"on": True, "lines": ["x" * 16] * 2},
        "p": {"colours": ["ffffff"] * 9},
    }
    assert drawn({"parts": parts, "pins": {"2": PIN}, "surroundings": {"p.light": "5 %"}}, *size)


def test_colours_are_styled_and_readable_without_it() -> None:
    """The block has the LED's colour; its number says the same."""
    (line,) = part_lines("it", {"colours": ["12ab34"]}, {}, 4, 80, FINE)
    assert isinstance(line, Text)
    assert any("#12ab34" in str(span.style) for span in line.spans)
    assert "12ab34" in line.plain
