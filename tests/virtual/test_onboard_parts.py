"""What a board's maker has soldered to its pins: seen by the world beside the circuit."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.circuits.hardware_check import circuit_problems
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import WiredBoard

KIT = KitFiles()
RGB = "from machine import Pin\nimport neopixel\nn = neopixel.NeoPixel(Pin({gpio}), 1)\nn[0] = (255, 0, 16)\nn.write()"


def shown(folder: Path, board_id: str, code: str, part_id: str) -> dict[str, Any]:
    """What a part of a bare board shows after `code`."""
    board = KIT.boards()[board_id]
    world = World(board, KIT.parts(), board.with_own_parts(Circuit(board.id)), seed=1)

    async def session() -> dict[str, Any]:
        async with WiredBoard(folder, world, chip=board.chip) as running:
            await running.enter_raw()
            assert await running.run(code + "\nimport time\ntime.sleep_ms(50)") == ("", "")
            return running.state(part_id)

    return asyncio.run(session())


@pytest.mark.parametrize(("level", "on"), [(0, True), (1, False)])
def test_the_super_minis_led_lights_at_0(tmp_path: Path, level: int, on: bool) -> None:
    """It hangs between 3V3 and IO8."""
    code = f"from machine import Pin\nPin(8, Pin.OUT, value={level})"
    assert shown(tmp_path, "esp32-c3-supermini", code, "board-led")["on"] is on


@pytest.mark.parametrize(("board_id", "gpio"), [("esp32-s3-devkitc-1", 48), ("esp32-c3-devkitm-1", 8)])
def test_the_coloured_led_of_espressifs_boards_is_a_neopixel(tmp_path: Path, board_id: str, gpio: int) -> None:
    """Also at a pin of the S3's second bank."""
    assert shown(tmp_path, board_id, RGB.format(gpio=gpio), "board-rgb")["colours"] == ["ff0010"]


def test_a_circuit_may_take_the_id_of_a_boards_part() -> None:
    """Then the circuit's part is meant, and the board's is left out."""
    board = KIT.boards()["esp32-c3-supermini"]
    mine = CircuitPart("board-led", "led", {"anode": "IO4", "cathode": "GND"}, {"anode": "220 Ω"})
    assert board.with_own_parts(Circuit(board.id, [mine])).part == [mine]


@pytest.mark.parametrize("board_id", list(KIT.boards()))
def test_a_boards_own_parts_are_parts_of_the_kit_at_its_pins(board_id: str) -> None:
    """Nothing is unknown or miswired in them; what the maker answers for (supplies, strapping) is not ours to judge."""
    board = KIT.boards()[board_id]
    assert [str(problem) for problem in circuit_problems(board, KIT.parts(), Circuit(board.id, board.part))] == []
