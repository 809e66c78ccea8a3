"""`lovhe deploy --program`: a program that the board runs by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board

Command = Callable[..., tuple[str, str]]

COUNTS = "import time\nn = 0\nwhile True:\n    n += 1\n    print('at home', n)\n    time.sleep(0.05)\n"


def test_the_board_runs_it_after_the_command_has_ended(command: Command, tmp_path: Path) -> None:
    """Nothing is connected any more, and it prints on."""
    program = tmp_path / "home.py"
    program.write_text(COUNTS)
    board = start_lesson_board("6-01-blink")
    try:
        _, said = command("deploy", "--program", str(program), "--port", board.name)
        assert "whenever it has power" in said
        entry = find_board(board.name)
        with BoardControl(entry.control, entry.authkey) as control:
            assert any("at home" in line for _ in range(2000) for line in control.printed(3))
    finally:
        wiring.stop_virtual_board(board.name)


@pytest.mark.parametrize("words", [("deploy",), ("deploy", "6-01-blink", "--program", "home.py")])
def test_a_lesson_or_a_program(command: Command, words: tuple[str, ...]) -> None:
    """Neither, or both, is not understood."""
    _, said = command(*words, code=2)
    assert "--program" in said


def test_a_slip_is_told_before_a_board_is_looked_for(command: Command, tmp_path: Path) -> None:
    """Exit code 2 although no board is there."""
    program = tmp_path / "home.py"
    program.write_text("while True\n    pass\n")
    _, said = command("deploy", "--program", str(program), code=2)
    assert "Line 1" in said
