"""A description in `hardware/` that cannot be used is told before anything is built on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.circuits.hardware_file_check import board_problems, part_problems

HARDWARE = Path(__file__).parents[3] / "hardware"
NAMES = {"az": "a", "ru": "b", "en": "c"}
UNTESTED = {"skip": NAMES}


@pytest.mark.parametrize("path", sorted((HARDWARE / "parts").glob("*.toml")), ids=lambda path: path.stem)
def test_the_kits_parts_are_sound(path: Path) -> None:
    """Each part's file has no problem, and its id is the file's name."""
    part = msgspec.toml.decode(path.read_bytes(), type=Part)
    assert part_problems(part) == []
    assert part.id == path.stem


@pytest.mark.parametrize("path", sorted((HARDWARE / "boards").glob("*.toml")), ids=lambda path: path.stem)
def test_the_kits_boards_are_sound(path: Path) -> None:
    """Each board's file has no problem, and its id is the file's name."""
    board = msgspec.toml.decode(path.read_bytes(), type=Board)
    assert board_problems(board) == []
    assert board.id == path.stem


VCC, GND = {"name": "VCC", "kind": "supply"}, {"name": "GND", "kind": "ground"}
LIGHT = {"id": "light", "default": 50.0, "unit": "%", "min": 0.0, "max": 100.0}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"names": {"az": "a", "en": "c"}}, "language “ru”"),
        ({"pin": [{"name": "A", "kind": "data"}, {"name": "A", "kind": "data"}]}, "“pin.name” = A"),
        ({"pin": [{"name": "A", "kind": "input"}]}, "“input”"),
        ({"supply_v": [5.0, 3.0]}, "supply_v"),
        ({"quantity": [LIGHT, LIGHT]}, "“quantity.id” = light"),
        ({"quantity": [{"id": "state", "default": "open", "values": ["pressed"]}]}, "pressed"),
        ({"quantity": [LIGHT | {"default": 120.0}]}, "min and max"),
        ({"quantity": [{"id": "light", "default": 5.0}]}, "min and max"),
        ({"quantity": [LIGHT | {"analog_mv": [[0.0, 100.0]]}]}, "analog_mv"),
        ({"quantity": [LIGHT | {"analog_mv": [[50.0, 100.0], [50.0, 200.0]]}]}, "analog_mv"),
        ({"pin": [VCC, GND], "supply_ma": 5}, "“supply_v”"),
        ({"pin": [VCC, GND], "supply_v": [3.0, 3.6]}, "“supply_ma”"),
        ({"pin": [VCC], "supply_v": [3.0, 3.6], "supply_ma": 5}, "no ground"),
        ({"pin": [{"name": "A", "kind": "analog-out", "open_drain": True}]}, "“pin.A.open_drain”"),
        ({"pin": [{"name": "A", "kind": "data", "pull_up": True}]}, "“pin.A.pull_up”"),
        ({"pin": [{"name": "A", "kind": "digital-in", "high_v": 3.3}]}, "“pin.A.high_v”"),
        ({"pin": [{"name": "A", "kind": "digital-out", "max_v": 5.0}]}, "“pin.A.max_v”"),
        ({"pin": [{"name": "A", "kind": "digital-in", "reads_high": 2.3}]}, "“pin.A.reads_high”"),
        ({"pin": [{"name": "A", "kind": "passive", "series_ohm": [1000, 100]}]}, "“pin.A.series_ohm”"),
        ({"pin": [{"name": "A", "kind": "passive", "current_ma": -5}]}, "“pin.A.current_ma”"),
        ({"pin": [{"name": "A", "kind": "passive"}, {"name": "B", "kind": "passive"}]}, "“pin.A.series_ohm”"),
        ({"options": {"leds": 8}}, "“option_range.leds”"),
        ({"options": {"leds": 8}, "option_range": {"leds": [1, 4]}}, "“option_range.leds”"),
        ({"option_range": {"leds": [1, 4]}}, "“option_range.leds”"),
        ({"pin": [{"name": "SDA", "kind": "data"}]}, "“pin.SDA.open_drain”"),
        ({"pin": [{"name": name, "kind": "data", "open_drain": True} for name in ("SDA", "SCL")]}, "“options.address”"),
    ],
)
def test_wrong_part_is_told(wrong: dict[str, Any], named: str) -> None:
    """Each mistake in a part's file is told once, naming what is wrong."""
    whole = {"id": "thing", "model": "thing", "names": NAMES, "pin": [{"name": "A", "kind": "data"}], "test": UNTESTED}
    problems = part_problems(msgspec.convert(whole | wrong, Part))
    assert len(problems) == 1
    assert named in str(problems[0])


