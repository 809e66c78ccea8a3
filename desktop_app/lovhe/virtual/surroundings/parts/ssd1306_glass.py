"""How the glass of an OLED is joined to its SSD1306: which of the controller's lines and columns lights which dot.

A program that sets up the controller for another glass (32 lines on one with 64, `com_pin_cfg` of the other) sees a stretched,
doubled or mirrored picture on a real display, and so here.
Source: Solomon Systech, "SSD1306" revision 1.1 (Apr 2008), section 10.1.8 (segment remap), 10.1.11 to 10.1.18 and tables 10-1, 10-2, 10-3.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 128
RAM_LINES = 64
_BITS = [bytes(ord("1") if byte >> bit & 1 else ord("0") for byte in range(256)) for bit in range(8)]
_ALL = (1 << WIDTH) - 1


@dataclass(slots=True)
class Scan:
    """How the controller scans its lines: what commands 40h, A4h to A8h, C0h, C8h, D3h and DAh have chosen."""

    start_line: int = 0
    lines: int = 64
    offset: int = 0
    reversed: bool = False
    alternative: bool = True
    swapped: bool = False
    all_lit: bool = False
    inverted: bool = False

    def row_at(self, common: int) -> int | None:
        """The row of the picture that the output COM `common` (0 to 63) shows; None when it is never scanned."""
        if self.swapped:
            common ^= 32
        place = 2 * (common % 32) + common // 32 if self.alternative else common
        row = ((self.lines - 1 - place if self.reversed else place) + self.offset) % RAM_LINES
        return row if row < self.lines else None


def common_of(line: int, height: int) -> int:
    """The COM output that a line of the glass (0 at the top) is joined to: from both sides in turn with 64 lines, in a row with 32."""
    place = height - 1 - line
    return place // 2 + 32 * (place % 2) if height > 32 else place


def shown_rows(ram: bytes | bytearray, scan: Scan, height: int) -> list[int]:
    """The lines of the glass, from the top, as numbers of 128 bits, the leftmost dot highest. `ram` holds 8 pages of SEG0 to SEG127.

    SEG127 is at the left, so that the picture stands upright with segments remapped (A1h) and COM reversed (C8h), as the common
    modules are built.
    """
    shown = []
    for line in range(height):
        row = scan.row_at(common_of(line, height))
        if row is None:
            shown.append(0)
            continue
        place = (row + scan.start_line) % RAM_LINES
        page = bytes(ram[place // 8 * WIDTH : place // 8 * WIDTH + WIDTH])
        dots = _ALL if scan.all_lit else int(page[::-1].translate(_BITS[place % 8]), 2)
        shown.append(dots ^ _ALL if scan.inverted else dots)
    return shown
