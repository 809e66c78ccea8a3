"""What the chip reads at its strapping pins when it starts, and what a part wired there makes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.apps import wiring
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.virtual.board import BoardPlan, VirtualBoard

KIT = KitFiles()
CHIPS = [("esp32-devkitc", "IO0"), ("esp32-s3-devkitc-1", "IO0"), ("esp32-c3-supermini", "IO9")]


def button(pin: str, other: str = "GND") -> CircuitPart:
    """A button between a pin and a supply."""
    return CircuitPart("button", "button", {"1": pin, "2": other})


def life(folder: Path, board_id: str, part: CircuitPart, story: Callable[[VirtualBoard, bytearray], None]) -> None:
    """Power a board with that part, and let `story` look at it; its second argument is what the board has sent."""

    async def session() -> None:
        kind = KIT.boards()[board_id]
        flash = folder / "flash.bin"
        flash.write_bytes(wiring._factory_flash(kind.chip))
        plan = BoardPlan(flash=flash, mac=bytes(6), board=kind, parts=KIT.parts(), circuit=Circuit(board_id, [part]), virtual_time=True)
        board = VirtualBoard(plan)
        heard = bytearray()
        board.uart.attach(heard.extend)
        try:
            story(board, heard)
            await asyncio.sleep(0)
        finally:
            await board.power_off()

    asyncio.run(session())


@pytest.mark.parametrize(("board_id", "pin"), CHIPS)
def test_a_button_held_at_the_boot_pin_leads_into_the_loader(tmp_path: Path, board_id: str, pin: str) -> None:
    """Power-on, the reset button and a brown-out read the pin; a reset by the program keeps what was read before."""

    def story(board: VirtualBoard, heard: bytearray) -> None:
        board.power_on()
        assert board.state == "ready"
        board.stage.set("button", "pressed")
        board.uart.reset(cause="software")
        assert board.state == "ready"
        for cause in ("power", "pin", "brownout"):
            board.uart.reset(cause=cause)
            assert (board.state, board.uart.mode) == ("loader", "loader")
        board.stage.set("button", "released")
        board.uart.reset(cause="pin")
        assert board.state == "ready"

    life(tmp_path, board_id, button(pin), story)


def test_a_button_at_another_pin_changes_nothing(tmp_path: Path) -> None:
    """Only the boot pin asks for the loader."""

    def story(board: VirtualBoard, heard: bytearray) -> None:
        board.stage.set("button", "pressed")
        board.power_on()
        assert board.state == "ready"

    life(tmp_path, "esp32-devkitc", button("IO4"), story)


def test_io12_held_high_starves_the_esp32s_flash(tmp_path: Path) -> None:
    """The ROM cannot read its flash and says so, over and over; without the part the board starts again."""

    def story(board: VirtualBoard, heard: bytearray) -> None:
        board.stage.set("button", "pressed")
        board.power_on()
        assert board.state == "silent"
        board.stage.set("button", "released")
        board.uart.reset(cause="pin")
        assert board.state == "ready"

    life(tmp_path, "esp32-devkitc", button("IO12", "3V3"), story)
