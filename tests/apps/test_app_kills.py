"""The whole app killed with SIGKILL in the middle of its work: it opens where it was, and all that it leaves behind is whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lovhe.apps import wiring

from .app_kill_trial import Trial

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")

OWN_BOARD = (False,) * 6 + (True,) * 2 + (False,) * 2
LONGEST_S = 2.5


def test_nothing_is_half_done_after_ten_kills_and_the_app_opens_where_it_was(data_dir: Path) -> None:
    """While one types, runs, checks, changes the step, reads the history, starts a board: text, versions, desk and results are whole.

    How soon a key is on the disk is measured by `python -m tests.bench app_kills`, on a PC that does nothing else.
    """
    try:
        trial = Trial(data_dir, "ten", LONGEST_S)
        for own_board in OWN_BOARD:
            trial.round(own_board)
        trial.finish()
    finally:
        wiring.stop_virtual_boards()
    assert sum(trial.figures.kills.values()) == len(OWN_BOARD)
    assert trial.figures.keys > trial.figures.lost_keys
    assert trial.figures.attempts > 0
    assert trial.figures.boards_ended > 0
