"""A circuit's picture shows every wire, in characters and as SVG, and nothing of it is cut off or lies over something else."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.circuits.hardware_reading import read_boards, read_circuit, read_parts
from lovhe.core.circuits.parts_list import needed_parts
from lovhe.core.circuits.wiring_drawing import PLAIN_LINES, WIDTH, drawn_wiring, lines_for
from lovhe.core.circuits.wiring_picture import in_wire_words, wiring_picture
from lovhe.core.circuits.wiring_svg import wiring_svg
from lovhe.core.messages import Text

ROOT = Path(__file__).parents[3]
BOARDS = read_boards({path.name: path.read_bytes() for path in (ROOT / "hardware" / "boards").glob("*.toml")})
PARTS = read_parts({path.name: path.read_bytes() for path in (ROOT / "hardware" / "parts").glob("*.toml")})
FILES = sorted((ROOT / "lessons").glob("*/lesson.toml"))
SVG = "{http://www.w3.org/2000/svg}"
CHAR = 8.4
"""Width of a letter in DejaVu Sans Mono at 14 px; other monospaced fonts are no wider."""


def words_in(code: str):
    """Renders in one language, as a front end does, but with English words of the kit's own."""

    def words(text: Text) -> str:
        if hasattr(text, "by_language"):
            return text.by_language.get(code) or str(text)
        return text.text.format(
            **{
                name: words(value) if hasattr(value, "text") or hasattr(value, "by_language") else value
                for name, value in text.params.items()
            }
        )

    return words


def circuits() -> st.SearchStrategy[Circuit]:
    """Any circuit of up to eight parts of the kit, wired at random, whether sound or not."""
    gpios = [pin.name for pin in BOARDS["esp32-devkitc"].pin]
    inside = ["", "", "220 Ω", "10 kΩ pull-up", "divider 1 kΩ + 2 kΩ", "level shifter", "transistor, diode"]

    @st.composite
    def circuit(draw: st.DrawFn) -> Circuit:
        placed = []
        for number in range(draw(st.integers(0, 8))):
            part = PARTS[draw(st.sampled_from(sorted(PARTS)))]
            wires = {pin.name: draw(st.sampled_from(gpios)) for pin in part.pin}
            through = {pin: text for pin in wires if (text := draw(st.sampled_from(inside)))}
            placed.append(CircuitPart(f"p{number}", part.id, wires, through))
        return Circuit("esp32-devkitc", placed)

    return circuit()


def the_circuit(file: Path) -> Circuit:
    """The circuit of a lesson of the kit."""
    return read_circuit(file.name, file.read_bytes())


