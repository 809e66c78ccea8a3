"""Where a board of some chip may have an LED that can blink, and which pin its button BOOT pulls low.

A chip does not say on which board it sits, so this gives all the places where boards of that chip have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from lovhe.core.circuits.hardware import Board, CircuitPart

_LED = "led"
_RGB = "neopixel-strip"

BOOT_PINS: Mapping[str, int] = {"esp32": 0, "esp32s2": 0, "esp32s3": 0, "esp32c2": 9, "esp32c3": 9, "esp32c6": 9, "esp32h2": 9}
"""The pin of the button BOOT, by chip. Source: the chips' datasheets, "Strapping Pins" (the pin that chooses the loader)."""


class BoardLight(msgspec.Struct, frozen=True, order=True):
    """A pin with an LED: a plain one that lights at the level `on`, a coloured one (WS2812) where `rgb`, or either, by the board."""

    gpio: int
    rgb: bool = False
    on: int | None = None


_ELSEWHERE: Mapping[str, tuple[BoardLight, ...]] = {"esp32": (BoardLight(2, on=1),), "esp32s3": (BoardLight(38, rgb=True),)}
"""Where boards that the kit does not describe have theirs. ESP32 boards of other makers have a blue LED at IO2 (DOIT DevKit V1,
NodeMCU-32S); Espressif's own DevKitC has none. On v1.1 of the ESP32-S3-DevKitC-1 the RGB LED is at IO38. Source: the makers'
pin charts; "ESP32-S3-DevKitC-1 v1.1 User Guide"."""


def board_lights(boards: Iterable[Board], chip: str) -> list[BoardLight]:
    """All places where a board with `chip` may have its LED, by pin; none for a chip that the kit does not know."""
    found: dict[int, BoardLight] = {}
    on_boards = [light for board in boards if board.chip == chip for placed in board.part for light in _lights_of(board, placed)]
    for light in (*on_boards, *_ELSEWHERE.get(chip, ())):
        before = found.get(light.gpio, BoardLight(light.gpio))
        on = light.on if light.on is not None else before.on
        found[light.gpio] = BoardLight(light.gpio, before.rgb or light.rgb, on)
    return sorted(found.values(), key=lambda light: light.gpio)


def _lights_of(board: Board, placed: CircuitPart) -> list[BoardLight]:
    """The light that one of a board's own parts is, if it is one."""
    pins = {pin.name: pin.gpio for pin in board.pin if pin.gpio is not None}
    ends = {end: pins[wire] for end, wire in placed.wires.items() if wire in pins}
    if placed.part == _RGB and "DIN" in ends:
        return [BoardLight(ends["DIN"], rgb=True)]
    if placed.part == _LED:
        return [BoardLight(gpio, on=int(end == "anode")) for end, gpio in ends.items()]
    return []
