"""A class's flash under random faults: cables pulled, noise, brown-outs, ports renamed, `lovhe flash` killed; `--resume` finishes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps import wiring

from .flash_fault_trial import Trial, start

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

BOARDS = 10
KILLED = (False, True, False)


def test_no_board_is_called_done_that_is_not_and_all_end_whole(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty boards struck at random bytes: what is called done is read back, what is cut off is marked, and `--resume` ends it."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    try:
        trial = Trial(data_dir, start(BOARDS), "thirty")
        trial.first_flash()
        for kill in KILLED:
            trial.round(kill)
        false_done = list(trial.figures.false_done)
        assert trial.would_see_a_false_done()
    finally:
        wiring.stop_virtual_boards()
    figures = trial.figures
    assert false_done == []
    assert figures.called_done > BOARDS * len(KILLED)
    assert figures.whole == BOARDS * len(KILLED)
    assert figures.kills == 1
    assert min(figures.struck.values()) > 0, str(figures)
    assert figures.came_back > 0
    assert figures.tries > 0
    assert figures.resumed > 0
