"""Which board a circuit is built on, and whether it may move to another."""

from __future__ import annotations

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.boards.choice import choose_board, move_circuit
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.errors import HardwareError, InputError

KIT = KitFiles()
BLINK = Circuit("esp32-devkitc", [CircuitPart("led", "led", {"anode": "IO2", "cathode": "GND"}, {"anode": "220 Ω"})])
LIGHT = Circuit("esp32-devkitc", [CircuitPart("light", "light-sensor", {"VCC": "3V3", "GND": "GND", "AO": "IO34"})])


@pytest.mark.parametrize(
    ("board", "chip", "chosen"),
    [
        ("", "", "esp32-devkitc"),
        ("", "esp32", "esp32-devkitc"),
        ("", "esp32s3", "esp32-s3-devkitc-1"),
        ("", "esp32c3", "esp32-c3-devkitm-1"),
        ("esp32-c3-supermini", "", "esp32-c3-supermini"),
        ("esp32-c3-supermini", "esp32c3", "esp32-c3-supermini"),
    ],
)
def test_a_board_or_a_chip_chooses_and_else_the_circuit(board: str, chip: str, chosen: str) -> None:
    """A chip takes the first board that has it, unless a board with it is named."""
    assert choose_board(KIT.boards(), "esp32-devkitc", board, chip).id == chosen


def test_what_does_not_exist_or_fit_together_is_said() -> None:
    """An unknown board or chip names the known ones; a board with another chip is a contradiction."""
    with pytest.raises(HardwareError, match="no board “nano”"):
        choose_board(KIT.boards(), "esp32-devkitc", "nano")
    with pytest.raises(HardwareError, match="no board with the chip “esp8266”") as caught:
        choose_board(KIT.boards(), "esp32-devkitc", chip="esp8266")
    assert "esp32c3, esp32, esp32s3" in str(caught.value.next_step)
    with pytest.raises(InputError, match="has the chip esp32, not esp32s3"):
        choose_board(KIT.boards(), "esp32-devkitc", "esp32-devkitc", "esp32s3")


@pytest.mark.parametrize("board", ["esp32-s3-devkitc-1", "esp32-c3-devkitm-1", "esp32-c3-supermini"])
def test_a_circuit_moves_to_a_board_that_has_its_pins(board: str) -> None:
    """Pins of the same names that can do the same: the circuit is the same but for its board."""
    moved = move_circuit(BLINK, KIT.boards()[board], KIT.parts())
    assert (moved.board, moved.part) == (board, BLINK.part)


@pytest.mark.parametrize(("board", "lacks"), [("esp32-s3-devkitc-1", "no such pin"), ("esp32-c3-supermini", "no such pin")])
def test_a_circuit_whose_pins_are_elsewhere_stays(board: str, lacks: str) -> None:
    """The sentence names the pin, and says that the program would need other numbers, too."""
    with pytest.raises(HardwareError, match=lacks) as caught:
        move_circuit(LIGHT, KIT.boards()[board], KIT.parts())
    assert "IO34" in str(caught.value)
    assert "other pin numbers" in str(caught.value.next_step)


def test_a_pin_of_the_usb_socket_is_no_place_for_a_part() -> None:
    """The S3's IO19 is there, and belongs to the socket."""
    circuit = Circuit("esp32-devkitc", [CircuitPart("led", "led", {"anode": "IO19", "cathode": "GND"}, {"anode": "220 Ω"})])
    with pytest.raises(HardwareError, match="USB socket"):
        move_circuit(circuit, KIT.boards()["esp32-s3-devkitc-1"], KIT.parts())
