"""Small files in which a system tells about itself: read whatever they hold, and never fail."""

from __future__ import annotations

from pathlib import Path

_MOST_BYTES = 64 << 10


def read_text(path: Path, most_bytes: int = _MOST_BYTES) -> str:
    """The file's text, stripped; "" where there is none or it may not be read. What is no UTF-8 is replaced."""
    try:
        with path.open("rb") as file:
            return file.read(most_bytes).decode("utf-8", "replace").replace("\0", " ").strip()
    except (OSError, ValueError):
        return ""


def read_number(path: Path, base: int = 10) -> int:
    """The whole number that the file begins with; 0 where there is none."""
    return number_in(read_text(path, 64), base)


def number_in(text: str, base: int = 10) -> int:
    """The whole number that `text` begins with, as in "500mA"; 0 for none."""
    digits = "0123456789abcdef"[:base]
    length = next((index for index, letter in enumerate(text.lower()) if letter not in digits), len(text))
    return int(text[:length], base) if length else 0


def names_in(folder: Path) -> list[str]:
    """The names in a folder, in order; none where it is not there or may not be read."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except (OSError, ValueError):
        return []


def link_target(path: Path) -> str:
    """What a link points to; "" where it is none."""
    try:
        return str(path.readlink())
    except (OSError, ValueError):
        return ""