@pytest.mark.parametrize("code", ["az", "ru", "en"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_lessons_circuit_fits_the_screen_with_all_its_wires(file, code):
    """At most 76 columns, each wire in a line of its own from the part's pin to the board's."""
    circuit = the_circuit(file)
    board = BOARDS[circuit.board]
    lines = drawn_wiring(wiring_picture(board, PARTS, circuit), words_in(code))
    assert max(map(len, lines)) <= WIDTH
    ends = [
        f"{pin.name} ({pin.printed})" if pin.printed else pin.name
        for part in circuit.part
        for end in part.wires.values()
        for pin in board.pin
        if pin.name == end
    ]
    assert sum(line.count("├") + line.count("┤") for line in lines) == 2 * len(ends)
    for end in ends:
        assert any(re.search(rf"┤ {re.escape(end)} | {re.escape(end)} ├", line) for line in lines)


@settings(max_examples=60, deadline=None)
@given(circuit=circuits(), code=st.sampled_from(["az", "ru", "en"]))
def test_any_circuit_is_drawn_straight(circuit, code):
    """Whatever it is: no line is wider than the screen, and each border meets the one below it."""
    picture = wiring_picture(BOARDS[circuit.board], PARTS, circuit)
    lines = drawn_wiring(picture, words_in(code))
    assert all(len(line) <= WIDTH for line in lines)
    assert all(line.isprintable() for line in lines)
    downward, upward = set("│┌┐├┤"), set("│└┘├┤")
    for above, below in itertools.pairwise(lines):
        for column, glyph in enumerate(above):
            if glyph in downward:
                assert below[column : column + 1] in upward, (above, below)


def test_a_console_without_line_characters_gets_plain_ones():
    """As a Windows console with an old code page, or a log."""
    circuit = the_circuit(ROOT / "lessons" / "6-01-blink" / "lesson.toml")
    lines = drawn_wiring(wiring_picture(BOARDS[circuit.board], PARTS, circuit), words_in("en"), lines_for("ascii"))
    assert lines_for("ascii") == PLAIN_LINES
    assert not set("".join(lines)) & set("─│┌┐└┘├┤")
    assert any("anode +-[220.0 Ω]-+ IO2" in line for line in lines)


def test_only_the_parts_of_a_step_are_drawn():
    """A circuit that is built in two steps has two pictures."""
    circuit = the_circuit(ROOT / "lessons" / "6-03-night-light" / "lesson.toml")
    picture = wiring_picture(BOARDS[circuit.board], PARTS, circuit, ["led"])
    assert [part.id for part in picture.parts] == ["led"]
    assert drawn_wiring(wiring_picture(BOARDS[circuit.board], PARTS, Circuit()), words_in("en")) == []


def boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """The rectangles of a drawing but for its ground: left, top, right, bottom."""
    rects = [
        {name: float(value) for name, value in rect.items() if name in ("x", "y", "width", "height")}
        for rect in root.iter(f"{SVG}rect")
        if rect.get("x")
    ]
    return [(rect["x"], rect["y"], rect["x"] + rect["width"], rect["y"] + rect["height"]) for rect in rects]


def text_boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """Where the letters of a drawing stand."""
    found = []
    for text in root.iter(f"{SVG}text"):
        width = len(text.text or "") * CHAR
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
        found.append((left, y - 11, left + width, y + 3))
    return found


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes do not touch."""
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@settings(max_examples=60, deadline=None)
@given(circuit=circuits(), code=st.sampled_from(["az", "ru", "en"]))
def test_nothing_in_the_svg_is_cut_off_or_covered(circuit, code):
    """Every letter lies in the drawing and in just one box, no letters lie over others, and no box over another one."""
    picture = wiring_picture(BOARDS[circuit.board], PARTS, circuit)
    root = ET.fromstring(wiring_svg(picture, words_in(code)))
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    letters, frames = text_boxes(root), boxes(root)
    for index, one in enumerate(letters):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= width
        assert one[3] <= height
        assert sum(frame[0] <= one[0] and one[2] <= frame[2] and frame[1] <= one[1] and one[3] <= frame[3] for frame in frames) == 1
        assert all(apart(one, other) for other in letters[:index])
    assert all(apart(one, other) for index, one in enumerate(frames) for other in frames[:index])
    wires = sum(len(part.wires) for part in circuit.part)
    assert len(list(root.iter(f"{SVG}line"))) == wires
    assert len(list(root.iter(f"{SVG}circle"))) == 2 * wires


def test_the_svg_tells_what_it_shows_without_eyes():
    """Title and description name the board and each wire; the same circuit gives the same bytes."""
    circuit = the_circuit(ROOT / "lessons" / "6-01-blink" / "lesson.toml")
    picture = wiring_picture(BOARDS[circuit.board], PARTS, circuit)
    svg = wiring_svg(picture, words_in("en"))
    root = ET.fromstring(svg)
    described = (root.get("aria-labelledby") or "").split()
    told = {element.get("id"): element.text or "" for element in root.iter() if element.get("id")}
    assert described == list(told)
    assert "ESP32-DevKitC" in told[described[0]]
    assert "pin anode, to IO2 (220" in told[described[1]]
    assert svg == wiring_svg(picture, words_in("en"))


def test_names_that_an_author_chose_are_text_in_the_svg():
    """An id or a word in a wire cannot bring markup into the file."""
    led = CircuitPart("<b>&", "led", {"anode": "IO2", "cathode": "GND"}, {"anode": "<script>"})
    other = CircuitPart("b", "led", {"anode": "IO4", "cathode": "GND"})
    svg = wiring_svg(wiring_picture(BOARDS["esp32-devkitc"], PARTS, Circuit("esp32-devkitc", [led, other])), words_in("en"))
    assert "<script>" not in svg
    assert ET.fromstring(svg) is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("220 Ω", ["220.0 Ω"]),
        ("4,7 kΩ", ["4.7 kΩ"]),
        ("10 kΩ pull-up", ["10.0 kΩ to 3V3"]),
        ("10 kΩ pull-down", ["10.0 kΩ to GND"]),
        ("divider 1 kΩ + 2 kΩ", ["divider 1.0 kΩ + 2.0 kΩ"]),
        ("transistor, diode", ["transistor", "diode"]),
        ("level shifter", ["level shifter"]),
        ("chewing gum", ["chewing gum"]),
        ("", []),
    ],
)
def test_what_sits_in_a_wire_is_put_into_words(text, words):
    """Numbers stay numbers, so that each language can write them its own way."""
    assert list(map(str, in_wire_words(text))) == words


def test_the_list_of_parts_counts_what_the_circuit_needs():
    """Alike parts and resistors together; a pull-up and a divider need a wire more each."""
    circuit = Circuit(
        "esp32-devkitc",
        [
            CircuitPart("red", "led", {"anode": "IO2", "cathode": "GND"}, {"anode": "220 Ω"}),
            CircuitPart("green", "led", {"anode": "IO4", "cathode": "GND"}, {"anode": "220 Ω"}),
            CircuitPart("far", "hc-sr04", {"VCC": "5V", "TRIG": "IO18", "ECHO": "IO19", "GND": "GND"}, {"ECHO": "divider 1 kΩ + 2 kΩ"}),
        ],
    )
    needed = {str(part.name): part.count for part in needed_parts(BOARDS["esp32-devkitc"], PARTS, circuit)}
    assert needed == {
        "ESP32-DevKitC board": 1,
        "USB cable that carries data": 1,
        "Light-emitting diode (LED)": 2,
        "HC-SR04 ultrasonic distance sensor": 1,
        "resistor 220.0 Ω": 2,
        "resistor 1.0 kΩ": 1,
        "resistor 2.0 kΩ": 1,
        "breadboard": 1,
        "wire": 9,
    }
