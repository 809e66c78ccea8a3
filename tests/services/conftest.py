"""Boards for the use cases: the ones of tests/virtual, and a class set that tells what it was told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.results_db.class_set import SqlClassSet
from lovhe.adapters.results_db.store import SqlResults
from lovhe.apps import wiring
from lovhe.services.ports import FlashOrder

from tests.virtual.conftest import BareBoard, bare_board, wait_until

from .boards import powered_board

__all__ = ["BareBoard", "Journal", "bare_board", "wait_until"]


class Journal(SqlClassSet):
    """The real class set, which also keeps in order what it is told of flashes: MAC, serial port, state."""

    def __init__(self, results: SqlResults) -> None:
        super().__init__(results._engine, results.path)
        self.notes: list[tuple[str, str, str]] = []

    def flash_begins(self, mac: str, serial_port: str, chip: str, order: FlashOrder) -> None:
        super().flash_begins(mac, serial_port, chip, order)
        self.notes.append((mac, serial_port, "unfinished"))

    def flash_ended(self, mac: str, serial_port: str, chip: str, firmware: str) -> None:
        super().flash_ended(mac, serial_port, chip, firmware)
        self.notes.append((mac, serial_port, "ready"))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """An empty class set in a file of its own."""
    with SqlResults(tmp_path / "results.sqlite") as results:
        yield Journal(results)


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ReplLink]:
    """A board in real time with the blink lesson's circuit."""
    with powered_board(tmp_path, wiring.kit().lesson("6-01-blink")) as board:
        link = ReplLink("desk", board.line)
        yield link
        link.close()
