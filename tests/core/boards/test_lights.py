"""Where boards of a chip may have an LED."""

from __future__ import annotations

import pytest
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.boards.lights import BOOT_PINS, BoardLight, board_lights

BOARDS = KitFiles().boards()


def test_boards_of_one_chip_may_have_different_leds_at_one_pin() -> None:
    """A C3 has a coloured LED at IO8, or a plain one that lights at 0: both are meant."""
    assert board_lights(BOARDS.values(), "esp32c3") == [BoardLight(8, rgb=True, on=0)]


def test_copies_of_the_devkitc_have_an_led_that_the_original_lacks() -> None:
    """So an ESP32 may have one at IO2."""
    assert board_lights(BOARDS.values(), "esp32") == [BoardLight(2, on=1)]


def test_the_s3s_coloured_led_moved_from_one_version_of_its_board_to_the_next() -> None:
    """Both pins are meant."""
    assert board_lights(BOARDS.values(), "esp32s3") == [BoardLight(38, rgb=True), BoardLight(48, rgb=True)]


def test_a_chip_that_the_kit_does_not_know_has_no_led_to_try() -> None:
    """A pin is never tried at random."""
    assert board_lights(BOARDS.values(), "esp32c6") == []


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_no_pin_that_is_tried_belongs_to_the_line_to_the_usb_or_to_the_flash(board: object) -> None:
    """On any board of the chip it can be an output and is not noted for line or USB; the button BOOT's pin chooses the loader."""
    kind = next(kind for kind in BOARDS.values() if kind == board)
    pins = {pin.gpio: pin for pin in kind.pin}
    for light in board_lights(BOARDS.values(), kind.chip):
        assert light.gpio not in pins or ("out" in pins[light.gpio].can and pins[light.gpio].note not in ("serial", "usb"))
    assert pins[BOOT_PINS[kind.chip]].note == "strapping"
