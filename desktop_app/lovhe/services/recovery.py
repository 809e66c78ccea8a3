"""What was left unfinished, and how a board comes back without flashing."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.services.ports import BoardInfo, BoardLink, ResultsStore


def with_flash_states(boards: Sequence[BoardInfo], store: ResultsStore) -> list[BoardInfo]:
    """`boards` with state "unfinished" where a flash was cut off and not finished since."""
    raise NotImplementedError


def set_main_aside(link: BoardLink) -> str:
    """Rename the board's main.py so that it no longer runs at power-up; return its new path, "" if there was none."""
    raise NotImplementedError
