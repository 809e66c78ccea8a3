"""Scrolling that an SSD1306 does by itself: some pages move sideways in its memory, one column every few frames.

Source: Solomon Systech, "SSD1306" revision 1.1 (Apr 2008), table 9-1, "Scrolling Command Table". Commands 29h and 2Ah,
which also move up, are taken for their sideways part alone.
"""

from __future__ import annotations

from dataclasses import dataclass

_FRAME_US = 9340
"""The usual 370 kHz make 107 frames a second. Source: section 8.3."""

_FRAMES = (5, 64, 128, 256, 3, 4, 25, 2)


@dataclass(slots=True)
class Scroll:
    """What a scroll command has chosen: the pages, to which side, and how often."""

    first_page: int
    last_page: int
    to_the_right: bool
    period_us: int
    since_us: int = 0
    running: bool = False

    def move(self, ram: bytearray, width: int, remapped: bool, now_us: int) -> None:
        """Do the steps that were due until `now_us`. `remapped`: columns count from the other end of the memory."""
        steps = (now_us - self.since_us) // self.period_us if self.running else 0
        if not steps:
            return
        self.since_us += steps * self.period_us
        cut = steps % width if self.to_the_right == remapped else -steps % width
        for page in range(self.first_page, self.last_page + 1):
            line = ram[page * width : (page + 1) * width]
            ram[page * width : (page + 1) * width] = line[cut:] + line[:cut]


def read_scroll(command: int, arguments: list[int]) -> Scroll:
    """The scroll that command 26h, 27h, 29h or 2Ah sets up; 2Fh starts it."""
    _, first, interval, last, *_ = arguments
    return Scroll(first & 7, last & 7, command in (0x26, 0x29), _FRAMES[interval & 7] * _FRAME_US)
