"""What an HD44780's character generator shows for each code, as Unicode.

Source: Hitachi, "HD44780U" ADE-207-272(Z) revision 0.0, table 4: character ROM code A00, the one on nearly all modules sold.
Codes 00h to 0Fh are the program's own characters. DFh is a katakana mark that programs use as the degree sign, so it is shown as one.
"""

from __future__ import annotations

BLOCK = "█"
OWN = "⓪①②③④⑤⑥⑦"
_UPPER = "αäβεμσρg√⁻jˣ¢£ñöpqθ∞ΩüΣπxy千万円÷ █"
_ROWS, _FULL_ROW = 8, 0x1F
_DRAWN = "əƏğĞıİşŞçÇöÖüÜ°БГДЁЖИЙЛПФЦЧШЩЪЫЭЮЯбвгдёжзийлмнптфцчшщъыьэюя"
_DRAWN_ROWS = bytes.fromhex(
    "00000e011f110e00 0e01011f11110e00 0a040f110f010e00 0a040f1013110f00 00000c0404040e00 04000e0404040e00 "  # əƏğĞıİ
    "00000e100e011e04 0e110c02110e0408 00000e1010110e04 0e111010110e0408 0a000e1111110e00 0a0e111111110e00 "  # şŞçÇöÖ
    "0a00111111130d00 0a00111111110e00 0c12120c00000000 1f10101e11111e00 1f10101010101000 060a0a0a0a1f1100 "  # üÜ°БГД
    "0a1f101e10101f00 1515150e15151500 1111131519111100 0a04111315191100 0709090909091100 1f11111111111100 "  # ЁЖИЙЛП
    "040e1515150e0400 1212121212121f01 1111110f01010100 1515151515151f00 1515151515151f01 1808080e09090e00 "  # ФЦЧШЩЪ
    "1111111915151900 0e11010701110e00 1215151d15151200 0f11110f05091100 030c101e11110e00 00001e111e111e00 "  # ЫЭЮЯбв
    "00001f1010101000 0000060a0a1f1100 0a000e111f100e00 000015150e151500 00001e0106011e00 0000111315191100 "  # гдёжзи
    "0a04001113151900 0000070909091100 0000111b15111100 000011111f111100 00001f1111111100 00001f0404040400 "  # йлмнпт
    "04040e15150e0404 0000121212121f01 000011110f010100 0000151515151f00 0000151515151f01 000018080e090e00 "  # фцчшщъ
    "0000111119151900 000010101e111e00 00001e0107011e00 000012151d151200 00000f110f051900 "  # ыьэюя
)
"""Letters that the ROM lacks and `lovhe.drivers` on the board draws, and their rows: so they are known again on the glass."""

_KNOWN = {_DRAWN_ROWS[_ROWS * place : _ROWS * (place + 1)]: drawn for place, drawn in enumerate(_DRAWN)}


def letter(code: int, own_characters: bytes | bytearray) -> str:
    """The letter for a code; a character of the program's own is one that is known, blank, a block, or its number in a circle.

    `own_characters` are the 64 bytes of CGRAM, eight rows a character.
    """
    if code < 0x10:
        number = code & 7
        rows = bytes(row & _FULL_ROW for row in own_characters[_ROWS * number : _ROWS * (number + 1)])
        kinds = set(rows)
        return " " if kinds == {0} else BLOCK if kinds == {_FULL_ROW} else _KNOWN.get(rows, OWN[number])
    if code >= 0xE0:
        return _UPPER[code - 0xE0]
    if code > 0xA0:
        return "°" if code == 0xDF else chr(0xFF61 + code - 0xA1)
    if not 0x20 <= code < 0x80:
        return " "
    return {0x5C: "¥", 0x7E: "→", 0x7F: "←"}.get(code, chr(code))
