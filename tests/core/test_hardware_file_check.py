"""A description in `hardware/` that cannot be used is told before anything is built on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from lovhe.core.hardware import Board, Part
from lovhe.core.hardware_file_check import board_problems, part_problems

HARDWARE = Path(__file__).parents[2] / "hardware"
NAMES = {"az": "a", "ru": "b", "en": "c"}


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
    ],
)
def test_wrong_part_is_told(wrong: dict[str, Any], named: str) -> None:
    """Each mistake in a part's file is told once, naming what is wrong."""
    whole = {"id": "thing", "model": "thing", "names": NAMES, "pin": [{"name": "A", "kind": "data"}]}
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
    ],
)
def test_wrong_board_is_told(pins: list[dict[str, Any]], named: str) -> None:
    """Each mistake in a board's file is told once, naming what is wrong."""
    whole = {"id": "b", "chip": "esp32", "flash_size_mb": 4, "names": NAMES, "usb": [], "pin": pins}
    problems = board_problems(msgspec.convert(whole, Board))
    assert len(problems) == 1
    assert named in str(problems[0])
