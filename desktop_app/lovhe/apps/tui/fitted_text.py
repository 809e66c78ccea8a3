"""Text in so many columns of the screen, counted as terminals do: some characters take two."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def shortened(text: str, width: int) -> str:
    """`text` in `width` columns at most, with … where something is left out."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def filled(text: str, width: int) -> str:
    """`text` as a cell of a table: `width` columns, the last of them a space."""
    text = shortened(text, width - 1)
    return text + " " * (width - cell_len(text))


def apart(left: str, right: str, width: int) -> str:
    """Two texts at both ends of a line; the left one is shortened where there is no room."""
    left = shortened(left, width - cell_len(right) - 2) if right else shortened(left, width)
    return left + " " * max(width - cell_len(left) - cell_len(right), 1) + right
