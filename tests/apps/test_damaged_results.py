"""A damaged results file costs names and records, and stops nothing that can go on without them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring

Command = Callable[..., tuple[str, str]]


@pytest.fixture
def damaged(data_dir: Path) -> Path:
    """A results file that is none."""
    data_dir.mkdir()
    file = data_dir / "results.sqlite"
    file.write_bytes(b"no database")
    return file


@pytest.fixture
def board(data_dir: Path) -> Iterator[str]:
    """A virtual board, flashed, so that programs run on it."""
    wiring.start_virtual_boards(
        count=1, name="desk", lesson="6-01-blink", circuit=None, chip="esp32", baud_limit=None, endpoint="rfc2217", tie_to_this_process=True
    )
    yield "desk"
    wiring.stop_virtual_boards()


@pytest.fixture
def damaged_later(board: str, command: Command, data_dir: Path) -> Path:
    """The results file is damaged after the board was flashed."""
    command("flash", board)
    for file in data_dir.glob("results.sqlite*"):
        file.unlink()
    file = data_dir / "results.sqlite"
    file.write_bytes(b"no database")
    return file


def test_boards_are_shown_and_a_program_runs_while_it_is_damaged(board: str, damaged_later: Path, command: Command, tmp_path: Path) -> None:
    """Told once, with what to do; the file stays as it is."""
    out, said = command("boards", "--json")
    assert [found["name"] for found in json.loads(out)] == [board]
    assert said.count("damaged") == 1
    assert "Move it to another folder" in said
    program = tmp_path / "hello.py"
    program.write_text("print('hello')\n")
    out, said = command("run", str(program))
    assert "hello" in out
    assert said.count("damaged") == 1
    assert damaged_later.read_bytes() == b"no database"


@pytest.mark.usefixtures("damaged_later")
def test_a_flash_stops_since_its_journal_is_what_power_cuts_need(board: str, command: Command) -> None:
    """Told once too, and the board is not touched."""
    _, said = command("flash", board, code=2)
    assert said.count("damaged") == 1
    assert "cannot go on without" in said


@pytest.mark.usefixtures("damaged")
def test_without_any_board_the_damage_is_told_before_there_is_none(command: Command) -> None:
    """Both sentences are true."""
    _, said = command("boards")
    assert "damaged" in said
    assert "There is no board" in said