@pytest.mark.parametrize(
    ("pins", "named"),
    [
        ([{"name": "IO2", "gpio": 2}, {"name": "D2", "gpio": 2}], "“pin.gpio” = 2"),
        ([{"name": "IO2", "gpio": 2}, {"name": "IO2", "gpio": 4}], "“pin.name” = IO2"),
        ([{"name": "IO2", "gpio": 2, "can": ["fly"]}], "“fly”"),
        ([{"name": "IO2", "gpio": 2, "note": "hot"}], "“hot”"),
        ([{"name": "X", "kind": "mains"}], "“mains”"),
        ([{"name": "3V3", "kind": "supply"}], "how many volts its pin “3V3” gives"),
        ([{"name": "IO2", "gpio": 2, "note": "strapping", "starts": "up"}], "“up”"),
    ],
)
def test_wrong_board_is_told(pins: list[dict[str, Any]], named: str) -> None:
    """Each mistake in a board's file is told once, naming what is wrong."""
    whole = {"id": "b", "chip": "esp32", "flash_size_mb": 4, "names": NAMES, "usb": [], "pin": pins}
    problems = board_problems(msgspec.convert(whole, Board))
    assert len(problems) == 1
    assert named in str(problems[0])


STEP = {"delay": "1 s", "expect-look": [{"part": "it", "see": "glows", "shows": {"on": [True]}}]}
GLOWS = {language: {"glows": "?"} for language in NAMES}
TESTED = {"program": "print(1)", "step": [STEP], "look": GLOWS}
DARK = {"delay": "1 s", "set": {"light": "5 %"}, "expect-reading": [{"name": "level", "range": "≤ 9"}]}


def test_a_part_with_a_test_is_sound() -> None:
    """What the next test breaks is whole."""
    whole = {"id": "thing", "model": "thing", "names": NAMES, "pin": [{"name": "A", "kind": "data"}], "test": TESTED}
    assert part_problems(msgspec.convert(whole, Part)) == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (None, "does not say how the part is tested"),
        ({"skip": {"az": "a", "en": "c"}}, "language “ru”"),
        (TESTED | {"program": "while True"}, "[test], program"),
        (TESTED | {"step": [], "look": {}}, "no step"),
        (TESTED | {"step": [STEP | {"delay": "soon"}]}, "“soon”"),
        (TESTED | {"step": [STEP | {"delay": "{warm_up_s} s"}]}, "option"),
        (TESTED | {"step": [STEP, STEP | {"pins": ["B"]}]}, "no pin “B”"),
        (TESTED | {"look": GLOWS | {"az": {}}}, "glows"),
        (TESTED | {"look": GLOWS | {"az": {"glows": "?", "hums": "?"}}}, "“hums”"),
        (TESTED | {"step": [STEP, DARK]}, "light"),
        (TESTED | {"step": [STEP, {"delay": "1 s", "expect-pin": [{"part": "it"}]}]}, "expects nothing"),
        (TESTED | {"step": [STEP, {"delay": "1 s", "expect-look": [{"part": "it", "see": "glows", "shows": {}}]}]}, "what is to be seen"),
    ],
)
def test_wrong_test_of_a_part_is_told(wrong: dict[str, Any] | None, named: str) -> None:
    """Each mistake in a part's [test] is told once: a class would meet it otherwise."""
    whole = {"id": "thing", "model": "thing", "names": NAMES, "pin": [{"name": "A", "kind": "data"}], "test": wrong}
    problems = part_problems(msgspec.convert(whole, Part))
    assert len(problems) == 1, problems
    assert named in str(problems[0])


def test_what_a_person_is_asked_to_do_stands_in_three_languages() -> None:
    """A value that a step sets and that one language cannot ask for is told."""
    light = {"quantity": [LIGHT], "pin": [{"name": "A", "kind": "analog-out"}]}
    asks = {"az": {"light=5%": "a"}, "en": {"light=5%": "c"}}
    whole = {"id": "thing", "model": "thing", "names": NAMES, **light, "test": {"program": "print(1)", "step": [DARK], "ask": asks}}
    (problem,) = part_problems(msgspec.convert(whole, Part))
    assert "ru" in str(problem)
    assert "light" in str(problem)
