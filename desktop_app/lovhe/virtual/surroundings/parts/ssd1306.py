"""An SSD1306: the controller of small OLED displays, as it is spoken to over I2C.

Source: Solomon Systech, "SSD1306" revision 1.1 (Apr 2008), section 8.1.5 (I2C, control byte), 9 and 10 (commands), and its application note
"Charge Pump Regulator". Fading and zooming by the controller itself are read and not carried out.
"""

from __future__ import annotations

from typing import Any, ClassVar

from lovhe.virtual.surroundings.parts.i2c_registers import I2cPart
from lovhe.virtual.surroundings.parts.ssd1306_glass import WIDTH, Scan, shown_rows
from lovhe.virtual.surroundings.parts.ssd1306_scroll import Scroll, read_scroll

_PAGES = 8
_MORE_FOLLOWS, _IS_DATA = 0x80, 0x40
_PAGE_MODE, _VERTICAL, _HORIZONTAL = 2, 1, 0
_ARGUMENTS = {0x20: 1, 0x21: 2, 0x22: 2, 0x23: 1, 0x26: 6, 0x27: 6, 0x29: 5, 0x2A: 5, 0x81: 1, 0x8D: 1, 0xA3: 2, 0xA8: 1, 0xAD: 1}
_ARGUMENTS |= dict.fromkeys((0xD3, 0xD5, 0xD6, 0xD8, 0xD9, 0xDA, 0xDB), 1)
_DISPLAY_IS_OFF = 0x40


