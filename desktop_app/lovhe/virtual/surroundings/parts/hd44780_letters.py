"""What an HD44780's character generator shows for each code, as Unicode.

Source: Hitachi, "HD44780U" ADE-207-272(Z) revision 0.0, table 4: character ROM code A00, the one on nearly all modules sold.
Codes 00h to 0Fh are the program's own characters. DFh is a katakana mark that programs use as the degree sign, so it is shown as one.
"""

from __future__ import annotations

BLOCK = "█"
OWN = "⓪①②③④⑤⑥⑦"
_UPPER = "αäβεμσρg√⁻jˣ¢£ñöpqθ∞ΩüΣπx̄y千万円÷ █".replace("x̄", "x")
_ROWS, _FULL_ROW = 8, 0x1F


def letter(code: int, own_characters: bytes | bytearray) -> str:
    """The letter for a code; a character of the program's own is blank, a block, or its number in a circle.

    `own_characters` are the 64 bytes of CGRAM, eight rows a character.
    """
    if code < 0x10:
        number = code & 7
        rows = {row & _FULL_ROW for row in own_characters[_ROWS * number : _ROWS * (number + 1)]}
        return " " if rows == {0} else BLOCK if rows == {_FULL_ROW} else OWN[number]
    if code >= 0xE0:
        return _UPPER[code - 0xE0]
    if code > 0xA0:
        return "°" if code == 0xDF else chr(0xFF61 + code - 0xA1)
    if not 0x20 <= code < 0x80:
        return " "
    return {0x5C: "¥", 0x7E: "→", 0x7F: "←"}.get(code, chr(code))
