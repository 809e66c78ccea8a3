"""Signs that the terminal cannot show are drawn by others that it can: one filter behind all panes, so that none has to think of it."""

from __future__ import annotations

import unicodedata
from functools import cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

OLD_CONSOLE = "cp437"
"""Windows' old console: whatever its encoding promises, its letters have the signs of this one."""

_CONTROL_SIGNS = frozenset("☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂")
"""What code page 437 shows for its codes below 32."""
_PUNCTUATION = frozenset("“”„‘’‚‹›…–—−×")
"""What Windows itself shows something alike for."""

_PLAIN = {
    "…": ".",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "·": "-",
    "•": "*",
    "×": "x",
    "÷": ":",
    "√": "v",
    "○": "o",
    "●": "*",
    "►": ">",
    "▶": ">",
    "▼": "v",
    "▲": "^",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "↔": "-",
    "♪": "~",
    "°": "o",
    "µ": "u",
    "Ω": "O",
    "≈": "~",
    "≤": "<",
    "≥": ">",
    "≠": "#",
    "±": "+",
    "░": ".",
    "▁": "_",
    "▔": "-",
    "ə": "e",
    "Ə": "E",
    "ı": "i",
}


class PlainSigns(LineFilter):
    """Textual's way to change what is drawn, just before it is."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """See `LineFilter`; each character keeps its width."""
        return [Segment(plain_text(text, self._encoding), style, control) for text, style, control in segments]


def plain_text(text: str, encoding: str) -> str:
    """`text` in signs that a terminal of this encoding shows. Letters stay in "ascii": that is said where nobody has named any other."""
    return text if text.isascii() else "".join(_shown(character, encoding) for character in text)


@cache
def _shown(character: str, encoding: str) -> str:
    if _can_show(character, encoding):
        return character
    return _PLAIN.get(character) or _by_name(character) or "?" * cell_len(character)


def _can_show(character: str, encoding: str) -> bool:
    if encoding in ("ascii", OLD_CONSOLE) and character.isalpha():
        return True
    if encoding == OLD_CONSOLE and character in _CONTROL_SIGNS | _PUNCTUATION:
        return True
    try:
        character.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _by_name(character: str) -> str:
    """Lines of boxes, blocks, and letters with something above or below them."""
    name = unicodedata.name(character, "")
    if name.startswith("BOX DRAWINGS"):
        across, down = "HORIZONTAL" in name, "VERTICAL" in name
        return "+" if across == down else "-" if across else "|"
    if ("LEFT" in name and "EIGHTH" in name) or name in ("RIGHT HALF BLOCK", "LEFT HALF BLOCK", "RIGHT ONE EIGHTH BLOCK"):
        return "|"
    if name.endswith(("BLOCK", "SHADE")) or name.startswith(("QUADRANT", "BRAILLE")):
        return "#"
    letter = unicodedata.normalize("NFKD", character)[:1]
    return letter if letter.isascii() and cell_len(letter) == cell_len(character) else ""