class Ssd1306(I2cPart):
    """Keeps a picture of 128 × 64 dots; the glass shows it while the display is on and the charge pump feeds it."""

    addresses: ClassVar[tuple[int, ...]] = (0x3C, 0x3D)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._height = self.option("height")
        self.power_up()

    def power_up(self) -> None:
        """Dark, with chance in its memory, as the chip comes up."""
        self.ram = bytearray(self.site.random.randbytes(WIDTH * _PAGES))
        self.scan = Scan()
        self._scroll: Scroll | None = None
        self.contrast = 0x7F
        self._display_on = self._pump_on = self._remapped = False
        self._mode = _PAGE_MODE
        self._columns, self._pages = (0, WIDTH - 1), (0, _PAGES - 1)
        self._column = self._page = self._first_column = 0
        self._command: bytearray = bytearray()

    @property
    def lit(self) -> bool:
        """Whether the glass can be seen to show something."""
        return self._fed and self._display_on and self._pump_on

    def refresh(self) -> None:
        """Let the picture scroll as far as it has come."""
        if self._scroll is not None:
            self._scroll.move(self.ram, WIDTH, self._remapped, self.now_us)

    def write(self, written: bytes) -> None:
        """Control bytes and what they announce: one byte each, or all that follows."""
        place = 0
        while place + 1 < len(written):
            control = written[place]
            end = place + 2 if control & _MORE_FOLLOWS else len(written)
            self._take(written[place + 1 : end], bool(control & _IS_DATA))
            place = end

    def read(self, count: int) -> bytes:
        """The status byte: whether the display is off. Source: table 9-2."""
        return bytes([0 if self._display_on else _DISPLAY_IS_OFF]) * count

    def state(self) -> dict[str, Any]:
        """The picture as it is seen: dark while the display is off or without its charge pump."""
        self.refresh()
        rows = shown_rows(self.ram, self.scan, self._height) if self.lit else [0] * self._height
        shown = {"width": WIDTH, "height": self._height, "rows": [f"{row:0{WIDTH // 4}x}" for row in rows]}
        return {"on": self.lit, "brightness_percent": round(self.contrast / 2.55, 1) if self.lit else 0.0, "bitmap": shown}

    def _take(self, received: bytes, is_data: bool) -> None:
        if is_data:
            while received:
                received = received[self._store(received) :]
            return
        for byte in received:
            self._command.append(byte)
            if len(self._command) > _ARGUMENTS.get(self._command[0], 0):
                command, *arguments = self._command
                self._command.clear()
                self._obey(command, arguments)

    def _store(self, received: bytes) -> int:
        """Put bytes side by side, as far as the window goes, or one of them; how many.

        A byte is eight dots, one above the other. Remapping turns columns round as they come in, not what is there already.
        """
        run = self._columns[1] + 1 - self._column if self._mode == _HORIZONTAL else 1
        dots = received[: max(run, 1)]
        first = self._page * WIDTH + (WIDTH - self._column - len(dots) if self._remapped else self._column)
        self.ram[first : first + len(dots)] = dots[::-1] if self._remapped else dots
        self._column += len(dots) - 1
        self._advance()
        return len(dots)

    def _advance(self) -> None:
        if self._mode == _PAGE_MODE:
            self._column = self._column + 1 if self._column < WIDTH - 1 else self._first_column
        elif self._mode == _HORIZONTAL:
            self._column, turned = _next(self._column, self._columns, WIDTH)
            if turned:
                self._page, _ = _next(self._page, self._pages, _PAGES)
        else:
            self._page, turned = _next(self._page, self._pages, _PAGES)
            if turned:
                self._column, _ = _next(self._column, self._columns, WIDTH)

    def _obey(self, command: int, arguments: list[int]) -> None:
        if command < 0x20:
            self._point_at_column(command)
        elif 0xB0 <= command < 0xB8:
            self._page = command & 7
        elif command in (0x20, 0x21, 0x22):
            self._address(command, arguments)
        elif 0x26 <= command <= 0x2F:
            self._start_or_stop_scroll(command, arguments)
        elif command == 0x81:
            self.contrast = arguments[0]
        elif command == 0x8D:
            self._pump_on = bool(arguments[0] & 4)
        elif command & 0xFE == 0xAE:
            self._display_on = bool(command & 1)
        elif command & 0xFE == 0xA0:
            self._remapped = bool(command & 1)
        else:
            self._set_scan(command, arguments)

    def _point_at_column(self, command: int) -> None:
        nibble = command & 0xF
        self._column = (self._column & 0x0F | nibble << 4 if command & 0x10 else self._column & 0xF0 | nibble) & 0x7F
        self._first_column = self._column

    def _address(self, command: int, arguments: list[int]) -> None:
        if command == 0x20:
            self._mode = min(arguments[0] & 3, _PAGE_MODE)
        elif command == 0x21:
            self._columns = arguments[0] & 0x7F, arguments[1] & 0x7F
            self._column = self._columns[0]
        else:
            self._pages = arguments[0] & 7, arguments[1] & 7
            self._page = self._pages[0]

    def _start_or_stop_scroll(self, command: int, arguments: list[int]) -> None:
        if command in (0x26, 0x27, 0x29, 0x2A):
            self._scroll = read_scroll(command, arguments)
        elif self._scroll is not None and command in (0x2E, 0x2F):
            self._scroll.running, self._scroll.since_us = command == 0x2F, self.now_us

    def _set_scan(self, command: int, arguments: list[int]) -> None:
        if 0x40 <= command < 0x80:
            self.scan.start_line = command & 0x3F
        elif command & 0xFE == 0xA4:
            self.scan.all_lit = bool(command & 1)
        elif command & 0xFE == 0xA6:
            self.scan.inverted = bool(command & 1)
        elif command == 0xA8 and arguments[0] & 0x3F >= 15:
            self.scan.lines = (arguments[0] & 0x3F) + 1
        elif command & 0xF0 == 0xC0:
            self.scan.reversed = bool(command & 8)
        elif command == 0xD3:
            self.scan.offset = arguments[0] & 0x3F
        elif command == 0xDA:
            self.scan.alternative, self.scan.swapped = bool(arguments[0] & 0x10), bool(arguments[0] & 0x20)


def _next(place: int, window: tuple[int, int], count: int) -> tuple[int, bool]:
    """The place after `place` in a window, and whether it has begun anew."""
    return (window[0], True) if place == window[1] else ((place + 1) % count, False)


MODEL = Ssd1306
