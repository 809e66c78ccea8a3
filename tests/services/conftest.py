"""Boards for the use cases: the ones of tests/virtual, and a journal in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.services.ports import Attempt

from tests.virtual.conftest import BareBoard, bare_board, wait_until

from .boards import powered_board

__all__ = ["BareBoard", "Journal", "bare_board", "wait_until"]


class Journal:
    """A `ResultsStore` that keeps what it is told, in order."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str, str]] = []

    def add(self, attempt: Attempt) -> None:
        raise NotImplementedError

    def attempts(self, lesson_id: str | None = None) -> Sequence[Attempt]:
        return []

    def note_flash(self, mac: str, serial_port: str, state: str) -> None:
        self.notes.append((mac, serial_port, state))

    def flash_states(self) -> dict[str, str]:
        return {mac: state for mac, _, state in self.notes}


@pytest.fixture
def journal() -> Journal:
    """An empty journal."""
    return Journal()


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ReplLink]:
    """A board in real time with the blink lesson's circuit."""
    with powered_board(tmp_path, wiring.kit().lesson("6-01-blink")) as board:
        link = ReplLink("desk", board.line)
        yield link
        link.close()
